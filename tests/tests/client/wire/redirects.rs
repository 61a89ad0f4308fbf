//! Redirects: downloads lead to signed addresses, and what identifies the caller stays at home.

use intercom_gen::unstable::types::CreateContactRequest;
use tests::loopback::{Reply, Seen, Server};

use super::{CONTACT, serving};

/// Nothing of the request tells who asks.
#[track_caller]
fn assert_anonymous(seen: &Seen) {
    assert_eq!(seen.header("authorization"), None);
    assert_eq!(seen.header("intercom-version"), None);
    assert!(!format!("{seen:?}").contains("secret"), "{seen:?}");
}

#[tokio::test]
async fn a_recording_is_fetched_from_where_it_is_without_the_token() {
    let store = Server::new([Reply::new(200).with("Content-Type", "audio/mpeg").body("sound")]);
    let (server, client) = serving([Reply::redirect(302, &format!("{}/signed.mp3?sig=a%2Fb&e=1", store.url()))]);

    let recording = client.calls().download_recording("42").header("X-Mine", "secret").await.expect("a recording");

    assert_eq!(&recording.bytes().await.expect("bytes")[..], b"sound");
    let [asked] = server.requests();
    assert_eq!(
        (asked.line.as_str(), asked.header("authorization")),
        ("GET /calls/42/recording", Some("Bearer secret-token"))
    );
    let [fetched] = store.requests();
    assert_eq!(fetched.line, "GET /signed.mp3?sig=a%2Fb&e=1");
    assert_anonymous(&fetched);
}

#[tokio::test]
async fn a_recording_that_is_not_there_is_an_error_of_the_store() {
    let store = Server::new([Reply::new(403).body("<Error><Code>AccessDenied</Code></Error>")]);
    let (_server, client) = serving([Reply::redirect(302, store.url())]);
    let error = client.calls().download_recording("42").await.expect_err("an error");
    assert!(error.is_forbidden() && error.to_string().contains("AccessDenied"), "{error}");
}

#[tokio::test]
async fn a_json_call_does_not_carry_the_token_to_another_host() {
    let elsewhere = Server::new([Reply::json(CONTACT)]);
    let (server, client) = serving([Reply::redirect(302, &format!("{}/contacts/c1", elsewhere.url()))]);
    // Whether it is followed or refused, the token does not go along.
    let _ = client.contacts().get("c1").await;
    let [_] = server.requests();
    let [seen] = elsewhere.requests();
    assert_anonymous(&seen);
}

#[tokio::test]
async fn a_way_back_home_does_not_bring_the_token_back() {
    let elsewhere = Server::new([]);
    let (server, client) = serving([Reply::redirect(307, elsewhere.url()), Reply::json(CONTACT)]);
    elsewhere.push(Reply::redirect(302, &format!("{}/contacts/c2", server.url())));
    let _ = client.contacts().get("c1").await;
    let [_, back] = server.requests();
    assert_eq!(back.line, "GET /contacts/c2");
    assert_anonymous(&back);
}

#[tokio::test]
async fn a_redirect_on_the_same_server_keeps_the_token() {
    let (server, client) = serving([Reply::redirect(301, "/contacts/c2?x=1"), Reply::json(CONTACT)]);
    client.contacts().get("c1").await.expect("a contact");
    let [_, seen] = server.requests();
    assert_eq!(
        (seen.line.as_str(), seen.header("authorization")),
        ("GET /contacts/c2?x=1", Some("Bearer secret-token"))
    );
}

#[tokio::test]
async fn another_port_is_another_server() {
    let elsewhere = Server::new([Reply::json(CONTACT)]);
    let (_server, client) = serving([Reply::redirect(308, elsewhere.url())]);
    let _ = client.contacts().get("c1").await;
    let [seen] = elsewhere.requests();
    assert_eq!(seen.header("authorization"), None);
}

#[tokio::test]
async fn what_changes_something_is_not_sent_again_elsewhere() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::new([]);
        let (server, client) = serving([Reply::redirect(status, elsewhere.url())]);
        let error = client.contacts().create(CreateContactRequest::new()).await.expect_err("an error");
        assert_eq!(error.status(), Some(status));
        let [_] = server.requests();
        let [] = elsewhere.requests();
    }
}

#[tokio::test]
async fn redirects_in_a_circle_come_to_an_end() {
    let (_server, client) = serving(std::iter::repeat_n(Reply::redirect(302, "/again"), 100));
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert!(error.is_transport() && error.to_string().contains("redirects"), "{error}");
}

#[tokio::test]
async fn a_redirect_without_an_address_is_an_error() {
    let (_server, client) = serving([Reply::new(302)]);
    let error = client.calls().download_recording("42").await.expect_err("an error");
    assert_eq!(error.status(), Some(302));
}
