use serde_json::json;

use super::{Counts, normalize, open};
use crate::document::Document;

fn document(root: serde_json::Value) -> Document {
    Document { file: "spec/test.yaml".to_owned(), root }
}

#[test]
fn facts_beside_a_reference_are_kept_and_counted() {
    let mut it =
        document(json!({"components": {"schemas": {"a": {"properties": {"b": {"$ref": "#/x", "nullable": true}}}}}}));
    let counts = normalize(&mut it).unwrap();
    assert_eq!(
        it.root.pointer("/components/schemas/a/properties/b").unwrap(),
        &json!({"nullable": true, "allOf": [{"$ref": "#/x"}]})
    );
    assert_eq!(counts, Counts { wrapped_references: 1, ..Counts::default() });
}

#[test]
fn a_text_beside_a_reference_is_kept_and_not_counted() {
    let mut it = document(json!({"components": {"schemas": {"a": {"$ref": "#/x", "description": "A thing."}}}}));
    assert_eq!(normalize(&mut it).unwrap().wrapped_references, 0);
    assert_eq!(
        it.root.pointer("/components/schemas/a").unwrap(),
        &json!({"description": "A thing.", "allOf": [{"$ref": "#/x"}]})
    );
}

#[test]
fn parameters_of_a_path_belong_to_its_operations_unless_they_declare_them() {
    let id = json!({"name": "id", "in": "path", "required": true});
    let own = json!({"name": "id", "in": "path", "required": true, "deprecated": true});
    let mut it = document(json!({"paths": {"/a/{id}": {"parameters": [id], "get": {}, "put": {"parameters": [own]}}}}));
    assert_eq!(normalize(&mut it).unwrap().path_parameters, 1);
    assert_eq!(it.root["paths"]["/a/{id}"], json!({"get": {"parameters": [id]}, "put": {"parameters": [own]}}));
}

#[test]
fn a_reference_to_a_parameter_is_replaced_by_the_parameter() {
    let page = json!({"name": "page", "in": "query"});
    let mut it = document(json!({
        "components": {"parameters": {"page": page}},
        "paths": {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/page"}]}}}
    }));
    normalize(&mut it).unwrap();
    assert_eq!(it.root["paths"]["/a"]["get"]["parameters"], json!([page]));
}

#[test]
fn an_unresolved_reference_can_be_opened_to_anything() {
    let mut it = document(json!({"components": {"schemas": {"a": {"$ref": "#/nowhere"}}}}));
    open(&mut it, &["#/components/schemas/a".to_owned()]);
    assert_eq!(it.root["components"]["schemas"]["a"], json!({}));
}
