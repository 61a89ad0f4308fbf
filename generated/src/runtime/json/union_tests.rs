#![allow(dead_code, reason = "the macros make all that emitted types have, and the tests use a part")]

use super::super::to_text;
use super::*;
use crate::runtime::imitation::{Avatar, Contact, ContactList, Owner, Source};

fn contact(text: &str) -> Contact {
    let contact = Contact::from_json(text).expect("JSON");
    assert_eq!(contact.to_json(), text);
    contact
}

#[test]
fn arms_are_told_apart_by_json_type() {
    assert_eq!(contact(r#"{"id":"1","avatar":"http://a"}"#).avatar, Some(Avatar::Url("http://a".to_owned())));
    assert!(matches!(contact(r#"{"id":"1","avatar":{"image_url":"u"}}"#).avatar, Some(Avatar::Picture(_))));
    assert_eq!(contact(r#"{"id":"1","avatar":[1,2]}"#).avatar, Some(Avatar::Sizes(vec![1, 2])));
    assert!(matches!(contact(r#"{"id":"1","avatar":[[1]]}"#).avatar, Some(Avatar::Other(_))));
    assert!(matches!(contact(r#"{"id":"1","avatar":1.5}"#).avatar, Some(Avatar::Other(_))));
}

#[test]
fn arms_are_told_apart_by_a_tag_wherever_it_stands() {
    let text = r#"{"id":"1","owner":{"image_url":"}{\"type\":\"contact\"","x":[{"type":"contact"}],"type":"picture"}}"#;
    let owner = Contact::from_json(text).expect("JSON").owner;
    assert!(matches!(owner, Some(Owner::Picture(_))), "{owner:?}");
    assert!(matches!(contact(r#"{"id":"1","owner":{"type":7}}"#).owner, Some(Owner::Other(_))));
    assert!(matches!(contact(r#"{"id":"1","owner":{}}"#).owner, Some(Owner::Other(_))));
}

#[test]
fn arms_are_told_apart_by_the_keys_that_are_there() {
    let text = r#"{"sources":[{"total_count":1},{"image_url":"u"},{"else":1}],"total_count":3}"#;
    let list = ContactList::from_json(text).expect("JSON");
    assert!(matches!(&list.sources[..], [Source::List(_), Source::Picture(_), Source::Other(_)]), "{list:?}");
    assert_eq!(to_text(&list), text);
}

#[test]
fn an_arm_that_refuses_the_value_gives_way_to_other() {
    let mut avatar = Avatar::default();
    let mut reader = Reader::with_additions(" \"x\"");
    assert_eq!(reader.union(&mut avatar, Avatar::Other), Read::Done);
    assert_eq!(avatar, Avatar::Url("x".to_owned()));

    let mut refused = Refused::default();
    let mut reader = Reader::with_additions(" [1] ");
    reader.root(&mut refused).expect("JSON");
    assert_eq!(refused, Refused::Other(Json::parse("[1]").expect("JSON")));
    let (drift, additions) = reader.into_reports();
    assert!(drift.is_empty());
    assert_eq!(additions[0].raw, "[1]");
}

#[test]
fn an_arm_with_a_list_keeps_what_fits_and_the_whole_text() {
    let text = r#"{"id":"1","avatar":[1,"x",2]}"#;
    let contact = contact(text);
    assert_eq!(contact.avatar, Some(Avatar::Sizes(vec![1, 2])));
    assert_eq!(contact.extra.raw("avatar"), Some("[1,\"x\",2]"));
}

#[test]
fn looking_ahead_consumes_nothing_and_survives_broken_text() {
    let mut reader = Reader::new(r#" {"a": [ {"b": "c"} ], "d": tru"#);
    assert_eq!(reader.kind(), Kind::Object);
    assert!(reader.has("a"));
    assert!(!reader.has("b"));
    assert_eq!(reader.tag("a"), None);
    let mut reader = Reader::new(r#" [ {"b": "c"}, 1.5e3"#);
    assert_eq!(reader.first_kind(), Some(Kind::Object));
    assert!(reader.first_has("b") && !reader.first_has("c"));
    assert_eq!(Reader::new("1.5e3").kind(), Kind::Number);
    assert_eq!(Reader::new("-15").kind(), Kind::Integer);
    assert_eq!(Reader::new("").kind(), Kind::Null);
}

/// A union whose choice is always wrong.
#[derive(Clone, Debug, PartialEq)]
enum Refused {
    Text(String),
    Other(Json),
}

impl Union for Refused {
    fn read(r: &mut Reader<'_>) -> Option<Self> {
        r.arm(Self::Text)
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self {
            Self::Text(it) => w.value(it),
            Self::Other(it) => w.value(it),
        }
    }
}

crate::runtime::macros::union!(Refused);
