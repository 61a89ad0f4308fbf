//! Why an answer, or the rest of one, did not come.

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::Url;

use super::{Answer, Error, ErrorKind, Recovery};
use crate::runtime::http::Reply;

impl Error {
    /// What keeps an answer, or the rest of one, from coming.
    fn lost(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        let recovery = Recovery::of_transport(&*source);
        let (kind, source): (_, Box<dyn StdError + Send + Sync>) = match source.downcast::<reqwest::Error>() {
            // The address may be a signed one.
            Ok(error) if error.is_timeout() => (ErrorKind::Timeout, Box::new(error.without_url())),
            Ok(error) => (ErrorKind::Transport, Box::new(error.without_url())),
            Err(other) => (ErrorKind::Transport, other),
        };
        let mut error = Self::new(kind, root_cause(&*source));
        error.0.recovery = recovery;
        error.0.source = Some(source);
        error
    }

    /// No answer from the server that `url` is of. Its origin alone is told: what follows may be signed.
    pub(crate) fn transport(url: &Url, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        let is_unsent = source.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_builder);
        let mut error = Self::lost(source);
        if is_unsent {
            error.0.kind = ErrorKind::Argument;
            error.0.message = format!("the request cannot be sent: {}", error.0.message);
            return error;
        }
        let late = if error.is_timeout() { " in time" } else { "" };
        let origin = url.origin().ascii_serialization();
        error.0.message = format!("no answer{late} from {origin}: {}", error.0.message);
        error
    }

    /// An answer of which only the head came whole.
    pub(crate) fn broken_off(head: Reply, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::lost(source);
        error.0.message = format!("the body broke off: {}", error.0.message);
        error.0.answer = Some(Answer::of(head));
        error
    }

    /// A body that is larger than anyone wants to hold.
    pub(crate) fn too_large(head: Reply, limit: usize) -> Self {
        let mut error = Self::new(ErrorKind::Transport, format!("the body is larger than {limit} bytes"));
        error.0.answer = Some(Answer::of(head));
        error
    }

    /// A body of which nothing came for too long.
    pub(crate) fn stood_still(head: Reply, limit: Duration) -> Self {
        let mut error = Self::new(ErrorKind::Timeout, format!("the body stood still for {limit:?}"));
        error.0.answer = Some(Answer::of(head));
        error
    }

    /// No answer within the time that an attempt has.
    pub(crate) fn timeout(limit: Duration) -> Self {
        Self::new(ErrorKind::Timeout, format!("no answer in time: {limit:?} are over"))
    }

    /// A redirect to a URL that no request can carry.
    pub(crate) fn long_redirect(length: usize, limit: usize) -> Self {
        let message = format!("the server redirects to a URL that is {length} bytes long, more than {limit}");
        Self::new(ErrorKind::Transport, message)
    }

    /// Redirects without an end.
    pub(crate) fn redirects(limit: usize) -> Self {
        Self::new(ErrorKind::Transport, format!("more than {limit} redirects"))
    }
}

/// What is at the bottom of an error. Nothing is lost of reqwest's own words that is not said where this is shown.
fn root_cause(error: &(dyn StdError + Send + Sync + 'static)) -> String {
    let mut deepest: &dyn StdError = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    match (error.to_string(), deepest.to_string()) {
        (outer, cause) if cause != outer && !error.is::<reqwest::Error>() => format!("{outer}: {cause}"),
        (_, cause) => cause,
    }
}
