//! A schema with everything that it is put together from, side by side.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::description::{entries, list};

/// Schemas that hold at the same time.
#[derive(Default)]
pub(super) struct Flat<'d> {
    sources: Vec<&'d Value>,
    tag: Option<(&'d str, &'d str)>,
}

impl<'d> Flat<'d> {
    pub(super) fn add(&mut self, schema: &'d Value) {
        self.sources.push(schema);
    }

    /// Keeps what the discriminator of `schema` says if `arm` is chosen.
    pub(super) fn tag(&mut self, schema: &'d Value, arm: &Value) {
        let Some(discriminator) = schema.get("discriminator") else { return };
        let name = discriminator.get("propertyName").and_then(Value::as_str);
        let value = entries(discriminator, "mapping").find(|(_, target)| arm.get("$ref") == Some(target));
        self.tag = name.zip(value.map(|(value, _)| value.as_str()));
    }

    pub(super) fn tagged(&self) -> Option<(&'d str, &'d str)> {
        self.tag
    }

    /// What the last schema that says something of `keyword` says.
    pub(super) fn find(&self, keyword: &str) -> Option<&'d Value> {
        self.sources.iter().rev().find_map(|schema| schema.get(keyword))
    }

    pub(super) fn number(&self, keyword: &str) -> Option<i64> {
        self.find(keyword).and_then(Value::as_i64)
    }

    /// A number between the bounds, as near to `wanted` as they let it be.
    pub(super) fn bounded(&self, wanted: i64) -> i64 {
        wanted.min(self.number("maximum").unwrap_or(i64::MAX)).max(self.number("minimum").unwrap_or(i64::MIN))
    }

    /// The kind of value, said or shown by other keywords.
    pub(super) fn kind(&self) -> Option<&'d str> {
        let shown = || {
            let has = |keyword| self.find(keyword).is_some();
            match () {
                () if has("properties") || has("additionalProperties") || has("required") => Some("object"),
                () if has("items") => Some("array"),
                () => None,
            }
        };
        self.find("type").and_then(Value::as_str).or_else(shown)
    }

    /// The values that every list of values has, without null; none if there is no such list.
    pub(super) fn values(&self) -> Option<Vec<Value>> {
        let lists: Vec<&[Value]> =
            self.sources.iter().map(|schema| list(schema, "enum")).filter(|values| !values.is_empty()).collect();
        let last = lists.last()?;
        let common = last.iter().filter(|value| !value.is_null() && lists.iter().all(|list| list.contains(value)));
        Some(common.cloned().collect())
    }

    /// The properties by name, with every definition of each.
    pub(super) fn properties(&self) -> Vec<(&'d str, Vec<&'d Value>)> {
        let mut found: Vec<(&str, Vec<&Value>)> = Vec::new();
        for (name, definition) in self.sources.iter().flat_map(|schema| entries(schema, "properties")) {
            match found.iter_mut().find(|(known, _)| known == name) {
                Some((_, definitions)) => definitions.push(definition),
                None => found.push((name, vec![definition])),
            }
        }
        found
    }

    pub(super) fn required(&self) -> BTreeSet<&'d str> {
        self.sources.iter().flat_map(|schema| list(schema, "required")).filter_map(Value::as_str).collect()
    }

    /// What the values of undeclared keys are, by every schema that says it.
    pub(super) fn map_values(&self) -> Vec<&'d Value> {
        self.sources
            .iter()
            .filter_map(|schema| schema.get("additionalProperties"))
            .filter(|values| values.is_object())
            .collect()
    }

    /// Whether undeclared keys are forbidden.
    pub(super) fn is_closed(&self) -> bool {
        self.sources.iter().any(|schema| schema.get("additionalProperties") == Some(&Value::Bool(false)))
    }
}
