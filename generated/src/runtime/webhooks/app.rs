//! Signed requests about the app itself.

use super::item::{Payload, object};
use super::notification::take;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Broken, Json, Map};
use crate::runtime::scalar::Id;

/// A request about the app itself: a workspace uninstalled it, or its health is checked.
///
/// Intercom signs such a request with [`Scheme::Body`](super::Scheme::Body) and sends it to an address of its own, so the
/// address says which of the two it is. The body has no topic, which tells it from a notification.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AppRequest {
    /// The workspace.
    pub app_id: Option<Id>,
    /// Everything else in the body.
    pub extra: Map<Json>,
}

impl Payload for AppRequest {
    fn from_body(body: &[u8]) -> Result<Self> {
        let mut extra = object(body)?;
        if extra.contains_key("topic") {
            let what = "expected a request about the app, found a notification: it has a topic".to_owned();
            return Err(Error::unreadable(body, Broken { what, offset: 0, path: "$.topic".to_owned() }));
        }
        Ok(Self { app_id: take(&mut extra, "app_id"), extra })
    }
}
