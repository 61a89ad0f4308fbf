//! What drift leaves to callers, and what they can do about it.

use intercom_gen::unstable::Client;
use intercom_gen::unstable::types::{Conversation, ConversationList, TicketPart};
use serde_json::{Value, json};
use tests::loopback::{Reply, Server};

/// A page of conversations that were changed by `change`.
fn page(length: usize, change: impl Fn(usize, &mut Value)) -> String {
    let conversation = |number: usize| {
        let mut conversation = json!({
            "type": "conversation", "id": number.to_string(), "title": null, "open": true,
            "source": {"type": "email", "id": "9", "body": "<p>hi</p>", "author": {"type": "user", "id": "5"}},
            "linked_objects": {"type": "list", "data": [{"type": "ticket", "id": "7"}, {"type": "ticket", "id": "8"}]},
        });
        change(number, &mut conversation);
        conversation
    };
    let conversations: Vec<Value> = (0..length).map(conversation).collect();
    json!({"type": "conversation.list", "conversations": conversations, "total_count": length}).to_string()
}

fn written_keys(json: &str, key: &str) -> usize {
    json.matches(&format!("\"{key}\":")).count()
}

#[tokio::test]
async fn a_hundred_conversations_with_one_bad_field_are_a_hundred_conversations() {
    let odd = [
        ("/id", json!({}), "$.conversations[57].id"),
        ("/open", json!("yes"), "$.conversations[57].open"),
        ("/source/body", json!(5), "$.conversations[57].source.body"),
        ("/source/author/id", json!([1]), "$.conversations[57].source.author.id"),
        ("/linked_objects/data/1/id", json!(true), "$.conversations[57].linked_objects.data[1].id"),
        ("/linked_objects/data/0", json!("x"), "$.conversations[57].linked_objects.data[0]"),
        ("/source", json!([]), "$.conversations[57].source"),
    ];
    for (pointer, value, path) in odd {
        let body = page(100, |number, conversation| {
            if number == 57 {
                *conversation.pointer_mut(pointer).expect("a value") = value.clone();
            }
        });
        let server = Server::new([Reply::json(&body)]);
        let response = server.client(Client::builder()).conversations().list().send_raw().await.expect("a response");
        let found: Vec<_> = response.drift().iter().map(|drift| (&*drift.path, drift.raw.clone())).collect();
        assert_eq!(found, [(path, value.to_string())]);
        let conversations = &response.value.conversations;
        assert_eq!(conversations.len(), 100, "{path}");
        let others = conversations.iter().enumerate().filter(|(number, _)| *number != 57);
        for (number, conversation) in others {
            assert_eq!(conversation.id, number.to_string().as_str());
            assert!(conversation.extra.is_empty(), "{path}");
        }
    }
}

#[test]
fn an_element_that_does_not_fit_leaves_the_others_and_the_text_of_all_with_the_page() {
    let text = page(3, |number, conversation| {
        if number == 1 {
            *conversation = json!("odd");
        }
    });
    let list = ConversationList::from_json(&text).expect("a page");
    assert_eq!(list.conversations.iter().map(|conversation| conversation.id.as_str()).collect::<Vec<_>>(), ["0", "2"]);
    let kept = list.extra.get("conversations").and_then(|kept| kept.as_list()).expect("a list");
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[1].as_str(), Some("odd"));
}

#[test]
fn a_field_that_is_assigned_wins_over_the_value_that_did_not_fit() {
    let mut conversation = Conversation::from_json(r#"{"id":"1","title":{"odd":1},"new":2}"#).expect("a conversation");
    assert_eq!(conversation.extra.raw("title"), Some(r#"{"odd":1}"#));
    assert_eq!(conversation.to_json(), r#"{"id":"1","title":{"odd":1},"new":2}"#);
    conversation.title = Some("Refund".to_owned());
    assert_eq!(conversation.to_json(), r#"{"id":"1","title":"Refund","new":2}"#);
}

#[test]
fn a_list_that_is_changed_wins_over_the_text_of_the_one_that_did_not_fit() {
    let mut list = ConversationList::from_json(r#"{"conversations":[{"id":"1"},7,{"id":"2"}]}"#).expect("a page");
    assert_eq!(list.to_json(), r#"{"conversations":[{"id":"1"},7,{"id":"2"}]}"#);
    list.conversations.truncate(1);
    assert_eq!(list.to_json(), r#"{"conversations":[{"id":"1"}]}"#);
}

#[test]
fn a_required_key_that_was_missing_is_written_once_it_is_assigned() {
    let mut conversation = Conversation::from_json(r#"{"open":true}"#).expect("a conversation");
    assert_eq!(conversation.to_json(), r#"{"open":true}"#);
    conversation.id = "5".into();
    assert_eq!(conversation.to_json(), r#"{"id":"5","open":true}"#);
}

#[test]
fn no_key_is_written_twice_whatever_was_read_and_assigned() {
    let texts = [
        r#"{"id":"1","title":1,"title":2}"#,
        r#"{"id":"1","title":1,"title":"a"}"#,
        r#"{"id":"1","title":"a","title":1}"#,
        r#"{"id":"1","t\u0069tle":1,"title":2}"#,
        r#"{"id":"1","title":{},"t\u0069tle":null}"#,
    ];
    for text in texts {
        let mut conversation = Conversation::from_json(text).expect("a conversation");
        assert!(written_keys(&conversation.to_json(), "title") <= 1, "{text} became {}", conversation.to_json());
        conversation.extra.insert("title", 3);
        assert_eq!(written_keys(&conversation.to_json(), "title"), 1, "{text} became {}", conversation.to_json());
        conversation.title = Some("b".to_owned());
        assert_eq!(conversation.to_json(), r#"{"id":"1","title":"b"}"#, "{text}");
    }
}

#[test]
fn of_a_required_object_that_comes_twice_the_last_one_counts() {
    let text = r#"{"updated_attribute_data":{"value":{"type":"value","id":"1","new":1},"value":{"id":"2"}}}"#;
    let written = TicketPart::from_json(text).expect("a part").to_json();
    let written: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["updated_attribute_data"]["value"], json!({"id": "2"}));
}
