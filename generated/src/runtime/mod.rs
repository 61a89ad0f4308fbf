//! What emitted code stands on: reading and writing JSON, scalars, errors, and the way over the wire.

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "dynamic")]
mod codec;
#[cfg(feature = "dynamic")]
pub(crate) mod dynamic;
mod error;
pub(crate) mod http;
#[cfg(test)]
mod imitation;
mod job;
pub(crate) mod json;
pub(crate) mod macros;
pub(crate) mod open_enum;
mod operation;
mod paging;
mod scalar;
pub(crate) mod search;
#[cfg(feature = "test-util")]
pub mod test_util;
#[cfg(feature = "webhooks")]
pub mod webhooks;

#[cfg(feature = "dynamic")]
pub use codec::{Checked, Codec};
#[cfg(feature = "dynamic")]
pub use dynamic::{ApiVersion, Arguments, Dynamic, DynamicReply};
pub use error::{Error, ErrorCode, ErrorDetail, ErrorKind, JobOutcome, Result};
#[cfg(feature = "oauth")]
pub use http::oauth;
pub use http::{
    Carrying, ClientBuilder, CustomRequest, Download, Progress, QueryValue, RateLimit, RateLimiter, Region, Request,
    Response, RetryPolicy, Sending, Transport, Upload,
};
pub(crate) use job::Watch;
pub use job::{Job, Poll, WithCancel, WithFile};
pub use json::{Addition, Drift, Extra, Json, Map};
pub use operation::{Listing, Operation, Parameter, Place};
pub use paging::{Items, Pages};
pub(crate) use paging::{Paging, Style};
pub use scalar::{Id, IntoNullable, Nullable, Number, Timestamp};
pub use search::{Filter, FilterValue, Order, Search, SearchField, field};

/// The vocabulary of emitted code.
pub(crate) mod prelude {
    pub(crate) use super::error::JobOutcome;
    pub(crate) use super::http::{Call, Core};
    pub(crate) use super::job::{Job, States, WithCancel, WithFile};
    pub(crate) use super::json::{Kind, Object, Read, Reader, Union, Writer, map_of};
    pub(crate) use super::macros::{client, object, open_enum, paged, request, searched, union, watched};
    pub(crate) use super::open_enum::OpenEnum;
    pub(crate) use super::paging::first;
    pub(crate) use super::{
        Download, Extra, Id, IntoNullable, Json, Listing, Map, Nullable, Number, Operation, Parameter, Request,
        Timestamp, Upload,
    };
}
