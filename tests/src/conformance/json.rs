//! Comparing values as the API means them, and counting what is in them.

use serde_json::Value;

/// The value without nulls and empty lists, which the API treats like what is not there.
pub fn bare(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(bare).filter(|item| !is_nothing(item)).collect()),
        Value::Object(keys) => {
            let keys = keys.iter().map(|(key, value)| (key.clone(), bare(value)));
            Value::Object(keys.filter(|(_, value)| !is_nothing(value)).collect())
        }
        other => other.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// How many values that are neither null nor a container a value holds.
pub fn leaves(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Object(keys) => keys.values().map(leaves).sum(),
        _ => 1,
    }
}

/// Where two values differ first, as a path of keys, with both sides.
pub fn difference(one: &Value, other: &Value) -> Option<String> {
    differing(one, other, "$")
}

fn differing(one: &Value, other: &Value, path: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(ones), Value::Object(others)) => {
            let keys = ones.keys().chain(others.keys().filter(|key| !ones.contains_key(*key)));
            keys.filter_map(|key| {
                let null = Value::Null;
                differing(ones.get(key).unwrap_or(&null), others.get(key).unwrap_or(&null), &format!("{path}.{key}"))
            })
            .next()
        }
        (Value::Array(ones), Value::Array(others)) if ones.len() == others.len() => {
            let pairs = ones.iter().zip(others).enumerate();
            pairs.filter_map(|(index, (one, other))| differing(one, other, &format!("{path}[{index}]"))).next()
        }
        _ if one == other => None,
        _ => Some(format!("{path}: {one} became {other}")),
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
