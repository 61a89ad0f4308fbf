//! The token is in the `Authorization` header and nowhere else.

use std::error::Error as StdError;
use std::fmt::Debug;

use intercom_gen::unstable::Client;
use intercom_gen::{Error, ErrorKind};
use tests::loopback::{Reply, Server, TOKEN};

use super::{CONTACT, answering, serving};

#[track_caller]
fn assert_silent(thing: &impl Debug) {
    for text in [format!("{thing:?}"), format!("{thing:#?}")] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

/// Neither an error nor any of its causes tells the token.
#[track_caller]
fn assert_error_silent(error: &Error) {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        assert!(!format!("{error} {error:?} {error:#?}").contains(TOKEN), "{error:?}");
        cause = error.source();
    }
}

#[test]
fn a_client_in_the_making_does_not_print_it() {
    assert_silent(&Client::builder().token(TOKEN));
}

#[test]
fn a_client_does_not_print_it() {
    assert_silent(&Client::builder().token(TOKEN).build().expect("a client"));
}

#[tokio::test]
async fn a_group_of_operations_does_not_print_it() {
    let (_server, client) = answering(CONTACT);
    assert_silent(&client.contacts());
}

#[tokio::test]
async fn a_request_does_not_print_it() {
    let (_server, client) = answering(CONTACT);
    assert_silent(&client.contacts().get("c1"));
    assert_silent(&client.data_attributes().list().header("Authorization", TOKEN));
}

#[tokio::test]
async fn an_answer_does_not_print_it() {
    let (_server, client) = serving([Reply::json(CONTACT), Reply::new(200)]);
    assert_silent(&client.contacts().get("c1").send_raw().await.expect("a response"));
    assert_silent(&client.data_export().download("job1").await.expect("a download"));
}

#[tokio::test]
async fn the_address_does_not_hold_it() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").await.expect("a contact");
    let [seen] = server.requests();
    assert!(!seen.line.contains(TOKEN) && !seen.text().contains(TOKEN), "{seen:?}");
    let carriers = seen.headers.iter().filter(|(_, value)| value.to_str().is_ok_and(|value| value.contains(TOKEN)));
    assert_eq!(carriers.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["authorization"]);
}

#[tokio::test]
async fn an_error_of_the_api_does_not_print_it() {
    let (_server, client) = serving([Reply::json(r#"{"errors": [{"code": "token_unauthorized"}]}"#).status(401)]);
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert!(error.is_unauthorized());
    assert_error_silent(&error);
}

#[tokio::test]
async fn an_unreadable_answer_does_not_print_it() {
    let (_server, client) = answering("[");
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert!(error.is_decode());
    assert_error_silent(&error);
}

#[tokio::test]
async fn a_failed_connection_does_not_print_it() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    let client = Client::builder().token(TOKEN).base_url(url).build().expect("a client");
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert!(error.is_transport());
    assert_error_silent(&error);
}

#[tokio::test]
async fn a_refused_argument_does_not_print_it() {
    let (_server, client) = serving([]);
    let error = client.contacts().get("c1").header("Authorization", &format!("{TOKEN}\n")).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_error_silent(&error);
}

#[test]
fn a_token_that_cannot_be_sent_is_refused_without_being_printed() {
    let error = Client::builder().token(format!("{TOKEN}\n{TOKEN}")).build().expect_err("an error");
    assert!(error.is_config());
    assert_error_silent(&error);
}

#[tokio::test]
async fn a_proxy_that_gives_it_back_does_not_bring_it_into_the_log() {
    let page = format!("<pre>GET /contacts/c1\nAuthorization: Bearer {TOKEN}</pre>");
    for status in [200, 502] {
        let server = Server::new([Reply::new(status).body(page.clone())]);
        let error = server.client(Client::builder()).contacts().get("c1").await.expect_err("an error");
        assert_error_silent(&error);
    }
}
