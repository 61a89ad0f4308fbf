//! Rewrites on the description's JSON that openapiv3 needs in order to lose nothing.
//!
//! Each is a function that counts what it changed; the counts are printed, so that a change upstream
//! that makes one of them idle, or busy, is seen.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::document::{self, Document};
use crate::error::Result;
use crate::openapi::METHODS;

mod pages;

/// Keywords whose values are data of the API and hold no schemas.
const DATA: [&str; 2] = ["default", "enum"];

/// What was rewritten, and how often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// References beside which facts stand that would have been dropped.
    pub wrapped_references: usize,
    /// Parameters of a path that were given to its operations.
    pub path_parameters: usize,
    /// Descriptions of pages whose `next` may be a URL, an object or null.
    pub pages: usize,
}

/// Applies every rewrite.
pub fn normalize(document: &mut Document) -> Result<Counts> {
    let mut counts = Counts::default();
    merge_path_parameters(document, &mut counts);
    resolve_parameters(document)?;
    counts.pages = pages::widen(document)?;
    wrap_references(&mut document.root, &mut counts);
    Ok(counts)
}

/// Makes the schemas at `pointers`, whose references lead nowhere, schemas of anything.
pub fn open(document: &mut Document, pointers: &[String]) {
    for pointer in pointers {
        let found = pointer.strip_prefix('#').and_then(|pointer| document.root.pointer_mut(pointer));
        if let Some(schema) = found.and_then(Value::as_object_mut) {
            schema.shift_remove("$ref");
        }
    }
}

/// Gives an operation the parameters of its path, unless it declares one of the same place and name.
fn merge_path_parameters(document: &mut Document, counts: &mut Counts) {
    let Some(paths) = document.root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        let Some(Value::Array(shared)) = item.shift_remove("parameters") else { continue };
        for method in METHODS {
            let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else { continue };
            let own = operation.entry("parameters").or_insert_with(|| json!([]));
            let Some(own) = own.as_array_mut() else { continue };
            let declared: HashSet<[Option<&Value>; 3]> = own.iter().map(parameter_key).collect();
            let missing: Vec<Value> =
                shared.iter().filter(|shared| !declared.contains(&parameter_key(shared))).cloned().collect();
            counts.path_parameters += missing.len();
            own.splice(0..0, missing);
        }
    }
}

/// What tells a parameter from the others of its operation.
fn parameter_key(parameter: &Value) -> [Option<&Value>; 3] {
    ["name", "in", "$ref"].map(|key| parameter.get(key))
}

fn resolve_parameters(document: &mut Document) -> Result<()> {
    let targets = document.root.pointer("/components/parameters").cloned().unwrap_or_default();
    let file = document.file.clone();
    let Some(paths) = document.root.get_mut("paths").and_then(Value::as_object_mut) else { return Ok(()) };
    for (template, item) in paths.iter_mut() {
        for method in METHODS {
            let Some(parameters) = item
                .get_mut(method)
                .and_then(|operation| operation.get_mut("parameters"))
                .and_then(Value::as_array_mut)
            else {
                continue;
            };
            for (index, parameter) in parameters.iter_mut().enumerate() {
                let Some(reference) = parameter.get("$ref").and_then(Value::as_str) else { continue };
                let name = reference.strip_prefix("#/components/parameters/").unwrap_or_default();
                let Some(target) = targets.get(name) else {
                    let pointer = document::pointer(&["paths", template, method, "parameters", &index.to_string()]);
                    return Err(crate::error::Error::at(file, pointer, format!("unresolved reference `{reference}`"))
                        .hint("declare it under #/components/parameters"));
                };
                *parameter = target.clone();
            }
        }
    }
    Ok(())
}

/// Turns `{$ref, nullable, description}` into `{allOf: [{$ref}], nullable, description}`.
fn wrap_references(value: &mut Value, counts: &mut Counts) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| wrap_references(item, counts)),
        Value::Object(object) => {
            let nodes = object.iter_mut().filter(|(key, value)| !DATA.contains(&key.as_str()) || value.is_object());
            nodes.for_each(|(_, value)| wrap_references(value, counts));
            wrap(object, counts);
        }
        _ => {}
    }
}

fn wrap(object: &mut Map<String, Value>, counts: &mut Counts) {
    if object.len() > 1 && object.get("$ref").is_some_and(Value::is_string) && !object.contains_key("allOf") {
        let reference = object.shift_remove("$ref").unwrap_or_default();
        counts.wrapped_references +=
            usize::from(object.keys().any(|key| !["description", "summary"].contains(&key.as_str())));
        object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

#[cfg(test)]
#[path = "normalize_tests.rs"]
mod tests;
