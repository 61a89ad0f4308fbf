//! What the stand-in was asked.

use std::fmt;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Method, Url};

use crate::runtime::http::hide_credentials;
use crate::runtime::json::Json;

/// A request as it would have been sent. The value of the token is not in it.
#[derive(Clone)]
pub struct Recorded {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl Recorded {
    /// Takes everything out of a request.
    pub(super) async fn of(mut request: reqwest::Request) -> Self {
        let body = match request.body_mut().take() {
            // Only an answer can be read to its end.
            Some(body) => reqwest::Response::from(http::Response::new(body)).bytes().await.unwrap_or_default(),
            None => Bytes::new(),
        };
        let (method, url) = (request.method().clone(), request.url().clone());
        let mut headers = std::mem::take(request.headers_mut());
        if let Some(value) = headers.get_mut(AUTHORIZATION) {
            *value = HeaderValue::from_static("[token]");
        }
        hide_credentials(&mut headers);
        Self { method, url, headers, body }
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The path, still percent-encoded.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// The first value of a parameter of the query, decoded.
    pub fn query(&self, name: &str) -> Option<String> {
        let mut pairs = self.url.query_pairs();
        pairs.find_map(|(other, value)| (other == name).then(|| value.into_owned()))
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's text. That of `Authorization` is `[token]`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as it would have been sent.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON; null where it is none. It can be compared with `serde_json::json!({…}).into()`.
    pub fn json(&self) -> Json {
        Json::parse(&String::from_utf8_lossy(&self.body)).unwrap_or_default()
    }
}

/// Method, path and query.
impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url.path())?;
        self.url.query().map_or(Ok(()), |query| write!(f, "?{query}"))
    }
}

/// Method, path, query and headers, without those that carry credentials, and the size of the body: what is in it may be a
/// secret, and is there for a test that asks.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {:?} {} bytes", self.headers, self.body.len())
    }
}
