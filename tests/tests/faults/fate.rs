//! What can become of a request, and what has to become of its call.

use std::time::Duration;

use intercom_gen::ErrorKind;

use crate::calls::Kind;

/// How long an attempt may take.
pub const TIMEOUT: Duration = Duration::from_secs(3);

/// What the server does to a request that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is answered.
    Answered,
    /// It is answered in chunks, one of them a little later.
    InChunks,
    /// It is answered, and the connection ends as it was announced.
    Last,
    /// It is answered, and the connection ends though nobody has announced it.
    Kept,
    /// It comes over a connection that has ended: it is neither acted upon nor answered, but the client cannot know.
    Lost,
    /// It is answered late, but in time.
    Delayed,
    /// There is a status and no more.
    Status(u16),
    /// The rate limit is reached, and the server does not act; it says when to come back, or how long to wait.
    Limited,
    OverLimit,
    /// What comes with success is no JSON.
    Unreadable,
    /// The connection ends: before the answer, in its head, in its body, in a chunk.
    Dropped,
    CutInHead,
    CutInBody,
    CutInChunk,
    /// What comes is no HTTP.
    Garbage,
    /// Nothing comes until the client has given up.
    Silent,
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Value,
    Status(u16),
    Error(ErrorKind),
}

impl Fate {
    /// What the server does at once. The limit it reaches by itself, and what is lost depends on who is quicker.
    const QUICK: [Self; 20] = [
        Self::Answered,
        Self::InChunks,
        Self::Last,
        Self::Kept,
        Self::Limited,
        Self::Unreadable,
        Self::Dropped,
        Self::CutInHead,
        Self::CutInBody,
        Self::CutInChunk,
        Self::Garbage,
        Self::Status(404),
        Self::Status(408),
        Self::Status(409),
        Self::Status(410),
        Self::Status(422),
        Self::Status(500),
        Self::Status(502),
        Self::Status(503),
        Self::Status(504),
    ];

    /// Everything that it does of its own accord, and what comes of that.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::QUICK.into_iter().chain([Self::Delayed, Self::Silent, Self::Lost])
    }

    /// What becomes of the `arrival`th request of a call, counted from zero.
    pub fn of(call: usize, arrival: usize) -> Self {
        let dice = scattered(call as u64 * 8 + arrival as u64) % 1_000;
        match dice {
            0..700 => Self::Answered,
            700 => Self::Silent,
            701..720 => Self::Delayed,
            others => Self::QUICK[usize::try_from(others).unwrap_or(0) % Self::QUICK.len()],
        }
    }

    /// Whether the server cannot have acted on it.
    pub fn is_idle(self) -> bool {
        matches!(self, Self::Limited | Self::OverLimit)
    }

    /// Whether another attempt is due.
    pub fn is_tried_again(self, kind: Kind) -> bool {
        self.is_idle() || (kind.idempotent() && self.may_pass()) || (kind.reads() && self == Self::Unreadable)
    }

    /// Whether it may go better another time.
    fn may_pass(self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 408 | 500..),
            Self::Lost | Self::Dropped | Self::CutInHead | Self::CutInBody | Self::CutInChunk | Self::Garbage => true,
            _ => false,
        }
    }

    /// How a call ends whose last request had this fate.
    pub fn end(self) -> End {
        match self {
            Self::Answered | Self::InChunks | Self::Last | Self::Kept | Self::Delayed => End::Value,
            Self::Status(status) => End::Status(status),
            Self::Limited | Self::OverLimit => End::Status(429),
            Self::Unreadable => End::Error(ErrorKind::Decode),
            Self::Silent => End::Error(ErrorKind::Timeout),
            _ => End::Error(ErrorKind::Transport),
        }
    }
}

/// A number that looks like chance and is the same on every machine (the finaliser of SplitMix64).
fn scattered(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
