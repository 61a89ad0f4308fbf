//! Scalars that the API spells in more than one way: they remember the spelling and compare by value.

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod conversions;
mod id;
mod iso8601;
mod many;
mod nullable;
mod number;
mod timestamp;

pub use id::Id;
pub use many::IntoNullable;
pub use nullable::Nullable;
pub use number::Number;
pub use timestamp::Timestamp;

#[cfg(test)]
mod tests;
