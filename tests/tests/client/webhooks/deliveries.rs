//! Deliveries as Intercom makes them, from the signature to the types of a version.

use intercom_gen::unstable::{Notification, Topic};
use intercom_gen::webhooks::{self, Scheme};
use intercom_gen::{Json, unstable, v2_14};

use super::{SECRET, notification, signed};

/// A delivery of `topic` about `item`, read as the moving channel reads it.
#[track_caller]
fn delivered(topic: &str, item: &str) -> Notification {
    let body = notification(topic, item);
    let verified = webhooks::verify(SECRET, &signed(&body), &body).expect("a signature");
    assert_eq!(verified.scheme(), Scheme::Hub);
    verified.parse::<Notification>().expect("a notification")
}

#[test]
fn a_reply_is_a_conversation() {
    let event = delivered("conversation.user.replied", r#"{"type": "conversation", "id": "215", "state": "open"}"#);
    let Topic::ConversationUserReplied(conversation) = event.topic else { panic!("{event:?}") };
    assert_eq!(conversation.id, "215");
    assert_eq!(conversation.state, Some(unstable::types::conversation::State::Open));
}

#[test]
fn the_types_are_those_of_the_version() {
    let body = notification("conversation.user.replied", r#"{"type": "conversation", "id": "215", "state": "open"}"#);
    let verified = webhooks::verify(SECRET, &signed(&body), &body).expect("a signature");
    let old = verified.parse::<v2_14::Notification>().expect("a notification");
    let v2_14::Topic::ConversationUserReplied(conversation) = old.topic else { panic!("{old:?}") };
    let _: &v2_14::types::Conversation = &conversation;
    assert_eq!(conversation.id, "215");
}

#[test]
fn dates_of_contacts_come_as_text() {
    let event = delivered(
        "contact.lead.created",
        r#"{"type": "contact", "id": "c1", "created_at": "2026-01-10T04:41:59.251+00:00", "signed_up_at": null}"#,
    );
    let Topic::ContactLeadCreated(contact) = event.topic else { panic!("{event:?}") };
    assert_eq!(contact.created_at.map(|at| at.milliseconds()), Some(1_768_020_119_251));
    assert_eq!(event.drift, []);
}

#[test]
fn a_tagging_has_a_contact_and_a_tag() {
    let item = r#"{"type": "contact_tag", "tag": {"type": "tag", "id": "7", "name": "VIP"},
        "contact": {"type": "contact", "id": "c1"}}"#;
    let event = delivered("contact.user.tag.created", item);
    let Topic::ContactUserTagCreated { contact, tag, .. } = event.topic else { panic!("{event:?}") };
    assert_eq!(contact.map(|contact| contact.id), Some("c1".into()));
    assert_eq!(tag.map(|tag| (tag.id, tag.name)), Some(("7".into(), Some("VIP".to_owned()))));
}

#[test]
fn a_subscription_has_a_contact_and_what_it_is_about() {
    let item = r#"{"type": "granular_subscribe", "contact": {"type": "contact", "id": "c1"}, "created_at": 1768023485,
        "subscription_types": {"type": "list", "data": [{"type": "subscription", "id": "19", "consent_type": "opt_in"}]}}"#;
    let event = delivered("granular.subscribe", item);
    let Topic::GranularSubscribe { contact, subscription_types, .. } = event.topic else { panic!("{event:?}") };
    assert!(contact.is_some());
    let types = subscription_types.expect("subscription types");
    assert_eq!(types.data.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), ["19"]);
    assert_eq!(event.item.get("created_at"), Some(1_768_023_485.into()));
}

#[test]
fn a_closed_ticket_may_lie_in_the_item() {
    for item in [r#"{"ticket": {"type": "ticket", "id": "5"}}"#, r#"{"type": "ticket", "id": "5"}"#] {
        let event = delivered("ticket.closed", item);
        let Topic::TicketClosed(ticket) = event.topic else { panic!("{event:?}") };
        assert_eq!(ticket.id, "5");
    }
    let event = delivered("ticket.resolved", r#"{"type": "ticket", "id": "5"}"#);
    assert!(matches!(event.topic, Topic::TicketResolved(ticket) if ticket.id == "5"));
}

#[test]
fn what_was_deleted_is_identified_and_nothing_is_missing() {
    let event = delivered("contact.deleted", r#"{"id": "c1", "external_id": "1", "type": "contact", "deleted": true}"#);
    let Topic::ContactDeleted(contact) = event.topic else { panic!("{event:?}") };
    assert_eq!((contact.id, contact.external_id), ("c1".into(), Some("1".into())));
    assert_eq!(event.drift, []);
    let event = delivered("conversation.deleted", r#"{"type": "conversation", "conversation_id": "215"}"#);
    let Topic::ConversationDeleted(conversation) = event.topic else { panic!("{event:?}") };
    assert_eq!(conversation.extra.get("conversation_id"), Some("215".into()));
    assert_eq!(event.drift, []);
}

#[test]
fn content_statistics_are_json_with_dates_as_text() {
    let item = r#"{"type": "content_stat.email", "content_stat": {"open": "2026-01-10T04:41:59Z"}}"#;
    let event = delivered("content_stat.email", item);
    let Topic::ContentStatEmail(stat) = event.topic else { panic!("{event:?}") };
    let opened = stat.get("content_stat").and_then(|stat| stat.get("open"));
    let opened: intercom_gen::Timestamp = opened.and_then(|at| at.as_str()?.parse().ok()).expect("a moment");
    assert_eq!(opened.seconds(), 1_768_020_119);
}

#[test]
fn a_ping_has_no_id() {
    let body = notification("ping", r#"{"type": "ping", "message": "hello"}"#).replace("\"notif_ping\"", "null");
    let event = Notification::from_json(&body).expect("a notification");
    assert_eq!(event.id, None);
    assert_eq!(event.topic, Topic::Ping(Json::parse(r#"{"type": "ping", "message": "hello"}"#).expect("JSON")));
}

#[test]
fn a_topic_of_tomorrow_is_kept() {
    let event = delivered("robot.awoke", r#"{"type": "robot", "id": "r1"}"#);
    let Topic::Unknown { name, item } = event.topic else { panic!("{event:?}") };
    assert_eq!((name.as_str(), item.get("id")), ("robot.awoke", Some("r1".into())));
}

#[test]
fn a_snippet_is_typed_where_it_is_described() {
    let body = notification("content_snippet.created", r#"{"type": "content_snippet", "id": "9"}"#);
    let new = Notification::from_json(&body).expect("a notification");
    assert!(matches!(new.topic, Topic::ContentSnippetCreated(snippet) if snippet.id == "9"));
    let old = v2_14::Notification::from_json(&body).expect("a notification");
    assert!(matches!(old.topic, v2_14::Topic::ContentSnippetCreated(json) if json.get("id").is_some()));
}
