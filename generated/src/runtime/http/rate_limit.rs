//! What the API says about its rate limit.

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
}
