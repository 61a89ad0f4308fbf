//! Widens what leads from one page of a list to the next.
//!
//! The API sends a URL, an object with a cursor, or null, whatever the description of the list says: lists that are
//! described with a cursor answer with URLs, and the reverse. So the correction is a rule and not an erratum for each
//! list. A schema describes pages if a property `pages` leads to it and it has one of [`SIGNS`]; its `next` becomes the
//! schema [`NEXT_PAGE`], which has both forms.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::DATA;
use crate::document::{Document, child, pointer};
use crate::error::Result;

/// The schema of `next` in every list.
const NEXT_PAGE: &str = "next_page";

/// The schema of a `next` that is an object.
const PAGE_CURSOR: &str = "page_cursor";

/// Properties that tell the position of a page from other things that are called `pages`.
const SIGNS: [&str; 3] = ["next", "per_page", "total_pages"];

/// Gives every description of pages a `next` that may be a URL, an object or null; returns how many there are.
pub(super) fn widen(document: &mut Document) -> Result<usize> {
    let mut found = BTreeSet::new();
    pages(&document.root, "", &mut found);
    let found: BTreeSet<String> = found.iter().filter_map(|place| position(&document.root, place)).collect();
    if found.is_empty() {
        return Ok(0);
    }
    let cursor = cursor(&document.root, &found);
    add_schemas(document, cursor)?;
    for place in &found {
        let properties = document.root.pointer_mut(place).and_then(|schema| schema.get_mut("properties"));
        let Some(properties) = properties.and_then(Value::as_object_mut) else { continue };
        let described = properties.get("next").and_then(|next| next.get("description")).cloned();
        let mut next = json!({"$ref": reference(NEXT_PAGE)});
        if let (Some(text), Some(next)) = (described, next.as_object_mut()) {
            next.insert("description".to_owned(), text);
        }
        properties.insert("next".to_owned(), next);
    }
    Ok(found.len())
}

/// The places of all properties that are called `pages`.
fn pages(value: &Value, place: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pages(item, &format!("{place}/{index}"), found));
        }
        Value::Object(object) => {
            for (key, value) in object.iter().filter(|(key, value)| !DATA.contains(&key.as_str()) || value.is_object())
            {
                let inner = child(place, key);
                if key == "properties" && value.get("pages").is_some() {
                    found.insert(child(&inner, "pages"));
                }
                pages(value, &inner, found);
            }
        }
        _ => {}
    }
}

/// The place of the object that the schema at `place` stands for, if it describes the position of a page.
fn position(root: &Value, place: &str) -> Option<String> {
    let place = object(root, place)?;
    let properties = root.pointer(&place)?.get("properties")?;
    SIGNS.iter().any(|sign| properties.get(sign).is_some()).then_some(place)
}

/// Follows references, alone or as the only part of an `allOf`, to the object with properties.
fn object(root: &Value, place: &str) -> Option<String> {
    let mut place = place.to_owned();
    let mut seen = BTreeSet::new();
    while seen.insert(place.clone()) {
        let schema = root.pointer(&place)?;
        if schema.get("properties").is_some() {
            return Some(place);
        }
        let target = match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            Some([_]) => format!("{place}/allOf/0"),
            _ => schema.get("$ref")?.as_str()?.strip_prefix('#')?.to_owned(),
        };
        place = target;
    }
    None
}

/// The object form of `next`: what the API is known to send, and what any list describes.
fn cursor(root: &Value, found: &BTreeSet<String>) -> Value {
    let mut properties = Map::new();
    let known = [
        ("page", json!({"type": "integer", "description": "Number of the next page."})),
        ("per_page", json!({"type": "integer", "description": "Most entries of a page."})),
        (
            "starting_after",
            json!({"type": "string", "nullable": true, "description": "Cursor with which the next page is asked for."}),
        ),
    ];
    properties.extend(known.map(|(key, schema)| (key.to_owned(), schema)));
    for place in found {
        let Some(next) = object(root, &format!("{place}/properties/next")) else { continue };
        let described = root.pointer(&next).and_then(|next| next.get("properties")).and_then(Value::as_object);
        for (key, schema) in described.into_iter().flatten() {
            properties.entry(key.clone()).or_insert_with(|| schema.clone());
        }
    }
    json!({"type": "object", "description": "The position of the next page, as an object.", "properties": properties})
}

fn add_schemas(document: &mut Document, cursor: Value) -> Result<()> {
    let next = json!({
        "description": "What leads to the next page: a URL or an object with a cursor. Null on the last page.",
        "nullable": true,
        "oneOf": [{"$ref": reference(PAGE_CURSOR)}, {"type": "string"}],
    });
    for (name, schema) in [(NEXT_PAGE, next), (PAGE_CURSOR, cursor)] {
        let place = pointer(&["components", "schemas", name]);
        let Some(schemas) = schemas(&mut document.root) else {
            return Err(document.error("#/components/schemas", "expected an object with schemas"));
        };
        if schemas.contains_key(name) {
            return Err(document
                .error(place, format!("the description has a schema `{name}`, which is the generator's own"))
                .hint("rename the generator's schema in xtask/src/normalize/pages.rs"));
        }
        schemas.insert(name.to_owned(), schema);
    }
    Ok(())
}

/// The schemas among the components, which are made where there are none.
fn schemas(root: &mut Value) -> Option<&mut Map<String, Value>> {
    let components = root.as_object_mut()?.entry("components").or_insert_with(|| json!({}));
    components.as_object_mut()?.entry("schemas").or_insert_with(|| json!({})).as_object_mut()
}

fn reference(name: &str) -> String {
    pointer(&["components", "schemas", name])
}

#[cfg(test)]
#[path = "pages_tests.rs"]
mod tests;
