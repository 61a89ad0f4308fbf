//! Headers: who asks, in which version, and what is understood.

use intercom_gen::unstable::types::CreateContactRequest;
use intercom_gen::{unstable, v2_14};
use tests::loopback::{Reply, Server};

use super::{CONTACT, answering, serving_2_14};

#[tokio::test]
async fn the_moving_channel_is_asked_for_by_its_name() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("intercom-version"), Some("Preview"));
}

#[tokio::test]
async fn a_numbered_version_is_asked_for_by_its_number() {
    let (server, client) = serving_2_14([Reply::json(CONTACT)]);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("intercom-version"), Some("2.14"));
}

#[tokio::test]
async fn two_versions_in_one_program_do_not_mix() {
    let server = Server::new([Reply::json(CONTACT), Reply::json(CONTACT), Reply::json(CONTACT)]);
    let (new, old) = (server.client(unstable::Client::builder()), server.client(v2_14::Client::builder()));
    new.contacts().get("c1").await.expect("a contact");
    old.contacts().get("c1").await.expect("a contact");
    new.contacts().get("c1").await.expect("a contact");
    let seen: [_; 3] = server.requests();
    assert_eq!(
        seen.each_ref().map(|seen| seen.header("intercom-version")),
        [Some("Preview"), Some("2.14"), Some("Preview")]
    );
}

#[tokio::test]
async fn another_version_can_be_asked_for_with_the_same_types() {
    let server = Server::new([Reply::json(CONTACT)]);
    server.client(unstable::Client::builder().version("Unstable")).contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("intercom-version"), Some("Unstable"));
}

#[tokio::test]
async fn the_token_is_the_bearer() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("authorization"), Some("Bearer secret-token"));
}

#[tokio::test]
async fn json_is_accepted_where_json_is_due() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn bytes_are_accepted_where_a_file_is_due() {
    let (server, client) = answering("");
    client.data_export().download("job1").await.expect("a download");
    let [seen] = server.requests();
    assert_eq!(seen.header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn text_is_preferred_where_text_is_due() {
    let (server, client) = answering("");
    client.calls().get_transcript("1").await.expect("a text");
    let [seen] = server.requests();
    assert!(seen.header("accept").is_some_and(|accept| accept.starts_with("text/plain")), "{seen:?}");
}

#[tokio::test]
async fn the_user_agent_is_the_crate_and_what_the_application_adds() {
    let server = Server::new([Reply::json(CONTACT), Reply::json(CONTACT)]);
    server.client(unstable::Client::builder()).contacts().get("c1").await.expect("a contact");
    server.client(unstable::Client::builder().user_agent("shop/2")).contacts().get("c1").await.expect("a contact");
    let [plain, own] = server.requests();
    // All packages of the workspace have one version.
    assert_eq!(plain.header("user-agent"), Some(concat!("intercom-gen/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(own.header("user-agent"), Some(concat!("intercom-gen/", env!("CARGO_PKG_VERSION"), " shop/2")));
}

#[tokio::test]
async fn a_body_is_declared_as_json() {
    let (server, client) = answering(CONTACT);
    client.contacts().create(CreateContactRequest::new()).await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn without_a_body_no_type_is_declared() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("content-type"), None);
}

#[tokio::test]
async fn a_header_of_a_request_wins_over_the_clients() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").header("Intercom-Version", "2.13").header("X-Mine", "yes").await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.header("intercom-version"), Some("2.13"));
    assert_eq!(seen.header("x-mine"), Some("yes"));
}
