use super::pretty;
use crate::Json;

#[test]
fn every_entry_has_a_line() {
    let text = pretty(r#"{"a":1,"b":[true,{"c":null}],"d":"x"}"#);
    assert_eq!(text, "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    {\n      \"c\": null\n    }\n  ],\n  \"d\": \"x\"\n}");
}

#[test]
fn what_is_empty_stays_on_its_line() {
    assert_eq!(pretty(r#"{"a":{ },"b":[],"c":[ 1 ]}"#), "{\n  \"a\": {},\n  \"b\": [],\n  \"c\": [\n    1\n  ]\n}");
}

#[test]
fn texts_and_numbers_stay_as_they_were_written() {
    for text in [r#""a, {b}: [\"c\\\"]""#, "1.10", "12345678901234567890123", "-0", r#""\\""#, "null"] {
        assert_eq!(pretty(text), text);
    }
}

#[test]
fn the_alternate_form_of_json_is_pretty() {
    let json = Json::parse(r#"{"a":[1.50]}"#).expect("JSON");
    assert_eq!(format!("{json}|{json:#}"), "{\"a\":[1.50]}|{\n  \"a\": [\n    1.50\n  ]\n}");
}
