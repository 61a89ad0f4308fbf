//! What an answer holds beyond, or beside, its description: nothing of it fails the call, and nothing is lost.

use intercom_gen::Json;
use intercom_gen::unstable::Client;
use serde_json::{Value, json};
use tests::loopback::{Reply, Server};

use super::{answering, serving};

/// A contact with an undeclared key, an undeclared key deeper down, and a value that does not fit.
const ODD: &str = r#"{
    "type": "contact", "id": "c1", "name": "Ada", "email": {"address": "ada@example.com"},
    "mood": ["fine", 1.50], "tags": {"type": "list", "data": [], "color": "red"}
}"#;

#[tokio::test]
async fn undeclared_keys_are_kept() {
    let (_server, client) = answering(ODD);
    let contact = client.contacts().get("c1").await.expect("a contact");
    assert_eq!(contact.extra.get("mood"), Json::parse(r#"["fine", 1.50]"#).ok());
    assert_eq!(contact.extra.raw("mood"), Some(r#"["fine", 1.50]"#));
}

#[tokio::test]
async fn undeclared_keys_are_listed_as_additions_and_are_no_drift() {
    let (_server, client) = answering(r#"{"type": "contact", "id": "c1", "mood": "fine", "tags": {"color": "red"}}"#);
    let response = client.contacts().get("c1").send_raw().await.expect("a response");
    let additions: Vec<_> = response.additions().into_iter().map(|addition| (addition.path, addition.raw)).collect();
    let expected =
        [("$.mood", "\"fine\""), ("$.tags.color", "\"red\"")].map(|(path, raw)| (path.to_owned(), raw.to_owned()));
    assert_eq!(additions, expected);
    assert_eq!(response.drift(), []);
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_drift_with_its_place_and_its_text() {
    let (_server, client) = answering(ODD);
    let response = client.contacts().get("c1").send_raw().await.expect("a response");
    let [drift] = response.drift() else { panic!("{:?}", response.drift()) };
    assert_eq!((drift.path.as_str(), drift.raw.as_str()), ("$.email", r#"{"address": "ada@example.com"}"#));
    assert!(drift.expected.contains("string"), "{}", drift.expected);
}

#[tokio::test]
async fn what_does_not_fit_leaves_its_field_empty_and_the_others_alone() {
    let (_server, client) = answering(ODD);
    let contact = client.contacts().get("c1").await.expect("a contact");
    assert_eq!(contact.email, None);
    assert_eq!(contact.name.as_deref(), Some("Ada"));
    assert_eq!(contact.extra.raw("email"), Some(r#"{"address": "ada@example.com"}"#));
}

#[tokio::test]
async fn what_was_read_is_written_again_whole() {
    let (_server, client) = answering(ODD);
    let contact = client.contacts().get("c1").await.expect("a contact");
    let (written, mut sent): (Value, Value) =
        (serde_json::from_str(&contact.to_json()).expect("JSON"), serde_json::from_str(ODD).expect("JSON"));
    // An empty list is as good as none.
    sent["tags"] = json!({"type": "list", "color": "red"});
    assert_eq!(written, sent);
}

#[tokio::test]
async fn a_list_keeps_the_elements_that_fit() {
    let (_server, client) = answering(
        r#"{"type": "list", "data": [{"type": "contact", "id": "c1"}, "odd", {"type": "contact", "id": "c3"}]}"#,
    );
    let response = client.contacts().list().send_raw().await.expect("a response");
    assert_eq!(response.value.data.iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>(), ["c1", "c3"]);
    assert_eq!(response.drift()[0].path, "$.data[1]");
}

#[tokio::test]
async fn a_required_key_that_is_missing_is_drift_and_is_not_invented() {
    let (_server, client) = answering(r#"{"type": "contact", "name": "Ada"}"#);
    let response = client.contacts().get("c1").send_raw().await.expect("a response");
    let [drift] = response.drift() else { panic!("{:?}", response.drift()) };
    assert_eq!((drift.path.as_str(), drift.raw.as_str()), ("$.id", ""));
    assert_eq!(response.value.to_json(), r#"{"type":"contact","name":"Ada"}"#);
}

#[tokio::test]
async fn the_answer_is_there_as_it_came() {
    let reply = Reply::json(ODD).status(201).with("X-Request-Id", "req_1").with("X-RateLimit-Remaining", "99");
    let (_server, client) = serving([reply]);
    let response = client.contacts().get("c1").send_raw().await.expect("a response");
    assert_eq!((response.status(), response.request_id()), (201, Some("req_1")));
    assert_eq!(response.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(response.rate_limit().remaining, Some(99));
    assert_eq!(response.body(), ODD.as_bytes());
}

#[tokio::test]
async fn a_strict_client_refuses_drift_and_lets_additions_pass() {
    let server = Server::new([Reply::json(ODD), Reply::json(r#"{"type": "contact", "id": "c1", "mood": "fine"}"#)]);
    let client = server.client(Client::builder().strict(true));
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("$.email"));
    client.contacts().get("c1").await.expect("a contact");
}
