//! The runtime without the way over the wire.

mod error;
pub(crate) mod http;
pub(crate) mod json;
pub(crate) mod macros;
pub(crate) mod open_enum;
mod scalar;
pub(crate) mod search;

pub use error::{Error, Result};
pub use http::QueryValue;
pub use json::{Addition, Drift, Extra, Json, Map};
pub use scalar::{Id, IntoNullable, Nullable, Number, Timestamp};
pub use search::{Filter, FilterValue, Order, Search, SearchField, field};

/// The vocabulary of emitted code.
pub(crate) mod prelude {
    pub(crate) use super::json::{Kind, Object, Read, Reader, Union, Writer, map_of};
    pub(crate) use super::macros::{object, open_enum, searched, union};
    pub(crate) use super::open_enum::OpenEnum;
    pub(crate) use super::{Extra, Id, IntoNullable, Json, Map, Nullable, Number, Timestamp};
}
