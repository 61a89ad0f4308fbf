//! The emitted types.
#![allow(warnings)]

mod runtime;
pub mod codecs;

pub use runtime::{Addition, Drift, Error, Extra, Id, Json, Map, Nullable, Number, QueryValue, Result, Timestamp};
