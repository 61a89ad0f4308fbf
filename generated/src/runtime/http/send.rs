//! The one way over the wire, and what is made of what comes back.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, LOCATION, RANGE};
use reqwest::{Method, StatusCode, Url};
use tokio::sync::SemaphorePermit;
use tokio::time::{Instant, sleep, timeout};

use super::download::Download;
use super::prepared::{MAX_URL, Prepared};
use super::reply::{Reply, Response};
use super::retry::Failed;
use super::trace::Span;
use super::upload::form;
use crate::runtime::error::{Error, LONGEST_ERROR_LIST, Result, is_error_list};
use crate::runtime::json::{Addition, Broken, Drift, Field, Json, Reader};

const MAX_REDIRECTS: usize = 10;

/// A successful response; the body of a streamed one is still to come.
pub(crate) struct Arrived {
    reply: Reply,
    open: Option<reqwest::Response>,
    attempts: u32,
    span: Span,
}

impl Arrived {
    fn new(reply: Reply, open: Option<reqwest::Response>) -> Self {
        Self { reply, open, attempts: 1, span: Span::default() }
    }
}

/// Sends a request, and makes a value of its response. A failure of either is retried as the policy says.
pub(super) async fn send<R>(prepared: &Prepared, finish: impl Fn(&Prepared, Arrived) -> Result<R>) -> Result<R> {
    let mut attempts = Attempts::new(prepared);
    loop {
        let arrived = attempts.next().await?;
        let error = match finish(prepared, arrived) {
            Ok(finished) => return Ok(finished),
            Err(error) => error,
        };
        attempts.recover(error).await?;
    }
}

/// The attempts of one call. It knows no type of a response, so that it is compiled once.
struct Attempts<'p> {
    prepared: &'p Prepared,
    span: Span,
    /// How many there were.
    count: u32,
    /// When the last one began.
    began: Instant,
    /// The time of all attempts so far and of the waits between them.
    spent: Duration,
    /// When the first of the latest refusals for the rate limit came.
    limited: Option<Instant>,
    /// How the first one failed.
    first: Option<Error>,
}

impl<'p> Attempts<'p> {
    fn new(prepared: &'p Prepared) -> Self {
        let (span, began) = (Span::of(prepared), Instant::now());
        Self { prepared, span, count: 0, began, spent: Duration::ZERO, limited: None, first: None }
    }

    /// The next successful response, after as many attempts as it takes.
    async fn next(&mut self) -> Result<Arrived> {
        if let Some(fault) = self.prepared.fault() {
            self.span.ended(&fault);
            return Err(self.prepared.blamed(fault));
        }
        loop {
            match self.attempt().await {
                Ok(arrived) => return Ok(Arrived { attempts: self.count, span: self.span.clone(), ..arrived }),
                Err(error) => self.recover(error).await?,
            }
        }
    }

    async fn attempt(&mut self) -> Result<Arrived> {
        self.count += 1;
        self.span.attempt(self.count);
        let prepared = self.prepared;
        let attempt = async {
            let _turn = turn(prepared).await;
            let began = Instant::now();
            (began, attempted(prepared).await)
        };
        let (began, outcome) = self.span.around(attempt).await;
        self.began = began;
        if let Ok(arrived) = &outcome {
            self.span.answered(arrived.reply.status.as_u16(), arrived.reply.request_id());
        }
        outcome
    }

    /// Waits as long as it takes until another attempt may be made. Gives the error back if there is to be none.
    async fn recover(&mut self, error: Error) -> Result<()> {
        let prepared = self.prepared;
        let error = prepared.blamed(error).after(self.count);
        self.span.failed(&error);
        self.spent = self.spent.saturating_add(self.began.elapsed());
        let limited = error.is_limited().then(|| *self.limited.get_or_insert_with(Instant::now));
        self.limited = limited;
        let policy = prepared.retry.as_ref().unwrap_or(&prepared.core.0.retry);
        let failed = Failed {
            error: &error,
            may_be_repeated: prepared.may_be_repeated(policy.repeats_writes()),
            only_reads: prepared.only_reads(),
            attempt: self.count,
            spent: self.spent,
            limited_for: limited.map_or(Duration::ZERO, |since| since.elapsed()),
        };
        let Some(delay) = policy.delay(&failed) else {
            let withheld = policy.withholds(&failed);
            let error = error.withheld(withheld).with_first(self.first.take());
            self.span.ended(&error);
            return Err(error);
        };
        self.span.waits(&error, delay);
        self.first.get_or_insert(error);
        self.span.around(sleep(delay)).await;
        self.spent = self.spent.saturating_add(delay);
        Ok(())
    }
}

/// Waits until the request may be sent. A download gives its turn up when it begins, or those who read slowly would hold
/// everybody up.
async fn turn(prepared: &Prepared) -> Option<SemaphorePermit<'_>> {
    let shared = &*prepared.core.0;
    match shared.account.limiter.as_ref().filter(|_| !prepared.anonymous) {
        Some(limiter) => limiter.turn(&shared.turns).await,
        None => shared.turns.acquire().await.ok(),
    }
}

/// One attempt, in time.
async fn attempted(prepared: &Prepared) -> Result<Arrived> {
    let limit = prepared.timeout();
    timeout(limit, attempt(prepared)).await.unwrap_or_else(|_| Err(Error::timeout(limit)))
}

async fn attempt(prepared: &Prepared) -> Result<Arrived> {
    let response = follow(prepared).await?;
    if response.status() == StatusCode::PARTIAL_CONTENT && !prepared.headers.contains_key(RANGE) {
        return Err(Error::partial(head(&response)));
    }
    if prepared.streamed && response.status().is_success() && !may_be_an_error(&response) {
        return match response.status() {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION | StatusCode::PARTIAL_CONTENT => {
                Ok(Arrived::new(head(&response), Some(response)))
            }
            _ => Err(Error::no_file(head(&response))),
        };
    }
    let reply = collect(response, prepared.core.0.max_body).await?;
    match reply.status.is_success() && !is_error_list(&reply.body) {
        true => Ok(Arrived::new(reply, None)),
        false => Err(Error::api(reply)),
    }
}

fn head(response: &reqwest::Response) -> Reply {
    Reply { status: response.status(), headers: response.headers().clone(), body: Vec::new() }
}

/// Whether the body of a success has to be looked at because it may be a list of errors: short JSON.
fn may_be_an_error(response: &reqwest::Response) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_json = media_type.is_some_and(|media_type| media_type.trim_start().starts_with("application/json"));
    is_json && response.content_length().is_some_and(|length| (1..=LONGEST_ERROR_LIST as u64).contains(&length))
}

/// Sends, and follows redirects by hand: nothing that identifies the caller goes to another server.
async fn follow(prepared: &Prepared) -> Result<reqwest::Response> {
    let shared = &*prepared.core.0;
    let mut url = prepared.url()?;
    let home = url.origin();
    let mut at_home = true;
    for _ in 0..=MAX_REDIRECTS {
        let request = request(prepared, &url, at_home).await?;
        let sent = shared.carry(request).await;
        let mut response = sent.map_err(|source| Error::transport(&url, source))?;
        if at_home && !prepared.anonymous {
            shared.account.learn(response.headers());
        }
        match redirect(prepared, &response, &url) {
            Some(target) if target.as_str().len() > MAX_URL => {
                return Err(Error::long_redirect(target.as_str().len(), MAX_URL));
            }
            Some(target) => url = target,
            None => {
                prepared.secrets().redact_headers(response.headers_mut());
                return Ok(response);
            }
        }
        at_home = at_home && url.origin() == home;
    }
    Err(Error::redirects(MAX_REDIRECTS))
}

/// What is sent to `url`, which is on the API's server or on another one.
async fn request(prepared: &Prepared, url: &Url, at_home: bool) -> Result<reqwest::Request> {
    let mut request = prepared.core.0.http.request(prepared.method.clone(), url.clone());
    request = request.headers(if at_home { prepared.headers() } else { prepared.public_headers() });
    if at_home && let Some(body) = &prepared.body {
        request = request.body(body.clone());
    }
    if at_home && !prepared.form.is_empty() {
        request = request.multipart(form(&prepared.form).await?);
    }
    request.build().map_err(|source| Error::transport(url, source))
}

fn redirect(prepared: &Prepared, response: &reqwest::Response, url: &Url) -> Option<Url> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) && prepared.method == Method::GET;
    let location = response.headers().get(LOCATION).filter(|_| moved)?;
    url.join(std::str::from_utf8(location.as_bytes()).ok()?)
        .ok()
        .filter(|target| matches!(target.scheme(), "http" | "https"))
}

/// Reads an answer as far as it comes and the limit permits: half a success is none, but the beginning of an error's body
/// will do.
async fn collect(mut response: reqwest::Response, limit: usize) -> Result<Reply> {
    let headers = std::mem::take(response.headers_mut());
    let mut reply = Reply { status: response.status(), headers, body: Vec::new() };
    loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return Ok(reply),
            Err(error) if reply.status.is_success() => return Err(Error::broken_off(reply.head(), error)),
            Err(_) => return Ok(reply),
        };
        let fits = chunk.len().min(limit - reply.body.len());
        reply.body.extend_from_slice(&chunk[..fits]);
        if fits < chunk.len() {
            return if reply.status.is_success() { Err(Error::too_large(reply.head(), limit)) } else { Ok(reply) };
        }
    }
}

pub(super) fn finish_json<T: Field + Default>(prepared: &Prepared, arrived: Arrived) -> Result<Response<T>> {
    let mut value = T::default();
    let (reply, drift) = decode(prepared, arrived, &mut value)?;
    Ok(Response { value, reply, drift, fresh: Some(|| Box::new(T::default())) })
}

/// Reads the answer as what `fresh` makes, and writes it again.
#[cfg(feature = "dynamic")]
pub(super) fn finish_into(
    prepared: &Prepared,
    arrived: Arrived,
    fresh: fn() -> Box<dyn Field>,
) -> Result<Response<Json>> {
    let mut value = fresh();
    let (reply, drift) = decode(prepared, arrived, value.as_mut())?;
    let text = crate::runtime::json::to_text(value.as_ref());
    drop(value);
    let value = Json::from_raw(&text);
    Ok(Response { value, reply, drift, fresh: Some(fresh) })
}

/// Whatever comes, if it is JSON or nothing.
pub(super) fn finish_any(prepared: &Prepared, arrived: Arrived) -> Result<Response<Json>> {
    if arrived.reply.body.trim_ascii().is_empty() {
        return Ok(as_it_is(Json::null(), arrived.reply));
    }
    finish_json(prepared, arrived)
}

pub(super) fn finish_empty(_prepared: &Prepared, arrived: Arrived) -> Result<Response<()>> {
    Ok(as_it_is((), arrived.reply))
}

pub(super) fn finish_text(_prepared: &Prepared, arrived: Arrived) -> Result<Response<String>> {
    let text = String::from_utf8_lossy(&arrived.reply.body).into_owned();
    Ok(as_it_is(text, arrived.reply))
}

pub(super) fn finish_download(prepared: &Prepared, arrived: Arrived) -> Result<Response<Download>> {
    let Arrived { mut reply, open, attempts, .. } = arrived;
    let download = match open {
        Some(response) => Download::new(prepared, reply.head(), attempts, response),
        None => Download::whole(prepared, reply.head(), attempts, std::mem::take(&mut reply.body)),
    };
    Ok(as_it_is(download, reply))
}

fn as_it_is<T>(value: T, reply: Reply) -> Response<T> {
    Response { value, reply, drift: Vec::new(), fresh: None }
}

fn decode(prepared: &Prepared, arrived: Arrived, value: &mut dyn Field) -> Result<(Reply, Vec<Drift>)> {
    let Arrived { reply, span, .. } = arrived;
    let drift = match read(&reply.body, value) {
        Ok(drift) => drift,
        Err(broken) => return Err(Error::decode(reply, broken)),
    };
    let shared = &*prepared.core.0;
    if let Some(first) = drift.first() {
        span.drifted(&drift);
        if let Some(hook) = &shared.on_drift {
            hook(prepared.operation, &drift);
        }
        if shared.strict {
            // Before it is cut short, which could leave a part of a secret.
            let mut raw = first.raw.clone().into_bytes();
            prepared.secrets().redact(&mut raw);
            return Err(Error::drift(reply, first, &raw));
        }
    }
    Ok((reply, drift))
}

/// Reads a body into `value`.
fn read(body: &[u8], value: &mut dyn Field) -> Result<Vec<Drift>, Broken> {
    let text = match std::str::from_utf8(body) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => return Err(not_utf8(body, error.valid_up_to(), value)),
    };
    if text.trim_ascii().is_empty() {
        return Err(Broken { what: "nothing, where a value is due".to_owned(), offset: 0, path: "$".to_owned() });
    }
    let mut reader = Reader::new(text);
    reader.root(value)?;
    Ok(reader.into_reports().0)
}

/// Reads as far as the text goes, to tell where it stops being one.
fn not_utf8(body: &[u8], offset: usize, value: &mut dyn Field) -> Broken {
    let text = body.get(..offset).and_then(|start| std::str::from_utf8(start).ok()).unwrap_or_default();
    let path = Reader::new(text).root(value).err().map_or_else(|| "$".to_owned(), |broken| broken.path);
    Broken { what: "invalid UTF-8".to_owned(), offset, path }
}

/// What the description of `value` does not list.
pub(super) fn additions(body: &[u8], value: &mut dyn Field) -> Vec<Addition> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let mut reader = Reader::with_additions(text.strip_prefix('\u{feff}').unwrap_or(text));
    // It was read before, or there would be no response.
    let _ = reader.root(value);
    reader.into_reports().1
}
