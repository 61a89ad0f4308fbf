//! The value of the `Intercom-Version` header that a description names: the default of that parameter.

use std::collections::BTreeMap;

use serde_json::Value;

/// The header by which a request chooses a version.
const HEADER: &str = "Intercom-Version";

/// The default of the header's parameter; that of most operations, where they differ. `None` if no operation has one.
///
/// A description may disagree with itself: that of August 2026 has `Preview` for 243 operations and `preview`, which the API
/// refuses, for eight.
pub fn described(root: &Value) -> Option<String> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for item in root.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values()) {
        let operations = item.as_object().into_iter().flat_map(|item| item.values());
        let lists = std::iter::once(item).chain(operations).filter_map(|holder| holder.get("parameters")?.as_array());
        for default in lists.flatten().filter_map(|parameter| default(root, parameter)) {
            *counts.entry(default).or_default() += 1;
        }
    }
    // Of two that are as frequent, the first by name: the answer depends on nothing but the description.
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(default, _)| default.to_owned())
}

fn default<'d>(root: &'d Value, parameter: &'d Value) -> Option<&'d str> {
    let parameter = resolved(root, parameter)?;
    let is_header = parameter.get("in").and_then(Value::as_str) == Some("header");
    let name = parameter.get("name").and_then(Value::as_str).filter(|name| name.eq_ignore_ascii_case(HEADER));
    name.filter(|_| is_header)?;
    resolved(root, parameter.get("schema")?)?.get("default")?.as_str()
}

/// What a reference leads to; one step, because descriptions do not chain those of parameters and plain schemas.
fn resolved<'d>(root: &'d Value, value: &'d Value) -> Option<&'d Value> {
    match value.get("$ref") {
        Some(reference) => root.pointer(reference.as_str()?.strip_prefix('#')?),
        None => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::described;

    fn root(schemas: &[&str]) -> serde_json::Value {
        let operation = |schema: &&str| {
            let schema = json!({"$ref": format!("#/components/schemas/{schema}")});
            json!({"get": {"parameters": [{"name": "Intercom-Version", "in": "header", "schema": schema}]}})
        };
        let paths: serde_json::Map<_, _> =
            schemas.iter().enumerate().map(|(index, schema)| (format!("/{index}"), operation(schema))).collect();
        let schemas = json!({"a": {"default": "Preview"}, "b": {"default": "preview"}, "none": {"type": "string"}});
        json!({"paths": paths, "components": {"schemas": schemas}})
    }

    #[test]
    fn the_default_that_most_operations_have_is_the_versions() {
        assert_eq!(described(&root(&["a", "b", "a"])).as_deref(), Some("Preview"));
        assert_eq!(described(&root(&["b"])).as_deref(), Some("preview"));
    }

    #[test]
    fn a_description_without_a_default_names_no_header() {
        assert_eq!(described(&root(&["none", "missing"])), None);
        assert_eq!(described(&json!({"paths": []})), None);
    }

    #[test]
    fn a_parameter_of_another_name_or_place_does_not_count() {
        for (name, place) in [("Accept", "header"), ("Intercom-Version", "query")] {
            let parameter = json!({"name": name, "in": place, "schema": {"default": "x"}});
            assert_eq!(described(&json!({"paths": {"/": {"get": {"parameters": [parameter]}}}})), None);
        }
    }
}
