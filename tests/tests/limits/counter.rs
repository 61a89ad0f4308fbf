//! An allocator that counts. Each thread has counters of its own, so that tests run side by side.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

struct Counter;

#[global_allocator]
static COUNTER: Counter = Counter;

// A block that grows counts twice for a moment, the old one and the new one, though the system can often do better: that
// is what the trait's own `realloc` does.
//
// SAFETY: every call is handed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

fn count(bytes: isize) {
    LIVE.set(LIVE.get() + bytes);
    PEAK.set(PEAK.get().max(LIVE.get()));
}

/// The most bytes that were allocated at a time while `work` ran, beside those that were before.
pub fn peak<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = LIVE.get();
    PEAK.set(before);
    let result = work();
    (usize::try_from(PEAK.get() - before).unwrap_or(0), result)
}

#[test]
fn the_peak_is_what_was_there_at_a_time_and_not_what_was_there_in_all() {
    let (bytes, ()) = peak(|| {
        for _ in 0..100 {
            drop(std::hint::black_box(vec![0_u8; 1_000]));
        }
    });
    assert!((1_000..2_000).contains(&bytes), "{bytes}");
    let (bytes, kept) = peak(|| vec![0_u8; 1_000_000]);
    assert!((1_000_000..1_001_000).contains(&bytes), "{bytes}");
    drop(kept);
}
