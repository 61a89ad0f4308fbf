//! YAML to ordered JSON by a visitor of our own.
//!
//! `serde_yaml::Value` finds a duplicate key only when it closes the map, so its error has the line of the
//! map. Keys are judged here as they are read, so that the line is that of the key.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, EnumAccess, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};

/// More values than any description has: a file that expands to more is an alias bomb.
const MOST_VALUES: usize = 1_000_000;

/// What is said of a key that stands in an object already.
const TWICE: &str = "there twice in one object";

/// Parses one YAML document.
pub(super) fn yaml(file: &str, text: &str) -> Result<Value> {
    if text.trim().is_empty() {
        return Err(Error::file(file, "the file is empty").hint("check that it was saved or fetched whole"));
    }
    let budget = Cell::new(MOST_VALUES);
    Node { budget: &budget }
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| located(file, text, &error))
}

fn located(file: &str, text: &str, error: &serde_yaml::Error) -> Error {
    let message = error.to_string();
    let error = match error.location() {
        Some(location) => {
            let place = format!(" at line {} column {}", location.line(), location.column());
            Error::line(file, location.line(), location.column(), message.replace(&place, ""))
        }
        // Of several documents it is not said where the second one begins.
        None => Error::line(file, end(text), 1, message.as_str()),
    };
    error.hint(hint(&message))
}

/// The line of the mark that ends the first document, or the last line.
fn end(text: &str) -> usize {
    let is_empty = |line: &str| line.trim().is_empty() || line.starts_with(['#', '%']);
    let is_mark = |line: &str| line.starts_with("---") || line.starts_with("...");
    let begins = text.lines().position(|line| !is_empty(line)).unwrap_or(0);
    let ends = text.lines().skip(begins + 1).position(is_mark);
    ends.map_or_else(|| text.lines().count(), |index| begins + index + 2)
}

/// What to do about a fault of the YAML; where it is noticed is often the line after it or before it.
fn hint(message: &str) -> &'static str {
    if message.contains(TWICE) {
        "remove one of the two, or move it to where it belongs: the indentation says which object it is in"
    } else if message.contains("more than one document") {
        "keep one document in the file: a line of `---` or `...` ends it"
    } else if message.contains("mapping values are not allowed") {
        "quote the value if it holds `: `; else the next key is indented too far and was taken for a part of it"
    } else {
        "correct the YAML here or on the line before: check quotes and indentation"
    }
}

/// A value anywhere in the file.
#[derive(Clone, Copy)]
struct Node<'a> {
    budget: &'a Cell<usize>,
}

impl Node<'_> {
    fn spend<E: serde::de::Error>(self) -> Result<(), E> {
        match self.budget.get().checked_sub(1) {
            Some(left) => {
                self.budget.set(left);
                Ok(())
            }
            None => Err(E::custom(format!("aliases expand to more than {MOST_VALUES} values"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.spend()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value that JSON can hold")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Value, E> {
        Err(E::custom(format!("the integer {value} does not fit 64 bits; quote it")))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Value, E> {
        Err(E::custom(format!("the integer {value} does not fit 64 bits; quote it")))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom(format!("the number {value} has no place in JSON; quote it")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key_seed(Key { seen: &map })? {
            let value = entries.next_value_seed(self)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("YAML tags (`!…`) have no place in a description; remove the tag"))
    }
}

/// A key of a map, judged by the keys before it.
struct Key<'a> {
    seen: &'a Map<String, Value>,
}

impl Key<'_> {
    fn take<E: serde::de::Error>(self, key: &str) -> Result<String, E> {
        if key == "<<" {
            return Err(E::custom("merge keys (`<<`) have no place in a description; write the keys out"));
        }
        if self.seen.contains_key(key) {
            return Err(E::custom(format!("the key `{key}` is {TWICE}")));
        }
        Ok(key.to_owned())
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a string (quote it)")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<String, E> {
        self.take(key)
    }

    fn visit_u64<E: serde::de::Error>(self, key: u64) -> Result<String, E> {
        self.take(&key.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, key: i64) -> Result<String, E> {
        self.take(&key.to_string())
    }

    fn visit_bool<E: serde::de::Error>(self, key: bool) -> Result<String, E> {
        self.take(if key { "true" } else { "false" })
    }
}
