//! What the API says about its rate limit.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::header::HeaderMap;

use super::reply::header;
use crate::runtime::scalar::Timestamp;

/// The rate limit as the answer's headers tell it. Some answers say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests that a window of ten seconds allows.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the window ends.
    pub reset: Option<Timestamp>,
}

impl RateLimit {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let number = |name| header(headers, name)?.trim().parse().ok();
        let reset = header(headers, "x-ratelimit-reset").and_then(|reset| reset.trim().parse::<i64>().ok());
        Self {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: reset.map(Timestamp::from),
        }
    }

    /// How long the window goes on after the answer with these headers; `None` if it is over or nobody knows. A window
    /// that is over says nothing about the next one.
    pub(crate) fn rest(&self, headers: &HeaderMap) -> Option<Duration> {
        let seconds = u64::try_from(self.reset.as_ref()?.seconds()).ok()?;
        let reset = UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
        reset.duration_since(answered_at(headers)).ok().filter(|rest| !rest.is_zero())
    }
}

/// When an answer was made, by the server's clock: moments that it tells are moments of that clock. Where it does not say,
/// this machine's has to do.
pub(crate) fn answered_at(headers: &HeaderMap) -> SystemTime {
    let date = header(headers, "date").and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    date.unwrap_or_else(SystemTime::now)
}
