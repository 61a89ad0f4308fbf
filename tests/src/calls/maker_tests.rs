use serde_json::{Value, json};

use super::{Extent, UNKNOWN, instances};

fn made(schema: Value, extent: Extent) -> Vec<Value> {
    let node = json!({"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/node"}, "name": {"type": "string"}}});
    let text = json!({"type": "string", "enum": ["text"]});
    let description = json!({"components": {"schemas": {"it": schema, "node": node, "text": text}}});
    instances(&description, &description["components"]["schemas"]["it"], extent)
}

fn one(schema: Value, extent: Extent) -> Value {
    let mut all = made(schema, extent);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn a_minimal_object_has_what_is_required() {
    let schema = json!({
        "required": ["a"], "properties": {"a": {"enum": [true]}, "b": {}},
        "allOf": [{"required": ["c"], "properties": {"c": {"$ref": "#/components/schemas/text"}, "d": {}}}],
    });
    assert_eq!(one(schema, Extent::Minimal), json!({"c": "text", "a": true}));
}

#[test]
fn a_full_object_has_every_key_of_every_part() {
    let schema = json!({"properties": {"a": {"type": "integer", "maximum": 5}}, "allOf": [{"properties": {"c": {"enum": [1]}}}]});
    assert_eq!(one(schema, Extent::Full), json!({"c": 1, "a": 5}));
}

#[test]
fn each_shape_of_the_outermost_choice_and_of_an_inner_one_is_made() {
    let inner = json!({"oneOf": [{"enum": ["x"]}, {"enum": ["y"]}]});
    let arm = |name: &str| json!({"required": [name], "properties": {name: inner}});
    let all = made(json!({"oneOf": [arm("a"), arm("b")]}), Extent::Full);
    assert_eq!(all, [json!({"a": "x"}), json!({"b": "x"}), json!({"a": "y"}), json!({"b": "y"})]);
}

#[test]
fn the_elements_of_a_list_have_different_shapes() {
    let list = json!({"type": "array", "items": {"oneOf": [{"enum": ["x"]}, {"enum": ["y"]}]}});
    assert_eq!(made(list, Extent::Full), [json!(["x", "y"]), json!(["y", "x"])]);
}

#[test]
fn an_arm_that_only_demands_keys_is_met() {
    let schema = json!({
        "properties": {"a": {"enum": ["1"]}, "b": {"enum": ["2"]}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    });
    assert_eq!(made(schema, Extent::Minimal), [json!({"a": "1"}), json!({"b": "2"})]);
}

#[test]
fn a_discriminator_has_the_value_of_its_arm() {
    let schema = json!({
        "oneOf": [{"$ref": "#/components/schemas/node"}],
        "discriminator": {"propertyName": "kind", "mapping": {"node": "#/components/schemas/node"}},
    });
    assert_eq!(one(schema, Extent::Minimal), json!({"kind": "node"}));
}

#[test]
fn nulls_stand_where_they_are_permitted() {
    let schema = json!({"properties": {
        "a": {"type": "string", "nullable": true}, "b": {"$ref": "#/components/schemas/text", "nullable": true},
        "c": {"$ref": "#/components/schemas/text"},
    }});
    assert_eq!(one(schema, Extent::Nulls), json!({"a": null, "b": null, "c": "text"}));
}

#[test]
fn unknown_keys_are_added_where_an_object_is_open() {
    let closed = json!({"additionalProperties": false, "properties": {"a": {"enum": [1]}}});
    let object = one(json!({"properties": {"closed": closed}}), Extent::Unknown);
    assert_eq!(object["closed"], json!({"a": 1}));
    assert!(object[UNKNOWN].is_object());
}

#[test]
fn a_schema_inside_of_itself_comes_to_an_end() {
    let made = one(json!({"$ref": "#/components/schemas/node"}), Extent::Full);
    assert!(made["inner"]["inner"].is_object() && made["inner"]["inner"]["inner"].is_null());
}

#[test]
fn lengths_and_bounds_are_kept() {
    let list = json!({"type": "array", "minItems": 3, "items": {"type": "string", "minLength": 30, "maxLength": 30}});
    let made = one(list, Extent::Minimal);
    let lengths: Vec<usize> =
        made.as_array().into_iter().flatten().filter_map(Value::as_str).map(|text| text.chars().count()).collect();
    assert_eq!(lengths, [30, 30, 30]);
}
