//! Request bodies, byte for byte.

use intercom_gen::unstable::types::{
    ConvertVisitorRequest, CreateContactRequest, CreateOrUpdateCompanyRequest, DetachContactFromConversationRequest,
    DetachTagFromConversationRequest, DetachTagFromTicketRequest, UpdateContactRequest, convert_visitor_request,
};
use intercom_gen::{Json, Nullable};
use tests::loopback::{Reply, Seen};

use super::{CONTACT, answering, serving};

/// The request that updating a contact gives.
async fn updated(changes: UpdateContactRequest) -> Seen {
    let (server, client) = answering(CONTACT);
    client.contacts().update("c1", changes).await.expect("a contact");
    let [seen] = server.requests();
    seen
}

#[tokio::test]
async fn a_field_that_is_not_set_is_not_sent() {
    assert_eq!(updated(UpdateContactRequest::new()).await.text(), "{}");
}

#[tokio::test]
async fn a_field_that_is_cleared_is_null() {
    assert_eq!(updated(UpdateContactRequest::new().name(Nullable::Null)).await.text(), r#"{"name":null}"#);
}

#[tokio::test]
async fn a_field_that_is_set_has_its_value() {
    assert_eq!(updated(UpdateContactRequest::new().name("Ada")).await.text(), r#"{"name":"Ada"}"#);
}

#[tokio::test]
async fn an_empty_text_is_not_null() {
    assert_eq!(updated(UpdateContactRequest::new().name("")).await.text(), r#"{"name":""}"#);
}

#[tokio::test]
async fn text_arrives_whatever_it_holds() {
    let name = "\"\\\u{0}\u{1f}\n\t/é日🦀\u{2028}";
    assert_eq!(updated(UpdateContactRequest::new().name(name)).await.json(), serde_json::json!({ "name": name }));
}

#[tokio::test]
async fn ids_keep_their_kind() {
    assert_eq!(updated(UpdateContactRequest::new().owner_id(7)).await.text(), r#"{"owner_id":7}"#);
    assert_eq!(updated(UpdateContactRequest::new().owner_id("7")).await.text(), r#"{"owner_id":"7"}"#);
}

#[tokio::test]
async fn keys_that_the_description_does_not_know_are_sent() {
    let changes = UpdateContactRequest::new().name("Ada").with_extra("new_key", Json::from(vec![1, 2]));
    assert_eq!(updated(changes).await.text(), r#"{"name":"Ada","new_key":[1,2]}"#);
}

#[tokio::test]
async fn the_length_is_that_of_the_bytes() {
    let seen = updated(UpdateContactRequest::new().name("日")).await;
    assert_eq!(seen.header("content-length"), Some("14"));
    assert_eq!(seen.body.len(), 14);
}

#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let (server, client) = answering(r#"{"status": "canceled"}"#);
    client.data_export().cancel("job1").await.expect("a job");
    let [seen] = server.requests();
    assert_eq!(seen.line, "POST /export/cancel/job1");
    assert_eq!((seen.header("content-length"), seen.header("content-type")), (Some("0"), None));
}

#[tokio::test]
async fn a_get_has_no_body_at_all() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!((seen.text(), seen.header("content-length"), seen.header("transfer-encoding")), ("", None, None));
}

#[tokio::test]
async fn a_tag_is_taken_off_a_conversation_by_a_delete_with_a_body() {
    let (server, client) = answering(r#"{"type": "tag", "id": "t1", "name": "vip"}"#);
    let tag = client.conversations().detach_tag("v1", "t1", DetachTagFromConversationRequest::new("7")).await;
    assert_eq!(tag.expect("a tag").name.as_deref(), Some("vip"));
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.text()), ("DELETE /conversations/v1/tags/t1", r#"{"admin_id":"7"}"#));
    assert_eq!(seen.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_tag_is_taken_off_a_ticket_by_a_delete_with_a_body() {
    let (server, client) = answering(r#"{"type": "tag", "id": "t1", "name": "vip"}"#);
    client.tickets().detach_tag(64, "t1", DetachTagFromTicketRequest::new("7")).await.expect("a tag");
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.text()), ("DELETE /tickets/64/tags/t1", r#"{"admin_id":"7"}"#));
}

#[tokio::test]
async fn a_contact_is_taken_out_of_a_conversation_by_a_delete_with_a_body() {
    let (server, client) = answering(r#"{"customers": []}"#);
    let body = DetachContactFromConversationRequest::new("7");
    client.conversations().detach_contact("v1", "c1", body).await.expect("customers");
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.text()), ("DELETE /conversations/v1/customers/c1", r#"{"admin_id":"7"}"#));
}

#[tokio::test]
async fn what_was_read_is_sent_as_it_came() {
    let text = r#"{"email":"ada@example.com","name":null,"unknown":[1.0,{"a":1e2}]}"#;
    let (server, client) = serving([Reply::json(CONTACT)]);
    let body = CreateContactRequest::from_json(text).expect("a request");
    client.contacts().create(body).await.expect("a contact");
    let [seen] = server.requests();
    assert!(seen.text().contains(r#""unknown":[1.0,{"a":1e2}]"#), "{}", seen.text());
}

#[tokio::test]
async fn a_visitor_becomes_a_lead_without_a_user() {
    let (server, client) = answering(CONTACT);
    let visitor = convert_visitor_request::Visitor::new().user_id("v");
    client.visitors().convert(ConvertVisitorRequest::new("lead", visitor)).await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.json(), serde_json::json!({"type": "lead", "visitor": {"user_id": "v"}}));
}

#[tokio::test]
async fn a_monthly_spend_may_have_a_fraction() {
    let (server, client) = answering(r#"{"type": "company", "id": "c1", "monthly_spend": 9.99}"#);
    let company = CreateOrUpdateCompanyRequest::new().monthly_spend(9.99);
    let company = client.companies().create_or_update(company).await.expect("a company");
    assert_eq!(company.monthly_spend.map(|spend| spend.to_string()).as_deref(), Some("9.99"));
    let [seen] = server.requests();
    assert_eq!(seen.text(), r#"{"monthly_spend":9.99}"#);
}
