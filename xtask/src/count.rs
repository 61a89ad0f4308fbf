//! Counts what a description says, so that vendoring can prove that nothing was lost.
//!
//! It shares nothing with the walk that writes the facts form: a keyword that was forgotten there, or a map of
//! names that was taken for keywords, shows here as a difference.

use std::fmt;

use serde_json::{Map, Value};

/// How much a description says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Methods of paths.
    pub operations: usize,
    /// Parameters of operations, paths and components.
    pub parameters: usize,
    /// Schemas at any depth, references included.
    pub schemas: usize,
    /// Properties of schemas at any depth.
    pub properties: usize,
    /// Values in the enums of schemas at any depth.
    pub enum_values: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} operations, {} parameters, {} schema nodes, {} properties, {} enum values",
            self.operations, self.parameters, self.schemas, self.properties, self.enum_values
        )
    }
}

/// Counts a whole description.
pub fn count(root: &Value) -> Counts {
    let mut counts = Counts::default();
    paths(&root["paths"], &mut counts);
    let components = &root["components"];
    each(&components["schemas"], |value| schema(value, &mut counts));
    each(&components["parameters"], |value| parameter(value, &mut counts));
    each(&components["headers"], |value| carrier(value, &mut counts));
    each(&components["requestBodies"], |value| carrier(value, &mut counts));
    each(&components["responses"], |value| carrier(value, &mut counts));
    each(&components["callbacks"], |value| paths(value, &mut counts));
    counts
}

fn paths(value: &Value, counts: &mut Counts) {
    let items = value.as_object().into_iter().flatten().filter(|(path, _)| !path.starts_with("x-"));
    for (_, item) in items {
        each(&item["parameters"], |value| parameter(value, counts));
        for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
            if let Some(value) = item.get(method) {
                counts.operations += 1;
                operation(value, counts);
            }
        }
    }
}

fn operation(value: &Value, counts: &mut Counts) {
    each(&value["parameters"], |value| parameter(value, counts));
    carrier(&value["requestBody"], counts);
    each(&value["responses"], |value| carrier(value, counts));
    each(&value["callbacks"], |value| paths(value, counts));
}

fn parameter(value: &Value, counts: &mut Counts) {
    counts.parameters += 1;
    carrier(value, counts);
}

/// Anything that has a schema, a content or headers.
fn carrier(value: &Value, counts: &mut Counts) {
    if let Some(value) = value.get("schema") {
        schema(value, counts);
    }
    each(&value["headers"], |value| carrier(value, counts));
    each(&value["content"], |media| {
        carrier(media, counts);
        each(&media["encoding"], |value| carrier(value, counts));
    });
}

fn schema(value: &Value, counts: &mut Counts) {
    counts.schemas += 1;
    counts.properties += value["properties"].as_object().map_or(0, Map::len);
    counts.enum_values += value["enum"].as_array().map_or(0, Vec::len);
    for map_or_list in ["properties", "allOf", "anyOf", "oneOf"] {
        each(&value[map_or_list], |value| schema(value, counts));
    }
    for single in ["items", "not", "additionalProperties"] {
        if value[single].is_object() {
            schema(&value[single], counts);
        }
    }
}

fn each(value: &Value, mut visit: impl FnMut(&Value)) {
    match value {
        Value::Array(list) => list.iter().for_each(visit),
        Value::Object(map) => map.values().for_each(&mut visit),
        _ => {}
    }
}
