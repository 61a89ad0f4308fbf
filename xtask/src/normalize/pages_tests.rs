use serde_json::{Value, json};

use super::widen;
use crate::document::Document;

fn widened(schemas: Value) -> (usize, Value) {
    let root = json!({"components": {"schemas": schemas}});
    let mut document = Document { file: "spec/test.yaml".to_owned(), root };
    let count = widen(&mut document).unwrap();
    (count, document.root["components"]["schemas"].take())
}

fn next_page() -> Value {
    json!({"$ref": "#/components/schemas/next_page"})
}

#[test]
fn a_cursor_becomes_a_cursor_or_a_url() {
    let pages = json!({"type": "object", "properties": {"next": {"type": "object", "properties": {"starting_after": {"type": "string"}}}}});
    let (count, schemas) = widened(json!({"books": {"properties": {"pages": pages}}}));
    assert_eq!(count, 1);
    assert_eq!(schemas["books"]["properties"]["pages"]["properties"]["next"], next_page());
    assert_eq!(
        schemas["next_page"]["oneOf"],
        json!([{"$ref": "#/components/schemas/page_cursor"}, {"type": "string"}])
    );
}

#[test]
fn a_url_becomes_a_cursor_or_a_url() {
    let pages = json!({"properties": {"next": {"type": "string", "format": "uri", "description": "The way on."}}});
    let (_, schemas) = widened(json!({"books": {"properties": {"pages": pages}}}));
    let next = &schemas["books"]["properties"]["pages"]["properties"]["next"];
    assert_eq!(next, &json!({"$ref": "#/components/schemas/next_page", "description": "The way on."}));
}

#[test]
fn pages_that_several_lists_refer_to_are_widened_once() {
    let refer = json!({"$ref": "#/components/schemas/position"});
    let wrapped = json!({"allOf": [refer], "nullable": true});
    let (count, schemas) = widened(json!({
        "books": {"properties": {"pages": refer}},
        "shelves": {"allOf": [{"properties": {"pages": wrapped}}]},
        "position": {"properties": {"next": {"type": "string"}}},
    }));
    assert_eq!(count, 1);
    assert_eq!(schemas["position"]["properties"]["next"], next_page());
}

#[test]
fn pages_without_a_next_get_one() {
    let (count, schemas) = widened(json!({"books": {"properties": {"pages": {"properties": {"total_pages": {}}}}}}));
    assert_eq!(count, 1);
    assert_eq!(schemas["books"]["properties"]["pages"]["properties"]["next"], next_page());
}

#[test]
fn a_cursor_keeps_every_property_that_a_list_describes() {
    let next = json!({"properties": {"starting_after": {"type": "string"}, "hint": {"type": "boolean"}}});
    let (_, schemas) = widened(json!({"books": {"properties": {"pages": {"properties": {"next": next}}}}}));
    let keys: Vec<&String> = schemas["page_cursor"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["page", "per_page", "starting_after", "hint"]);
}

#[test]
fn other_things_called_pages_stay_as_they_are() {
    let before = json!({
        "book": {"properties": {"pages": {"type": "integer"}}},
        "print": {"properties": {"pages": {"properties": {"first": {"type": "integer"}}}}},
        "ring": {"properties": {"pages": {"$ref": "#/components/schemas/other_ring"}}},
        "other_ring": {"$ref": "#/components/schemas/other_ring"},
        "bare": {"properties": {"pages": {"type": "object"}}},
    });
    assert_eq!(widened(before.clone()), (0, before));
}

#[test]
fn a_description_with_a_schema_of_that_name_is_refused() {
    let root = json!({"components": {"schemas": {
        "next_page": {"type": "string"},
        "books": {"properties": {"pages": {"properties": {"next": {"type": "string"}}}}},
    }}});
    let error = widen(&mut Document { file: "spec/test.yaml".to_owned(), root }).unwrap_err().to_string();
    assert!(error.contains("#/components/schemas/next_page"), "{error}");
}
