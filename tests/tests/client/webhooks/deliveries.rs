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
    assert_eq!((conversation.id.as_str(), conversation.extra.get("conversation_id")), ("215", None));
    assert_eq!(event.item.get("conversation_id"), Some("215".into()));
    assert_eq!(event.drift, []);
}

#[test]
fn an_item_without_any_id_is_drift_even_where_only_what_identifies_comes() {
    for topic in ["contact.deleted", "conversation.deleted", "company.deleted", "contact.archived"] {
        let event = delivered(topic, r#"{"type": "thing"}"#);
        let paths: Vec<&str> = event.drift.iter().map(|drift| drift.path.as_str()).collect();
        assert_eq!(paths, ["$.data.item.id"], "{topic}");
    }
}

#[test]
fn an_archived_contact_is_identified_only() {
    let event =
        delivered("contact.archived", r#"{"id": "c1", "external_id": "1", "type": "contact", "archived": true}"#);
    let Topic::ContactArchived(contact) = event.topic else { panic!("{event:?}") };
    assert_eq!((contact.id.as_str(), contact.archived), ("c1", Some(true)));
    assert_eq!(event.drift, []);
}

#[test]
fn an_unarchived_contact_comes_whole() {
    let event = delivered("contact.unarchived", r#"{"type": "contact", "id": "c1", "role": "user"}"#);
    assert!(matches!(event.topic, Topic::ContactUnarchived(contact) if contact.id == "c1"));
}

#[test]
fn a_merged_contact_says_what_was_merged_into_it() {
    for from in [r#""c0""#, r#"{"type": "contact", "id": "c0"}"#, r#"["c0"]"#] {
        let event =
            delivered("contact.merged", &format!(r#"{{"type": "contact", "id": "c1", "merged_from": {from}}}"#));
        let Topic::ContactMerged(contact) = event.topic else { panic!("{event:?}") };
        assert_eq!(
            contact.merged_from.map(|from| from.to_string()),
            Json::parse(from).ok().map(|from| from.to_string())
        );
        assert!(contact.extra.is_empty() && event.drift.is_empty());
    }
}

#[test]
fn an_article_that_was_deleted_comes_whole() {
    let item = r#"{"id": "7", "type": "article", "title": "Help", "created_at": "2026-05-16T15:06:12.000Z"}"#;
    let event = delivered("article.deleted", item);
    let Topic::ArticleDeleted(article) = event.topic else { panic!("{event:?}") };
    assert_eq!(article.title.as_deref(), Some("Help"));
    assert_eq!(event.drift, []);
}

#[test]
fn a_closed_ticket_is_the_item_with_contacts_of_id_and_role() {
    let item = r#"{"type": "ticket", "id": "5", "contacts": {"type": "contact.list", "contacts": [{"id": "c1", "role": "lead"}]},
        "ticket_parts": {"type": "ticket_part.list", "ticket_parts": [{"type": "ticket_part", "id": "9",
            "part_type": "title_changed", "assigned_to": {"type": "nobody_admin", "id": null}}]}}"#;
    let event = delivered("ticket.closed", item);
    let Topic::TicketClosed(ticket) = event.topic else { panic!("{event:?}") };
    let parts = ticket.ticket_parts.expect("parts").ticket_parts;
    assert_eq!(parts[0].part_type, Some(unstable::types::PartType::TitleChanged));
    assert_eq!(event.drift, []);
}

#[test]
fn a_visitor_who_signs_up_has_dates_as_text() {
    let item = r#"{"type": "user", "id": "v1", "user_id": "u1", "avatar": {"type": "avatar", "image_url": null},
        "companies": {"type": "company.list", "companies": []}, "tags": {"type": "tag.list", "tags": []},
        "created_at": "2026-01-10T05:42:55.079+00:00", "last_request_at": "2026-01-10T05:42:57.457+00:00"}"#;
    let event = delivered("visitor.signed_up", item);
    let Topic::VisitorSignedUp(visitor) = event.topic else { panic!("{event:?}") };
    assert_eq!(visitor.created_at.map(|at| at.seconds()), Some(1_768_023_775));
    assert_eq!(event.drift, []);
}

#[test]
fn the_picture_of_an_admin_is_an_object_or_a_url() {
    use unstable::types::AvatarOrUrl;

    let picture = r#"{"type": "avatar", "image_url": "https://example.com/a.png"}"#;
    let event = delivered("admin.logged_in", &format!(r#"{{"type": "admin", "id": "1", "avatar": {picture}}}"#));
    let Topic::AdminLoggedIn(admin) = event.topic else { panic!("{event:?}") };
    let Some(AvatarOrUrl::Picture(picture)) = admin.avatar else { panic!("{admin:?}") };
    assert_eq!(picture.image_url.as_deref(), Some("https://example.com/a.png"));
    let event = delivered("admin.logged_in", r#"{"type": "admin", "id": "1", "avatar": "https://example.com/a.png"}"#);
    let Topic::AdminLoggedIn(admin) = event.topic else { panic!("{event:?}") };
    assert!(matches!(admin.avatar, Some(AvatarOrUrl::Url(url)) if url == "https://example.com/a.png"));
    assert_eq!(event.drift, []);
}

#[test]
fn topics_of_which_nothing_is_known_but_their_name_are_json() {
    for topic in ["data_connector.execution.completed", "messenger.deployment_completed.event.created"] {
        let event = delivered(topic, r#"{"id": "1"}"#);
        assert!(
            matches!(
                &event.topic,
                Topic::DataConnectorExecutionCompleted(_) | Topic::MessengerDeploymentCompletedEventCreated(_)
            ),
            "{event:?}"
        );
    }
}

#[test]
fn a_contact_who_unsubscribed_from_text_messages_is_the_item_or_lies_in_it() {
    for item in [r#"{"type": "contact", "id": "c1"}"#, r#"{"type": "contact_unsubscribe", "contact": {"id": "c1"}}"#] {
        let event = delivered("contact.unsubscribed_from_sms", item);
        assert!(matches!(event.topic, Topic::ContactUnsubscribedFromSms(contact) if contact.id == "c1"), "{item}");
    }
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

#[test]
fn activities_that_were_reported_are_listed() {
    use unstable::types::activity_log::ActivityType;

    for (wire, listed) in [
        ("admin_channel_change", ActivityType::AdminChannelChange),
        ("ai_inbox_translation_setting_change", ActivityType::AiInboxTranslationSettingChange),
    ] {
        let event =
            delivered("admin.activity_log_event.created", &format!(r#"{{"id": "1", "activity_type": "{wire}"}}"#));
        let Topic::AdminActivityLogEventCreated(log) = event.topic else { panic!("{event:?}") };
        assert_eq!(log.activity_type, Some(listed));
    }
}

#[test]
fn part_types_that_were_reported_are_listed() {
    for wire in [
        "attribute_collected",
        "attribute_collector",
        "language_detection_details",
        "channel_and_reply_time_expectation",
        "priority_changed",
        "title_changed",
        "ticket_attribute_updated_by_admin",
    ] {
        assert!(!matches!(unstable::types::PartType::from(wire), unstable::types::PartType::Unknown(_)), "{wire}");
        assert!(!matches!(v2_14::types::PartType::from(wire), v2_14::types::PartType::Unknown(_)), "{wire}");
    }
}
