//! What the keywords of one schema have to do with each other.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Check;
use crate::document::kind;

impl Check<'_> {
    pub(super) fn schema(&mut self, map: &Map<String, Value>, pointer: &str) {
        if let Some(Value::Array(values)) = map.get("enum") {
            self.enumeration(values, map.get("type").and_then(Value::as_str), &format!("{pointer}/enum"));
        }
        if let Some(Value::Array(names)) = map.get("required") {
            self.no_duplicates(names, &format!("{pointer}/required"));
        }
    }

    fn enumeration(&mut self, values: &[Value], of_type: Option<&str>, pointer: &str) {
        if values.is_empty() {
            self.mistake(pointer, "`enum` is empty", "list the values, or remove it");
        }
        self.no_duplicates(values, pointer);
        for (index, value) in values.iter().enumerate().filter(|(_, value)| !fits(of_type, value)) {
            let what = format!("{} in an enum of type `{}`", kind(value), of_type.unwrap_or_default());
            self.mistake(&format!("{pointer}/{index}"), what, "quote the value, or correct the type");
        }
    }

    fn no_duplicates(&mut self, values: &[Value], pointer: &str) {
        let mut seen = HashSet::new();
        for (index, value) in values.iter().enumerate() {
            if !seen.insert(value) {
                self.mistake(&format!("{pointer}/{index}"), format!("{value} is listed twice"), "list it once");
            }
        }
    }
}

/// Whether a value may be in an enum of a type. Upstream lists null in enums that are nullable.
fn fits(of_type: Option<&str>, value: &Value) -> bool {
    match (of_type, value) {
        (None, _) | (_, Value::Null) => true,
        (Some("string"), value) => value.is_string(),
        (Some("integer"), value) => value.is_i64() || value.is_u64(),
        (Some("number"), value) => value.is_number(),
        (Some("boolean"), value) => value.is_boolean(),
        (Some(_), _) => true,
    }
}
