//! The one error: opaque and small, with questions to ask it.

mod api;
mod code;
mod conflict;
mod display;
mod job;
mod recovery;
mod transport;

use std::borrow::Cow;
use std::convert::Infallible;
use std::error::Error as StdError;
use std::time::Duration;

pub use api::ErrorDetail;
pub(crate) use api::{LONGEST_ERROR_LIST, is_error_list};
pub use code::ErrorCode;
pub use job::JobOutcome;
pub(crate) use recovery::Recovery;

use display::shown;

use super::http::{RateLimit, Reply, Secrets};
use super::json::{Broken, Drift, Json};
use super::scalar::Id;

/// What every fallible function of this crate gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed. Nothing in it holds the access token.
///
/// The API does not always answer for itself. A proxy in front of it now and then refuses a GET or a POST with status 405 and
/// an HTML page (a captcha), which has nothing to do with the method. Such an error has a [`body`](Self::body) and no
/// [`code`](Self::code), and is not retried: wait, and send fewer requests at once.
pub struct Error(Box<Inner>);

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The API answered with an error. Its status may be that of a success, where a list of errors came with one.
    Api,
    /// The API answered with success, and its body cannot be read, or leads on to a page that cannot be.
    Decode,
    /// No answer, or no whole one: the connection failed, or broke off.
    Transport,
    /// No answer in time.
    Timeout,
    /// The API has ended a job, and not well.
    Job,
    /// Nothing was sent: the client is not set up.
    Config,
    /// Nothing was sent: an argument cannot be part of a request.
    Argument,
    /// What came in is not signed by Intercom.
    Signature,
}

struct Inner {
    kind: ErrorKind,
    /// An operation's id, or method and path of a call that has none.
    call: Cow<'static, str>,
    message: String,
    path: Option<String>,
    answer: Option<Answer>,
    recovery: Recovery,
    attempts: u32,
    /// How the first attempt failed, where there were several.
    first: Option<Error>,
    /// Whether it would have been sent again, had the API not perhaps acted on it.
    withheld: bool,
    job: Option<job::Ended>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What is known of the API's answer.
#[derive(Default)]
struct Answer {
    status: u16,
    request_id: Option<String>,
    rate_limit: RateLimit,
    retry_after: Option<Duration>,
    reset_after: Option<Duration>,
    link: Option<String>,
    details: Vec<ErrorDetail>,
    body: Vec<u8>,
}

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            call: Cow::Borrowed(""),
            message: message.into(),
            path: None,
            answer: None,
            recovery: Recovery::Final,
            attempts: 0,
            first: None,
            withheld: false,
            job: None,
            source: None,
        }))
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, message)
    }

    /// An argument, by the place where it stands.
    #[cfg(feature = "dynamic")]
    pub(crate) fn argument_at(path: impl Into<String>, why: &str) -> Self {
        let path = path.into();
        let mut error = Self::argument(format!("{path}: {why}"));
        error.0.path = Some(path);
        error
    }

    #[cfg(feature = "webhooks")]
    pub(crate) fn signature(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Signature, message)
    }

    /// The answer of a server that is no success.
    pub(crate) fn api(reply: Reply) -> Self {
        let body = api::Body::read(&reply.body);
        let mut error = Self::new(ErrorKind::Api, body.message.unwrap_or_default());
        let mut answer = Answer::of(reply);
        answer.request_id = body.request_id.or(answer.request_id);
        answer.details = body.details;
        error.0.answer = Some(answer);
        error
    }

    /// A body, or a text, that is not the JSON it should be.
    pub(crate) fn unreadable(body: &[u8], broken: Broken) -> Self {
        let message = format!("{} at byte {}", broken.what, broken.offset);
        let mut error = Self::new(ErrorKind::Decode, message);
        error.0.path = Some(broken.path);
        error.0.answer = Some(Answer { body: body.to_owned(), ..Answer::default() });
        error
    }

    /// The body of a successful response that cannot be read. One that is not even JSON was damaged on its way, or made by
    /// something in between; any other is what the API wanted to say.
    pub(crate) fn decode(reply: Reply, mut broken: Broken) -> Self {
        let text = String::from_utf8_lossy(&reply.body);
        let json = Json::parse(text.trim_start_matches('\u{feff}'));
        if json.as_ref().is_ok_and(Json::is_null) {
            broken.what = format!("the API returned `null`: {}", broken.what);
        }
        let mut error = Self::unreadable(&[], broken);
        error.0.recovery = if json.is_err() { Recovery::Acted } else { Recovery::Final };
        error.0.answer = Some(Answer::of(reply));
        error
    }

    /// A part of the response that nobody asked for: a mistake of a cache in between.
    pub(crate) fn partial(head: Reply) -> Self {
        let mut error =
            Self::new(ErrorKind::Decode, "expected the whole response, found a part that was not requested");
        error.0.recovery = Recovery::Acted;
        error.0.answer = Some(Answer::of(head));
        error
    }

    /// A success that cannot have the file that was requested.
    pub(crate) fn no_file(head: Reply) -> Self {
        let mut error = Self::new(ErrorKind::Decode, "expected a file, found a response without content");
        error.0.answer = Some(Answer::of(head));
        error
    }

    /// What a strict client makes of drift; `raw` is what there is of it to be shown.
    pub(crate) fn drift(reply: Reply, drift: &Drift, raw: &[u8]) -> Self {
        let mut error = Self::new(ErrorKind::Decode, format!("expected {}, got {}", drift.expected, shown(raw)));
        error.0.path = Some(drift.path.clone());
        error.0.answer = Some(Answer::of(reply));
        error
    }

    /// A page whose value at `path` does not lead to a next page.
    pub(crate) fn next_page(path: &str, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Decode, message);
        error.0.path = Some(path.to_owned());
        error
    }

    /// Anything at a place of a page that leads to the next one, but for what can lead there.
    pub(crate) fn unusable_next(path: &str, expected: &str, found: &Json) -> Self {
        Self::next_page(path, format!("expected {expected}, found {}", shown(found.to_string().as_bytes())))
    }

    /// A file that was to be sent.
    pub(crate) fn unreadable_file(path: &std::path::Path, source: std::io::Error) -> Self {
        let mut error = Self::argument(format!("{} cannot be read: {source}", path.display()));
        error.0.source = Some(Box::new(source));
        error
    }

    /// A file that a download goes to.
    pub(crate) fn unwritable_file(path: &std::path::Path, source: std::io::Error) -> Self {
        let mut error = Self::argument(format!("{} cannot be written: {source}", path.display()));
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn of_operation(mut self, call: impl Into<Cow<'static, str>>) -> Self {
        self.0.call = call.into();
        self
    }

    /// Of the last of this many attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Of the last attempt, where the first one failed with `first`.
    pub(crate) fn with_first(mut self, first: Option<Self>) -> Self {
        self.0.first = first;
        self
    }

    /// The same error without the secrets of its request.
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        let Inner { message, path, answer, job, .. } = &mut *self.0;
        secrets.redact_text(message);
        path.iter_mut().for_each(|path| secrets.redact_text(path));
        job.iter_mut().for_each(|job| secrets.redact_text(&mut job.state));
        answer.iter_mut().for_each(|answer| answer.redact(secrets));
        self
    }

    /// Of a request that was not sent again, because the API may have acted on it.
    pub(crate) fn withheld(mut self, withheld: bool) -> Self {
        self.0.withheld = withheld;
        self
    }

    /// Where the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation's id in the API's description, if the error came from a call; `exchange_code` for that one, and
    /// nothing for a request of the caller's own.
    pub fn operation(&self) -> Option<&'static str> {
        match self.0.call {
            Cow::Borrowed(id) => Some(id).filter(|id| !id.is_empty()),
            Cow::Owned(_) => None,
        }
    }

    /// How many times the request was tried; zero where the error is not one of a request.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What happened, without operation and status.
    pub fn message(&self) -> &str {
        let detail = || self.errors().iter().find_map(|error| error.message.as_deref());
        if self.0.message.is_empty() { detail().unwrap_or_default() } else { &self.0.message }
    }

    /// The HTTP status, if there was an answer, or the head of one; not where the time ran out before the body was whole.
    pub fn status(&self) -> Option<u16> {
        self.0.answer.as_ref().map(|answer| answer.status).filter(|status| *status != 0)
    }

    /// Every error that the API listed.
    pub fn errors(&self) -> &[ErrorDetail] {
        self.0.answer.as_ref().map_or(&[], |answer| &answer.details)
    }

    /// The first code among the errors that the API listed. Some come without any.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.errors().iter().find_map(|error| error.code.as_ref())
    }

    /// Whether the API listed an error of this code.
    pub fn has_code(&self, code: impl Into<ErrorCode>) -> bool {
        let code = code.into();
        self.errors().iter().any(|error| error.code.as_ref() == Some(&code))
    }

    /// The request's id, for Intercom's support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.answer.as_ref()?.request_id.as_deref()
    }

    /// What the answer said about the rate limit.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.0.answer.as_ref().map(|answer| &answer.rate_limit)
    }

    /// The body as it came. Of an error's body that broke off or is too large there is the beginning, of a success's none.
    pub fn body(&self) -> Option<&[u8]> {
        let whole = self.0.answer.as_ref().filter(|_| !self.is_transport() && !self.is_timeout());
        whole.map(|answer| &*answer.body)
    }

    /// Where the answer's `Link` header leads, as a path or an address.
    pub fn link(&self) -> Option<&str> {
        self.0.answer.as_ref()?.link.as_deref()
    }

    /// The contact into which the one that was asked for was merged (status 410), at the end of a chain of merges.
    pub fn merged_into(&self) -> Option<Id> {
        let link = self.link().filter(|_| self.is_gone())?;
        let (list, id) = link.split(['?', '#']).next()?.rsplit_once('/')?;
        (list.ends_with("/contacts") && !id.is_empty()).then(|| Id::from(id))
    }

    /// How the first of several attempts failed; the error itself is that of the last one.
    ///
    /// A start of a scroll that times out on the server, for instance, fails with `scroll_exists` when it is retried.
    pub fn first_attempt(&self) -> Option<&Self> {
        self.0.first.as_ref()
    }

    /// The id of the contact that already exists, where a conflict (status 409) names it in its message.
    ///
    /// See [`is_archived_conflict`](Self::is_archived_conflict) for whether that contact is archived.
    pub fn conflicting_id(&self) -> Option<Id> {
        self.conflicts().find_map(conflict::id)
    }

    /// Whether the contact that already exists is archived (status 409). Unarchive it, or delete it for good, before the
    /// request is repeated.
    pub fn is_archived_conflict(&self) -> bool {
        self.conflicts().any(conflict::is_archived)
    }

    /// The messages of a conflict; nothing for any other error.
    fn conflicts(&self) -> impl Iterator<Item = &str> {
        let details = self.errors().iter().filter_map(|error| error.message.as_deref());
        std::iter::once(&*self.0.message).chain(details).filter(|_| self.is_conflict())
    }

    /// Where in the answer's body reading failed, as a JSONPath; where in the arguments of a dynamic call one is wrong
    /// (`query.per_page`, `body.email`).
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    fn has_status(&self, status: u16) -> bool {
        self.is_api() && self.status() == Some(status)
    }

    /// Whether the API answered with an error.
    pub fn is_api(&self) -> bool {
        self.kind() == ErrorKind::Api
    }

    /// Status 401: the token is no good.
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401)
    }

    /// Status 403: the token lacks a permission.
    pub fn is_forbidden(&self) -> bool {
        self.has_status(403)
    }

    /// Status 404.
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// Status 409.
    pub fn is_conflict(&self) -> bool {
        self.has_status(409)
    }

    /// Status 410: a contact that was merged into another, see [`Error::merged_into`].
    pub fn is_gone(&self) -> bool {
        self.has_status(410)
    }

    /// Status 422: the request's content is not acceptable.
    pub fn is_unprocessable(&self) -> bool {
        self.has_status(422)
    }

    /// Status 429.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429)
    }

    /// Status 500 and above.
    pub fn is_server_error(&self) -> bool {
        self.is_api() && self.status().is_some_and(|status| status >= 500)
    }

    /// Whether no answer came in time.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the connection failed.
    pub fn is_transport(&self) -> bool {
        self.kind() == ErrorKind::Transport
    }

    /// Whether a successful answer could not be read.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether what came in is not signed by Intercom.
    pub fn is_signature(&self) -> bool {
        self.kind() == ErrorKind::Signature
    }

    /// Whether the client is not set up.
    pub fn is_config(&self) -> bool {
        self.kind() == ErrorKind::Config
    }
}

/// What takes any body that makes another takes that other itself.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Answer {
    fn of(reply: Reply) -> Self {
        let rate_limit = RateLimit::of(&reply.headers);
        Self {
            status: reply.status.as_u16(),
            request_id: reply.request_id().map(str::to_owned),
            reset_after: rate_limit.rest(&reply.headers),
            rate_limit,
            retry_after: recovery::retry_after(&reply),
            link: reply.header("link").map(link_target),
            details: Vec::new(),
            body: reply.body,
        }
    }
}

impl Answer {
    fn redact(&mut self, secrets: &Secrets) {
        let Self { request_id, link, details, body, .. } = self;
        request_id.iter_mut().chain(link).for_each(|text| secrets.redact_text(text));
        details.iter_mut().for_each(|detail| detail.redact(secrets));
        secrets.redact(body);
    }
}

/// The address in `<https://…>; rel="…"`.
fn link_target(link: &str) -> String {
    let target = link.trim_start().strip_prefix('<').and_then(|rest| rest.split_once('>'));
    target.map_or(link, |(target, _)| target).to_owned()
}
