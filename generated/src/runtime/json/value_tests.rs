use super::*;

#[test]
fn accessors_give_what_is_there_and_nothing_else() {
    let json = |text| Json::parse(text).expect("JSON");
    assert_eq!(json("\"a\\nb\"").as_str(), Some("a\nb"));
    assert_eq!((json("5").as_i64(), json("5").as_f64(), json("5").as_str()), (Some(5), Some(5.0), None));
    assert_eq!((json("5.5").as_i64(), json("5.5").as_f64()), (None, Some(5.5)));
    assert_eq!(json("18446744073709551616").as_f64(), Some(18_446_744_073_709_551_616.0));
    assert_eq!(json("true").as_bool(), Some(true));
    assert!(json(" null ").is_null());
    assert_eq!(json("[1,[2]]").as_list(), Some(vec![Json::from(1), json("[2]")]));
    assert_eq!(json(r#"{"a":{"b":"c"}}"#).get("a").and_then(|a| a.get("b")), Some(Json::from("c")));
    assert_eq!(json("[]").as_f64(), None);
}

#[test]
fn what_was_written_is_written_again() {
    for text in ["null", "true", "-0", "0", "1.0", "1e5", "9223372036854775808", "\"x\"", "[1, 2]", "{\"a\":  1}"] {
        assert_eq!(Json::parse(text).expect("JSON").to_string(), text);
    }
}

#[test]
fn values_compare_by_meaning() {
    assert_eq!(
        Json::parse("[1, {\"a\":1,\"b\":2}]").expect("JSON"),
        Json::parse("[1,{\"b\":2,\"a\":1}]").expect("JSON")
    );
    assert_ne!(Json::parse("[1]").expect("JSON"), Json::parse("[2]").expect("JSON"));
    assert_ne!(Json::from(1), Json::from("1"));
}

#[test]
fn a_text_that_is_no_json_is_refused() {
    for text in ["", "x", "{", "[1]]", "01", "\"\u{1}\""] {
        assert!(Json::parse(text).expect_err(text).is_decode());
    }
}

#[test]
fn values_are_made_from_what_people_have() {
    assert_eq!(Json::from(2.0).to_string(), "2.0");
    assert_eq!(Json::from(f64::NAN), Json::null());
    assert_eq!(Json::from(Some("x")), Json::from("x"));
    assert_eq!(Json::from(None::<i64>), Json::null());
    assert_eq!(Json::from(serde_json::json!({"a": [1, null]})).to_string(), r#"{"a":[1,null]}"#);
    assert_eq!(["a", "b"].into_iter().map(Json::from).collect::<Json>().to_string(), r#"["a","b"]"#);
}
