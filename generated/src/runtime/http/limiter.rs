//! Slowing down before the API says no.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::rate_limit::RateLimit;

/// How long the API counts before it begins anew.
const WINDOW: Duration = Duration::from_secs(10);

/// Holds requests back once a window's share is used up, as far as the API's own headers tell it. All clones share one
/// count; so may several clients, if they have one token.
///
/// ```
/// use intercom_gen::RateLimiter;
///
/// let limiter = RateLimiter::new();
/// # #[cfg(feature = "unstable")]
/// let client = intercom_gen::unstable::Client::builder().token("…").rate_limiter(limiter).build();
/// ```
#[derive(Clone, Default)]
pub struct RateLimiter(Arc<Mutex<Count>>);

/// What is known of the present window.
#[derive(Clone, Copy, Default)]
struct Count {
    /// The limit that it began with.
    given: Option<u64>,
    limit: Option<u64>,
    remaining: u64,
    /// When it ends; a moment that is over means that nothing is known.
    ends: Option<SystemTime>,
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
        Self(Arc::new(Mutex::new(Count { given, limit: given, ..Count::default() })))
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a request may be sent, and counts it.
    pub(super) async fn admit(&self) {
        loop {
            let wait = self.count().take(SystemTime::now());
            match wait {
                None => return,
                Some(wait) => tokio::time::sleep(wait).await,
            }
        }
    }

    /// Learns from an answer.
    pub(super) fn learn(&self, seen: &RateLimit) {
        self.count().learn(seen, SystemTime::now());
    }
}

impl Count {
    /// Counts a request, or says how long it has to wait.
    fn take(&mut self, now: SystemTime) -> Option<Duration> {
        let left = self.ends.and_then(|ends| ends.duration_since(now).ok()).filter(|left| !left.is_zero());
        match (left, self.limit) {
            // Clocks that differ must not hold anyone back for longer than a window.
            (Some(left), _) if self.remaining == 0 => return Some(left.min(WINDOW)),
            (Some(_), _) => self.remaining -= 1,
            (None, Some(limit)) => {
                self.ends = Some(now + WINDOW);
                self.remaining = limit.max(1) - 1;
            }
            (None, None) => {}
        }
        None
    }

    fn learn(&mut self, seen: &RateLimit, now: SystemTime) {
        let seconds = seen.reset.as_ref().and_then(|reset| u64::try_from(reset.seconds()).ok());
        let ends = seconds.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let (Some(remaining), Some(ends)) = (seen.remaining, ends.filter(|ends| *ends > now)) else { return };
        self.limit = seen.limit.or(self.limit);
        // Answers come in any order, and requests under way are not in what the API has counted.
        self.remaining = if self.ends == Some(ends) { self.remaining.min(remaining) } else { remaining };
        self.ends = Some(ends.min(now + WINDOW));
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
