//! How often to ask.

use std::time::Duration;

const FIRST_DELAY: Duration = Duration::from_secs(1);

/// How often and how long a job is asked after.
///
/// ```
/// use std::time::Duration;
/// use intercom_gen::Poll;
///
/// let patient = Poll::default().max_delay(Duration::from_secs(120)).total(Duration::from_secs(6 * 3600));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poll {
    first_delay: Duration,
    factor: f64,
    max_delay: Duration,
    pub(super) total: Duration,
}

impl Default for Poll {
    fn default() -> Self {
        let max_delay = Duration::from_secs(30);
        Self { first_delay: FIRST_DELAY, factor: 1.5, max_delay, total: Duration::from_secs(3600) }
    }
}

impl Poll {
    /// How long after its start a job is first asked after; after no time at all, the next wait is a second. One second,
    /// unless said otherwise.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// How much longer each wait is than the one before; less than one counts as one. One and a half, unless said
    /// otherwise.
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// The longest wait. Thirty seconds, unless said otherwise.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// After how much time a job is asked after for the last time. If it is not over then, it goes on without being asked
    /// after. One hour, unless said otherwise.
    pub fn total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// The wait that follows `previous`, or the first one.
    pub(super) fn delay(&self, previous: Option<Duration>) -> Duration {
        let Some(previous) = previous else { return self.first_delay.min(self.max_delay) };
        if previous.is_zero() {
            // However often it is multiplied, nothing stays nothing.
            return FIRST_DELAY.min(self.max_delay);
        }
        // `max` also takes the place of what is no number.
        let longer = previous.as_secs_f64() * self.factor.max(1.0);
        Duration::try_from_secs_f64(longer).unwrap_or(self.max_delay).min(self.max_delay)
    }
}
