//! How an operation's method makes its request.

use std::borrow::Cow;
use std::fmt::Display;

use reqwest::Method;
use reqwest::header::HeaderMap;

use super::core::Core;
use super::download::Download;
use super::prepared::Prepared;
use super::query::QueryValue;
use super::request::{Finish, Request};
use super::send::{finish_download, finish_empty, finish_json, finish_text};
use super::upload::{FormPart, Upload};
use crate::runtime::error::Error;
use crate::runtime::json::Field;
use crate::runtime::scalar::Id;

/// A request in the making: a method and a path, then arguments, then what is expected back.
#[must_use]
pub struct Call(pub(super) Box<Prepared>);

impl Call {
    pub(super) fn new(core: &Core, method: Method, operation: &'static str, path: &str) -> Self {
        Self(Box::new(Prepared {
            idempotent: method.is_idempotent(),
            core: core.clone(),
            operation,
            method,
            path: path.to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            form: Vec::new(),
            accept: "application/json",
            streamed: false,
            timeout: None,
            retry: None,
            anonymous: false,
            secrets: Vec::new(),
            #[cfg(feature = "tracing")]
            template: path.to_owned(),
            fault: None,
        }))
    }

    pub(crate) fn get(core: &Core, operation: &'static str, path: &str) -> Self {
        Self::new(core, Method::GET, operation, path)
    }

    pub(crate) fn post(core: &Core, operation: &'static str, path: &str) -> Self {
        Self::new(core, Method::POST, operation, path)
    }

    pub(crate) fn put(core: &Core, operation: &'static str, path: &str) -> Self {
        Self::new(core, Method::PUT, operation, path)
    }

    pub(crate) fn patch(core: &Core, operation: &'static str, path: &str) -> Self {
        Self::new(core, Method::PATCH, operation, path)
    }

    pub(crate) fn delete(core: &Core, operation: &'static str, path: &str) -> Self {
        Self::new(core, Method::DELETE, operation, path)
    }

    /// Says that sending it twice does no more than sending it once, though its method promises no such thing.
    pub(crate) fn idempotent(mut self) -> Self {
        self.0.idempotent = true;
        self
    }

    /// Puts an argument in the place of `{name}`.
    pub(crate) fn path(mut self, name: &str, value: impl Into<Id>) -> Self {
        self.0.set_path(name, value.into().as_str());
        self
    }

    pub(crate) fn query<V: QueryValue>(mut self, name: &'static str, value: impl Into<V>) -> Self {
        self.0.add_query(Cow::Borrowed(name), &value.into());
        self
    }

    /// Sends `body` as JSON. `None` sends nothing.
    pub(crate) fn body<B: Field>(mut self, body: &B) -> Self {
        self.0.set_body(body);
        self
    }

    /// Sends as JSON the `B` that `body` makes. If it makes none, that is an error of the call.
    pub(crate) fn body_from<B: Field>(mut self, body: impl TryInto<B, Error: Into<Error>>) -> Self {
        match body.try_into() {
            Ok(body) => self.0.set_body(&body),
            Err(error) => self.0.fail(error.into()),
        }
        self
    }

    /// Sends a text as a part of a form.
    #[allow(dead_code, reason = "emitted for forms that require a part, which no version has now")]
    pub(crate) fn part<V: Display>(mut self, name: &'static str, value: impl Into<V>) -> Self {
        self.0.set_part(name, FormPart::Text(value.into().to_string()));
        self
    }

    /// Sends a file as a part of a form.
    #[allow(dead_code, reason = "emitted for forms that require a part, which no version has now")]
    pub(crate) fn file(mut self, name: &'static str, file: impl Into<Upload>) -> Self {
        self.0.set_part(name, FormPart::File(file.into()));
        self
    }

    /// Makes the first argument that cannot be sent an error of the call.
    pub(super) fn refuse(&mut self, why: String) {
        self.0.refuse(why);
    }

    pub(super) fn finish<T: 'static>(self, finish: Finish<T>) -> Request<T> {
        Request::new(self.0, finish)
    }

    /// Expects JSON.
    pub(crate) fn json<T: Field + Default>(self) -> Request<T> {
        Request::new(self.0, finish_json::<T>)
    }

    /// Expects nothing, and ignores what comes.
    pub(crate) fn empty(self) -> Request<()> {
        Request::new(self.0, finish_empty)
    }

    /// Expects text.
    pub(crate) fn text(mut self) -> Request<String> {
        self.0.accept = "text/plain, */*;q=0.5";
        Request::new(self.0, finish_text)
    }

    /// Expects bytes, and leaves them to be read piece by piece.
    pub(crate) fn download(mut self) -> Request<Download> {
        self.0.accept = "application/octet-stream";
        self.0.streamed = true;
        Request::new(self.0, finish_download)
    }
}
