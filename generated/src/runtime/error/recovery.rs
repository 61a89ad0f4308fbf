//! What another attempt could change.

use std::error::Error as StdError;
use std::io;
use std::num::IntErrorKind;
use std::time::Duration;

use super::{Error, ErrorCode, ErrorKind};
use crate::runtime::http::{Reply, answered_at};

/// What another attempt could change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recovery {
    /// Nothing.
    Final,
    /// The API cannot have acted on the request: it is as if it had never been sent.
    NotActed,
    /// The API may have acted on it.
    MayHaveActed,
    /// The API has acted on it, but its response cannot be read: worth repeating for what only reads.
    Acted,
}

/// The longest wait that an error tells: a server that asks for more has made a mistake, and sums of waits stay within
/// what clocks can count.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(365 * 24 * 3600);

impl Recovery {
    /// What a failure of the transport leaves open.
    pub(super) fn of_transport(error: &(dyn StdError + Send + Sync + 'static)) -> Self {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::Unsupported) {
            return Self::Final;
        }
        match error.downcast_ref::<reqwest::Error>() {
            Some(error) if error.is_connect() => Self::NotActed,
            // Whoever sets a limit does not want to wait for several.
            Some(error) if error.is_timeout() || error.is_builder() => Self::Final,
            _ => Self::MayHaveActed,
        }
    }
}

impl Error {
    pub(crate) fn recovery(&self) -> Recovery {
        match (self.kind(), self.status()) {
            (ErrorKind::Api, Some(429)) if self.is_job_under_way() => Recovery::Final,
            (ErrorKind::Api, Some(429)) => Recovery::NotActed,
            (ErrorKind::Api, Some(408 | 500..)) => Recovery::MayHaveActed,
            // A list of errors that came as a success: its code tells what its status does not.
            (ErrorKind::Api, Some(..300)) => match self.code() {
                Some(ErrorCode::RateLimitExceeded) => Recovery::NotActed,
                Some(ErrorCode::ServerError | ErrorCode::ServiceUnavailable) => Recovery::MayHaveActed,
                _ => Recovery::Final,
            },
            _ => self.0.recovery,
        }
    }

    /// Whether the API refuses because a job of this kind is under way, which waiting a little does not change: it comes
    /// with status 429, as a rate limit does.
    pub fn is_job_under_way(&self) -> bool {
        let about_jobs = |text: &str| {
            let text = text.to_ascii_lowercase();
            text.contains("pending") && text.contains("job")
        };
        self.is_rate_limited()
            && (about_jobs(self.message()) || self.errors().iter().filter_map(|e| e.message.as_deref()).any(about_jobs))
    }

    /// Whether no connection came about, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        !self.is_api() && self.0.recovery == Recovery::NotActed
    }

    /// Whether the rate limit is used up, whatever the status says.
    pub(crate) fn is_limited(&self) -> bool {
        self.is_api() && self.recovery() == Recovery::NotActed
    }

    /// How long the API asked to wait (`Retry-After`), counted from its response. At most a year.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.as_ref()?.retry_after
    }

    /// How long the window of the rate limit went on after the API's answer.
    pub(crate) fn reset_after(&self) -> Option<Duration> {
        self.0.answer.as_ref()?.reset_after
    }
}

/// `Retry-After`: seconds, or a date.
pub(super) fn retry_after(reply: &Reply) -> Option<Duration> {
    let text = reply.header("retry-after")?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => MAX_RETRY_AFTER,
        Err(_) => {
            let date = httpdate::parse_http_date(text).ok()?;
            date.duration_since(answered_at(&reply.headers)).unwrap_or_default()
        }
    };
    Some(wait.min(MAX_RETRY_AFTER))
}
