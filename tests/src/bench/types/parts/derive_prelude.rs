//! What derived types are made of.

pub use serde::{Deserialize, Serialize};

use serde::Deserializer;

pub type Json = serde_json::Value;
pub type Map<T> = std::collections::BTreeMap<String, T>;
pub type Nullable<T> = Option<T>;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    Text(String),
    Integer(i64),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Timestamp {
    Seconds(i64),
    Fraction(f64),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Number {
    Integer(i64),
    Fraction(f64),
}

impl Default for Id {
    fn default() -> Self {
        Self::Integer(0)
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::Seconds(0)
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::Integer(0)
    }
}

/// A key that is there: `null` is a value of its own.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A list for which `null` may stand.
pub fn or_empty<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
