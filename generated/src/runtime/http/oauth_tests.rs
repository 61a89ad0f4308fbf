use super::super::test_server::{Server, answer, ok};
use super::*;
use crate::runtime::imitation::Client;
use crate::{ErrorKind, RetryPolicy};

const SECRET: &str = "client-secret-1";
const CODE: &str = "code-of-a-person";

fn app() -> App {
    App::new("client 1", SECRET)
}

/// What a server's answer to a code is made of.
async fn exchanged(reply: Vec<u8>) -> (Server, Result<Token>) {
    let server = Server::new(vec![reply]);
    let client = Client::builder().without_token().base_url(&server.url).retry(RetryPolicy::none()).build();
    let token = client.expect("a client").exchange_code(&app(), CODE).await;
    (server, token)
}

#[track_caller]
fn assert_silent(error: &Error) {
    let text = format!("{error} {error:?} {:?}", error.body().map(String::from_utf8_lossy));
    assert!(![SECRET, CODE, "fresh-token"].iter().any(|secret| text.contains(secret)), "{text}");
}

#[test]
fn people_are_sent_to_intercom_with_the_app_and_the_state() {
    let url = app().authorize_url(&State::from("a&b".to_owned()));
    assert_eq!(url, "https://app.intercom.com/oauth?client_id=client%201&state=a%26b");
    let url = app().redirect_uri("https://shop.example/back?x=1").authorize_url(&State::from("s".to_owned()));
    assert!(url.ends_with("&state=s&redirect_uri=https%3A%2F%2Fshop.example%2Fback%3Fx%3D1"), "{url}");
}

#[test]
fn no_two_states_are_the_same() {
    let (one, other) = (State::random().expect("a state"), State::random().expect("a state"));
    assert_eq!((one.as_str().len(), one.as_str() == other.as_str()), (64, false));
}

#[test]
fn only_the_state_that_was_sent_is_accepted() {
    let state = State::random().expect("a state");
    assert!(State::from(state.as_str().to_owned()).check(state.as_str()).is_ok());
    let text = state.as_str();
    for returned in ["", &text[1..], &text.replace(&text[..1], "x"), &format!("{text}0")] {
        let error = state.check(returned).expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(!error.to_string().contains(text), "{error}");
    }
    assert!(State::from(String::new()).check("").is_err());
}

#[tokio::test]
async fn a_code_is_exchanged_for_a_token_without_any_token() {
    let (server, token) = exchanged(ok(r#"{"token_type": "Bearer", "token": "fresh-token"}"#)).await;
    assert_eq!(token.expect("a token").as_str(), "fresh-token");
    let seen = server.seen();
    assert_eq!(seen.line, "POST /auth/eagle/token");
    assert_eq!((seen.header("authorization"), seen.header("intercom-version")), (None, None));
    assert_eq!(seen.body, r#"{"client_id":"client 1","client_secret":"client-secret-1","code":"code-of-a-person"}"#);
}

#[tokio::test]
async fn the_token_has_one_of_two_names() {
    for body in [r#"{"access_token": "fresh-token"}"#, r#"{"token": null, "access_token": "fresh-token"}"#] {
        assert_eq!(exchanged(ok(body)).await.1.expect("a token").as_str(), "fresh-token");
    }
}

#[tokio::test]
async fn an_answer_without_a_token_is_an_error_that_does_not_show_it() {
    for body in ["", "{}", "[]", r#"{"token": ""}"#, "fresh-token", r#"{"tokens": ["fresh-token"]}"#] {
        let error = exchanged(ok(body)).await.1.expect_err("an error");
        assert!(error.is_decode() && error.to_string().contains("`token`"), "{error}");
        assert_silent(&error);
    }
}

#[tokio::test]
async fn a_refusal_does_not_show_the_secret() {
    let body = format!(r#"{{"errors": [{{"code": "not_found", "message": "no {CODE} for {SECRET}"}}]}}"#);
    let error = exchanged(answer("404 Not Found", &[], body)).await.1.expect_err("an error");
    assert!(error.is_not_found() && error.operation() == Some("exchange_code"), "{error:?}");
    assert_eq!(error.to_string(), "exchange_code: 404 Not Found: not_found: no [secret] for [secret]");
    assert_silent(&error);
}

#[test]
fn nothing_of_it_prints_a_secret() {
    let (state, token) = (State::from("sss".to_owned()), Token("fresh-token".to_owned()));
    let text = format!("{:?} {state:?} {token:?}", app());
    assert!(text.contains("client 1") && !text.contains(SECRET) && !text.contains("sss"), "{text}");
    assert!(!text.contains("fresh-token"), "{text}");
}

#[tokio::test]
async fn a_secret_with_a_quote_shows_in_no_error() {
    let secret = "client\"secret\\1/é";
    let body = serde_json::json!({"errors": [{"code": "bad", "message": format!("no {secret}")}]}).to_string();
    let server = Server::new(vec![answer("400 Bad Request", &[], body.replace('/', "\\/"))]);
    let client = Client::builder().without_token().base_url(&server.url).retry(RetryPolicy::none()).build();
    let error = client.expect("a client").exchange_code(&App::new("app", secret), CODE).await.expect_err("an error");
    assert_eq!(error.to_string(), "exchange_code: 400 Bad Request: bad: no [secret]");
    let body = String::from_utf8_lossy(error.body().unwrap_or_default()).into_owned();
    assert!(!body.contains("secret\\"), "{body}");
}
