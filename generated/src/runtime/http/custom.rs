//! The way out where the description ends: any method and path, with all that a described call has.

use std::fmt;

use reqwest::Method;

use super::call::Call;
use super::core::Core;
use super::download::Download;
use super::request::Request;
use super::send::finish_any;
use crate::runtime::json::{Field, Json};
use crate::runtime::macros::request;

/// A request of the caller's own making. Awaited as it is, it gives JSON, which is null where nothing comes back.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct CustomRequest(Request<Json>);

impl CustomRequest {
    pub(crate) fn new(core: &Core, method: Method, path: &str) -> Self {
        let mut call = Call::new(core, method, "", path);
        if let Some(why) = misleading(path) {
            call.refuse(format!("the path {path:?} {why}"));
        }
        Self(call.finish(finish_any))
    }

    /// Sends JSON: a [`Json`], or a value of the API's types.
    pub fn body(mut self, body: &impl Field) -> Self {
        self.0.prepared.set_body(body);
        self
    }

    /// Whether sending it twice does no more than sending it once, so that it may be retried when nobody knows whether
    /// the API has acted. Unless said otherwise its method decides, as HTTP has it.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.0.prepared.idempotent = idempotent;
        self
    }

    /// Expects a value of the API's types.
    pub fn json<T: Field + Default>(self) -> Request<T> {
        Call(self.0.prepared).json()
    }

    /// Expects nothing, and ignores what comes.
    pub fn empty(self) -> Request<()> {
        Call(self.0.prepared).empty()
    }

    /// Expects text.
    pub fn text(self) -> Request<String> {
        Call(self.0.prepared).text()
    }

    /// Expects bytes, and leaves them to be read piece by piece.
    pub fn download(self) -> Request<Download> {
        Call(self.0.prepared).download()
    }
}

request!(CustomRequest, Json);

/// Why a path would lead elsewhere than it seems to.
fn misleading(path: &str) -> Option<&'static str> {
    let dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if !path.starts_with('/') {
        Some("has to begin with a slash, and is the part after the host")
    } else if path.contains(['?', '#', '\\']) || path.contains(|character: char| character.is_ascii_control()) {
        Some("holds what no path can: give parameters with `query`")
    } else if path.split('/').any(dots) {
        Some("has a segment of dots, which would address something else")
    } else {
        None
    }
}

impl fmt::Debug for CustomRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
