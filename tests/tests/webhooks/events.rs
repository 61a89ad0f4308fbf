//! The events of Fin, from a callback and from server-sent events.

use hmac::{Hmac, KeyInit as _, Mac as _};
use intercom_gen::unstable::FinEvent;
use intercom_gen::webhooks::{self, Event as _, Scheme};
use intercom_gen::{unstable, v2_14};
use sha2::Sha256;

use crate::SECRET;

const STATUS: &str = r#"{"event_name": "fin_status_updated", "conversation_id": "215", "user_id": "u1",
    "status": "escalated", "reason": "asked for a person", "created_at_ms": "2026-01-10T04:41:59.251Z"}"#;

/// The event in `body`, after its signature was checked.
#[track_caller]
fn called_back(body: &str, prefix: &str) -> FinEvent {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    let bytes = mac.chain_update(body).finalize().into_bytes();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let headers = [("X-Fin-Agent-API-Webhook-Signature", format!("{prefix}{digits}"))];
    let verified = webhooks::verify(SECRET, &headers, body).expect("a signature");
    assert_eq!(verified.scheme(), Scheme::FinAgent);
    verified.parse().expect("an event")
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
    let v2_14::FinEvent::StatusUpdated(event) = v2_14::FinEvent::from_json(&text).expect("an event") else { panic!() };
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
    let FinEvent::ReplyChunk(chunk) = FinEvent::from_json(data).expect("an event") else { panic!() };
    assert_eq!((chunk.chunk_index, chunk.chunk_text.as_str()), (1, "Hello, I"));
}

#[test]
fn an_event_of_tomorrow_is_kept() {
    let FinEvent::Unknown { name, item } =
        FinEvent::from_json(r#"{"event_name": "fin_dreamt", "of": "sheep"}"#).expect("an event")
    else {
        panic!()
    };
    assert_eq!((name.as_str(), item.get("of")), ("fin_dreamt", Some("sheep".into())));
    assert!(matches!(FinEvent::from_json("{}").expect("an event"), FinEvent::Unknown { name, .. } if name.is_empty()));
    assert!(FinEvent::from_json("[]").is_err());
}
