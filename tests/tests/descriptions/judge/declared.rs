//! Keys that nothing in a schema declares. JSON Schema lets them pass, and a client that misspells a key with them.

use serde_json::Value;
use tests::description::{entries, list};

use super::fault::Fault;

/// A schema with its place.
type Placed<'d> = (String, &'d Value);

/// The keys of `value`, at any depth, that no part of the schema at `pointer` declares.
pub fn undeclared(description: &Value, pointer: &str, value: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(schema) = description.pointer(pointer) {
        walk(description, vec![(pointer.to_owned(), schema)], value, &mut faults);
    }
    faults
}

fn walk<'d>(description: &'d Value, schemas: Vec<Placed<'d>>, value: &Value, faults: &mut Vec<Fault>) {
    let mut parts = Vec::new();
    schemas.into_iter().for_each(|schema| gather(description, schema, &mut parts));
    match value {
        Value::Array(items) => {
            let inner: Vec<Placed<'_>> = parts.iter().filter_map(|part| step(part, "items")).collect();
            items.iter().for_each(|item| walk(description, inner.clone(), item, faults));
        }
        Value::Object(keys) => {
            for (key, value) in keys {
                let inner = declarations(&parts, key);
                if inner.is_empty() && !is_free(&parts) {
                    let place = parts.iter().find(|(_, part)| part.get("properties").is_some());
                    let place = place.map_or("", |(place, _)| place.as_str());
                    faults.push(Fault::new(format!("{place}/properties/{key}"), "is not declared"));
                }
                walk(description, inner, value, faults);
            }
        }
        _ => {}
    }
}

/// Everything that a schema is put together from; every arm of a choice, because the validator tells which is meant.
fn gather<'d>(description: &'d Value, (place, schema): Placed<'d>, parts: &mut Vec<Placed<'d>>) {
    if parts.iter().any(|(known, _)| *known == place) {
        return;
    }
    parts.push((place.clone(), schema));
    if let Some(pointer) = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'))
    {
        let target = description.pointer(pointer).unwrap_or_else(|| panic!("unresolved reference {pointer}"));
        gather(description, (pointer.to_owned(), target), parts);
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for (index, arm) in list(schema, keyword).iter().enumerate() {
            gather(description, (format!("{place}/{keyword}/{index}"), arm), parts);
        }
    }
}

fn step<'d>((place, schema): &Placed<'d>, keyword: &str) -> Option<Placed<'d>> {
    Some((format!("{place}/{keyword}"), schema.get(keyword)?))
}

fn declarations<'d>(parts: &[Placed<'d>], key: &str) -> Vec<Placed<'d>> {
    let named = |(place, schema): &Placed<'d>| {
        let (_, found) = entries(schema, "properties").find(|(name, _)| *name == key)?;
        Some((format!("{place}/properties/{key}"), found))
    };
    let own: Vec<Placed<'_>> = parts.iter().filter_map(named).collect();
    if own.is_empty() { parts.iter().filter_map(|part| step(part, "additionalProperties")).collect() } else { own }
}

/// Whether keys of any name are meant: nothing is declared, or what undeclared keys are is.
fn is_free(parts: &[Placed<'_>]) -> bool {
    let opens = |schema: &Value| schema.get("additionalProperties").is_some_and(|values| values != &Value::Bool(false));
    parts.iter().any(|(_, schema)| opens(schema)) || !parts.iter().any(|(_, schema)| schema.get("properties").is_some())
}

mod trials {
    use serde_json::json;

    use super::*;

    fn places(schema: Value, value: Value) -> Vec<String> {
        let other = json!({"type": "object", "properties": {"b": {"type": "object", "properties": {"c": {}}}}});
        let description = json!({"components": {"schemas": {"it": schema, "other": other}}});
        undeclared(&description, "/components/schemas/it", &value).into_iter().map(|fault| fault.place).collect()
    }

    #[test]
    fn a_key_is_declared_by_any_part_of_a_schema() {
        let schema = json!({
            "properties": {"a": {}}, "allOf": [{"$ref": "#/components/schemas/other"}],
            "oneOf": [{"properties": {"d": {}}}],
        });
        assert_eq!(places(schema.clone(), json!({"a": 1, "b": {"c": 1}, "d": 1})), [""; 0]);
        assert_eq!(places(schema, json!({"e": 1})), ["/components/schemas/it/properties/e"]);
    }

    #[test]
    fn an_undeclared_key_is_found_at_any_depth() {
        let schema = json!({"type": "array", "items": {"$ref": "#/components/schemas/other"}});
        assert_eq!(places(schema, json!([{"b": {"x": 1}}])), ["/components/schemas/other/properties/b/properties/x"]);
    }

    #[test]
    fn an_object_without_declared_keys_has_any() {
        assert_eq!(places(json!({"type": "object"}), json!({"x": {"y": 1}})), [""; 0]);
        let map = json!({"type": "object", "additionalProperties": {"$ref": "#/components/schemas/other"}});
        assert_eq!(places(map.clone(), json!({"x": {"b": {}}})), [""; 0]);
        assert_eq!(places(map, json!({"x": {"y": 1}})), ["/components/schemas/other/properties/y"]);
    }
}
