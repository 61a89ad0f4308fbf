//! The facts of a description.
//!
//! Objects are seen flattened: what `allOf` brings along is stated of every object that it is brought to,
//! for that is where a reader of the API meets it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::description::{entries, list, operations};
use super::fact::{FILE, Facts, Kind, Place};

/// The media type of a body that is a form.
const FORM: &str = "multipart/form-data";

/// What a description states.
#[derive(Debug, Default)]
pub struct Described {
    pub facts: Facts,
    /// Keys of which one part of `allOf` lists values and a later one only one of them: that one, as JSON.
    pub narrowed: BTreeMap<Place, String>,
}

/// Everything that `description` states.
pub fn described(description: &Value) -> Described {
    let Reader { facts, narrowed, .. } = read(description);
    Described { facts, narrowed }
}

/// The JSON pointers of properties and enums that no schema, parameter, body or answer led to.
pub fn unseen(description: &Value) -> Vec<String> {
    let mut unseen = Vec::new();
    collect_unseen(description, "#", &read(description).seen, &mut unseen);
    unseen
}

fn collect_unseen(value: &Value, pointer: &str, seen: &BTreeSet<*const Value>, unseen: &mut Vec<String>) {
    let properties = entries(value, "properties").filter(|(_, definition)| definition.is_object());
    let definitions = properties.map(|(name, definition)| (format!("properties/{name}"), definition));
    let values = value.get("enum").filter(|values| values.is_array()).map(|values| ("enum".to_owned(), values));
    unseen.extend(
        definitions
            .chain(values)
            .filter(|(_, found)| !seen.contains(&std::ptr::from_ref(*found)))
            .map(|(step, _)| format!("{pointer}/{step}")),
    );
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| collect_unseen(value, &format!("{pointer}/{key}"), seen, unseen))
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| collect_unseen(item, &format!("{pointer}/{index}"), seen, unseen)),
        _ => {}
    }
}

fn read(description: &Value) -> Reader<'_> {
    let mut reader = Reader { description, facts: Facts::default(), narrowed: BTreeMap::new(), seen: BTreeSet::new() };
    for (name, schema) in
        description.get("components").into_iter().flat_map(|components| entries(components, "schemas"))
    {
        let place = Place::root(name);
        reader.facts.add(Kind::Schema, &place, "");
        reader.schema(schema, &place);
    }
    for (path, item) in entries(description, "paths") {
        for (method, operation) in operations(item) {
            reader.operation(&format!("{} {path}", method.to_uppercase()), item, operation);
        }
    }
    reader
}

struct Reader<'a> {
    description: &'a Value,
    facts: Facts,
    narrowed: BTreeMap<Place, String>,
    seen: BTreeSet<*const Value>,
}

impl<'a> Reader<'a> {
    fn operation(&mut self, name: &str, item: &'a Value, operation: &'a Value) {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        self.facts.add(Kind::Operation, &Place::root(name), id);
        let own: Vec<&Value> = list(operation, "parameters").iter().map(|parameter| self.resolved(parameter)).collect();
        let shared = list(item, "parameters").iter().map(|parameter| self.resolved(parameter));
        let same =
            |one: &Value, other: &Value| one.get("name") == other.get("name") && one.get("in") == other.get("in");
        let inherited: Vec<&Value> = shared.filter(|shared| !own.iter().any(|own| same(own, shared))).collect();
        own.into_iter().chain(inherited).for_each(|parameter| self.parameter(name, parameter));
        if let Some(body) = operation.get("requestBody").map(|body| self.resolved(body)) {
            self.body(name, body);
        }
        self.answers(name, operation);
    }

    fn parameter(&mut self, operation: &str, parameter: &'a Value) {
        let kind = match parameter.get("in").and_then(Value::as_str) {
            Some("path") => Kind::PathParameter,
            Some("query") => Kind::QueryParameter,
            Some("header") => Kind::HeaderParameter,
            other => panic!("{operation}: a parameter in {other:?}"),
        };
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let place = Place::root(format!("{operation} {kind}")).key(name);
        self.facts.add(kind, &place, "");
        if let Some(schema) = parameter.get("schema")
            && (kind == Kind::QueryParameter || !schema.as_object().is_some_and(|schema| schema.contains_key("$ref")))
        {
            self.schema(schema, &place);
        }
    }

    fn body(&mut self, operation: &str, body: &'a Value) {
        for (media, schema) in schemas(body) {
            if media == FORM {
                self.form(schema, &Place::root(format!("{operation} {}", Kind::FormPart)));
            } else {
                self.schema(schema, &Place::root(format!("{operation} body")));
            }
        }
    }

    fn form(&mut self, schema: &'a Value, place: &Place) {
        let mut keys = Vec::new();
        self.object(self.resolved(schema), place, &mut keys, 0);
        for (name, definitions) in keys {
            let is_file = |definition: &&Value| definition.get("format").is_some_and(|format| format == "binary");
            let place = place.key(name);
            self.facts.add(Kind::FormPart, &place, if definitions.iter().any(is_file) { FILE } else { "" });
            self.together(&definitions, &place);
        }
    }

    /// Success is the 2xx, or `default` if no status of success or redirection is described.
    ///
    /// What several successes bring are alternatives, in the order of their statuses.
    fn answers(&mut self, operation: &str, described: &'a Value) {
        let mut answers: Vec<(&String, &Value)> =
            entries(described, "responses").map(|(status, answer)| (status, self.resolved(answer))).collect();
        answers.sort_by_key(|(status, _)| *status);
        let any = |digit: char| answers.iter().any(|(status, _)| status.starts_with(digit));
        let otherwise = !any('2') && !any('3');
        let mut successes = Vec::new();
        for (status, answer) in &answers {
            let success = status.starts_with('2') || (otherwise && *status == "default");
            for (_, schema) in schemas(answer) {
                if !success {
                    self.schema(schema, &Place::root(format!("{operation} {status} answer")));
                } else if !successes.contains(&schema) {
                    successes.push(schema);
                }
            }
        }
        let place = Place::root(format!("{operation} answer"));
        match successes.as_slice() {
            [only] => self.schema(only, &place),
            several => several.iter().enumerate().for_each(|(index, schema)| self.schema(schema, &place.arm(index))),
        }
    }

    fn schema(&mut self, schema: &'a Value, place: &Place) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.facts.add(Kind::Reference, place, reference.rsplit('/').next().unwrap_or_default());
        }
        if let Some(only) = wrapped(schema) {
            return self.schema(only, place);
        }
        let mut keys: Vec<(&str, Vec<&Value>)> = Vec::new();
        self.object(schema, place, &mut keys, 0);
        for (name, definitions) in keys {
            let place = place.key(name);
            self.facts.add(Kind::Property, &place, "");
            self.together(&definitions, &place);
        }
        schema.get("items").into_iter().for_each(|items| self.schema(items, &place.items()));
        self.seen.extend(schema.get("enum").map(std::ptr::from_ref));
        for value in list(schema, "enum") {
            self.facts.add(Kind::EnumValue, place, value.to_string());
        }
    }

    /// A key that several parts of `allOf` define: what they say alike is said once.
    fn together(&mut self, definitions: &[&'a Value], place: &Place) {
        let before = std::mem::take(&mut self.facts);
        let mut united = Facts::default();
        for definition in definitions {
            self.schema(definition, place);
            united.unite(std::mem::take(&mut self.facts));
        }
        self.facts = before;
        self.facts.extend(united);
        let mut lists = definitions.iter().rev().map(|definition| list(definition, "enum"));
        let (last, mut earlier) = (lists.next(), lists.filter(|values| !values.is_empty()).peekable());
        if let Some([only]) = last
            && earlier.peek().is_some()
            && earlier.all(|values| values.contains(only))
        {
            self.narrowed.insert(place.clone(), only.to_string());
        }
    }

    /// Gathers the keys of an object and of everything that it is put together from.
    fn object(&mut self, schema: &'a Value, place: &Place, keys: &mut Vec<(&'a str, Vec<&'a Value>)>, depth: usize) {
        assert!(depth < 32, "{place}: `allOf` runs in a circle");
        for part in list(schema, "allOf") {
            let part = self.resolved(part);
            self.object(part, place, keys, depth + 1);
        }
        for (name, definition) in entries(schema, "properties") {
            self.seen.insert(definition);
            match keys.iter_mut().find(|(known, _)| known == name) {
                Some((_, definitions)) if definitions.contains(&definition) => {}
                Some((_, definitions)) => definitions.push(definition),
                None => keys.push((name, vec![definition])),
            }
        }
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
            self.schema(values, &place.values());
        }
        for (index, arm) in list(schema, "oneOf").iter().chain(list(schema, "anyOf")).enumerate() {
            self.schema(arm, &place.arm(index));
        }
    }

    /// What a reference to anything but a schema's place leads to, and everything else itself.
    fn resolved(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let target = reference.strip_prefix('#').and_then(|pointer| self.description.pointer(pointer));
            value = target.unwrap_or_else(|| panic!("unresolved reference {reference}"));
        }
        value
    }
}

/// The media types of a body or an answer with their schemas.
fn schemas(holder: &Value) -> impl Iterator<Item = (&String, &Value)> {
    entries(holder, "content").filter_map(|(media, described)| Some((media, described.get("schema")?)))
}

/// The schema that `schema` holds without adding or demanding a key.
fn wrapped(schema: &Value) -> Option<&Value> {
    let parts = ["allOf", "oneOf", "anyOf"].map(|keyword| list(schema, keyword)).concat();
    let adds = ["properties", "required"].iter().any(|keyword| schema.get(keyword).is_some());
    let only = ["allOf", "oneOf", "anyOf"].into_iter().find_map(|keyword| list(schema, keyword).first());
    only.filter(|_| parts.len() == 1 && !adds)
}
