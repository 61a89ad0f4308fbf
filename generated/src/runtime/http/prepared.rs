//! A request before it is sent: everything that operations differ in.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};
use reqwest::{Method, Url};

use super::core::Core;
use super::query::{QueryValue, push_encoded};
use super::redact::{Secrets, is_credential};
use super::retry::RetryPolicy;
use super::upload::FormPart;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Field, to_text};

/// Headers that say where a request begins and ends, and who it is for: replaced, one would be cut short, become two, or
/// reach another server with the token.
const FRAMING: [&str; 10] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The parameters of a query: names and percent-encoded values.
pub(crate) type Query = Vec<(Cow<'static, str>, String)>;

/// The longest URL that the HTTP library sends.
pub(super) const MAX_URL: usize = 65_534;

/// How much of a path an error shows, in characters.
const SHOWN_PATH: usize = 80;

pub(crate) struct Prepared {
    pub(super) core: Core,
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Query,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<String>,
    pub(super) form: Vec<(&'static str, FormPart)>,
    pub(super) accept: &'static str,
    /// Whether the body of a success is left unread.
    pub(super) streamed: bool,
    /// Whether sending it twice does no more than sending it once.
    pub(super) idempotent: bool,
    /// In place of the client's.
    pub(super) timeout: Option<Duration>,
    /// In place of the client's.
    pub(super) retry: Option<RetryPolicy>,
    /// Whether it goes without token and version.
    pub(super) anonymous: bool,
    /// What must not show in an error, beside the token.
    pub(super) secrets: Vec<String>,
    /// The path as the description has it.
    #[cfg(feature = "tracing")]
    pub(super) template: String,
    /// The first argument that cannot be sent; it is reported when the request should be.
    pub(super) fault: Option<Error>,
}

impl Prepared {
    pub(super) fn set_path(&mut self, name: &str, value: &str) {
        if matches!(value, "" | "." | "..") {
            // A segment of dots is taken out of an address even where it is encoded.
            let what = if value.is_empty() { "is empty" } else { "is made of dots" };
            return self.refuse(format!("the path argument {name:?} {what}, which would address something else"));
        }
        let mut encoded = String::new();
        push_encoded(&mut encoded, value);
        self.path = self.path.replace(&format!("{{{name}}}"), &encoded);
    }

    pub(crate) fn add_query(&mut self, name: Cow<'static, str>, value: &dyn QueryValue) {
        let mut text = String::new();
        value.append_to(&mut text);
        self.query.push((name, text));
    }

    pub(super) fn set_query(&mut self, name: &'static str, value: &dyn QueryValue) {
        self.query.retain(|(other, _)| other != name);
        self.add_query(Cow::Borrowed(name), value);
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), _) if FRAMING.contains(&name.as_str()) => {
                self.refuse(format!("header `{name}` is set by the client and cannot be replaced: leave it out"));
            }
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(is_credential(name.as_str()));
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.refuse(format!("{name:?} is no header's name")),
            (_, Err(_)) => {
                self.refuse(format!("the value of header {name:?} holds characters that no header can carry"))
            }
        }
    }

    pub(super) fn set_body(&mut self, body: &dyn Field) {
        self.body = (!body.is_absent(true)).then(|| to_text(body));
    }

    pub(super) fn set_part(&mut self, name: &'static str, part: FormPart) {
        if let FormPart::File(upload) = &part
            && upload.name().chars().any(char::is_control)
        {
            let name = upload.name();
            return self.refuse(format!("the file name {name:?} contains a control character: give it another name"));
        }
        self.form.retain(|(other, _)| *other != name);
        self.form.push((name, part));
    }

    pub(super) fn refuse(&mut self, why: String) {
        self.fail(Error::argument(why));
    }

    pub(super) fn fail(&mut self, fault: Error) {
        self.fault.get_or_insert(fault);
    }

    /// Whether it may be sent again where nobody knows if the API has acted, which is up to the policy for `writes`. A
    /// further page of a scroll is given once: asked for again, it would be the next one, and nobody would miss the one
    /// that got lost.
    pub(super) fn may_be_repeated(&self, writes: bool) -> bool {
        (self.idempotent || writes) && !self.query.iter().any(|(name, _)| name == "scroll_param")
    }

    /// Whether it may be sent again though the API has acted on it, because its response is the same then: a read, or a POST
    /// that the API takes for the same. A repeated DELETE finds nothing.
    pub(super) fn only_reads(&self) -> bool {
        let is_read = self.method.is_safe() || (self.method == Method::POST && self.idempotent);
        is_read && self.may_be_repeated(false)
    }

    /// What must not show in an error or a log.
    pub(super) fn secrets(&self) -> Secrets {
        let mut secrets = Secrets::default();
        let own = self.core.0.authorization.iter().map(|value| (&AUTHORIZATION, value));
        for (name, value) in own.chain(self.headers.iter().filter(|(name, _)| is_credential(name.as_str()))) {
            secrets.add_header(name, value);
        }
        for secret in &self.secrets {
            secrets.add(secret, "[secret]");
        }
        secrets
    }

    /// An error of this request, without its secrets.
    pub(crate) fn blamed(&self, error: Error) -> Error {
        error.redacted(&self.secrets()).of_operation(self.name())
    }

    /// What an error calls it: the operation's id, or method and path where it has none.
    pub(super) fn name(&self) -> Cow<'static, str> {
        if !self.operation.is_empty() {
            return Cow::Borrowed(self.operation);
        }
        // A path that is refused may have a query, or anything, in it.
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        Cow::Owned(format!("{} {}", self.method, path.escape_debug()))
    }

    /// What keeps it from being sent.
    pub(super) fn fault(&self) -> Option<Error> {
        if let Some(fault) = &self.fault {
            return Some(Error::argument(fault.message()));
        }
        if !self.form.is_empty() && self.headers.contains_key(CONTENT_TYPE) {
            let why = "header `content-type` is set by the client for a form, with the form's boundary: leave it out";
            return Some(Error::argument(why));
        }
        if let Err(fault) = self.url() {
            return Some(fault);
        }
        let has_token =
            self.anonymous || self.core.0.authorization.is_some() || self.headers.contains_key(AUTHORIZATION);
        (!has_token).then(|| Error::config("this client has no token: call one that `with_token` gives"))
    }

    /// How long an attempt may take, and how long a download may stand still.
    pub(super) fn timeout(&self) -> Duration {
        self.timeout.unwrap_or(self.core.0.timeout)
    }

    pub(super) fn url(&self) -> Result<Url> {
        let mut text = format!("{}{}", self.core.0.base_url, self.path);
        for (index, (name, value)) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            push_encoded(&mut text, name);
            text.push('=');
            text.push_str(value);
        }
        let (length, start) = (text.len(), self.path.chars().take(SHOWN_PATH).collect::<String>());
        match Url::parse(&text) {
            Ok(url) if url.as_str().len() <= MAX_URL => Ok(url),
            Ok(_) => Err(Error::argument(format!(
                "the URL is {length} bytes long, and a request can carry {MAX_URL}: {start:?}… and its query"
            ))),
            Err(error) => Err(Error::argument(format!("{start:?}: {error}"))),
        }
    }

    /// The headers for the API itself.
    pub(super) fn headers(&self) -> HeaderMap {
        let shared = &*self.core.0;
        let mut headers = self.public_headers();
        if !self.anonymous {
            headers.extend(shared.authorization.clone().map(|value| (AUTHORIZATION, value)));
            headers.insert(HeaderName::from_static("intercom-version"), shared.version.clone());
        }
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        } else if self.form.is_empty() && matches!(self.method.as_str(), "POST" | "PUT" | "PATCH") {
            // Left out, a proxy may ask for it with status 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        headers
    }

    /// The headers that a server other than the API's may see.
    pub(super) fn public_headers(&self) -> HeaderMap {
        HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static(self.accept)),
            (USER_AGENT, self.core.0.user_agent.clone()),
        ])
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, method, path, query, .. } = self;
        let mut text = f.debug_struct("Request");
        text.field("operation", operation).field("method", method).field("path", path).field("query", query);
        text.finish_non_exhaustive()
    }
}
