//! The emitted types.
#![allow(warnings)]

mod runtime;
pub mod codecs;

pub use runtime::{
    Addition, Drift, Error, Extra, Filter, FilterValue, Id, IntoNullable, Json, Map, Nullable, Number, Order, QueryValue, Result,
    Search, SearchField, Timestamp, field,
};
