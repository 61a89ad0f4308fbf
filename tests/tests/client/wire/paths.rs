//! Path arguments: whatever the text, it stays one segment of the path.

use intercom_gen::unstable::types::DetachTagFromConversationRequest;
use intercom_gen::{ErrorKind, Id};
use tests::loopback::Reply;

use super::{CONTACT, answering, serving, serving_2_14};

/// The target that asking for the contact `id` gives.
async fn target(id: impl Into<Id>) -> String {
    let (server, client) = answering(CONTACT);
    client.contacts().get(id).await.expect("a contact");
    let [seen] = server.requests();
    seen.line.strip_prefix("GET /contacts/").expect("a contact's address").to_owned()
}

#[tokio::test]
async fn what_needs_no_escape_is_sent_as_it_is() {
    assert_eq!(target("5ba682d2-3d7c_f92b.ef~87").await, "5ba682d2-3d7c_f92b.ef~87");
}

#[tokio::test]
async fn integers_are_ids_too() {
    assert_eq!(target(4_294_967_296_i64).await, "4294967296");
}

#[tokio::test]
async fn a_slash_does_not_begin_another_segment() {
    assert_eq!(target("a/b").await, "a%2Fb");
    assert_eq!(target("../admins").await, "..%2Fadmins");
}

#[tokio::test]
async fn a_question_mark_does_not_begin_a_query() {
    assert_eq!(target("a?b=c").await, "a%3Fb%3Dc");
}

#[tokio::test]
async fn a_hash_does_not_begin_a_fragment() {
    assert_eq!(target("a#b").await, "a%23b");
}

#[tokio::test]
async fn spaces_are_not_lost() {
    assert_eq!(target(" a b ").await, "%20a%20b%20");
}

#[tokio::test]
async fn a_percent_sign_is_not_taken_for_an_escape() {
    assert_eq!(target("a%2Fb").await, "a%252Fb");
    assert_eq!(target("100%").await, "100%25");
}

#[tokio::test]
async fn any_language_is_sent_as_utf_8() {
    assert_eq!(target("é").await, "%C3%A9");
    assert_eq!(target("日本").await, "%E6%97%A5%E6%9C%AC");
    assert_eq!(target("🦀").await, "%F0%9F%A6%80");
}

#[tokio::test]
async fn line_breaks_do_not_end_the_request_line() {
    assert_eq!(target("a\r\nX-Evil: b").await, "a%0D%0AX-Evil%3A%20b");
}

#[tokio::test]
async fn a_telephone_number_keeps_its_plus() {
    let (server, client) = answering("[]");
    client.calls().get_fin_voice_call_by_phone_number("+353 1 555 0100").await.expect("an answer");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /fin_voice/phone_number/%2B353%201%20555%200100");
}

#[tokio::test]
async fn each_argument_goes_to_its_own_place() {
    let (server, client) = answering(r#"{"type": "tag", "id": "t", "name": "n"}"#);
    let body = DetachTagFromConversationRequest::new(7);
    client.conversations().detach_tag("{id}", "a/b", body).await.expect("a tag");
    let [seen] = server.requests();
    assert_eq!(seen.line, "DELETE /conversations/%7Bid%7D/tags/a%2Fb");
}

#[tokio::test]
async fn an_empty_argument_is_refused_before_anything_is_sent() {
    let (server, client) = serving([]);
    let error = client.contacts().get("").await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(error.operation(), Some("ShowContact"));
    assert!(error.to_string().contains("\"id\" is empty"), "{error}");
    let [] = server.requests();
}

#[tokio::test]
async fn an_empty_argument_does_not_turn_a_deletion_into_another_one() {
    let (server, client) = serving_2_14([]);
    let error = client.custom_object_instances().delete("Order", "").await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.to_string().contains("\"custom_object_instance_id\" is empty"), "{error}");
    let [] = server.requests();
}

#[tokio::test]
async fn arguments_of_dots_alone_are_refused_because_they_would_climb() {
    for dots in [".", ".."] {
        let (server, client) = serving([Reply::json(CONTACT)]);
        let error = client.contacts().get(dots).await.expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Argument, "{dots}");
        let [] = server.requests();
    }
}
