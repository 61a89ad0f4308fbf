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

fn nested(depth: usize) -> Json {
    (0..depth).fold(Json::from(1), |inner, level| {
        if level % 2 == 0 { Json::from(vec![inner]) } else { Json::from(Map::from([("a".to_owned(), inner)])) }
    })
}

#[test]
fn a_value_of_values_can_be_taken_apart_however_deep_it_is() {
    let mut json = nested(1_000);
    for level in (0..1_000).rev() {
        let inner = if level % 2 == 0 { json.as_list().and_then(|mut list| list.pop()) } else { json.get("a") };
        json = inner.unwrap_or_else(|| panic!("nothing at level {level}"));
    }
    assert_eq!(json, Json::from(1));
}

#[test]
fn a_value_that_is_deeper_than_a_text_may_be_is_written_whole_and_refused_where_it_is_read() {
    let text = nested(128).to_string();
    assert_eq!(text.matches(['[', '{']).count(), 128);
    assert!(Json::parse(&text).expect_err("too deep").to_string().contains("nest too deep"));
    assert_eq!(Json::parse(&nested(127).to_string()).expect("deep enough"), nested(127));
    let tree = (0..200).fold(serde_json::Value::from(1), |inner, _| serde_json::json!([inner]));
    assert_eq!(Json::from(tree).to_string().len(), 401);
}
