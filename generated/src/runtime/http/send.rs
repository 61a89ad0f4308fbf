//! The one way over the wire, and what is made of what comes back.

use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Method, Url};
use tokio::sync::SemaphorePermit;
use tokio::time::{Instant, sleep, timeout};

use super::download::Download;
use super::prepared::Prepared;
use super::reply::{Reply, Response};
use super::retry::Failed;
use super::trace::Span;
use super::upload::form;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Addition, Broken, Drift, Field, Json, Reader};

const MAX_REDIRECTS: usize = 10;

/// A successful answer; a streamed one has its body still to come.
pub(crate) struct Arrived {
    reply: Reply,
    open: Option<reqwest::Response>,
    pub(super) attempts: u32,
    span: Span,
}

impl Arrived {
    fn new(reply: Reply, open: Option<reqwest::Response>) -> Self {
        Self { reply, open, attempts: 1, span: Span::default() }
    }
}

/// Sends a request. Whatever is no success is an error.
pub(super) async fn arrive(prepared: &Prepared) -> Result<Arrived> {
    let span = Span::of(prepared);
    match span.around(tried(prepared, &span)).await {
        Ok(arrived) => Ok(Arrived { span, ..arrived }),
        Err(error) => {
            span.ended(&error);
            Err(error.of_operation(prepared.name()))
        }
    }
}

/// As many attempts as it takes, or as there may be.
async fn tried(prepared: &Prepared, span: &Span) -> Result<Arrived> {
    if let Some(fault) = prepared.fault() {
        return Err(fault);
    }
    let policy = prepared.retry.as_ref().unwrap_or(&prepared.core.0.retry);
    let (mut attempt, mut spent) = (0, Duration::ZERO);
    loop {
        attempt += 1;
        span.attempt(attempt);
        let turn = turn(prepared).await;
        let began = Instant::now();
        let error = match attempted(prepared).await {
            Ok(arrived) => {
                span.answered(arrived.reply.status.as_u16(), arrived.reply.request_id());
                return Ok(Arrived { attempts: attempt, ..arrived });
            }
            Err(error) => error,
        };
        drop(turn);
        span.failed(&error);
        spent = spent.saturating_add(began.elapsed());
        let may_be_repeated = prepared.may_be_repeated(policy.repeats_writes());
        let failed = Failed { error: &error, may_be_repeated, attempt, spent };
        let Some(delay) = policy.delay(&failed) else {
            let withheld = policy.withholds(&failed);
            return Err(error.after(attempt).withheld(withheld));
        };
        span.waits(&error, delay);
        sleep(delay).await;
        spent = spent.saturating_add(delay);
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
    if prepared.streamed && response.status().is_success() {
        let reply = Reply { status: response.status(), headers: response.headers().clone(), body: Vec::new() };
        return Ok(Arrived::new(reply, Some(response)));
    }
    let mut reply = collect(response, prepared.core.0.max_body).await?;
    if reply.status.is_success() {
        return Ok(Arrived::new(reply, None));
    }
    prepared.forget_secrets(&mut reply.body);
    Err(Error::api(reply))
}

/// Sends, and follows redirects by hand: nothing that identifies the caller goes to another server.
async fn follow(prepared: &Prepared) -> Result<reqwest::Response> {
    let shared = &*prepared.core.0;
    let mut url = prepared.url()?;
    let home = url.origin();
    let mut at_home = true;
    for _ in 0..=MAX_REDIRECTS {
        let mut request = shared.http.request(prepared.method.clone(), url.clone());
        request = request.headers(if at_home { prepared.headers() } else { prepared.public_headers() });
        if at_home && let Some(body) = &prepared.body {
            request = request.body(body.clone());
        }
        if at_home && !prepared.form.is_empty() {
            request = request.multipart(form(&prepared.form).await?);
        }
        let request = request.build().map_err(|source| Error::transport(&url, source))?;
        let sent = shared.transport().carry(request).await;
        let response = sent.map_err(|source| Error::transport(&url, source))?;
        if at_home && !prepared.anonymous {
            shared.account.learn(response.headers());
        }
        match redirect(prepared, &response, &url) {
            Some(target) => url = target,
            None => return Ok(response),
        }
        at_home = at_home && url.origin() == home;
    }
    Err(Error::redirects(MAX_REDIRECTS))
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
    let value = Json::from_raw(&crate::runtime::json::to_text(value.as_ref()));
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
    match arrived.open {
        Some(response) => {
            let download = Download::new(prepared, arrived.reply.head(), arrived.attempts, response);
            Ok(as_it_is(download, arrived.reply))
        }
        None => Err(Error::api(arrived.reply)),
    }
}

fn as_it_is<T>(value: T, reply: Reply) -> Response<T> {
    Response { value, reply, drift: Vec::new(), fresh: None }
}

fn decode(prepared: &Prepared, arrived: Arrived, value: &mut dyn Field) -> Result<(Reply, Vec<Drift>)> {
    let Arrived { reply, span, .. } = arrived;
    decoded(prepared, reply, &span, value).inspect_err(|error| span.ended(error))
}

fn decoded(prepared: &Prepared, mut reply: Reply, span: &Span, value: &mut dyn Field) -> Result<(Reply, Vec<Drift>)> {
    let drift = match read(&reply.body, value) {
        Ok(drift) => drift,
        Err(broken) => {
            prepared.forget_secrets(&mut reply.body);
            return Err(Error::decode(reply, broken));
        }
    };
    let shared = &*prepared.core.0;
    if let Some(first) = drift.first() {
        span.drifted(&drift);
        if let Some(hook) = &shared.on_drift {
            hook(prepared.operation, &drift);
        }
        if shared.strict {
            let mut raw = first.raw.clone().into_bytes();
            prepared.forget_secrets(&mut raw);
            prepared.forget_secrets(&mut reply.body);
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
