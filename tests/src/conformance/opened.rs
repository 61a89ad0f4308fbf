//! The places that the overlays open to any JSON, which is what a correction must not become a habit of.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::described::Described;

/// Keywords that say nothing about the value.
const SILENT: [&str; 5] = ["description", "title", "nullable", "deprecated", "default"];

/// The places that admit anything with the overlays and not without, as pointers.
pub fn opened(described: &Described) -> Vec<String> {
    let facts = open_places(&described.facts.root);
    open_places(&described.corrected.root).difference(&facts).cloned().collect()
}

fn open_places(root: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    search(root, "#", &mut found);
    found
}

/// Looks for schemas in everything that can hold one.
fn search(value: &Value, pointer: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| search(item, &format!("{pointer}/{index}"), found))
        }
        Value::Object(keys) => {
            for (key, value) in keys {
                let pointer = xtask::document::child(pointer, key);
                match (key.as_str(), value) {
                    ("schema", _) => schema(value, &pointer, found),
                    ("schemas", Value::Object(schemas)) => named(schemas, &pointer, found),
                    _ => search(value, &pointer, found),
                }
            }
        }
        _ => {}
    }
}

fn named(schemas: &Map<String, Value>, pointer: &str, found: &mut BTreeSet<String>) {
    for (name, value) in schemas {
        schema(value, &xtask::document::child(pointer, name), found);
    }
}

/// The arms of a choice stand at the choice's own place: wrapping an open object in one opens nothing.
fn schema(value: &Value, pointer: &str, found: &mut BTreeSet<String>) {
    let Value::Object(keys) = value else {
        if value == &Value::Bool(true) {
            found.insert(pointer.to_owned());
        }
        return;
    };
    if keys.keys().all(|key| SILENT.contains(&key.as_str()) || key.starts_with("x-")) {
        found.insert(pointer.to_owned());
    }
    let combined =
        ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|keyword| keys.get(keyword)?.as_array()).flatten();
    let mut bare = true;
    for arm in combined {
        schema(arm, pointer, found);
        bare = false;
    }
    if let Some(Value::Object(properties)) = keys.get("properties") {
        named(properties, &format!("{pointer}/properties"), found);
        bare &= properties.is_empty();
    }
    let typed = |name: &str| bare && keys.get("type").and_then(Value::as_str) == Some(name);
    for (keyword, holder) in [("items", "array"), ("additionalProperties", "object")] {
        let pointer = format!("{pointer}/{keyword}");
        match keys.get(keyword) {
            Some(inner) => schema(inner, &pointer, found),
            None if typed(holder) => drop(found.insert(pointer)),
            None => {}
        }
    }
}

#[cfg(test)]
#[path = "opened_tests.rs"]
mod tests;
