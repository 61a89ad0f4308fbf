//! Schemas of OpenAPI 3.0 as JSON Schema, judged by a validator that knows nothing of this project.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, Resource, Validator};
use serde_json::{Map, Value, json};
use tests::description::{entries, list};

use super::fault::Fault;

/// Where the translated description is, so that references lead somewhere.
const HOME: &str = "http://description.invalid/";

/// Keywords whose value is a schema, or holds some.
const ONE: [&str; 3] = ["items", "additionalProperties", "not"];
const MANY: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// The schemas of one description.
pub struct Schemas {
    registry: Registry<'static>,
    /// What was compiled, by the reference to it.
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Schemas {
    pub fn new(description: &Value) -> Self {
        let document = Resource::from_contents(translated(description));
        let registry = Registry::new().draft(Draft::Draft202012).add(HOME, document);
        let registry = registry.and_then(|registry| registry.prepare()).expect("a registry of one document");
        Self { registry, compiled: Mutex::default() }
    }

    /// What is wrong with `value`, by the schema at `pointer` of the description.
    pub fn faults(&self, pointer: &str, value: &Value) -> Vec<Fault> {
        let fragment: String = pointer.replace('%', "%25").replace('{', "%7B").replace('}', "%7D");
        self.judged(&json!({ "$ref": format!("{HOME}#{fragment}") }), value)
    }

    /// What is wrong with `value`, by a schema that stands anywhere in the description.
    pub fn faults_by(&self, schema: &Value, value: &Value) -> Vec<Fault> {
        self.judged(&schema_of(schema), value)
    }

    fn judged(&self, schema: &Value, value: &Value) -> Vec<Fault> {
        let validator = self.validator(schema);
        let faults = validator.iter_errors(value).map(|error| {
            let place = error.absolute_keyword_location().map_or("", |uri| uri.as_str());
            let place = place.split_once('#').map_or_else(String::new, |(_, fragment)| described(fragment));
            // That several arms fit, where one should, is a fault of its own: the description's, mostly.
            let several = matches!(error.kind(), ValidationErrorKind::OneOfMultipleValid { .. });
            let place = if several { format!("{place} several") } else { place };
            Fault::new(place, format!("at `{}`: {error}", error.instance_path()))
        });
        faults.collect()
    }

    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
            let validator = options.should_validate_formats(true).build(schema);
            Arc::new(validator.unwrap_or_else(|error| panic!("{schema}: {error}")))
        };
        Arc::clone(compiled.entry(schema.to_string()).or_insert_with(make))
    }
}

/// The place in the description of a place in its translation.
fn described(fragment: &str) -> String {
    let fragment = fragment.replace("%7B", "{").replace("%7D", "}").replace("%25", "%");
    // What may be null is judged only if it is not, which is one step more.
    fragment.split('/').filter(|step| *step != "else").collect::<Vec<_>>().join("/")
}

/// The description with each of its schemas translated, in its place.
fn translated(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(translated).collect(),
        Value::Object(keys) => {
            let pair = |(key, value): (&String, &Value)| {
                let value = match key.as_str() {
                    "schema" => schema_of(value),
                    "schemas" => schemas_of(value),
                    _ => translated(value),
                };
                (key.clone(), value)
            };
            keys.iter().map(pair).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn schemas_of(named: &Value) -> Value {
    named
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, it)| (name.clone(), schema_of(it)))
        .collect::<Map<_, _>>()
        .into()
}

/// One schema: `nullable` and the flags of bounds are spelled differently, and what stands beside a reference counts.
pub fn schema_of(schema: &Value) -> Value {
    let Some(keys) = schema.as_object() else { return schema.clone() };
    let mut made = Map::new();
    for (key, value) in keys {
        let value = match key.as_str() {
            "$ref" => json!(absolute(value)),
            "properties" => schemas_of(value),
            key if ONE.contains(&key) => schema_of(value),
            key if MANY.contains(&key) => value.as_array().into_iter().flatten().map(schema_of).collect(),
            // These say nothing about the value, or are read below.
            "nullable" | "discriminator" | "default" | "description" => continue,
            _ => value.clone(),
        };
        made.insert(key.clone(), value);
    }
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if made.get(flag).is_some_and(Value::is_boolean)
            && made.remove(flag) == Some(Value::Bool(true))
            && let Some(bound) = made.remove(bound)
        {
            made.insert(flag.to_owned(), bound);
        }
    }
    if let Some(arms) = told_apart(schema) {
        made.remove("oneOf");
        made.insert("allOf".to_owned(), arms);
    }
    if keys.get("nullable") == Some(&Value::Bool(true)) {
        return json!({"if": {"type": "null"}, "then": {}, "else": made});
    }
    Value::Object(made)
}

/// The arms of a choice with a discriminator, each under its condition: it tells which arm counts, even where others fit.
fn told_apart(schema: &Value) -> Option<Value> {
    let discriminator = schema.get("discriminator")?;
    let name = discriminator.get("propertyName")?.as_str()?;
    let mapping: Vec<(&String, &Value)> = entries(discriminator, "mapping").collect();
    let values: Vec<&String> = mapping.iter().map(|(value, _)| *value).collect();
    let is_named = json!({"required": [name], "properties": {name: {"enum": values}}});
    let arms = mapping.iter().map(|(value, target)| {
        json!({"if": {"required": [name], "properties": {name: {"const": value}}}, "then": {"$ref": absolute(target)}})
    });
    let others = list(schema, "allOf").iter().map(schema_of);
    Some(others.chain([is_named]).chain(arms).collect())
}

fn absolute(reference: &Value) -> String {
    let reference = reference.as_str().unwrap_or_default();
    reference.strip_prefix('#').map_or_else(|| reference.to_owned(), |pointer| format!("{HOME}#{pointer}"))
}

mod trials {
    use super::*;

    /// Whether the one schema of a description permits a value.
    fn permits(schema: Value, value: Value) -> bool {
        let description = json!({"components": {"schemas": {"it": schema, "text": {"type": "string"}}}});
        Schemas::new(&description).faults("/components/schemas/it", &value).is_empty()
    }

    #[test]
    fn null_is_permitted_where_a_schema_is_nullable_and_nowhere_else() {
        let text = "#/components/schemas/text";
        assert!(permits(json!({"type": "string", "nullable": true}), json!(null)));
        assert!(permits(json!({"type": "string", "nullable": true, "enum": ["a"]}), json!(null)));
        assert!(permits(json!({"$ref": text, "nullable": true}), json!(null)));
        assert!(permits(json!({"allOf": [{"$ref": text}], "nullable": true}), json!(null)));
        assert!(!permits(json!({"type": "string"}), json!(null)));
        assert!(!permits(json!({"$ref": text}), json!(null)));
    }

    #[test]
    fn what_is_nullable_is_judged_if_it_is_not_null() {
        assert!(!permits(json!({"type": "string", "nullable": true}), json!(5)));
        assert!(!permits(json!({"type": "string", "nullable": true, "enum": ["a"]}), json!("b")));
        assert!(!permits(json!({"$ref": "#/components/schemas/text", "nullable": true}), json!(5)));
    }

    #[test]
    fn what_stands_beside_a_reference_counts() {
        let narrowed = json!({"$ref": "#/components/schemas/text", "maxLength": 2});
        assert!(permits(narrowed.clone(), json!("ab")));
        assert!(!permits(narrowed, json!("abc")));
    }

    #[test]
    fn bounds_exclude_what_their_flags_say() {
        let bounded = json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true});
        assert!(permits(bounded.clone(), json!(2)));
        assert!(!permits(bounded, json!(1)));
        assert!(permits(json!({"type": "integer", "minimum": 1, "exclusiveMinimum": false}), json!(1)));
    }

    #[test]
    fn a_discriminator_says_which_arm_counts() {
        let choice = json!({
            "oneOf": [{"$ref": "#/components/schemas/text"}, {"$ref": "#/components/schemas/it/x-any"}],
            "x-any": {"type": "object"},
            "discriminator": {"propertyName": "kind", "mapping": {"one": "#/components/schemas/it/x-any"}},
        });
        assert!(permits(choice.clone(), json!({"kind": "one"})));
        assert!(!permits(choice.clone(), json!({"kind": "two"})));
        assert!(!permits(choice, json!({})));
    }

    #[test]
    fn formats_are_judged() {
        assert!(!permits(json!({"type": "string", "format": "date-time"}), json!("yesterday")));
        assert!(permits(json!({"type": "string", "format": "date-time"}), json!("2026-04-17T08:30:00Z")));
    }

    #[test]
    fn a_fault_is_placed_where_the_description_says_otherwise() {
        let inner = json!({"nullable": true, "type": "object", "properties": {"a/b": {"type": "integer"}}});
        let description =
            json!({"paths": {"/x/{id}": {"post": {"requestBody": {"schema": {"properties": {"it": inner}}}}}}});
        let pointer = "/paths/~1x~1{id}/post/requestBody/schema";
        let faults = Schemas::new(&description).faults(pointer, &json!({"it": {"a/b": "text"}}));
        let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
        assert_eq!(places, ["/paths/~1x~1{id}/post/requestBody/schema/properties/it/properties/a~1b/type"]);
    }
}
