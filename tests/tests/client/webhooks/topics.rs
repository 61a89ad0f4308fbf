//! The list of topics, written down once more from what is known of the API.

use std::collections::BTreeSet;

use intercom_gen::webhooks::Event as _;
use intercom_gen::{unstable, v2_14};

use super::notification;

/// Topics by what stands before the last dot.
const TOPICS: &[(&str, &[&str])] = &[
    ("admin", &["added_to_workspace", "away_mode_updated", "removed_from_workspace", "logged_in", "logged_out"]),
    ("admin.activity_log_event", &["created"]),
    ("api.request", &["completed"]),
    ("article", &["created", "updated", "published", "unpublished", "deleted"]),
    ("call", &["started", "ended", "transcription_available", "recording_available"]),
    ("company", &["created", "deleted", "updated"]),
    ("company.contact", &["attached", "detached"]),
    ("contact", &["archived", "deleted", "merged", "subscribed", "unarchived", "unsubscribed"]),
    ("contact", &["unsubscribed_from_sms"]),
    ("contact.email", &["updated"]),
    ("contact.lead", &["added_email", "created", "signed_up", "updated"]),
    ("contact.lead.tag", &["created", "deleted"]),
    ("contact.user", &["created", "updated"]),
    ("contact.user.tag", &["created", "deleted"]),
    ("content_snippet", &["created", "updated", "deleted"]),
    ("content_stat", &["banner", "carousel", "chat", "checklist", "custom_bot", "email", "news_item", "post", "push"]),
    ("content_stat", &["series", "sms", "survey", "tooltip_group", "tour"]),
    ("content_stat.series", &["webhook"]),
    ("conversation", &["deleted", "read"]),
    ("conversation.admin", &["assigned", "closed", "noted", "opened", "replied", "snoozed", "unsnoozed"]),
    ("conversation.admin.open", &["assigned"]),
    ("conversation.admin.replied", &["translated"]),
    ("conversation.admin.single", &["created"]),
    ("conversation.company", &["updated"]),
    ("conversation.contact", &["attached", "detached"]),
    ("conversation.operator", &["replied"]),
    ("conversation.priority", &["updated"]),
    ("conversation.rating", &["added"]),
    ("conversation.user", &["created", "replied"]),
    ("conversation_part", &["redacted"]),
    ("conversation_part.tag", &["created"]),
    ("data_connector.execution", &["completed"]),
    ("event", &["created"]),
    ("granular", &["subscribe", "unsubscribe"]),
    ("job", &["completed"]),
    ("messenger.deployment_completed.event", &["created"]),
    ("ticket", &["created", "closed", "resolved"]),
    ("ticket.admin", &["assigned", "replied"]),
    ("ticket.admin.replied", &["translated"]),
    ("ticket.attribute", &["updated"]),
    ("ticket.contact", &["attached", "detached", "replied"]),
    ("ticket.note", &["created"]),
    ("ticket.rating", &["provided"]),
    ("ticket.state", &["updated"]),
    ("ticket.team", &["assigned"]),
    ("visitor", &["signed_up"]),
];

/// Those of the moving channel only.
const MOVING: &[(&str, &[&str])] = &[
    ("audience", &["created", "updated", "deleted", "member_added", "member_removed"]),
    ("content_import_source", &["created", "updated", "deleted"]),
    ("procedure.hitl_notification", &["created"]),
];

fn names(groups: &[(&str, &[&str])]) -> BTreeSet<String> {
    groups.iter().flat_map(|(group, names)| names.iter().map(move |name| format!("{group}.{name}"))).collect()
}

/// Items that could be about anything.
const ITEM: &str = r#"{"type": "thing", "id": "1", "contact": {"id": "2"}, "ticket": {"id": "3"}, "tag": {"id": "4"}}"#;

#[test]
fn version_2_14_knows_every_topic_that_there_is() {
    let mut expected = names(TOPICS);
    expected.insert("ping".to_owned());
    assert_eq!(v2_14::Topic::NAMES.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn the_moving_channel_knows_some_more() {
    let mut expected = names(TOPICS);
    expected.insert("ping".to_owned());
    expected.extend(names(MOVING));
    assert_eq!(unstable::Topic::NAMES.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn every_topic_has_an_arm_in_both_versions() {
    for name in v2_14::Topic::NAMES {
        let event = v2_14::Notification::from_json(&notification(name, ITEM)).expect("a notification");
        assert!(!matches!(event.topic, v2_14::Topic::Unknown { .. }), "{name}");
    }
    for name in unstable::Topic::NAMES {
        let event = unstable::Notification::from_json(&notification(name, ITEM)).expect("a notification");
        assert!(!matches!(event.topic, unstable::Topic::Unknown { .. }), "{name}");
    }
}

/// Fails if the topic of a notification has an empty id and no drift says that the id is missing.
#[track_caller]
fn assert_no_silent_id(topic: &str, shown: &str, drift: &[intercom_gen::Drift]) {
    let is_empty = shown.contains(" id: \"\"");
    let is_told = drift.iter().any(|drift| drift.raw.is_empty() && drift.path.ends_with(".id"));
    assert!(!is_empty || is_told, "{topic}: {shown}");
}

#[test]
fn a_required_id_that_is_missing_is_drift_in_every_topic() {
    // What each topic could be about, without an id at any level.
    let item = r#"{"type": "thing", "contact": {}, "company": {}, "conversation": {}, "ticket": {}, "tag": {}, "ticket_part": {}}"#;
    let mut told = 0;
    for name in v2_14::Topic::NAMES {
        let event = v2_14::Notification::from_json(&notification(name, item)).expect("a notification");
        assert_no_silent_id(name, &format!("{:?}", event.topic), &event.drift);
    }
    for name in unstable::Topic::NAMES {
        let event = unstable::Notification::from_json(&notification(name, item)).expect("a notification");
        assert_no_silent_id(name, &format!("{:?}", event.topic), &event.drift);
        told += usize::from(event.drift.iter().any(|drift| drift.path.ends_with(".id")));
    }
    assert!(told > 60, "{told}");
}

#[test]
fn no_topic_minds_what_comes() {
    for item in ["null", "[]", "7", "{}", r#"{"id": {"id": []}, "contact": "x", "ticket": [], "tag": 1.5}"#] {
        for name in unstable::Topic::NAMES {
            let event = unstable::Notification::from_json(&notification(name, item)).expect("a notification");
            assert_eq!((event.name.as_str(), event.item.to_string().as_str()), (*name, item));
        }
    }
}
