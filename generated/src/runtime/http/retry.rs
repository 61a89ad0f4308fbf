//! Which failures are worth another attempt, and how long to wait for it.

use std::time::Duration;

use crate::runtime::error::{Error, Recovery};

/// How often and how long a request is tried.
///
/// Status 429 and a connection that did not come about are retried always, because the API has not acted. Status 408, 5xx
/// and a connection that broke off are retried for requests that may be sent twice: reads, and what
/// [`Operation::idempotent`](crate::Operation) says, but no further page of a scroll, which the API gives once. The wait is what
/// the API asks for (`Retry-After`, then `X-RateLimit-Reset`), else a random part of a delay that doubles each time. A call
/// that took longer than its timeout is not retried, nor is status 409, nor the 429 that stands for a job under way.
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

    /// The longest of all waits. If the API asks for a longer one, the call fails at once. Thirty seconds, unless said
    /// otherwise.
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
            Recovery::Final => false,
        };
        if !worth_it || failed.attempt >= self.attempts {
            return None;
        }
        let delay = asked_for(failed.error).unwrap_or_else(|| self.backoff(failed.attempt));
        (delay <= self.max_delay && failed.spent.saturating_add(delay) <= self.total).then_some(delay)
    }

    /// Whether a request would be sent again if the API could not have acted on it.
    pub(super) fn withholds(&self, failed: &Failed<'_>) -> bool {
        failed.error.recovery() == Recovery::MayHaveActed && !failed.may_be_repeated && failed.attempt < self.attempts
    }

    /// Full jitter: clients that failed together do not come back together.
    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = self.first_delay.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(self.max_delay).mul_f64(fastrand::f64())
    }
}

/// An attempt that failed.
pub(super) struct Failed<'a> {
    pub(super) error: &'a Error,
    /// Even where the API may have acted.
    pub(super) may_be_repeated: bool,
    /// Counted from one.
    pub(super) attempt: u32,
    /// On all attempts so far and the waits between them.
    pub(super) spent: Duration,
}

fn asked_for(error: &Error) -> Option<Duration> {
    error.retry_after().or_else(|| error.reset_after().filter(|_| error.is_rate_limited()))
}
