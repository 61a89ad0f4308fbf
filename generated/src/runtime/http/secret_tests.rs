//! A server that sends back what it was sent finds none of it in an error, a response or a log.

use super::test_server::{Server, answer, ok};
use crate::runtime::imitation::Client;
use crate::{Error, RetryPolicy};

/// A token with every character that JSON, HTML or an address may write in another way.
const TOKEN: &str = "dG9r/ZW4+\"se<cr>et\"\\&'==";

/// The ways in which servers write `text` back.
fn spellings(text: &str) -> Vec<String> {
    let json = serde_json::to_string(text).expect("JSON");
    let json = json[1..json.len() - 1].to_owned();
    let every = |write: fn(char) -> String| text.chars().map(write).collect::<String>();
    vec![
        text.to_owned(),
        json.clone(),
        json.replace('/', "\\/"),
        json.replace('=', "\\u003d"),
        json.replace('=', "\\u003D"),
        every(|character| format!("\\u{:04x}", u32::from(character))),
        // JSON in a string of JSON.
        serde_json::to_string(&json).expect("JSON"),
        every(|character| format!("%{:02X}", u32::from(character))),
        every(|character| format!("%{:02x}", u32::from(character))),
        every(|character| format!("&#x{:x};", u32::from(character))),
        every(|character| format!("&#{};", u32::from(character))),
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;"),
    ]
}

/// All that an error says of itself.
fn everything(error: &Error) -> String {
    let body = error.body().map(String::from_utf8_lossy).unwrap_or_default();
    let details: Vec<_> = error.errors().iter().map(|detail| format!("{detail:?}")).collect();
    let parts = [error.request_id(), error.link(), error.path(), Some(error.message())].map(Option::unwrap_or_default);
    format!("{error} {error:?} {body} {details:?} {parts:?}")
}

#[track_caller]
fn assert_silent(text: &str, secret: &str) {
    for spelling in spellings(secret) {
        assert!(!text.contains(&spelling), "{spelling} shows in {text}");
    }
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().token(TOKEN).base_url(&server.url).retry(RetryPolicy::none());
    builder.build().expect("a client")
}

#[tokio::test]
async fn a_token_shows_in_no_error_however_the_body_spells_it() {
    for spelling in spellings(TOKEN) {
        for (status, body) in [
            ("403 Forbidden", format!("<p>{spelling} may not</p>")),
            ("403 Forbidden", format!(r#"{{"errors":[{{"code":"{spelling}","message":"no {spelling}"}}]}}"#)),
            ("403 Forbidden", format!(r#"{{"errors":{{"{spelling}":"x"}},"request_id":"{spelling}"}}"#)),
            ("200 OK", format!(r#"{{"id":"1","custom_attributes":{{"{spelling}":[1,"#)),
            ("200 OK", format!("<p>{spelling}</p>")),
        ] {
            let server = Server::new(vec![answer(status, &[], &body)]);
            let error = client(&server).contacts().get(1).await.expect_err("an error");
            assert_silent(&everything(&error), TOKEN);
            assert!(everything(&error).contains("[token]"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_token_in_a_header_shows_neither_in_an_error_nor_in_a_response() {
    const PLAIN: &str = "plain-token-1";
    let headers = [
        ("X-Request-Id", "req Bearer plain-token-1".to_owned()),
        ("Link", "</contacts/plain-token-1>; rel=\"canonical\"".to_owned()),
        ("X-Echo", spellings(PLAIN)[5].clone()),
    ];
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let server = Server::new(vec![answer("410 Gone", &headers, ""), answer("200 OK", &headers, r#"{"id":"1"}"#)]);
    let client = Client::builder().token(PLAIN).base_url(&server.url).retry(RetryPolicy::none()).build();
    let client = client.expect("a client");
    let error = client.contacts().get(1).await.expect_err("an error");
    assert_silent(&everything(&error), PLAIN);
    assert_eq!(error.request_id(), Some("req Bearer [token]"));
    let response = client.contacts().get(1).send_raw().await.expect("a response");
    assert_silent(&format!("{response:?} {:?}", response.headers()), PLAIN);
}

#[tokio::test]
async fn other_credentials_of_the_caller_show_in_no_error() {
    for name in ["Cookie", "Proxy-Authorization", "Authorization"] {
        let server = Server::new(vec![answer("400 Bad Request", &[], "who is credential-1?")]);
        let request = client(&server).contacts().get(1).header(name, "credential-1");
        let text = everything(&request.await.expect_err("an error"));
        assert!(!text.contains("credential-1"), "{name}: {text}");
    }
}

#[tokio::test]
async fn a_job_that_fails_does_not_show_the_token() {
    let body = r#"{"id":"j","state":"plain-token-1","note":"plain-token-1"}"#;
    let server = Server::new(vec![ok(body)]);
    let client = Client::builder().token("plain-token-1").base_url(&server.url).build().expect("a client");
    let request = client.contacts().create(crate::runtime::imitation::CreateContactRequest::new("e"));
    let error = request.redacted(Error::job(crate::JobOutcome::Failed, "plain-token-1".to_owned(), body.as_bytes()));
    let text = format!("{} {:?}", everything(&error), error.job_state());
    assert!(!text.contains("plain-token-1"), "{text}");
}
