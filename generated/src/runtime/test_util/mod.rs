//! A stand-in for the API, for tests of applications: canned replies, and what was asked of it.
//!
//! ```
//! # #[cfg(feature = "unstable")]
//! # fn main() -> intercom_gen::Result<()> {
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
//! # runtime.block_on(async {
//! use intercom_gen::test_util::{Canned, StandIn};
//! use intercom_gen::unstable::{Client, types::CreateContactRequest};
//! use intercom_gen::{Method, RetryPolicy};
//!
//! let api = StandIn::new()
//!     .on(Method::POST, "/contacts", Canned::json(r#"{"type": "contact", "id": "c1"}"#))
//!     .always(Method::GET, "/contacts/{id}", Canned::status(404));
//! let client = Client::builder().token("any").retry(RetryPolicy::none()).transport(api.clone()).build()?;
//!
//! // What is to be tested:
//! let ada = client.contacts().create(CreateContactRequest::new().email("ada@example.com")).await?;
//! assert_eq!(ada.id, "c1");
//! assert!(client.contacts().get("c2").await.is_err_and(|error| error.is_not_found()));
//!
//! // What it has asked for:
//! let seen = api.requests();
//! assert_eq!(seen[0].to_string(), "POST /contacts");
//! assert_eq!(seen[0].json().get("email"), Some("ada@example.com".into()));
//! assert_eq!(api.left(), [""; 0]);
//! # Ok(())
//! # })
//! # }
//! # #[cfg(not(feature = "unstable"))]
//! # fn main() {}
//! ```
//!
//! With the feature `webhooks`, [`notification`] and [`signed`] make deliveries as Intercom makes them.

mod canned;
#[cfg(feature = "webhooks")]
mod delivery;
mod recorded;
mod stand_in;

#[cfg(test)]
mod tests;

pub use canned::Canned;
#[cfg(feature = "webhooks")]
pub use delivery::{notification, signed};
pub use recorded::Recorded;
pub use stand_in::StandIn;
