//! The calls that the two READMEs show.

use intercom_gen::unstable::types::{CreateContactRequest, UpdateContactRequest};
use intercom_gen::{Nullable, preview, unstable};
use serde_json::json;
use tests::loopback::Reply;

use super::{CONTACT, answering, serving};

#[tokio::test]
async fn a_contact_is_created_and_read_again() {
    let ada = r#"{"type": "contact", "id": "c-1", "email": "ada@example.com", "name": "Ada"}"#;
    let (server, client) = serving([Reply::json(ada), Reply::json(ada)]);

    let ada = CreateContactRequest::new().email("ada@example.com").name("Ada");
    let contact = client.contacts().create(ada).await.expect("a contact");
    let contact = client.contacts().get(&contact.id).await.expect("a contact");

    assert_eq!(contact.id, "c-1");
    assert_eq!(contact.name.as_deref(), Some("Ada"));
    let [create, get] = server.requests();
    assert_eq!(create.line, "POST /contacts");
    assert_eq!(create.json(), json!({"email": "ada@example.com", "name": "Ada"}));
    assert_eq!(get.line, "GET /contacts/c-1");
}

#[tokio::test]
async fn the_owner_of_the_token_is_asked_for() {
    let (server, client) = answering(r#"{"type": "admin", "id": "7", "app": {"name": "Analytical Engines"}}"#);

    let me = client.admins().me().await.expect("an admin");

    assert_eq!(me.app.and_then(|app| app.name).as_deref(), Some("Analytical Engines"));
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /me");
}

#[tokio::test]
async fn the_moving_channel_has_two_names_and_one_set_of_types() {
    let (server, client) = answering(CONTACT);
    let client: preview::Client = client;

    let contact: unstable::types::Contact = client.contacts().get("c1").await.expect("a contact");

    let _: preview::types::Contact = contact;
    assert_eq!(server.requests::<1>()[0].header("Intercom-Version"), Some("Preview"));
}

#[tokio::test]
async fn one_field_is_cleared_another_set_and_the_others_left() {
    let (server, client) = answering(CONTACT);

    let changes = UpdateContactRequest::new().name(Nullable::Null).email("ada@example.com");
    client.contacts().update("5ba682d23d7cf92bef87bfd4", changes).await.expect("a contact");

    let [seen] = server.requests();
    assert_eq!(seen.line, "PUT /contacts/5ba682d23d7cf92bef87bfd4");
    assert_eq!(seen.json(), json!({"name": null, "email": "ada@example.com"}));
}

#[tokio::test]
async fn the_whole_answer_is_there_for_those_who_ask() {
    let (_server, client) = answering(r#"{"type": "contact", "id": "c1", "email": 5}"#);

    let response = client.contacts().get("c1").send_raw().await.expect("a response");

    let [drift] = response.drift() else { panic!("{:?}", response.drift()) };
    assert_eq!((drift.path.as_str(), drift.raw.as_str()), ("$.email", "5"));
    assert!(!drift.expected.is_empty());
}
