//! Instances of schemas: deterministic, with every property, and with each shape of a choice in turn.

use serde_json::{Map, Value, json};
use xtask::document::Document;

/// Objects in objects that an instance has; schemas that hold themselves have no other end.
const DEPTH: usize = 4;

/// Makes the instances of one answer.
pub struct Maker<'d> {
    document: &'d Document,
    count: usize,
}

impl<'d> Maker<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self { document, count: 0 }
    }

    /// An instance of `schema`.
    pub fn instance(&mut self, schema: &Value) -> Value {
        self.value(schema, 0)
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        self.count += 1;
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let document = self.document;
            return self.value(document.resolve(reference).expect("a schema"), depth);
        }
        let arms = ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array());
        if let Some(arms) = arms.filter(|arms| arms.iter().all(|arm| arm.get("required").is_none())) {
            let arm = &arms[self.count % arms.len()];
            return self.value(arm, depth);
        }
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            return self.whole(schema, parts, depth);
        }
        match schema["type"].as_str() {
            Some("array") if depth < DEPTH => {
                let (items, length) = (&schema["items"], if depth < 3 { 2 } else { 1 });
                (0..length).map(|_| self.value(items, depth + 1)).collect()
            }
            Some("array") => json!([]),
            Some("boolean") => Value::Bool(self.count.is_multiple_of(2)),
            Some("integer") => json!(1_700_000_000 + self.count),
            Some("number") => json!(self.count as f64 + 0.5),
            Some("string") => self.text(schema),
            _ => self.object(schema, depth),
        }
    }

    fn whole(&mut self, schema: &Value, parts: &[Value], depth: usize) -> Value {
        let mut whole = Map::new();
        for part in parts.iter().map(|part| self.value(part, depth)).collect::<Vec<_>>() {
            match part {
                Value::Object(keys) => whole.extend(keys),
                other => return other,
            }
        }
        whole.extend(self.properties(schema, depth));
        Value::Object(whole)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut keys = self.properties(schema, depth);
        if let Some(named) = schema.get("additionalProperties").filter(|_| depth < DEPTH) {
            for name in ["first", "odd key"] {
                keys.insert(name.to_owned(), self.value(named, depth + 1));
            }
        }
        Value::Object(keys)
    }

    fn properties(&mut self, schema: &Value, depth: usize) -> Map<String, Value> {
        let properties = schema.get("properties").and_then(Value::as_object).filter(|_| depth < DEPTH);
        let properties = properties.into_iter().flatten();
        properties.map(|(key, schema)| (key.clone(), self.value(schema, depth + 1))).collect()
    }

    fn text(&self, schema: &Value) -> Value {
        match (schema["enum"].as_array(), schema["format"].as_str()) {
            (Some(values), _) => values[self.count % values.len()].clone(),
            (None, Some("date-time")) => json!("2026-04-17T08:30:00Z"),
            _ => json!(format!("text {}", self.count)),
        }
    }
}
