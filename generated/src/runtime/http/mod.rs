//! From a call to its answer: one request type, one way to send it, nothing generic over operations.

mod builder;
mod call;
mod core;
mod custom;
mod discover;
mod download;
mod limiter;
mod position;
mod prepared;
mod query;
mod rate_limit;
mod region;
mod reply;
mod request;
mod retry;
mod send;
mod transport;
mod upload;

#[cfg(test)]
mod download_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod options_tests;
#[cfg(test)]
mod retry_tests;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod wire_tests;

pub use builder::ClientBuilder;
pub(crate) use call::Call;
pub(crate) use core::Core;
pub use custom::CustomRequest;
pub use download::{Download, Progress};
pub use limiter::RateLimiter;
pub(crate) use prepared::Prepared;
pub use query::QueryValue;
pub(crate) use query::push_encoded;
pub use rate_limit::RateLimit;
pub use region::Region;
pub(crate) use reply::Reply;
pub use reply::Response;
pub use request::{Request, Sending};
pub use retry::RetryPolicy;
pub use transport::{Carrying, Transport};
pub use upload::Upload;

/// One operation of the API, as its description names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The description's id.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with names in braces for its arguments.
    pub path: &'static str,
    /// The client's method that gives the group.
    pub group: &'static str,
    /// The group's method that makes the request.
    pub name: &'static str,
    /// Whether sending it twice does no more than sending it once, so that it is retried when an answer got lost.
    pub idempotent: bool,
}
