//! What Intercom sends unasked: notifications of webhooks, and the events of Fin.
//!
//! Whoever knows an endpoint's address can send it anything, so a body is read after its signature was checked: only
//! [`verify`] gives a [`Verified`], and only that can be parsed.
//!
//! ```
//! # #[cfg(feature = "unstable")]
//! # fn handle(secret: &str, headers: &reqwest::header::HeaderMap, body: &[u8]) -> intercom_gen::Result<()> {
//! use intercom_gen::unstable::{Notification, Topic};
//! use intercom_gen::webhooks;
//!
//! let event = webhooks::verify(secret, headers, body)?.parse::<Notification>()?;
//! if let Topic::ConversationUserReplied(conversation) = event.topic {
//!     println!("{} has a reply", conversation.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Notifications come in any order, some come twice (look at [`Notification::id`]), and an endpoint has five seconds to
//! answer: do the work afterwards. Status 410 ends the subscription. An endpoint is probed with `HEAD`, too.

mod headers;
mod item;
mod notification;
mod signature;

#[cfg(test)]
mod item_tests;
#[cfg(test)]
mod signature_tests;

pub use headers::Headers;
pub use item::{Event, Item, Payload};
pub use notification::Notification;
pub use signature::{Scheme, Verified, verify};

pub(crate) use item::read_event;

/// Makes the events of Fin the body of a request.
macro_rules! event {
    ($type:ident) => {
        impl $type {
            /// Reads an event that did not come as a signed request: the data of a server-sent event.
            ///
            /// # Errors
            ///
            /// If `json` is no JSON object. What does not fit its type is kept.
            pub fn from_json(json: &str) -> $crate::Result<Self> {
                $crate::runtime::webhooks::read_event(json.as_bytes())
            }
        }

        impl $crate::webhooks::Payload for $type {
            fn from_body(body: &[u8]) -> $crate::Result<Self> {
                $crate::runtime::webhooks::read_event(body)
            }
        }
    };
}

pub(crate) use event;
