//! What all clones of a client share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use tokio::sync::Semaphore;

use super::account::{Account, Family};
use super::builder::authorization;
use super::rate_limit::RateLimit;
use super::retry::RetryPolicy;
use super::transport::Transport;
use crate::runtime::error::Result;
use crate::runtime::json::Drift;

/// Called with an operation's id and what did not fit its description.
pub(super) type DriftHook = Arc<dyn Fn(&'static str, &[Drift]) + Send + Sync>;

/// Why a transport has no response.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A client of no particular version. Cheap to clone.
#[derive(Clone)]
pub struct Core(pub(super) Arc<Shared>);

#[derive(Clone)]
pub(super) struct Shared {
    /// Makes requests. What sends them is the transport.
    pub(super) http: reqwest::Client,
    pub(super) transport: Arc<dyn Transport>,
    /// Without a slash at the end.
    pub(super) base_url: String,
    /// None where the client only gives others their token.
    pub(super) authorization: Option<HeaderValue>,
    /// What belongs to the token.
    pub(super) account: Arc<Account>,
    pub(super) family: Arc<Family>,
    pub(super) version: HeaderValue,
    pub(super) user_agent: HeaderValue,
    pub(super) timeout: Duration,
    pub(super) retry: RetryPolicy,
    /// How many more requests may be under way.
    pub(super) turns: Arc<Semaphore>,
    pub(super) max_body: usize,
    pub(super) strict: bool,
    pub(super) on_drift: Option<DriftHook>,
}

impl Core {
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        self.0.account.rate_limit()
    }

    /// The same client for another token.
    pub(crate) fn with_token(&self, token: &str) -> Result<Self> {
        let authorization = authorization(Some(token))?;
        let account = self.0.family.of(&authorization);
        Ok(Self(Arc::new(Shared { authorization: Some(authorization), account, ..Shared::clone(&self.0) })))
    }
}

impl Shared {
    /// What sends requests. A blocking call has connections of its own: those of another runtime stand still where that
    /// runtime does, as one of a single thread does between two calls.
    pub(super) async fn carry(&self, request: reqwest::Request) -> Result<reqwest::Response, Failure> {
        #[cfg(feature = "blocking")]
        if crate::blocking::is_waiting()
            && let Some(http) = self.family.blocking_http()
        {
            return http.carry(request).await;
        }
        self.transport.carry(request).await
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { base_url, version, .. } = &*self.0;
        f.debug_struct("Client").field("base_url", base_url).field("version", version).finish_non_exhaustive()
    }
}
