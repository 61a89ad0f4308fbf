use super::item::{Event, Item};
use super::*;
use crate::runtime::imitation::{Contact, Picture};
use crate::{Json, Timestamp};

/// What the generator emits for a version's topics.
#[derive(Clone, Debug, PartialEq)]
enum Topic {
    Created(Box<Contact>),
    Deleted(Box<Contact>),
    Closed(Box<Contact>),
    Pictured { contact: Option<Box<Contact>>, picture: Option<Box<Picture>>, rest: Json },
    Ping(Json),
    Unknown { name: String, item: Json },
}

impl Event for Topic {
    const NAMES: &'static [&'static str] = &["created", "deleted", "closed", "pictured", "ping"];

    fn read(name: &str, item: &mut Item<'_>) -> Option<Self> {
        Some(match name {
            "created" => Self::Created(item.read()?),
            "deleted" => Self::Deleted(item.identified_by("contact_id").identifying().read()?),
            "closed" => Self::Closed(item.read_at("contact")?),
            "pictured" => Self::Pictured {
                contact: item.part("contact"),
                picture: item.part("picture"),
                rest: item.json_at("rest"),
            },
            "ping" => Self::Ping(item.json()),
            _ => return None,
        })
    }

    fn unknown(name: String, item: Json) -> Self {
        Self::Unknown { name, item }
    }
}

#[track_caller]
fn read(topic: &str, item: &str) -> Notification<Topic> {
    let text = format!(
        r#"{{"type": "notification_event", "app_id": "ab1", "data": {{"type": "notification_event_data", "item": {item}}},
            "links": {{}}, "id": "notif_1", "topic": "{topic}", "delivery_attempts": 1, "first_sent_at": 1768020547,
            "created_at": 1768020547, "self": null}}"#
    );
    Notification::from_json(&text).expect("a notification")
}

#[track_caller]
fn paths(notification: &Notification<Topic>) -> Vec<&str> {
    notification.drift.iter().map(|drift| drift.path.as_str()).collect()
}

#[test]
fn the_topic_decides_what_the_item_is() {
    let notification =
        read("created", r#"{"id": "c1", "role": "user", "created_at": "2026-01-10T04:41:59.251+00:00"}"#);
    let Topic::Created(contact) = &notification.topic else { panic!("{notification:?}") };
    assert_eq!(contact.id, "c1");
    assert_eq!(contact.created_at.as_ref().map(Timestamp::seconds), Some(1_768_020_119));
    assert_eq!(paths(&notification), [""; 0]);
}

#[test]
fn the_envelope_tells_when_and_where() {
    let notification = read("ping", "{}");
    assert_eq!(notification.id, Some("notif_1".into()));
    assert_eq!(notification.app_id, Some("ab1".into()));
    assert_eq!(notification.name, "ping");
    assert_eq!(notification.delivery_attempts, Some(1));
    assert_eq!(notification.created_at, Some(1_768_020_547.into()));
    assert_eq!(notification.first_sent_at, notification.created_at);
    assert!(notification.extra.contains_key("links") && !notification.extra.contains_key("id"));
}

#[test]
fn the_order_of_keys_does_not_matter() {
    let notification: Notification<Topic> =
        Notification::from_json(r#"{"data": {"item": {"id": "c1"}}, "topic": "created"}"#).expect("a notification");
    assert!(matches!(notification.topic, Topic::Created(_)));
}

#[test]
fn a_ping_has_no_id() {
    let notification: Notification<Topic> =
        Notification::from_json(r#"{"id": null, "topic": "ping", "data": {"item": {"message": "hi"}}}"#).expect("JSON");
    assert_eq!(notification.id, None);
    assert_eq!(notification.topic, Topic::Ping(Json::parse(r#"{"message": "hi"}"#).expect("JSON")));
}

#[test]
fn a_topic_that_is_not_listed_is_kept() {
    let notification = read("moon.rose", r#"{"phase": "full"}"#);
    let item = Json::parse(r#"{"phase": "full"}"#).expect("JSON");
    assert_eq!(notification.topic, Topic::Unknown { name: "moon.rose".to_owned(), item: item.clone() });
    assert_eq!(notification.item, item);
    assert_eq!(paths(&notification), [""; 0]);
}

#[test]
fn values_that_do_not_fit_are_kept_and_reported_with_their_place() {
    let notification = read("created", r#"{"id": "c1", "visits": "many"}"#);
    let Topic::Created(contact) = &notification.topic else { panic!("{notification:?}") };
    assert_eq!(contact.extra.raw("visits"), Some("\"many\""));
    assert_eq!(paths(&notification), ["$.data.item.visits"]);
}

#[test]
fn an_item_of_another_form_is_kept_and_reported() {
    for item in ["[1]", "\"c1\"", "null"] {
        let notification = read("created", item);
        assert!(matches!(&notification.topic, Topic::Unknown { name, .. } if name == "created"), "{notification:?}");
        assert_eq!(notification.item.to_string(), item);
        assert_eq!(paths(&notification), ["$.data.item"]);
    }
}

#[test]
fn only_the_id_is_missing_where_only_what_identifies_comes() {
    assert_eq!(paths(&read("created", "{}")), ["$.data.item.id"]);
    assert_eq!(paths(&read("deleted", "{}")), ["$.data.item.id"]);
    assert_eq!(paths(&read("deleted", r#"{"id": "c1", "visits": []}"#)), ["$.data.item.visits"]);
}

#[test]
fn an_id_may_come_under_another_key() {
    let notification = read("deleted", r#"{"contact_id": "c1"}"#);
    assert!(matches!(&notification.topic, Topic::Deleted(contact) if contact.id == "c1" && contact.extra.is_empty()));
    assert_eq!(paths(&notification), [""; 0]);
    assert_eq!(notification.item.to_string(), r#"{"contact_id": "c1"}"#);
    let both = read("deleted", r#"{"id": "c1", "contact_id": "c2"}"#);
    assert!(matches!(&both.topic, Topic::Deleted(contact) if contact.id == "c1"));
}

#[test]
fn an_item_may_lie_deeper_or_not() {
    for item in [r#"{"contact": {"id": "c1", "visits": ""}}"#, r#"{"id": "c1"}"#, r#"{"contact": null, "id": "c1"}"#] {
        let notification = read("closed", item);
        assert!(matches!(&notification.topic, Topic::Closed(contact) if contact.id == "c1"), "{item}");
    }
    assert_eq!(paths(&read("closed", r#"{"contact": {"id": "c1", "visits": ""}}"#)), ["$.data.item.contact.visits"]);
}

#[test]
fn parts_are_there_or_not() {
    let notification = read("pictured", r#"{"contact": {"id": "c1"}, "picture": null, "rest": [1]}"#);
    let Topic::Pictured { contact, picture, rest } = &notification.topic else { panic!("{notification:?}") };
    assert_eq!(contact.as_ref().map(|contact| contact.id.as_str()), Some("c1"));
    assert_eq!((picture, rest.to_string().as_str()), (&None, "[1]"));
}

#[test]
fn a_part_of_another_form_is_left_out_and_reported() {
    let notification = read("pictured", r#"{"contact": "c1"}"#);
    assert!(matches!(&notification.topic, Topic::Pictured { contact: None, .. }), "{notification:?}");
    assert_eq!(paths(&notification), ["$.data.item.contact"]);
}

#[test]
fn an_envelope_that_does_not_fit_is_kept() {
    let text = r#"{"topic": "ping", "delivery_attempts": "once", "created_at": {}, "id": 7, "data": {"item": 1}}"#;
    let notification: Notification<Topic> = Notification::from_json(text).expect("a notification");
    assert_eq!(notification.id, Some(7.into()));
    assert_eq!((notification.delivery_attempts, notification.created_at), (None, None));
    assert_eq!(notification.extra.get("delivery_attempts"), Some(&"once".into()));
    assert_eq!(notification.extra.get("created_at").map(ToString::to_string).as_deref(), Some("{}"));
}

#[test]
fn what_is_no_object_is_an_error_with_its_place() {
    for (text, path) in [("", "$"), ("[]", "$"), ("{\"topic\": ", "$"), ("nonsense", "$")] {
        let error = Notification::<Topic>::from_json(text).expect_err("an error");
        assert!(error.is_decode(), "{error}");
        assert_eq!(error.path(), Some(path), "{text:?}: {error}");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error() {
    let error = <Notification<Topic> as Payload>::from_body(b"{\"topic\": \"\xff\"}").expect_err("an error");
    assert!(error.is_decode() && error.to_string().contains("UTF-8"), "{error}");
}
