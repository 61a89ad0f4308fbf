use serde_json::json;

use super::{bare, difference, leaves};

#[test]
fn nulls_and_empty_lists_do_not_count_at_any_depth() {
    let value = json!({"a": null, "b": [], "c": [null, {"d": null, "e": [[]]}], "f": {}});
    assert_eq!(bare(&value), json!({"c": [{}], "f": {}}));
}

#[test]
fn false_zero_and_empty_text_are_values() {
    let value = json!({"a": false, "b": 0, "c": ""});
    assert_eq!(bare(&value), value);
    assert_eq!(leaves(&value), 3);
}

#[test]
fn numbers_differ_when_they_are_spelled_differently() {
    assert_eq!(difference(&json!({"a": [5]}), &json!({"a": [5.0]})).as_deref(), Some("$.a[0]: 5 became 5.0"));
}

#[test]
fn the_order_of_keys_is_no_difference() {
    assert_eq!(difference(&json!({"a": 1, "b": 2}), &json!({"b": 2, "a": 1})), None);
}

#[test]
fn a_key_on_one_side_only_is_a_difference() {
    assert_eq!(difference(&json!({}), &json!({"a": 1})).as_deref(), Some("$.a: null became 1"));
    assert_eq!(difference(&json!({"a": 1}), &json!({})).as_deref(), Some("$.a: 1 became null"));
}
