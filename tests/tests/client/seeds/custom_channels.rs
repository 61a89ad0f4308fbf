//! Events of a channel that someone else runs: conversations, messages, choices and attributes.

use serde_json::{Value, json};
use tests::loopback::Reply;

use super::{asked, each_version, serving, was_asked};

fn received() -> Value {
    json!({
        "external_conversation_id": "chat-1", "conversation_id": "9001",
        "external_contact_id": "u-1", "contact_id": "c-1",
    })
}

/// The body of an event, with what it says beyond who and where.
fn event(id: &str, more: Value) -> Value {
    let contact = json!({"type": "user", "external_id": "u-1", "name": "Ada", "email": "ada@example.com"});
    let mut event = json!({"event_id": id, "external_conversation_id": "chat-1", "contact": contact});
    if let (Value::Object(event), Value::Object(more)) = (&mut event, more) {
        event.extend(more);
    }
    event
}

each_version! {
    use types::custom_channel_contact::Type;

    fn ada() -> types::CustomChannelContact {
        types::CustomChannelContact::new(Type::User, "u-1").name("Ada").email("ada@example.com")
    }

    #[track_caller]
    fn assert_received(answer: &types::CustomChannelNotificationResponse) {
        assert_eq!((answer.conversation_id.as_str(), answer.contact_id.as_str()), ("9001", "c-1"));
        assert_eq!((answer.external_conversation_id.as_str(), answer.external_contact_id.as_str()), ("chat-1", "u-1"));
    }

    #[tokio::test]
    async fn a_conversation_of_another_channel_is_told_from_its_beginning() {
        let (server, client) = serving(Client::builder(), std::iter::repeat_n(Reply::json(received()), 4));
        let events = client.custom_channel_events();

        let begun = types::CustomChannelBaseEvent::new("e-1", "chat-1", ada());
        assert_received(&events.notify_new_conversation(begun).await.expect("an answer"));

        let written = types::NotifyNewMessageRequest::new("e-2", "chat-1", ada(), "Where is my order?");
        assert_received(&events.notify_new_message(written).await.expect("an answer"));

        let chosen = types::NotifyQuickReplySelectedRequest::new("e-3", "chat-1", ada(), "option-2");
        assert_received(&events.notify_quick_reply_selected(chosen).await.expect("an answer"));

        let size = types::CustomChannelAttribute::new("shoe_size", "44");
        let told = types::NotifyAttributeCollectedRequest::new("e-4", "chat-1", ada(), size);
        assert_received(&events.notify_attribute_collected(told).await.expect("an answer"));

        was_asked(&server, VERSION, [
            asked("POST /custom_channel_events/notify_new_conversation").with(event("e-1", json!({}))),
            asked("POST /custom_channel_events/notify_new_message")
                .with(event("e-2", json!({"body": "Where is my order?"}))),
            asked("POST /custom_channel_events/notify_quick_reply_selected")
                .with(event("e-3", json!({"quick_reply_option_id": "option-2"}))),
            asked("POST /custom_channel_events/notify_attribute_collected")
                .with(event("e-4", json!({"attribute": {"id": "shoe_size", "value": "44"}}))),
        ]);
    }
}
