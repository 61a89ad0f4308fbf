//! From a call to its answer: one request type, one way to send it, nothing generic over operations.

mod account;
mod builder;
mod call;
mod core;
mod custom;
mod discover;
mod download;
#[cfg(feature = "dynamic")]
mod erased;
mod limiter;
#[cfg(feature = "oauth")]
pub mod oauth;
mod position;
mod prepared;
mod query;
mod rate_limit;
mod redact;
mod region;
mod reply;
mod request;
mod retry;
mod send;
mod trace;
mod transport;
mod upload;

#[cfg(all(test, feature = "blocking"))]
mod blocking_tests;
#[cfg(test)]
mod download_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod options_tests;
#[cfg(test)]
mod retry_tests;
#[cfg(test)]
mod secret_tests;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod token_tests;
#[cfg(all(test, feature = "tracing"))]
mod trace_tests;
#[cfg(test)]
mod turn_tests;
#[cfg(test)]
mod wire_tests;

pub use builder::ClientBuilder;
pub(crate) use call::Call;
pub(crate) use core::Core;
pub use custom::CustomRequest;
pub use download::{Download, Progress};
#[cfg(feature = "dynamic")]
pub(crate) use erased::{Erased, Expected};
pub use limiter::RateLimiter;
pub(crate) use prepared::{Prepared, Query};
pub use query::QueryValue;
pub(crate) use query::push_encoded;
pub use rate_limit::RateLimit;
pub(crate) use rate_limit::answered_at;
pub(crate) use redact::Secrets;
#[cfg(feature = "test-util")]
pub(crate) use redact::hide_credentials;
#[cfg(feature = "dynamic")]
pub(crate) use redact::is_credential;
pub use region::Region;
pub(crate) use reply::Reply;
pub use reply::Response;
pub(crate) use request::Options;
pub use request::{Request, Sending};
pub use retry::RetryPolicy;
pub use transport::{Carrying, Transport};
pub use upload::Upload;
