//! An answer: as it came, and with what it was read as.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::rate_limit::RateLimit;
use super::send::additions;
use crate::runtime::json::{Addition, Drift, Field};

/// An answer as it came.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Without the body, which is a list of numbers to nobody's use, and is in the value already.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.body.len();
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("bytes", &bytes)
            .finish()
    }
}

pub(super) fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

impl Reply {
    /// A copy without the body.
    pub(super) fn head(&self) -> Self {
        Self { status: self.status, headers: self.headers.clone(), body: Vec::new() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.header("x-request-id")
    }
}

/// A value with the answer that it was read from.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What was asked for.
    pub value: T,
    pub(super) reply: Reply,
    pub(super) drift: Vec<Drift>,
    /// Makes what the body is read into, if it is read.
    pub(super) fresh: Option<fn() -> Box<dyn Field>>,
}

impl<T> Response<T> {
    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same answer with another value, and the value that it had.
    #[cfg(any(feature = "dynamic", feature = "oauth"))]
    pub(super) fn replace<U>(self, value: U) -> (Response<U>, T) {
        let Self { value: old, reply, drift, fresh } = self;
        (Response { value, reply, drift, fresh }, old)
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.reply.status.as_u16()
    }

    /// All headers. Where a server sends back the access token in one, it reads `[token]`.
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.reply.header(name)
    }

    /// The body as it came. Empty for a download, which is read piece by piece.
    pub fn body(&self) -> &[u8] {
        &self.reply.body
    }

    /// The request's id, for Intercom's support.
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id()
    }

    /// What the answer said about the rate limit.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::of(&self.reply.headers)
    }

    /// Values that did not fit their field. The first thousand are listed, or fewer where they are longer than the body; all
    /// are kept in the value.
    pub fn drift(&self) -> &[Drift] {
        &self.drift
    }

    /// What the description does not list: keys, values of enumerations, arms of unions. The first thousand are listed, or
    /// fewer where they are longer than the body. Reads the body once more.
    pub fn additions(&self) -> Vec<Addition> {
        self.fresh.map_or_else(Vec::new, |fresh| additions(&self.reply.body, fresh().as_mut()))
    }
}

#[cfg(test)]
#[path = "reply_tests.rs"]
mod tests;
