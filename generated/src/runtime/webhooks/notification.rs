//! The envelope of a notification.

use super::item::{Event, Payload, object, read};
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Broken, Drift, Field, Json, Map, Reader};
use crate::runtime::scalar::{Id, Timestamp};

/// Where the item is.
const ITEM: &str = "$.data.item";

/// What Intercom tells a webhook. Each version has a `Notification` with its own topics.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Notification<T> {
    /// Given by Intercom; the same in every delivery of it, so that it tells doubles. A ping has none.
    pub id: Option<Id>,
    /// The workspace.
    pub app_id: Option<Id>,
    /// The name of the topic: `conversation.user.replied`.
    pub name: String,
    /// What it is about.
    pub topic: T,
    /// The item as it came: also what the topic's type leaves out.
    pub item: Json,
    /// When it happened.
    pub created_at: Option<Timestamp>,
    /// When it was sent for the first time.
    pub first_sent_at: Option<Timestamp>,
    /// How often it was sent.
    pub delivery_attempts: Option<i64>,
    /// What else the envelope holds, and what of it did not fit.
    pub extra: Map<Json>,
    /// What of the item did not fit its type. It is kept in `item`, and in the `extra` of what it belongs to.
    pub drift: Vec<Drift>,
}

impl<T: Event> Notification<T> {
    /// Reads a notification whose signature was checked before: one that waited in a queue.
    ///
    /// # Errors
    ///
    /// If `json` is not a JSON object, or has no `topic`: a request about the app itself is an
    /// [`AppRequest`](super::AppRequest).
    pub fn from_json(json: &str) -> Result<Self> {
        Self::from_body(json.as_bytes())
    }
}

impl<T: Event> Payload for Notification<T> {
    fn from_body(body: &[u8]) -> Result<Self> {
        let mut envelope = object(body)?;
        let Some(name) = take::<String>(&mut envelope, "topic").filter(|name| !name.is_empty()) else {
            return Err(no_topic(body));
        };
        let item = take::<Json>(&mut envelope, "data").and_then(|data| data.get("item")).unwrap_or_default();
        let (topic, drift) = read(&name, &item, ITEM);
        Ok(Self {
            id: take(&mut envelope, "id"),
            app_id: take(&mut envelope, "app_id"),
            name,
            topic,
            item,
            created_at: take(&mut envelope, "created_at"),
            first_sent_at: take(&mut envelope, "first_sent_at"),
            delivery_attempts: take(&mut envelope, "delivery_attempts"),
            extra: envelope,
            drift,
        })
    }
}

fn no_topic(body: &[u8]) -> Error {
    let what = "expected a notification, found an object without a topic: read it as an `AppRequest`".to_owned();
    Error::unreadable(body, Broken { what, offset: 0, path: "$.topic".to_owned() })
}

/// Takes a value out of the envelope, unless it is of another kind than it should be.
pub(super) fn take<V: Field + Default>(envelope: &mut Map<Json>, key: &str) -> Option<V> {
    let mut value = None;
    Reader::new(&envelope.get(key)?.to_string()).root(&mut value).ok()?;
    envelope.remove(key);
    value
}
