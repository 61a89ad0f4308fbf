//! What all clones of a client share.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};

use super::limiter::RateLimiter;
use super::rate_limit::RateLimit;
use super::retry::RetryPolicy;
use super::transport::Transport;
use crate::runtime::json::Drift;

/// Called with an operation's id and what did not fit its description.
pub(super) type DriftHook = Arc<dyn Fn(&'static str, &[Drift]) + Send + Sync>;

/// A client of no particular version. Cheap to clone.
#[derive(Clone)]
pub struct Core(pub(super) Arc<Shared>);

pub(super) struct Shared {
    /// Makes requests. What sends them is the transport.
    pub(super) http: reqwest::Client,
    pub(super) transport: Arc<dyn Transport>,
    /// Without a slash at the end.
    pub(super) base_url: String,
    pub(super) authorization: HeaderValue,
    pub(super) version: HeaderValue,
    pub(super) user_agent: HeaderValue,
    pub(super) timeout: Duration,
    pub(super) retry: RetryPolicy,
    pub(super) limiter: Option<RateLimiter>,
    /// What the last answer said that said anything.
    pub(super) seen_limit: Mutex<Option<RateLimit>>,
    pub(super) max_body: usize,
    pub(super) strict: bool,
    pub(super) on_drift: Option<DriftHook>,
}

impl Core {
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        self.0.seen_limit.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Shared {
    /// Keeps what an answer of the API says about the rate limit.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let seen = RateLimit::of(headers);
        if seen == RateLimit::default() {
            return;
        }
        if let Some(limiter) = &self.limiter {
            limiter.learn(&seen);
        }
        *self.seen_limit.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }

    /// Takes the token out of a body that goes into an error: some proxies send back what they were sent.
    pub(super) fn forget_token(&self, body: &mut Vec<u8>) {
        let token = self.authorization.as_bytes().strip_prefix(b"Bearer ").unwrap_or_default();
        let found = |rest: &[u8]| rest.windows(token.len()).position(|part| part == token);
        // What is shorter is no token, but stands in many a word.
        if token.len() < 8 {
            return;
        }
        let (mut kept, mut rest) = (Vec::new(), body.as_slice());
        while let Some(at) = found(rest) {
            kept.extend_from_slice(&rest[..at]);
            kept.extend_from_slice(b"[token]");
            rest = &rest[at + token.len()..];
        }
        kept.extend_from_slice(rest);
        *body = kept;
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { base_url, version, .. } = &*self.0;
        f.debug_struct("Client").field("base_url", base_url).field("version", version).finish_non_exhaustive()
    }
}
