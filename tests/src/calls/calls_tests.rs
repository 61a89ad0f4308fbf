use serde_json::{Value, json};

use super::{calls, operations};

/// The calls of the one operation of a description, by name.
fn made(node: Value) -> Vec<(Option<String>, String, Value)> {
    let description = json!({"paths": {"/things/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "maximum": 5}}], "post": node,
    }}});
    let operations = operations(&description);
    let calls = calls(&description, &operations[0]);
    calls.into_iter().map(|call| (call.method, call.name, call.args)).collect()
}

fn parameter(name: &str, required: bool) -> Value {
    json!({"name": name, "in": "query", "required": required, "schema": {"type": "boolean"}})
}

#[test]
fn a_minimal_call_has_what_is_required_and_a_full_one_everything() {
    let node = json!({"parameters": [parameter("a", true), parameter("b", false)]});
    let minimal = json!({"path": {"id": 5}, "query": {"a": false}});
    let full = json!({"path": {"id": 5}, "query": {"a": false, "b": true}});
    assert_eq!(made(node), [(None, "minimal".to_owned(), minimal), (None, "full".to_owned(), full)]);
}

#[test]
fn each_shape_of_a_body_is_a_call() {
    let body = json!({"oneOf": [{"enum": ["x"]}, {"enum": ["y"]}]});
    let node = json!({"requestBody": {"content": {"application/json": {"schema": body}}}});
    let bodies: Vec<(String, Value)> =
        made(node).into_iter().map(|(_, name, args)| (name, args["body"].clone())).collect();
    assert_eq!(bodies, [("minimal 1".to_owned(), json!("x")), ("minimal 2".to_owned(), json!("y"))]);
}

#[test]
fn an_operation_of_several_methods_has_calls_of_each() {
    let node = json!({
        "parameters": [parameter("a", true), parameter("b", false)],
        "x-methods": {"find": {"parameters": ["a"], "required": ["a"]}, "list": {"parameters": ["b"]}},
    });
    let queries: Vec<(Option<String>, Value)> =
        made(node).into_iter().map(|(method, _, args)| (method, args["query"].clone())).collect();
    let (find, list) = (Some("find".to_owned()), Some("list".to_owned()));
    assert_eq!(queries, [(find, json!({"a": false})), (list.clone(), Value::Null), (list, json!({"b": false}))]);
}

#[test]
fn a_file_of_a_form_has_a_name_and_content() {
    let file = json!({"properties": {"file": {"type": "string", "format": "binary"}, "kind": {"enum": ["x"]}}});
    let node = json!({"requestBody": {"content": {"multipart/form-data": {"schema": file}}}});
    let full = made(node).pop().map(|(_, _, args)| args).unwrap_or_default();
    assert_eq!(full["form"]["kind"], "x");
    assert_eq!(full["form"]["file"]["name"], "file.csv");
}
