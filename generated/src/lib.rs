//! A typed, resilient client of the Intercom REST API, one module per API version.

#[allow(dead_code, unused_imports, unused_macros, reason = "without a version's feature nothing uses it")]
mod runtime;
#[rustfmt::skip]
mod versions;

pub use runtime::{
    Addition, ClientBuilder, Download, Drift, Error, ErrorCode, ErrorDetail, ErrorKind, Extra, Id, Items, Json, Map,
    Nullable, Number, Operation, Pages, QueryValue, RateLimit, Region, Request, Response, Result, Sending, Timestamp,
    Upload,
};
#[cfg(feature = "dynamic")]
pub use runtime::{Checked, Codec, Listed, Paged};
#[allow(unused_imports, reason = "without a feature that turns a version on, there is none")]
pub use versions::*;
