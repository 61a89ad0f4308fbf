//! Any JSON value, for what the description leaves open.
//!
//! Scalars are held as such, because that is what custom attributes are; lists and objects stay text until someone asks.

use std::fmt;

use super::field::{Field, Read};
use super::list::Map;
use super::pretty::pretty;
use super::reader::Reader;
use super::writer::{self, Writer};
use crate::runtime::error::Result;
use crate::runtime::macros::serde_through_json;

/// Any JSON value.
///
/// [`Json::parse`] refuses text that nests more than 127 deep, as responses do. A value that is made of other values may nest
/// deeper: it is written and taken apart like any other, but it equals only what is written alike, and `Serialize` refuses it.
///
/// ```
/// use intercom_gen::Json;
///
/// let plan = Json::from("pro");
/// assert_eq!(plan.as_str(), Some("pro"));
/// assert_eq!(Json::parse("[1, 2]")?.as_list().map(|list| list.len()), Some(2));
/// # Ok::<(), intercom_gen::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Json(Value);

#[derive(Clone, Default, PartialEq)]
enum Value {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    String(Box<str>),
    /// Lists, objects and all numbers that are no `i64`, as they were written.
    Text(Box<str>),
}

impl Json {
    /// `null`.
    pub const fn null() -> Self {
        Self(Value::Null)
    }

    /// Reads a JSON text.
    pub fn parse(text: &str) -> Result<Self> {
        let mut json = Self::null();
        super::from_json(&mut json, text)?;
        Ok(json)
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.0, Value::Null)
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an integer that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Value::Integer(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a number.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Value::Integer(value) => Some(*value as f64),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The value of `true` and `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self.0 {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The elements of a list.
    pub fn as_list(&self) -> Option<Vec<Self>> {
        self.contents('[')
    }

    /// The properties of an object.
    pub fn as_map(&self) -> Option<Map<Self>> {
        self.contents('{')
    }

    /// A property of an object.
    pub fn get(&self, key: &str) -> Option<Self> {
        self.as_map()?.remove(key)
    }

    fn contents<T: Field + Default>(&self, first: char) -> Option<T> {
        let Value::Text(text) = &self.0 else { return None };
        let mut contents = T::default();
        let read = text.starts_with(first).then(|| Reader::known(text).root(&mut contents))?;
        read.ok().map(|()| contents)
    }

    /// The JSON that a value is written as.
    pub(crate) fn of(value: &dyn Field) -> Self {
        Self::from_raw(&writer::to_text(value))
    }

    /// The value of a text that is known to be JSON.
    pub(crate) fn from_raw(raw: &str) -> Self {
        let mut json = Self::null();
        match json.read(&mut Reader::known(raw)) {
            Read::Done => json,
            _ => Self::null(),
        }
    }
}

impl Field for Json {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let value = match r.kind_byte() {
            b'"' => string(r),
            b'n' => r.take_null().then_some(Value::Null),
            b't' | b'f' => r.boolean().map(Value::Bool),
            b'[' | b'{' => r.raw().ok().map(|raw| Value::Text(raw.into())),
            _ => r.number().map(number),
        };
        r.store(&mut self.0, value, "JSON")
    }

    fn write(&self, w: &mut Writer<'_>) {
        match &self.0 {
            Value::Null => w.null(),
            Value::Bool(value) => w.display(value),
            Value::Integer(value) => w.display(value),
            Value::String(text) => w.string(text),
            Value::Text(text) => w.raw(text),
        }
    }
}

/// A string; one that is no Unicode, because half of a character is missing, stays as it was written.
fn string(r: &mut Reader<'_>) -> Option<Value> {
    let start = r.offset();
    match r.string() {
        Some(text) => Some(Value::String(text.into())),
        None => r.raw_from(start).ok().map(|raw| Value::Text(raw.into())),
    }
}

/// A number that is written again the way it came, which `-0` would not be as an integer.
fn number((text, is_integer): (&str, bool)) -> Value {
    let integer = if is_integer && text != "-0" { text.parse().ok() } else { None };
    integer.map_or_else(|| Value::Text(text.into()), Value::Integer)
}

/// `{:#}` puts every entry on a line of its own.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = writer::to_text(self);
        if f.alternate() { f.write_str(&pretty(&text)) } else { f.write_str(&text) }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Equal as values: white space and the order of keys do not count.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Value::Text(a), Value::Text(b)) if a != b => same_tree(a, b),
            (a, b) => a == b,
        }
    }
}

fn same_tree(a: &str, b: &str) -> bool {
    let tree = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    matches!((tree(a), tree(b)), (Some(a), Some(b)) if a == b)
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self(Value::Bool(value))
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self(Value::Integer(value))
    }
}

impl From<i32> for Json {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<u32> for Json {
    fn from(value: u32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or_else(|_| Value::Text(value.to_string().into()), Value::Integer))
    }
}

/// What JSON cannot say (infinities, no number) becomes `null`.
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        if value.is_finite() { Self(Value::Text(format!("{value:?}").into())) } else { Self::null() }
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self(Value::String(value.into()))
    }
}

impl From<&String> for Json {
    fn from(value: &String) -> Self {
        Self::from(value.as_str())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self(Value::String(value.into()))
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Self {
        let values: Vec<Self> = values.into_iter().map(Into::into).collect();
        Self(Value::Text(writer::to_text(&values).into()))
    }
}

impl<T: Into<Json>> From<Map<T>> for Json {
    fn from(values: Map<T>) -> Self {
        let values: Map<Self> = values.into_iter().map(|(key, value)| (key, value.into())).collect();
        Self(Value::Text(writer::to_text(&values).into()))
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self::from_raw(&value.to_string())
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Json>>(values: I) -> Self {
        Self::from(values.into_iter().collect::<Vec<_>>())
    }
}

serde_through_json!(Json);

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
