#![cfg_attr(feature = "unstable", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "unstable"),
    doc = "A typed, resilient client of the Intercom REST API, one module per API version."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg_attr(
    not(feature = "unstable"),
    allow(dead_code, unused_imports, unused_macros, reason = "only what a version uses is used")
)]
mod runtime;
#[rustfmt::skip]
mod versions;

/// An HTTP method.
pub use reqwest::Method;
#[cfg(feature = "blocking")]
pub use runtime::blocking;
#[cfg(feature = "oauth")]
pub use runtime::oauth;
#[cfg(feature = "test-util")]
pub use runtime::test_util;
#[cfg(feature = "webhooks")]
pub use runtime::webhooks;
pub use runtime::{
    Addition, Carrying, ClientBuilder, CustomRequest, Download, Drift, Error, ErrorCode, ErrorDetail, ErrorKind, Extra,
    Filter, FilterValue, Id, IntoNullable, Items, Job, JobOutcome, Json, Listing, Map, Nullable, Number, Operation,
    Order, Pages, Parameter, Place, Poll, Progress, QueryValue, RateLimit, RateLimiter, Region, Request, Response,
    Result, RetryPolicy, Search, SearchField, Sending, Timestamp, Transport, Upload, WithCancel, WithFile, field,
};
#[cfg(feature = "dynamic")]
pub use runtime::{ApiVersion, Arguments, Checked, Codec, Dynamic, DynamicReply};
#[allow(unused_imports, reason = "without a feature that turns a version on, there is none")]
pub use versions::*;
