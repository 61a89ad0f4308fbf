use serde_json::{Value, json};

use super::open_places;

fn places(schema: Value) -> Vec<String> {
    open_places(&json!({"components": {"schemas": {"s": schema}}}))
        .into_iter()
        .map(|place| place.replace("#/components/schemas/s", ""))
        .collect()
}

#[test]
fn a_schema_that_says_nothing_is_open() {
    assert_eq!(
        places(json!({"properties": {"a": {}, "b": {"nullable": true, "description": "x"}}})),
        ["/properties/a", "/properties/b"]
    );
}

#[test]
fn an_object_without_properties_has_open_values() {
    assert_eq!(places(json!({"type": "object"})), ["/additionalProperties"]);
    assert_eq!(places(json!({"type": "object", "additionalProperties": true})), ["/additionalProperties"]);
    assert_eq!(places(json!({"type": "object", "additionalProperties": {}})), ["/additionalProperties"]);
}

#[test]
fn a_list_without_items_has_open_elements() {
    assert_eq!(places(json!({"type": "array"})), ["/items"]);
}

#[test]
fn typed_schemas_and_references_are_closed() {
    let closed = json!({"properties": {"a": {"$ref": "#/x"}, "b": {"type": "string"}, "c": {"type": "object", "properties": {"d": {"type": "integer"}}}}});
    assert_eq!(places(closed), Vec::<String>::new());
}

#[test]
fn wrapping_an_open_object_in_a_choice_opens_nothing_more() {
    assert_eq!(places(json!({"oneOf": [{"type": "string"}, {"type": "object"}]})), ["/additionalProperties"]);
}

#[test]
fn schemas_of_operations_count() {
    let document =
        json!({"paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {}}}}}}}}});
    assert_eq!(open_places(&document).len(), 1);
}
