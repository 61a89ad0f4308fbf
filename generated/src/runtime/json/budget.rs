//! How much memory reading a text may take.
//!
//! An empty object is two bytes of text and may be a struct of two thousand, so a limit on the size of a body does not limit
//! the memory of the value. The reader therefore pays for everything that can become larger than its text: lists, maps, boxes
//! and the text that objects keep beside their fields. A text that costs more than the budget is an error, not an abort.
//!
//! Reading a text of `n` bytes takes at most `16 * n` bytes and 1 MiB. Of that the budget here has `10 * n` bytes and
//! 640 KiB. The rest is for what needs no counting, because the text itself limits it: strings (`n`, and as much again while
//! one is unescaped), reports (see `reports.rs`), and the copy of the text that an error keeps or that the value is written to.

/// The bytes of the budget for each byte of text.
const PER_BYTE: usize = 10;

/// The bytes of the budget that every text has.
const BASE: usize = 640 << 10;

/// What reading a text takes at most, for each byte of text.
const TOTAL_PER_BYTE: usize = 16;

/// What reading any text may take.
const TOTAL_BASE: usize = 1 << 20;

/// The bytes that reading may still take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// The budget for a text of `length` bytes.
    pub(super) fn for_text(length: usize) -> Self {
        Self(length.saturating_mul(PER_BYTE).saturating_add(BASE))
    }

    /// No limit, for text that this process has written itself.
    pub(super) fn unlimited() -> Self {
        Self(usize::MAX)
    }

    /// The most memory that reading a text of `length` bytes takes.
    pub(super) fn total(length: usize) -> usize {
        length.saturating_mul(TOTAL_PER_BYTE).saturating_add(TOTAL_BASE)
    }

    pub(super) fn left(&self) -> usize {
        self.0
    }

    /// Takes `bytes` out of the budget; `false` if it does not have as many.
    #[inline]
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }

    /// Gives back what has been freed.
    pub(super) fn give_back(&mut self, bytes: usize) {
        self.0 = self.0.saturating_add(bytes);
    }
}
