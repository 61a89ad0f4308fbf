use crate::runtime::imitation::{Contact, ContactList, CreateContactRequest, Picture};
use crate::{Id, Json, Nullable};

#[test]
fn absent_null_and_value_are_three_different_requests() {
    let request = CreateContactRequest::new("a@example.com");
    assert_eq!(request.to_json(), r#"{"type":"user","email":"a@example.com","required_tags":[]}"#);
    let request = request.phone(Nullable::Null);
    assert_eq!(request.to_json(), r#"{"type":"user","email":"a@example.com","phone":null,"required_tags":[]}"#);
    let request = request.phone("+1").owner_id(5);
    assert_eq!(
        request.to_json(),
        r#"{"type":"user","email":"a@example.com","phone":"+1","owner_id":5,"required_tags":[]}"#
    );
    assert_eq!(request.owner_id(Nullable::Null).to_json().matches("\"owner_id\":null").count(), 1);
}

#[test]
fn a_request_that_is_read_from_json_keeps_its_nulls() {
    let text = r#"{"type":"user","email":"e","phone":null,"tags":["1",2],"required_tags":["x"]}"#;
    assert_eq!(CreateContactRequest::from_json(text).expect("JSON").to_json(), text);
}

#[test]
fn ids_are_sent_as_they_were_given() {
    let request = CreateContactRequest::new("e").tags([Id::from("1"), Id::from(2)]);
    assert!(request.to_json().contains(r#""tags":["1",2]"#));
    assert!(CreateContactRequest::new("e").tags(["a", "b"]).to_json().contains(r#""tags":["a","b"]"#));
}

#[test]
fn a_constant_is_sent_by_itself_and_another_value_that_was_read_wins() {
    let request = CreateContactRequest::from_json(r#"{"email":"e","type":"lead","required_tags":[]}"#).expect("JSON");
    assert_eq!(request.to_json(), r#"{"email":"e","required_tags":[],"type":"lead"}"#);
}

#[test]
fn required_values_are_written_even_where_they_are_empty() {
    assert_eq!(CreateContactRequest::new("").to_json(), r#"{"type":"user","email":"","required_tags":[]}"#);
    let list = ContactList::from_json(r#"{"total_count":0}"#).expect("JSON");
    assert_eq!(list.to_json(), r#"{"total_count":0}"#);
}

#[test]
fn an_assigned_field_wins_over_its_raw_value_and_no_key_is_written_twice() {
    let mut contact = Contact::from_json(r#"{"id":"1","visits":"many","new":1}"#).expect("JSON");
    assert_eq!(contact.to_json(), r#"{"id":"1","visits":"many","new":1}"#);
    contact.visits = Some(3);
    assert_eq!(contact.to_json(), r#"{"id":"1","visits":3,"new":1}"#);
}

#[test]
fn an_assigned_list_wins_over_the_text_of_the_list_that_did_not_fit() {
    let mut contact = Contact::from_json(r#"{"id":"1","emails":["a",1]}"#).expect("JSON");
    assert_eq!(contact.to_json(), r#"{"id":"1","emails":["a",1]}"#);
    contact.emails.push("b".to_owned());
    assert_eq!(contact.to_json(), r#"{"id":"1","emails":["a","b"]}"#);
}

#[test]
fn an_extra_key_is_sent_and_gives_way_to_a_field_of_its_name() {
    let request = CreateContactRequest::new("e").with_extra("new", Json::from(vec![1, 2])).with_extra("phone", "raw");
    assert_eq!(request.to_json(), r#"{"type":"user","email":"e","phone":"raw","required_tags":[],"new":[1,2]}"#);
    let request = request.phone("set");
    assert_eq!(request.to_json(), r#"{"type":"user","email":"e","phone":"set","required_tags":[],"new":[1,2]}"#);
}

#[test]
fn strings_are_escaped_as_json_asks() {
    let text = "\u{0}\u{1f}\"\\/\n\r\t\u{7f}é😀\u{2028}";
    let picture = Picture { image_url: Some(text.to_owned()), ..Picture::default() };
    let written = picture.to_json();
    let tree: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(tree["image_url"], text);
    assert_eq!(Picture::from_json(&written).expect("JSON"), picture);
}

#[test]
fn extra_compares_by_value_and_can_be_edited() {
    let mut a = Picture::from_json(r#"{"x":{"k":1,"l":[2]},"y":1}"#).expect("JSON");
    let b = Picture::from_json(r#"{"y":1,"x": {"l":[2], "k":1}}"#).expect("JSON");
    assert_eq!(a, b);
    assert_eq!(a.extra.remove("y"), Some(Json::from(1)));
    assert_ne!(a, b);
    a.extra.insert("x", 2);
    assert_eq!(a.to_json(), r#"{"x":2}"#);
    assert_eq!(a.extra.keys().collect::<Vec<_>>(), ["x"]);
    assert_eq!(format!("{:?}", a.extra), r#"{"x": 2}"#);
}

#[test]
fn every_type_goes_through_serde() {
    let text = r#"{"id":"1","role":"robot","score":1.0,"visits":"x","new":[9007199254740993]}"#;
    let contact: Contact = serde_json::from_str(text).expect("JSON");
    assert_eq!(contact, Contact::from_json(text).expect("JSON"));
    let tree = serde_json::to_value(&contact).expect("JSON");
    assert_eq!(tree, serde_json::from_str::<serde_json::Value>(text).expect("JSON"));
    let wrapped: Vec<Nullable<Id>> = serde_json::from_str("[null,5]").expect("JSON");
    assert_eq!(serde_json::to_string(&wrapped).expect("JSON"), "[null,5]");
    assert!(serde_json::from_str::<Contact>("[]").is_err());
}
