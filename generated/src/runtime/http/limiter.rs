//! Slowing down before the API says no.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::rate_limit::RateLimit;

/// How long the API counts before it begins anew.
pub(super) const WINDOW: Duration = Duration::from_secs(10);

/// How much later than the one before it each request that waits comes back: so they do in their order, and not at once.
/// Timers are no finer.
const STEP: Duration = Duration::from_millis(1);

/// How many of those that wait have a place in their order; the others come back together.
const PLACES: u32 = 1_000;

/// Holds requests back once a window's share is used up, as far as the API's own headers tell it; those that wait are let
/// pass about in the order in which they came. All clones share one count; so may several clients, if they have one token.
///
/// ```
/// use intercom_gen::RateLimiter;
///
/// let limiter = RateLimiter::new();
/// # #[cfg(feature = "unstable")]
/// let client = intercom_gen::unstable::Client::builder().token("…").rate_limiter(limiter).build();
/// ```
#[derive(Clone, Default)]
pub struct RateLimiter(Arc<Shared>);

#[derive(Default)]
struct Shared {
    count: Mutex<Count>,
    /// Wakes those who wait when there is more room than was known.
    room: Notify,
}

/// What is known of the present window.
#[derive(Clone, Copy, Default)]
struct Count {
    /// The limit that it began with.
    given: Option<u64>,
    limit: Option<u64>,
    remaining: u64,
    /// When it ends; a moment that is over means that nothing is known.
    ends: Option<Instant>,
    /// The same in the API's words, if it has said so.
    reset: Option<i64>,
    /// How many requests have begun to wait for its end, and no more than have a place.
    waiting: u32,
}

impl RateLimiter {
    /// Learns the limit from the API's first answer, and lets requests pass until then.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes `requests` in ten seconds for the limit until the API tells its own.
    pub fn with_limit(requests: u64) -> Self {
        Self::given(Some(requests))
    }

    fn given(given: Option<u64>) -> Self {
        let count = Mutex::new(Count { given, limit: given, ..Count::default() });
        Self(Arc::new(Shared { count, room: Notify::new() }))
    }

    /// One for another token, which begins as this one did.
    pub(super) fn another(&self) -> Self {
        Self::given(self.count().given)
    }

    #[cfg(test)]
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.0.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a request may be sent and one of `turns` is free, and counts it. Whoever stops waiting has taken nothing
    /// from the others. Waiting for the limiter holds nothing, waiting for a turn a place in its queue.
    pub(super) async fn turn<'t>(&self, turns: &'t Semaphore) -> Option<SemaphorePermit<'t>> {
        loop {
            // Asked for before looking, so that nothing is missed in between.
            let room = self.0.room.notified();
            let wait = self.count().wait(Instant::now());
            if let Some(wait) = wait {
                // Whichever comes first, it is looked at again.
                let _ = timeout(wait, room).await;
                continue;
            }
            let turn = turns.acquire().await.ok();
            // The window may be another one by now.
            if self.count().take(Instant::now()) {
                return turn;
            }
        }
    }

    /// Learns from an answer that came now, whose window goes on for `rest`.
    pub(super) fn learn(&self, seen: &RateLimit, rest: Option<Duration>) {
        let mut count = self.count();
        let (was_used_up, was_told) = (count.remaining == 0, count.reset.is_some());
        count.learn(seen, rest, Instant::now());
        // They wait for the end of a window that may be another one than was thought, or have no reason to any more.
        if was_used_up && (count.remaining > 0 || was_told != count.reset.is_some()) {
            // All come back, in the order in which they came.
            count.waiting = 0;
            self.0.room.notify_waiters();
        }
    }
}

impl Count {
    /// How long the window goes on.
    fn left(&self, now: Instant) -> Option<Duration> {
        self.ends?.checked_duration_since(now).filter(|left| !left.is_zero())
    }

    /// How long a request has to wait that comes now.
    fn wait(&mut self, now: Instant) -> Option<Duration> {
        let left = self.left(now).filter(|_| self.remaining == 0)?;
        let wait = left + STEP * self.waiting;
        self.waiting = PLACES.min(self.waiting + 1);
        Some(wait)
    }

    /// Counts a request, unless it has to wait.
    fn take(&mut self, now: Instant) -> bool {
        match (self.left(now), self.limit) {
            (Some(_), _) if self.remaining == 0 => return false,
            (Some(_), _) => self.remaining -= 1,
            (None, Some(limit)) => {
                (self.ends, self.reset, self.waiting) = (Some(now + WINDOW), None, 0);
                self.remaining = limit.max(1) - 1;
            }
            (None, None) => {}
        }
        true
    }

    fn learn(&mut self, seen: &RateLimit, rest: Option<Duration>, now: Instant) {
        let (Some(remaining), Some(reset), Some(rest)) = (seen.remaining, &seen.reset, rest) else { return };
        let (known, reset) = (self.reset.filter(|_| self.left(now).is_some()), reset.seconds());
        if known > Some(reset) {
            // An answer of the window before, which comes late.
            return;
        }
        // Clocks that differ must not hold anyone back for longer than a window.
        let ends = now + rest.min(WINDOW);
        // Answers come in any order, and requests under way are not in what the API has counted.
        let goes_on = self.left(now).is_some() && (known.is_none() || known == Some(reset));
        // What the limit has beyond the one that was gone by is free as well.
        let raised = seen.limit.zip(self.limit).map_or(0, |(now, before)| now.saturating_sub(before.max(1)));
        (self.remaining, self.waiting) = match goes_on {
            true => (self.remaining.saturating_add(raised).min(remaining), self.waiting),
            false => (remaining, 0),
        };
        // The server's clock has whole seconds: what says least is nearest.
        self.ends = if known == Some(reset) { self.ends.min(Some(ends)) } else { Some(ends) };
        self.limit = seen.limit.or(self.limit);
        self.reset = Some(reset);
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count { limit, remaining, .. } = *self.count();
        f.debug_struct("RateLimiter").field("limit", &limit).field("remaining", &remaining).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "limiter_tests.rs"]
mod tests;
