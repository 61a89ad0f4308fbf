//! One client for the tokens of many workspaces.

use super::test_server::{Server, answer, ok};
use crate::runtime::imitation::Client;
use crate::{ErrorKind, RateLimiter, RetryPolicy};

const CONTACT: &str = r#"{"id":"c1"}"#;

fn limited(remaining: &str) -> Vec<u8> {
    answer("200 OK", &[("X-RateLimit-Limit", "166"), ("X-RateLimit-Remaining", remaining)], CONTACT)
}

#[tokio::test]
async fn each_token_goes_with_the_calls_of_its_client() {
    let server = Server::new(vec![ok(CONTACT), ok(CONTACT), ok(CONTACT)]);
    let first = server.client();
    let second = first.with_token("other-token").expect("a client");
    for client in [&first, &second, &first] {
        client.contacts().get("c1").await.expect("a contact");
    }
    let tokens =
        [server.seen(), server.seen(), server.seen()].map(|seen| seen.header("authorization").map(str::to_owned));
    assert_eq!(
        tokens.each_ref().map(Option::as_deref),
        [Some("Bearer secret-token"), Some("Bearer other-token"), Some("Bearer secret-token")]
    );
}

#[tokio::test]
async fn what_is_known_of_the_rate_limit_belongs_to_the_token() {
    let server = Server::new(vec![limited("100"), limited("7")]);
    let first = server.client();
    let second = first.with_token("other-token").expect("a client");
    first.contacts().get("c1").await.expect("a contact");
    second.contacts().get("c1").await.expect("a contact");
    let remaining = |client: &Client| client.rate_limit().and_then(|limit| limit.remaining);
    assert_eq!((remaining(&first), remaining(&second)), (Some(100), Some(7)));
    assert_eq!(remaining(&second.with_token("secret-token").expect("a client")), Some(100));
    assert_eq!(remaining(&first.with_token("other-token").expect("a client")), Some(7));
}

#[tokio::test]
async fn a_token_that_is_used_up_does_not_hold_back_another() {
    let server = Server::new(vec![ok(CONTACT), ok(CONTACT)]);
    let builder = Client::builder().token("secret-token").base_url(&server.url).retry(RetryPolicy::none());
    let first = builder.rate_limiter(RateLimiter::with_limit(1)).build().expect("a client");
    let second = first.with_token("other-token").expect("a client");
    first.contacts().get("c1").await.expect("a contact");
    second.contacts().get("c1").await.expect("a contact");
    // The same token again has the same limiter, which is used up. Nothing but the clock is waited for.
    tokio::time::pause();
    let again = first.with_token("other-token").expect("a client");
    let waited = tokio::time::timeout(std::time::Duration::from_secs(5), again.contacts().get("c1")).await;
    assert!(waited.is_err());
}

#[tokio::test]
async fn a_client_without_a_token_gives_others_theirs_and_sends_nothing_itself() {
    let server = Server::new(vec![ok(CONTACT)]);
    let client = Client::builder().without_token().base_url(&server.url).build().expect("a client");
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("with_token"), "{error}");
    client.with_token("other-token").expect("a client").contacts().get("c1").await.expect("a contact");
    assert_eq!(server.seen().header("authorization"), Some("Bearer other-token"));
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_refused_without_being_printed() {
    let client = Server::new(vec![]).client();
    for token in ["", "  ", "other-token\nX: y"] {
        let error = client.with_token(token).expect_err("an error");
        assert!(error.is_config() && !format!("{error} {error:?}").contains("other-token"), "{error:?}");
    }
}

#[tokio::test]
async fn a_token_that_comes_back_does_not_show_in_the_error() {
    let server = Server::new(vec![answer("403 Forbidden", &[], "no entry for other-token")]);
    let client = server.client().with_token("other-token").expect("a client");
    let error = client.contacts().get("c1").await.expect_err("an error");
    assert!(error.to_string().contains("no entry for [token]"), "{error}");
    assert!(!format!("{client:?}").contains("other-token"));
}
