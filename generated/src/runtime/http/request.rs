//! A request that is ready to send.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::pin::Pin;
use std::time::Duration;

use reqwest::header::HeaderMap;

use super::core::Core;
use super::prepared::Prepared;
use super::query::QueryValue;
use super::reply::Response;
use super::retry::RetryPolicy;
use super::send::{Arrived, send};
use super::upload::{FormPart, Upload};
use crate::runtime::error::{Error, Result};

/// A request under way: the one future type of all operations.
pub type Sending<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

pub(super) type Finish<T> = fn(&Prepared, Arrived) -> Result<Response<T>>;

/// What a caller can say about how a request is sent.
pub(crate) struct Options {
    core: Core,
    headers: HeaderMap,
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
}

impl Options {
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

/// A request, ready to send. It does nothing until it is awaited or sent.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<T> {
    pub(super) prepared: Box<Prepared>,
    finish: Finish<T>,
}

impl<T: 'static> Request<T> {
    pub(super) fn new(prepared: Box<Prepared>, finish: Finish<T>) -> Self {
        Self { prepared, finish }
    }

    /// Sends a header with the request, in place of one of that name that the client would send.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.prepared.set_header(name, value);
        self
    }

    /// Appends a query parameter that the description does not know.
    pub fn query(mut self, name: &str, value: impl QueryValue) -> Self {
        self.prepared.add_query(Cow::Owned(name.to_owned()), &value);
        self
    }

    /// How long an attempt of this call may take, in place of what the client says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.prepared.timeout = Some(timeout);
        self
    }

    /// How often and how long this call is tried, in place of what the client says.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.prepared.retry = Some(policy);
        self
    }

    /// Another API version than the client's, for this call.
    pub fn api_version(self, version: &str) -> Self {
        self.header("Intercom-Version", version)
    }

    /// Sets a query parameter of the description.
    pub(crate) fn set_query<V: QueryValue>(&mut self, name: &'static str, value: impl Into<V>) {
        self.prepared.set_query(name, &value.into());
    }

    /// Sets a text part of the form.
    pub(crate) fn set_part<V: Display>(&mut self, name: &'static str, value: impl Into<V>) {
        self.prepared.set_part(name, FormPart::Text(value.into().to_string()));
    }

    /// Sets a file in the form.
    pub(crate) fn set_file(&mut self, name: &'static str, file: impl Into<Upload>) {
        self.prepared.set_part(name, FormPart::File(file.into()));
    }

    /// What is sent, without the type of its answer.
    #[cfg(feature = "dynamic")]
    pub(crate) fn into_prepared(self) -> Box<Prepared> {
        self.prepared
    }

    /// What the caller has said about how it is sent.
    pub(crate) fn options(&self) -> Options {
        let Prepared { core, headers, timeout, retry, .. } = &*self.prepared;
        Options { core: core.clone(), headers: headers.clone(), timeout: *timeout, retry: retry.clone() }
    }

    /// Sends it as another request of the same job is sent.
    pub(crate) fn inherit(&mut self, options: &Options) {
        self.prepared.headers.extend(options.headers.clone());
        self.prepared.timeout = options.timeout;
        self.prepared.retry = options.retry.clone();
    }

    /// The same error without the secrets of this request.
    pub(crate) fn redacted(&self, error: Error) -> Error {
        error.redacted(&self.prepared.secrets())
    }

    pub(crate) fn operation(&self) -> &'static str {
        self.prepared.operation
    }

    /// What is sent, for paging to change.
    pub(crate) fn prepared(&mut self) -> &mut Prepared {
        &mut self.prepared
    }

    /// How many items a page of a list is to have, where the body says so.
    pub(crate) fn set_page_size(&mut self, keys: &[&str], size: i64) {
        self.prepared.set_body_values(keys, &[], vec![("per_page".to_owned(), size.into())]);
    }

    /// Sends the request.
    pub fn send(self) -> Sending<T> {
        Box::pin(async move { Ok(self.answer().await?.value) })
    }

    /// Sends the request, and waits for the answer on this thread; see [`blocking`](crate::blocking).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<T> {
        crate::blocking::wait(self.send())
    }

    /// Sends the request and gives status, headers and body beside the value.
    pub fn send_raw(self) -> Sending<Response<T>> {
        Box::pin(async move { self.answer().await })
    }

    /// Sends the request without using it up: the next page is asked for with it.
    pub(crate) async fn answer(&self) -> Result<Response<T>> {
        send(&self.prepared, self.finish).await
    }
}

impl<T: 'static> IntoFuture for Request<T> {
    type Output = Result<T>;
    type IntoFuture = Sending<T>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.prepared, f)
    }
}
