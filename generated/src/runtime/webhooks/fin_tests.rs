use super::item::{Event, Item};
use super::*;
use crate::runtime::imitation::Contact;
use crate::{Drift, Json};

/// What the generator emits for a version's events.
#[derive(Clone, Debug, PartialEq)]
enum FinEvent {
    Met(Box<Contact>),
    Unknown { name: String, item: Json },
}

impl Event for FinEvent {
    const NAMES: &'static [&'static str] = &["met"];

    fn read(name: &str, item: &mut Item<'_>) -> Option<Self> {
        (name == "met").then(|| item.read().map(Self::Met))?
    }

    fn unknown(name: String, item: Json) -> Self {
        Self::Unknown { name, item }
    }
}

#[track_caller]
fn read(json: &str) -> FinNotification<FinEvent> {
    FinNotification::from_json(json).expect("an event")
}

fn paths(drift: &[Drift]) -> Vec<&str> {
    drift.iter().map(|drift| drift.path.as_str()).collect()
}

#[test]
fn the_name_decides_what_the_event_is() {
    let told = read(r#"{"event_name": "met", "id": "c1"}"#);
    assert!(matches!(&told.event, FinEvent::Met(contact) if contact.id == "c1"), "{told:?}");
    assert_eq!((told.name.as_str(), told.item.get("id"), &told.drift[..]), ("met", Some("c1".into()), &[][..]));
}

#[test]
fn values_that_do_not_fit_are_kept_and_reported_with_their_place() {
    let told = read(r#"{"event_name": "met", "id": "c1", "visits": "many"}"#);
    let FinEvent::Met(contact) = &told.event else { panic!("{told:?}") };
    assert_eq!(contact.extra.raw("visits"), Some("\"many\""));
    assert_eq!(paths(&told.drift), ["$.visits"]);
    assert_eq!(paths(&read(r#"{"event_name": "met"}"#).drift), ["$.id"]);
}

#[test]
fn an_event_that_is_not_listed_is_kept() {
    for (json, name) in [(r#"{"event_name": "dreamt"}"#, "dreamt"), (r#"{"event_name": 7}"#, ""), ("{}", "")] {
        let told = read(json);
        assert!(matches!(&told.event, FinEvent::Unknown { name: kept, .. } if kept == name), "{told:?}");
        assert_eq!((told.name.as_str(), &told.drift[..]), (name, &[][..]));
    }
}

#[test]
fn what_is_no_object_is_an_error() {
    for json in ["", "[]", "null", "\"met\""] {
        assert!(FinNotification::<FinEvent>::from_json(json).is_err_and(|error| error.is_decode()), "{json}");
    }
}
