//! Jobs that did not end well, or not in time.

use std::time::Duration;

use super::{Answer, Error, ErrorKind};

/// How a job ended that did not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JobOutcome {
    /// It failed.
    Failed,
    /// It came to its end, but not for all of what it was to do.
    Partial,
    /// There was nothing to do, so there is no result.
    Empty,
    /// Somebody cancelled it.
    Canceled,
}

/// What is known of a job.
pub(super) struct Ended {
    outcome: Option<JobOutcome>,
    pub(super) state: String,
}

impl Error {
    /// A job that ended, and not well; `body` is its last status.
    pub(crate) fn job(outcome: JobOutcome, state: String, body: &[u8]) -> Self {
        let message = match outcome {
            JobOutcome::Failed => "the job has failed",
            JobOutcome::Partial => "the job has failed in part",
            JobOutcome::Empty => "the job has found nothing",
            JobOutcome::Canceled => "the job was cancelled",
        };
        let mut error = Self::new(ErrorKind::Job, format!("{message}: its state is `{state}`"));
        error.0.job = Some(Ended { outcome: Some(outcome), state });
        error.0.answer = Some(Answer { body: body.to_owned(), ..Answer::default() });
        error
    }

    /// A job that is not over when its time is.
    pub(crate) fn job_unfinished(total: Duration, state: &str) -> Self {
        let state_of = if state.is_empty() { "has told no state".to_owned() } else { format!("is still `{state}`") };
        let mut error = Self::new(ErrorKind::Timeout, format!("the job {state_of} after {total:?}"));
        error.0.job = Some(Ended { outcome: None, state: state.to_owned() });
        error
    }

    /// A job whose id the API did not tell.
    pub(crate) fn no_job(path: &str, body: &[u8]) -> Self {
        let mut error = Self::new(ErrorKind::Decode, "there is no id of a job");
        error.0.path = Some(format!("$.{path}"));
        error.0.answer = Some(Answer { body: body.to_owned(), ..Answer::default() });
        error
    }

    /// How the job ended that this is about, if it did. The last status is the error's [`body`](Self::body).
    pub fn job_outcome(&self) -> Option<JobOutcome> {
        self.0.job.as_ref()?.outcome
    }

    /// The state of the job that this is about, as the API spells it. A job without [`job_outcome`](Self::job_outcome)
    /// went on when its time was over.
    pub fn job_state(&self) -> Option<&str> {
        self.0.job.as_ref().map(|job| job.state.as_str())
    }
}
