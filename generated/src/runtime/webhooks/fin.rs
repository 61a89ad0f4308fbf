//! What Fin tells: an event that is its own envelope.

use super::item::{Event, Payload, object, read};
use crate::runtime::error::Result;
use crate::runtime::json::{Drift, Json};

/// What Fin tells while it works on a conversation, to a callback or as a server-sent event. Each version has a
/// `FinNotification` with its own events.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FinNotification<E> {
    /// The name of the event: `fin_replied`.
    pub name: String,
    /// What has happened.
    pub event: E,
    /// The event as it came: also what its type leaves out.
    pub item: Json,
    /// What of the event did not fit its type. It is kept in `item`, and in the `extra` of what it belongs to.
    pub drift: Vec<Drift>,
}

impl<E: Event> FinNotification<E> {
    /// Reads an event that did not come as a signed request, or whose signature was checked before: the data of a
    /// server-sent event, or what waited in a queue.
    ///
    /// # Errors
    ///
    /// If `json` is no JSON object.
    pub fn from_json(json: &str) -> Result<Self> {
        Self::from_body(json.as_bytes())
    }
}

impl<E: Event> Payload for FinNotification<E> {
    fn from_body(body: &[u8]) -> Result<Self> {
        let item = Json::from(object(body)?);
        let name = item.get("event_name").and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_default();
        let (event, drift) = read(&name, &item, "$");
        Ok(Self { name, event, item, drift })
    }
}
