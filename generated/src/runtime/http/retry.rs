//! Which failures are worth another attempt, and how long to wait for it.

use std::time::Duration;

use super::limiter::WINDOW;
use crate::runtime::error::{Error, Recovery};

/// A wait that the API asks for is spread over this part of it.
const SPREAD: u32 = 5;

/// How often and how long a request is tried.
///
/// Status 429 and a connection that did not come about are retried always, because the API has not acted. Status 408, 5xx
/// and a connection that broke off are retried for requests that may be sent twice: reads, and what
/// [`Operation::idempotent`](crate::Operation) says, but no further page of a scroll, which the API gives once. A GET, or a
/// POST that only reads, is also retried if the body of its success is empty or is not JSON, as a page of a proxy. A call
/// that took longer than its timeout is not retried, nor is status 409, nor the 429 that stands for a job under way.
///
/// The wait is what the API asks for (`Retry-After`, then `X-RateLimit-Reset`) and up to a fifth more, or up to
/// [`first_delay`](Self::first_delay) more if that is longer, so that callers who were refused together do not come back
/// together. Where a 429 asks for nothing, the waits grow so that the last attempt comes after the window of ten seconds.
/// Any other wait is a random part of a delay that doubles each time.
///
/// ```
/// use std::time::Duration;
/// use intercom_gen::RetryPolicy;
///
/// let patient = RetryPolicy::default().attempts(8).total(Duration::from_secs(600));
/// let once = RetryPolicy::none();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_delay: Duration,
    max_delay: Duration,
    total: Duration,
    writes: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            total: Duration::from_secs(120),
            writes: false,
        }
    }
}

impl RetryPolicy {
    /// One attempt, and no more.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// How many attempts there are, the first one included. Five, unless said otherwise.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest wait before the second attempt; it doubles with each. Half a second, unless said otherwise.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// The longest of all waits, the random part of one that the API asks for aside. If the API asks for a longer one, the
    /// call fails at once. Default: 30 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// After how much time no further attempt begins. Time in which the call waits for its turn, or for the limiter, does
    /// not count. Two minutes, unless said otherwise.
    pub fn total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// Whether requests that must not be sent twice are retried even if the API may have acted on them. They are not,
    /// unless said otherwise.
    pub fn writes(mut self, writes: bool) -> Self {
        self.writes = writes;
        self
    }

    pub(super) fn repeats_writes(&self) -> bool {
        self.writes
    }

    /// How long to wait after the `attempt`th attempt, counted from one; `None` is the end.
    pub(super) fn delay(&self, failed: &Failed<'_>) -> Option<Duration> {
        let worth_it = match failed.error.recovery() {
            Recovery::NotActed => true,
            Recovery::MayHaveActed => failed.may_be_repeated,
            Recovery::Acted => failed.only_reads,
            Recovery::Final => false,
        };
        if !worth_it || failed.attempt >= self.attempts {
            return None;
        }
        let left = self.total.checked_sub(failed.spent).filter(|left| !left.is_zero())?;
        let (least, spread) = match asked_for(failed.error) {
            Some(asked) => (asked, self.first_delay.min(self.max_delay).max(asked / SPREAD)),
            None if failed.error.is_limited() => {
                let share = self.share_of_window(failed).min(self.max_delay).min(left);
                (share, self.longest_backoff(failed.attempt).saturating_sub(share).max(share / SPREAD))
            }
            // Full jitter: clients that failed together do not come back together.
            None => (Duration::ZERO, self.longest_backoff(failed.attempt)),
        };
        let delay = least.saturating_add(spread.mul_f64(fastrand::f64()));
        // The spread alone does not end the attempts.
        (least <= self.max_delay && least <= left).then_some(delay.min(left))
    }

    /// Whether a request would be sent again if the API could not have acted on it.
    pub(super) fn withholds(&self, failed: &Failed<'_>) -> bool {
        let may_be_sent = match failed.error.recovery() {
            Recovery::MayHaveActed => failed.may_be_repeated,
            Recovery::Acted => failed.only_reads,
            Recovery::NotActed | Recovery::Final => true,
        };
        !may_be_sent && failed.attempt < self.attempts
    }

    fn longest_backoff(&self, attempt: u32) -> Duration {
        let doubled = self.first_delay.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(self.max_delay)
    }

    /// How long to wait for a window of the rate limit of which nobody knows when it ends. Each wait is twice the one
    /// before, and together they last for the rest of the longest window that it can be.
    fn share_of_window(&self, failed: &Failed<'_>) -> Duration {
        let waits = self.attempts.saturating_sub(failed.attempt).clamp(1, 1_000);
        let shares = 2_f64.powi(i32::try_from(waits).unwrap_or(1_000)) - 1.0;
        WINDOW.saturating_sub(failed.limited_for).mul_f64(1.0 / shares)
    }
}

/// An attempt that failed.
pub(super) struct Failed<'a> {
    pub(super) error: &'a Error,
    /// Even where the API may have acted.
    pub(super) may_be_repeated: bool,
    /// Even where the API has acted.
    pub(super) only_reads: bool,
    /// Counted from one.
    pub(super) attempt: u32,
    /// On all attempts so far and the waits between them.
    pub(super) spent: Duration,
    /// Since the first of the latest refusals for the rate limit.
    pub(super) limited_for: Duration,
}

fn asked_for(error: &Error) -> Option<Duration> {
    error.retry_after().or_else(|| error.reset_after().filter(|_| error.is_rate_limited()))
}
