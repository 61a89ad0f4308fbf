//! The events of Fin, from a callback and from server-sent events.

use intercom_gen::unstable::{FinEvent, FinNotification};
use intercom_gen::webhooks::{self, Event as _, Scheme};
use intercom_gen::{unstable, v2_14};
use tests::signature;

use super::SECRET;

const STATUS: &str = r#"{"event_name": "fin_status_updated", "conversation_id": "215", "user_id": "u1",
    "status": "escalated", "reason": "asked for a person", "created_at_ms": "2026-01-10T04:41:59.251Z"}"#;

/// The event in `body`, after its signature was checked.
#[track_caller]
fn called_back(body: &str, prefix: &str) -> FinEvent {
    let digits = signature::fin(SECRET, body.as_bytes());
    let headers = [("X-Fin-Agent-API-Webhook-Signature", format!("{prefix}{digits}"))];
    let verified = webhooks::verify(SECRET, &headers, body).expect("a signature");
    assert_eq!(verified.scheme(), Scheme::FinAgent);
    let told = verified.parse::<FinNotification>().expect("an event");
    assert_eq!(told.drift, []);
    told.event
}

#[test]
fn both_versions_know_the_same_events() {
    let known = ["csat_requested", "fin_replied", "fin_reply_chunk", "fin_status_updated"];
    assert_eq!(FinEvent::NAMES, known);
    assert_eq!(v2_14::FinEvent::NAMES, known);
}

#[test]
fn a_status_says_why_it_was_escalated() {
    for prefix in ["", "sha256="] {
        let FinEvent::StatusUpdated(event) = called_back(STATUS, prefix) else { panic!() };
        assert_eq!(event.status, unstable::types::fin_agent_status_updated_event::Status::Escalated);
        assert_eq!(event.reason.as_deref(), Some("asked for a person"));
        assert_eq!(event.created_at_ms.milliseconds(), 1_768_020_119_251);
    }
}

#[test]
fn a_status_of_the_moving_channel_is_kept_by_the_other() {
    let text = STATUS.replace("escalated", "awaiting_user_reply");
    let told = v2_14::FinNotification::from_json(&text).expect("an event");
    let v2_14::FinEvent::StatusUpdated(event) = told.event else { panic!("{told:?}") };
    assert_eq!(event.status.as_str(), "awaiting_user_reply");
}

#[test]
fn a_reply_has_a_message() {
    let body = r#"{"event_name": "fin_replied", "conversation_id": "215", "user_id": "u1", "status": "awaiting_user_reply",
        "message": {"author": "fin", "body": "Hello", "timestamp_ms": "2026-01-10T04:41:59.251Z"},
        "created_at_ms": "2026-01-10T04:41:59.300Z"}"#;
    let FinEvent::Replied(event) = called_back(body, "") else { panic!() };
    assert_eq!(event.message.body, "Hello");
}

#[test]
fn a_rating_is_asked_for_with_its_choices() {
    let body = r#"{"event_name": "csat_requested", "conversation_id": "215", "user_id": "u1",
        "csat": {"options": [{"key": "amazing", "emoji": "🤩", "label": "Amazing"}]},
        "created_at_ms": "2026-01-10T04:41:59.300Z"}"#;
    let FinEvent::CsatRequested(event) = called_back(body, "") else { panic!() };
    assert_eq!(event.csat.options.iter().map(|option| option.key.as_str()).collect::<Vec<_>>(), ["amazing"]);
}

#[test]
fn a_chunk_of_a_reply_is_read_from_a_server_sent_event() {
    let data = r#"{"event_name": "fin_reply_chunk", "conversation_id": "215", "stream_id": "s1", "chunk_index": 1,
        "chunk_text": "Hello, I", "created_at_ms": "2026-01-10T04:41:59.300Z"}"#;
    let told = FinNotification::from_json(data).expect("an event");
    let FinEvent::ReplyChunk(chunk) = told.event else { panic!("{told:?}") };
    assert_eq!((chunk.chunk_index, chunk.chunk_text.as_str()), (1, "Hello, I"));
}

#[test]
fn an_event_of_tomorrow_is_kept() {
    let told = FinNotification::from_json(r#"{"event_name": "fin_dreamt", "of": "sheep"}"#).expect("an event");
    let FinEvent::Unknown { name, item } = told.event else { panic!("{told:?}") };
    assert_eq!((name.as_str(), item.get("of")), ("fin_dreamt", Some("sheep".into())));
}

#[test]
fn what_does_not_fit_is_told_in_both_versions() {
    let text = STATUS.replace("\"asked for a person\"", "{}");
    let new = FinNotification::from_json(&text).expect("an event").drift;
    let old = v2_14::FinNotification::from_json(&text).expect("an event").drift;
    assert_eq!(new.iter().map(|drift| drift.path.as_str()).collect::<Vec<_>>(), ["$.reason"]);
    assert_eq!(old, new);
}
