use super::*;
use serde_json::json;

fn parse(text: &str) -> Value {
    Document::parse("a.yaml", text).unwrap().root
}

fn refused(text: &str) -> String {
    Document::parse("a.yaml", text).unwrap_err().to_string()
}

#[test]
fn keys_keep_the_order_of_the_file() {
    let keys: Vec<String> = parse("b: 1\na: 2\nc: 3\n").as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["b", "a", "c"]);
}

#[test]
fn a_status_code_without_quotes_is_a_string_key() {
    assert_eq!(parse("responses:\n  200: ok\n"), json!({"responses": {"200": "ok"}}));
}

#[test]
fn a_timestamp_without_quotes_is_a_string() {
    assert_eq!(parse("at: 2026-04-17T10:00:00Z\nday: 2026-04-17\n")["day"], json!("2026-04-17"));
}

#[test]
fn a_key_twice_is_refused_with_the_line_of_the_second() {
    let message = refused("paths:\n  a: 1\n  b: 2\n  a: 3\n");
    assert!(message.starts_with("a.yaml: line 4, column 3: paths: the key `a` is there twice"), "{message}");
}

#[test]
fn a_status_code_twice_is_refused_though_only_one_is_quoted() {
    assert!(refused("200: 1\n'200': 2\n").contains("line 2, column 1"));
}

#[test]
fn an_unquoted_colon_in_a_value_is_refused_with_its_line() {
    let message = refused("info:\n  description: one: two\n");
    assert!(message.starts_with("a.yaml: line 2, column"), "{message}");
    assert!(message.contains("hint: "), "{message}");
}

#[test]
fn merge_keys_are_refused() {
    assert!(refused("a: &a {b: 1}\nc:\n  <<: *a\n").contains("line 3"));
}

#[test]
fn an_alias_is_its_anchors_value() {
    assert_eq!(parse("a: &a {b: 1}\nc: *a\n"), json!({"a": {"b": 1}, "c": {"b": 1}}));
}

#[test]
fn aliases_that_expand_without_end_are_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (one, next) in "abcdefghij".chars().zip("bcdefghijk".chars()) {
        bomb += &format!("{next}: &{next} [{}*{one}]\n", format!("*{one}, ").repeat(9));
    }
    refused(&bomb);
}

#[test]
fn a_long_list_that_is_repeated_often_is_refused() {
    let bomb = format!("a: &a [{}x]\nb: [{}x]\n", "x, ".repeat(20_000), "*a, ".repeat(20_000));
    assert!(refused(&bomb).contains("aliases expand"));
}

#[test]
fn tags_are_refused_with_their_line() {
    assert!(refused("a: 1\nb: !thing 2\n").contains("YAML tags"));
}

#[test]
fn numbers_that_json_cannot_hold_are_refused() {
    for number in [".nan", ".inf", "-.inf", "99999999999999999999999"] {
        let message = refused(&format!("a: 1\nb: {number}\n"));
        assert!(message.contains("line 2"), "{message}");
    }
}

#[test]
fn keys_that_are_null_lists_or_fractions_are_refused() {
    for key in ["null", "~", "[a, b]", "{a: b}", "1.5"] {
        let message = refused(&format!("a: 1\n? {key}\n: 2\n"));
        assert!(message.contains("quote it"), "{message}");
    }
}

#[test]
fn the_second_of_several_documents_is_refused_where_it_begins() {
    for (text, line) in
        [("a: 1\n---\nb: 2\n", 2), ("# c\n---\na: 1\n\n--- \nb: 2\n", 5), ("a: 1\nb: 2\n...\n---\nc: 3", 3)]
    {
        let error = refused(text);
        assert!(error.contains(&format!("a.yaml: line {line}, column 1")), "{error}");
        assert!(error.contains("keep one document"), "{error}");
    }
}

#[test]
fn a_file_that_is_no_map_is_refused_at_its_root() {
    let error = refused("just a text");
    assert!(error.starts_with("a.yaml#: ") && error.contains("a string"), "{error}");
}

#[test]
fn an_empty_file_and_one_that_holds_no_object_are_refused() {
    assert_eq!(refused("\n").lines().next(), Some("a.yaml: the file is empty"));
    assert!(refused("[1, 2]").contains("holds a list"));
    assert!(refused("# only a comment\n").starts_with("a.yaml"));
}

#[test]
fn nesting_without_end_is_refused() {
    refused(&format!("a: {}", "[".repeat(2_000)));
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_line() {
    let error = utf8("a.yaml", b"a: 1\nb: \xff\n".to_vec()).unwrap_err();
    assert!(error.to_string().starts_with("a.yaml: line 2, column 4: "), "{error}");
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let message = Document::load(folder.path(), "spec/none.yaml").unwrap_err().to_string();
    assert!(message.starts_with("spec/none.yaml: cannot be read: "), "{message}");
}

#[test]
fn pointers_escape_slashes_and_tildes() {
    assert_eq!(pointer(&["paths", "/a~b", "get"]), "#/paths/~1a~0b/get");
}

#[test]
fn a_reference_resolves_within_the_document() {
    let document = Document::parse("a.yaml", "paths: {/me: {get: 1}}").unwrap();
    assert_eq!(document.resolve("#/paths/~1me/get"), Some(&json!(1)));
    assert_eq!(document.resolve("other.yaml#/paths"), None);
}
