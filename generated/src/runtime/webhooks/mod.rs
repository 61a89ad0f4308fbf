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
//! `headers` may be those of `axum`, `hyper` and `reqwest`, or pairs of names and values, and `body` are the bytes as they
//! came: `axum::body::Bytes`, and not what an extractor has read from it. The example `webhooks` is a whole endpoint.
//!
//! The topics, and the types of what they are about, are those of a version: `Notification` and `Topic` in its module. What
//! suits any version takes a [`Notification<T>`](Notification), which has the name of the topic and the item as JSON.
//!
//! Events of Fin are signed with a secret of their own, and are a version's `FinNotification` with a `FinEvent`. As
//! server-sent events they are not signed: [`FinNotification::from_json`] reads their data.
//!
//! Requests about the app itself, when it is uninstalled or its health is checked, have no topic: they are an
//! [`AppRequest`], and reading one as a `Notification` is an error.
//!
//! # What Intercom expects of an endpoint
//!
//! - Notifications come in any order, and some come twice: compare [`Notification::id`].
//! - An endpoint has five seconds to respond, so respond first and do the work afterwards. A delivery that fails is sent once
//!   more, a minute later.
//! - Status 410 ends the subscription.
//! - Status 429 throttles deliveries for up to two hours.
//! - Too many errors stop all deliveries for 15 minutes.
//! - An endpoint is probed with `HEAD`, too.
//!
//! Dates of companies, articles and contacts are ISO 8601 texts in notifications, where responses have numbers;
//! [`Timestamp`](crate::Timestamp) reads both.

mod app;
mod fin;
mod headers;
mod item;
mod notification;
mod signature;

#[cfg(test)]
mod fin_tests;
#[cfg(test)]
mod item_tests;
#[cfg(test)]
mod signature_tests;

pub use app::AppRequest;
pub use fin::FinNotification;
pub use headers::Headers;
pub use item::{Event, Item, Payload};
pub use notification::Notification;
pub use signature::{Scheme, Verified, verify, verify_with};
