//! Requests whose answer's type is known at run time only.

use super::download::Download;
use super::prepared::Prepared;
use super::reply::Response;
use super::send::{finish_download, finish_empty, finish_into, finish_text, send};
use crate::runtime::error::Result;
use crate::runtime::json::{Field, Json};

/// A request, and what it is answered with.
pub(crate) struct Erased {
    pub(crate) prepared: Box<Prepared>,
    pub(crate) expected: Expected,
}

/// What an answer is read as.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    /// A value of the type that this makes one of.
    Json(fn() -> Box<dyn Field>),
    /// Nothing.
    Nothing,
    /// Text.
    Text,
    /// A file.
    Download,
}

impl Erased {
    pub(crate) fn operation(&self) -> &'static str {
        self.prepared.operation
    }

    /// Sends the request. The value is what the typed answer is written as.
    pub(crate) async fn answer(self) -> Result<(Response<Json>, Option<Download>)> {
        let expected = self.expected;
        send(&self.prepared, move |prepared, arrived| match expected {
            Expected::Json(fresh) => finish_into(prepared, arrived, fresh).map(|answer| (answer, None)),
            Expected::Nothing => finish_empty(prepared, arrived).map(|answer| (answer.replace(Json::null()).0, None)),
            Expected::Text => finish_text(prepared, arrived).map(|answer| {
                let (answer, text) = answer.replace(Json::null());
                (answer.replace(Json::from(text)).0, None)
            }),
            Expected::Download => finish_download(prepared, arrived).map(|answer| {
                let (answer, download) = answer.replace(Json::null());
                (answer, Some(download))
            }),
        })
        .await
    }
}
