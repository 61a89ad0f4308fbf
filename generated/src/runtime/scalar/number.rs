//! Numbers, which the API writes with and without a fraction as it likes.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::runtime::json::{Field, Read, Reader, Writer};
use crate::runtime::macros::serde_through_json;

/// A number. It is sent as it came or as it was given (`1` or `1.0`), and compares by value.
#[derive(Clone)]
pub struct Number(Spelling);

#[derive(Clone)]
enum Spelling {
    Integer(i64),
    /// Anything else, as JSON writes it.
    Text(Box<str>),
}

/// What a number is compared by. Integers beyond 64 bits count by their digits, everything else by its `f64`.
#[derive(PartialEq, Eq, Hash)]
enum Value<'n> {
    Integer(i64),
    Digits(&'n str),
    Bits(u64),
}

/// Up to here a `f64` holds every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// The value, rounded where `f64` has no such number.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Spelling::Integer(value) => *value as f64,
            Spelling::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// The value, if it is an integer of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.value() {
            Value::Integer(value) => Some(value),
            Value::Digits(_) | Value::Bits(_) => None,
        }
    }

    fn value(&self) -> Value<'_> {
        let text = match &self.0 {
            Spelling::Integer(value) => return Value::Integer(*value),
            Spelling::Text(text) => text,
        };
        let value = self.as_f64();
        if value.fract() == 0.0 && value.abs() <= EXACT {
            Value::Integer(value as i64)
        } else if text.contains(['.', 'e', 'E']) {
            Value::Bits(value.to_bits())
        } else {
            Value::Digits(text)
        }
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Spelling::Integer(0))
    }
}

impl Field for Number {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let number = r.number().map(|(text, is_integer)| {
            let integer = if is_integer && text != "-0" { text.parse().ok() } else { None };
            Self(integer.map_or_else(|| Spelling::Text(text.into()), Spelling::Integer))
        });
        r.store(self, number, "a number")
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.display(self);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Spelling::Integer(value) => fmt::Display::fmt(value, f),
            Spelling::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value().hash(state);
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.value(), other.value()) {
            (Value::Integer(a), Value::Integer(b)) => Some(a.cmp(&b)),
            (a, b) if a == b => Some(Ordering::Equal),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Spelling::Integer(value))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or_else(|_| Spelling::Text(value.to_string().into()), Spelling::Integer))
    }
}

/// What JSON cannot say (infinities, no number) becomes zero.
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        if value.is_finite() { Self(Spelling::Text(format!("{value:?}").into())) } else { Self::default() }
    }
}

impl From<f32> for Number {
    fn from(value: f32) -> Self {
        if value.is_finite() { Self(Spelling::Text(format!("{value:?}").into())) } else { Self::default() }
    }
}

serde_through_json!(Number);
