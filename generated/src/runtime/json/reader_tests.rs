use super::super::*;
use super::*;
use crate::runtime::imitation::{Avatar, Contact, ContactList, Owner, Role};
use crate::{Id, Timestamp};

/// Reads with everything that is reported.
fn read<T: Field + Default>(text: &str) -> (T, Vec<Drift>, Vec<Addition>) {
    let mut value = T::default();
    let mut reader = Reader::with_additions(text);
    reader.root(&mut value).unwrap_or_else(|broken| panic!("{broken:?} in {text}"));
    let (drift, additions) = reader.into_reports();
    (value, drift, additions)
}

fn broken<T: Field + Default>(text: &str) -> Broken {
    Reader::new(text).root(&mut T::default()).expect_err("a broken text")
}

/// Equal JSON, but for nulls and empty lists.
fn assert_lossless<T: Field + Default>(text: &str) {
    let (value, ..) = read::<T>(text);
    let written = to_text(&value);
    let tree = |text: &str| pruned(serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")));
    assert_eq!(tree(text), tree(&written), "{written}");
}

fn pruned(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value::{Array, Object};
    match value {
        Array(list) => Array(list.into_iter().map(pruned).collect()),
        Object(map) => {
            let entries = map.into_iter().map(|(key, value)| (key, pruned(value)));
            Object(
                entries
                    .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()))
                    .collect(),
            )
        }
        other => other,
    }
}

#[test]
fn a_body_that_conforms_fills_every_field_and_leaves_nothing_over() {
    let (contact, drift, additions) = read::<Contact>(
        r#" { "type": "contact", "id" : "5", "avatar": {"type":"avatar","image_url":"u"}, "created_at": 1734537243,
            "custom_attributes": {"plan": "pro", "seats": 3}, "emails": ["a", "b"], "role": "lead", "score": 1.0,
            "signed_up": true, "visits": -7 } "#,
    );
    assert_eq!(contact.id, Id::from(5));
    assert_eq!(contact.created_at, Some(Timestamp::from(1_734_537_243_i64)));
    assert_eq!(contact.emails, ["a", "b"]);
    assert_eq!(contact.role, Some(Role::Lead));
    assert_eq!(contact.visits, Some(-7));
    assert!(matches!(contact.avatar, Some(Avatar::Picture(_))));
    assert!(contact.extra.is_empty() && drift.is_empty() && additions.is_empty());
}

#[test]
fn a_misfit_is_drift_with_its_path_and_its_raw_value() {
    let (list, drift, _) = read::<ContactList>(
        r#"{"data":[{"id":"1"},{"id":"2","visits": "many","owner":{"type":"contact","id":"3","signed_up":[1, {"a":2}]}}],"total_count":2}"#,
    );
    let found: Vec<_> = drift.iter().map(|drift| (drift.path.as_str(), drift.raw.as_str())).collect();
    assert_eq!(found, [("$.data[1].visits", "\"many\""), ("$.data[1].owner.signed_up", r#"[1, {"a":2}]"#)]);
    assert_eq!(drift[0].expected, "an integer of 64 bits");
    assert_eq!(list.data[1].visits, None);
    assert_eq!(list.data[1].extra.raw("visits"), Some("\"many\""));
    let Some(Owner::Contact(owner)) = &list.data[1].owner else { panic!("{list:?}") };
    assert_eq!(owner.extra.raw("signed_up"), Some(r#"[1, {"a":2}]"#));
}

#[test]
fn a_list_of_a_hundred_with_one_bad_field_yields_a_hundred() {
    let items: Vec<_> =
        (0..100).map(|i| if i == 57 { r#"{"id":{}}"#.to_owned() } else { format!(r#"{{"id":"{i}"}}"#) }).collect();
    let text = format!(r#"{{"data":[{}],"total_count":100}}"#, items.join(","));
    let (list, drift, _) = read::<ContactList>(&text);
    assert_eq!(list.data.len(), 100);
    assert_eq!(drift.len(), 1);
    assert_eq!(drift[0].path, "$.data[57].id");
    assert_eq!(list.data[58].id, "58");
    assert_lossless::<ContactList>(&text);
}

#[test]
fn an_element_that_does_not_fit_leaves_the_others_and_the_whole_text_with_the_object() {
    let text = r#"{"total_count":1,"data":[{"id":"1"}, 7 ,{"id":"2"}]}"#;
    let (list, drift, _) = read::<ContactList>(text);
    assert_eq!(list.data.iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(drift.len(), 1);
    assert_eq!(drift[0].path, "$.data[1]");
    assert_eq!(list.extra.raw("data"), Some(r#"[{"id":"1"}, 7 ,{"id":"2"}]"#));
    assert_lossless::<ContactList>(text);
}

#[test]
fn a_bad_element_of_a_list_inside_a_list_has_an_exact_path() {
    let text = r#"{"grid":[[1,2],[3,4,"x",5],[6]],"total_count":0}"#;
    let (list, drift, _) = read::<ContactList>(text);
    assert_eq!(list.grid, [vec![1, 2], vec![3, 4, 5], vec![6]]);
    assert_eq!(drift.len(), 1);
    assert_eq!(drift[0].path, "$.grid[1][2]");
    assert_lossless::<ContactList>(text);
}

#[test]
fn a_value_of_a_map_that_does_not_fit_leaves_the_others() {
    let mut map = Map::<i64>::new();
    let mut reader = Reader::new(r#"{"a":1,"odd key":"x","c":3,"a":4,"c":null}"#);
    reader.root(&mut map).expect("JSON");
    assert_eq!(map, Map::from([("a".to_owned(), 4)]));
    let paths: Vec<_> = reader.into_reports().0.into_iter().map(|drift| drift.path).collect();
    assert_eq!(paths, ["$['odd key']", "$.c"]);
}

#[test]
fn undeclared_keys_unknown_values_and_other_arms_are_additions_and_no_drift() {
    let text = r#"{"id":"1","new":{"deep":[1,2]},"role":"robot","avatar":12,"owner":{"type":"bot","x":1}}"#;
    let (contact, drift, additions) = read::<Contact>(text);
    assert_eq!(drift, []);
    let found: Vec<_> = additions.iter().map(|addition| (addition.path.as_str(), addition.raw.as_str())).collect();
    let expected = [
        ("$.new", r#"{"deep":[1,2]}"#),
        ("$.role", "\"robot\""),
        ("$.avatar", "12"),
        ("$.owner", r#"{"type":"bot","x":1}"#),
    ];
    assert_eq!(found, expected);
    assert_eq!(contact.role, Some(Role::Unknown("robot".to_owned())));
    assert_eq!(contact.extra.len(), 1);
    assert_lossless::<Contact>(text);
}

#[test]
fn a_missing_required_key_is_drift_and_is_not_invented() {
    let (mut contact, drift, _) = read::<Contact>(r#"{"visits":1}"#);
    assert_eq!(drift.len(), 1);
    assert_eq!((drift[0].path.as_str(), drift[0].raw.as_str()), ("$.id", ""));
    assert_eq!(to_text(&contact), r#"{"visits":1}"#);
    contact.id = Id::from("9");
    assert_eq!(to_text(&contact), r#"{"id":"9","visits":1}"#);
}

#[test]
fn null_is_nothing_where_a_value_may_be_absent_and_drift_where_it_is_required() {
    let text = r#"{"id":null,"emails":null,"avatar":null,"visits":null}"#;
    let (contact, drift, _) = read::<Contact>(text);
    assert_eq!(drift.iter().map(|drift| drift.path.as_str()).collect::<Vec<_>>(), ["$.id"]);
    assert_eq!((contact.avatar, contact.visits), (None, None));
    assert_lossless::<Contact>(text);
}

#[test]
fn of_a_key_that_comes_twice_the_last_value_wins() {
    let cases = [
        (r#"{"id":"1","visits":1,"visits":2}"#, Some(2), r#"{"id":"1","visits":2}"#),
        (r#"{"id":"1","visits":1,"visits":"x"}"#, None, r#"{"id":"1","visits":"x"}"#),
        (r#"{"id":"1","visits":"x","visits":0}"#, Some(0), r#"{"id":"1","visits":0}"#),
        (r#"{"id":"1","new":1,"visits":3,"new":2}"#, Some(3), r#"{"id":"1","visits":3,"new":2}"#),
    ];
    for (text, visits, written) in cases {
        let (contact, ..) = read::<Contact>(text);
        assert_eq!(contact.visits, visits, "{text}");
        assert_eq!(to_text(&contact), written, "{text}");
    }
}

#[test]
fn a_list_that_comes_twice_is_not_joined() {
    let (contact, ..) = read::<Contact>(r#"{"id":"1","emails":["a"],"emails":["b"]}"#);
    assert_eq!(contact.emails, ["b"]);
}

#[test]
fn escaped_keys_are_the_keys_that_they_spell() {
    let text = r#"{"i\u0064":"1","n\u00e9w":1,"a\"b":2,"own\u0065r":{"t\u0079pe":"picture","image_url":[]},"data":1}"#;
    let (contact, drift, additions) = read::<Contact>(text);
    assert_eq!(contact.id, "1");
    assert_eq!(
        additions.iter().map(|addition| addition.path.as_str()).collect::<Vec<_>>(),
        ["$['néw']", "$['a\"b']", "$.data"]
    );
    assert_eq!(drift.iter().map(|drift| drift.path.as_str()).collect::<Vec<_>>(), ["$.owner.image_url"]);
    assert_lossless::<Contact>(text);
}

#[test]
fn integers_beyond_53_and_64_bits_survive() {
    let text =
        r#"{"id":9007199254740993,"visits":9223372036854775807,"score":184467440737095516150,"new":9007199254740993}"#;
    let (contact, drift, _) = read::<Contact>(text);
    assert_eq!(drift, []);
    assert_eq!(contact.visits, Some(i64::MAX));
    assert_eq!(
        to_text(&contact),
        r#"{"id":9007199254740993,"score":184467440737095516150,"visits":9223372036854775807,"new":9007199254740993}"#
    );
    let (contact, drift, _) = read::<Contact>(r#"{"id":"1","visits":9223372036854775808}"#);
    assert_eq!(drift.len(), 1);
    assert_eq!(contact.extra.raw("visits"), Some("9223372036854775808"));
}

#[test]
fn one_and_one_point_zero_keep_their_spelling_and_are_equal() {
    let (one, ..) = read::<Contact>(r#"{"id":"1","score":1}"#);
    let (one_point_zero, ..) = read::<Contact>(r#"{"id":"1","score":1.0}"#);
    assert_eq!(one, one_point_zero);
    assert_eq!(to_text(&one_point_zero), r#"{"id":"1","score":1.0}"#);
    let (contact, drift, _) = read::<Contact>(r#"{"id":"1","visits":1.0}"#);
    assert_eq!((contact.visits, drift.len()), (None, 1));
    assert_eq!(to_text(&contact), r#"{"id":"1","visits":1.0}"#);
}

#[test]
fn white_space_does_not_matter() {
    let text = "\n\t{ \"id\"\r\n:\t\"1\" ,\n\"new\" : [ 1 , 2 ]\n, \"visits\" : \"x\" , \"grid\"\n: { } }\r\n";
    let (contact, drift, _) = read::<Contact>(text);
    assert_eq!(drift.len(), 1);
    assert_eq!(contact.extra.raw("new"), Some("[ 1 , 2 ]"));
    assert_lossless::<Contact>(text);
}

#[test]
fn a_text_that_is_no_json_is_broken_where_it_stops_being_it() {
    let cases = [
        ("<!DOCTYPE html><html></html>", "$", 0),
        ("", "$", 0),
        (r#"{"data":[{"id":"1"},{"id":"2","vis"#, "$.data[1].id", 34),
        (r#"{"data":[{"id":"1"},{"id":tru"#, "$.data[1].id", 26),
        (r#"{"data":[{"id":"1"} {"id":2}]}"#, "$.data[0]", 20),
        (r#"{"data":[],"new":[1,2"#, "$.new", 21),
        (r#"{"data":[],}"#, "$.data", 11),
        (r#"{"data":[]} x"#, "$", 12),
        (r#"{"data":[{"id":"a\qb"}]}"#, "$.data[0].id", 18),
        (r#"{"data":[{"visits":01}]}"#, "$.data[0].visits", 21),
    ];
    for (text, path, offset) in cases {
        let broken = broken::<ContactList>(text);
        assert_eq!((broken.path.as_str(), broken.offset), (path, offset), "{text}: {}", broken.what);
    }
}

#[test]
fn a_root_of_the_wrong_shape_is_an_error() {
    for text in ["[]", "null", "\"x\"", "12", "true"] {
        assert_eq!(broken::<Contact>(text).what, "expected an object", "{text}");
    }
    assert_eq!(broken::<Vec<Contact>>("{}").what, "expected a list");
}

#[test]
fn ten_thousand_lists_in_each_other_are_refused_and_do_not_end_the_stack() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let undeclared = format!(r#"{{"id":"1","new":{}}}"#, deep("[", "]"));
    assert_eq!(broken::<Contact>(&undeclared).path, "$.new");
    let misfit = format!(r#"{{"id":{}}}"#, deep("{\"a\":", "}"));
    assert_eq!(broken::<Contact>(&misfit).path, "$.id");
    let typed = format!(r#"{}{{"id":"1"}}{}"#, r#"{"type":"contact","owner":"#.repeat(10_000), "}".repeat(10_000));
    let broken = broken::<Contact>(&typed);
    assert_eq!(broken.what, "containers nest too deep");
    assert!(broken.path.starts_with("$.owner.owner"));
}

#[test]
fn a_page_of_nonsense_does_not_become_a_list_many_times_its_size() {
    let text = format!("[{}]", vec!["1"; 5_000].join(","));
    let (contacts, drift, _) = read::<Vec<Contact>>(&text);
    assert!(contacts.is_empty());
    assert_eq!(drift.len(), 1_000);
}

#[test]
fn any_replacement_of_any_value_is_kept_and_found_again() {
    let sample: serde_json::Value = serde_json::from_str(
        r#"{"data":[{"type":"contact","id":"1","avatar":{"type":"avatar","image_url":"u"},"created_at":17,"emails":["a","b"],
            "custom_attributes":{"plan":"pro","seats":[3]},"owner":{"type":"contact","id":"7","avatar":"http"},"role":"user",
            "score":1.5,"signed_up":false,"visits":0,"beyond":{"a":[1]}}],"grid":[[1],[2,3]],"total_count":5,
            "sources":[{"total_count":1,"data":[{"id":3}]},{"image_url":"x","more":1},{"third":null}]}"#,
    )
    .expect("JSON");
    let others = [
        "null",
        "true",
        "0",
        "-1",
        "1.0",
        "1e400",
        "9007199254740993",
        "92233720368547758070",
        "\"\"",
        "\"x\"",
        "\"user\"",
        "[]",
        "[null]",
        "[1,\"x\",{}]",
        "[[2],3]",
        "{}",
        "{\"type\":\"contact\"}",
        "{\"total_count\":\"x\",\"id\":[1]}",
        "\"2024-01-01T00:00:00Z\"",
    ];
    let mut pointers = Vec::new();
    point_at_all(&sample, String::new(), &mut pointers);
    assert!(pointers.len() > 40);
    for pointer in &pointers {
        for other in others {
            // A mark that no other value has, because `1e400` is beyond what a tree of `serde_json` can hold.
            let mut changed = sample.clone();
            *changed.pointer_mut(pointer).expect("a value") = "MARK".into();
            let text = changed.to_string().replacen("\"MARK\"", other, 1);
            let (value, ..) = read::<ContactList>(&text);
            let written = to_text(&value);
            assert!(same(&text, &written), "{pointer} = {other}\n{text}\n{written}");
        }
    }
}

fn point_at_all(value: &serde_json::Value, here: String, pointers: &mut Vec<String>) {
    if !here.is_empty() {
        pointers.push(here.clone());
    }
    let children: Vec<_> = match value {
        serde_json::Value::Array(list) => {
            list.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect()
        }
        serde_json::Value::Object(map) => map.iter().map(|(key, child)| (key.clone(), child)).collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        point_at_all(child, format!("{here}/{step}"), pointers);
    }
}

fn same(a: &str, b: &str) -> bool {
    let tree = |text: &str| pruned(serde_json::from_str(&text.replace("1e400", "\"1e400\"")).expect("JSON"));
    tree(a) == tree(b)
}
