//! Setting up a client, and refusing what cannot work before anything is sent.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use tokio::sync::Semaphore;

use super::account::Family;
use super::core::{Core, DriftHook, Shared};
use super::limiter::RateLimiter;
use super::region::Region;
use super::retry::RetryPolicy;
use super::transport::Transport;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::Drift;

const USER_AGENT: &str = concat!("intercom-gen/", env!("CARGO_PKG_VERSION"));

/// Sets up a client.
#[derive(Clone)]
pub struct ClientBuilder<C> {
    make: fn(Core) -> C,
    token: Option<String>,
    tokenless: bool,
    base_url: String,
    allow_http: bool,
    version: String,
    user_agent: String,
    timeout: Duration,
    retry: RetryPolicy,
    limiter: Option<RateLimiter>,
    connect_timeout: Duration,
    max_in_flight: usize,
    max_body: usize,
    strict: bool,
    on_drift: Option<DriftHook>,
    http: Option<reqwest::Client>,
    transport: Option<Arc<dyn Transport>>,
}

impl<C> ClientBuilder<C> {
    pub(crate) fn new(version: &str, make: fn(Core) -> C) -> Self {
        Self {
            make,
            token: None,
            tokenless: false,
            base_url: Region::default().base_url().to_owned(),
            allow_http: false,
            version: version.to_owned(),
            user_agent: USER_AGENT.to_owned(),
            timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            limiter: None,
            connect_timeout: Duration::from_secs(10),
            max_in_flight: 100,
            max_body: 64 << 20,
            strict: false,
            on_drift: None,
            http: None,
            transport: None,
        }
    }

    /// Takes the token, the region and the base URL from the environment, where they are there:
    /// `INTERCOM_ACCESS_TOKEN`, `INTERCOM_REGION` (US, EU or AU) and `INTERCOM_BASE_URL`.
    ///
    /// # Errors
    ///
    /// If the region is none.
    pub fn environment(self) -> Result<Self> {
        self.environment_from(|name| std::env::var(name).ok())
    }

    pub(super) fn environment_from(mut self, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let variable = |name| variable(name).filter(|value| !value.trim().is_empty());
        self.token = variable("INTERCOM_ACCESS_TOKEN").or(self.token);
        if let Some(region) = variable("INTERCOM_REGION") {
            let region = region.parse().map_err(|error| Error::config(format!("INTERCOM_REGION: {error}")))?;
            self = self.region(region);
        }
        match variable("INTERCOM_BASE_URL") {
            Some(url) => Ok(self.base_url(url)),
            None => Ok(self),
        }
    }

    /// The access token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Does without a token: the client is there to give others theirs, with `with_token`. Its own calls fail before
    /// anything is sent.
    pub fn without_token(mut self) -> Self {
        (self.token, self.tokenless) = (None, true);
        self
    }

    /// Where the workspace is hosted. United States, unless said otherwise.
    pub fn region(self, region: Region) -> Self {
        self.base_url(region.base_url())
    }

    /// Another address than the regions', such as that of a server in between. It may have a path.
    ///
    /// It has to begin with `https`. Plain `http` is for a loopback address (`localhost`, `127.0.0.1`, `[::1]`), or after
    /// [`allow_http`](Self::allow_http). Requests to a loopback address do not go through the proxies that the environment
    /// names (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Allows a base URL in plain `http` to a host other than this machine, which is refused unless this is set. The access
    /// token then goes over the network unencrypted, and a proxy on the way (`HTTP_PROXY`) sees it.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Another API version than the one that the types are made for.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Appended to the `User-Agent`, to tell applications apart.
    pub fn user_agent(mut self, suffix: &str) -> Self {
        self.user_agent = format!("{USER_AGENT} {suffix}");
        self
    }

    /// How long an attempt may take, and how long a download may stand still. One minute, unless said otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long connecting may take. Ten seconds, unless said otherwise.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How often and how long a request is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Slows down before the API says no. Nothing does, unless said otherwise. Clients of other tokens (`with_token`) get
    /// one each.
    pub fn rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// How many requests may be under way at once; any more wait for their turn, which is no part of their timeout. At
    /// least one. A call that is polled no more keeps its turn, or its place among those who wait for one, until it is
    /// dropped. A request needs a connection, and a connection one of the process's file descriptors. 100, unless said
    /// otherwise.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = requests;
        self
    }

    /// The largest body in bytes that is read into memory. 64 MiB, unless said otherwise; downloads have no limit.
    ///
    /// Decoding a body of `n` bytes takes at most `16 * n` bytes and 1 MiB of memory beside the body, whatever it holds: a
    /// body of 1 MB takes at most 17 MB. Lists of small objects take four to eight bytes for each byte. A body that would take more,
    /// such as a list of a hundred thousand empty objects, is an error ([`ErrorKind::Decode`](crate::ErrorKind::Decode)).
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Whether an answer that does not fit its description is an error. It is not, unless said otherwise.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Called with the operation's id whenever values of an answer do not fit its description.
    pub fn on_drift(mut self, hook: impl Fn(&'static str, &[Drift]) + Send + Sync + 'static) -> Self {
        self.on_drift = Some(Arc::new(hook));
        self
    }

    /// An HTTP client of your own, with its proxies, certificates and pool; timeouts of connecting are its own too. It
    /// should follow no redirects (`redirect::Policy::none()`): this crate follows them, and keeps the token at home.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// What carries requests over the wire, in place of reqwest.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    pub fn build(self) -> Result<C> {
        #[cfg(feature = "blocking")]
        let connects_itself = self.http.is_none() && self.transport.is_none();
        let base_url = base_url(&self.base_url, self.allow_http)?;
        let connections = Connections { connect_timeout: self.connect_timeout, uses_proxies: !is_loopback(&base_url) };
        let http = match self.http {
            Some(http) => http,
            None => connections.client()?,
        };
        let authorization = match self.token {
            None if self.tokenless => None,
            token => Some(authorization(token.as_deref())?),
        };
        let family = Family::new(self.limiter);
        #[cfg(feature = "blocking")]
        let family = family.with_blocking(connects_itself.then_some(connections));
        let shared = Shared {
            account: authorization.as_ref().map(|authorization| family.first(authorization)).unwrap_or_default(),
            family: Arc::new(family),
            authorization,
            base_url: base_url.as_str().trim_end_matches('/').to_owned(),
            version: header("the version", &self.version)?,
            user_agent: header("the user agent", &self.user_agent)?,
            transport: self.transport.unwrap_or_else(|| Arc::new(http.clone())),
            http,
            timeout: self.timeout,
            retry: self.retry,
            turns: Arc::new(Semaphore::new(self.max_in_flight.clamp(1, Semaphore::MAX_PERMITS))),
            max_body: self.max_body,
            strict: self.strict,
            on_drift: self.on_drift,
        };
        Ok((self.make)(Core(Arc::new(shared))))
    }
}

pub(super) fn authorization(token: Option<&str>) -> Result<HeaderValue> {
    let token = token.map(str::trim).filter(|token| !token.is_empty());
    let missing = || Error::config("no access token: set INTERCOM_ACCESS_TOKEN, or give one to the builder");
    let bearer = format!("Bearer {}", token.ok_or_else(missing)?);
    let mut value = HeaderValue::from_str(&bearer).map_err(|_| {
        Error::config("the access token holds characters that no header can carry: was it copied whole?")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn base_url(text: &str, allow_http: bool) -> Result<Url> {
    let refuse = |why: &str| Error::config(format!("the base URL {why}, like https://api.intercom.io"));
    let url = Url::parse(text.trim()).map_err(|error| refuse(&format!("is none ({error}): it has to be absolute")))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refuse("has to begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("must not hold a user or a password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("must not have a query or a fragment"));
    }
    if url.scheme() == "http" && !is_loopback(&url) && !allow_http {
        let why = "uses plain http, which sends the access token unencrypted: use https, or call `allow_http(true)`";
        return Err(Error::config(format!("the base URL {why}")));
    }
    Ok(url)
}

/// Whether a URL leads to this machine, whatever a name server says.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn header(what: &str, text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text)
        .map_err(|_| Error::config(format!("{what} {text:?} holds characters that no header can carry")))
}

/// How connections are made.
#[derive(Clone, Copy)]
pub(super) struct Connections {
    connect_timeout: Duration,
    /// Whether they go through the proxies that the environment names.
    uses_proxies: bool,
}

impl Connections {
    pub(super) fn client(self) -> Result<reqwest::Client> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.connect_timeout)
            // What is compressed stays so, whatever features of reqwest others have turned on.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        let builder = if self.uses_proxies { builder } else { builder.no_proxy() };
        builder.build().map_err(|error| Error::config(format!("no HTTP client: {error}")))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One that is refused may hold a password.
        let (base_url, version) = (base_url(&self.base_url, true).ok(), &self.version);
        f.debug_struct("ClientBuilder")
            .field("base_url", &base_url.as_ref().map(Url::as_str))
            .field("version", version)
            .finish_non_exhaustive()
    }
}
