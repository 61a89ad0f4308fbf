//! What is tried again, what is not, and how long that takes.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::retry::Failed;
use super::test_server::{Server, answer, ok};
use super::{Reply, RetryPolicy};
use crate::Error;
use crate::runtime::imitation::{Client, CreateContactRequest};

const CONTACT: &str = r#"{"id":"1"}"#;
const JOB: &str = r#"{"errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 1 pending message data export jobs"}]}"#;

fn quick() -> RetryPolicy {
    RetryPolicy::default().first_delay(Duration::from_millis(1))
}

fn body() -> CreateContactRequest {
    CreateContactRequest::new("e")
}

#[tokio::test]
async fn a_read_is_tried_until_it_succeeds() {
    let statuses = ["503 Service Unavailable", "502 Bad Gateway", "408 Request Timeout", "500 Internal Server Error"];
    let server = Server::new(statuses.iter().map(|status| answer(status, &[], "")).chain([ok(CONTACT)]).collect());
    server.retrying(quick()).contacts().get(1).await.expect("a contact");
    for _ in 0..5 {
        assert_eq!(server.seen().line, "GET /contacts/1");
    }
}

#[tokio::test]
async fn a_post_that_only_reads_is_tried_again_with_its_body() {
    let server = Server::new(vec![answer("502 Bad Gateway", &[], ""), ok(CONTACT)]);
    server.retrying(quick()).contacts().search(body()).await.expect("a contact");
    assert_eq!(server.seen().body, server.seen().body);
}

#[tokio::test]
async fn the_last_error_is_told_when_attempts_run_out() {
    let server = Server::new(vec![answer("502 Bad Gateway", &[], ""), answer("503 Service Unavailable", &[], "")]);
    let error = server.retrying(quick().attempts(2)).contacts().get(1).await.expect_err("an error");
    assert_eq!((error.status(), error.attempts()), (Some(503), 2));
    assert_eq!(error.to_string(), "ShowContact: 503 Service Unavailable (after 2 attempts)");
}

#[tokio::test]
async fn what_a_second_answer_is_unreadable_for_is_told_after_two_attempts() {
    let server = Server::new(vec![answer("502 Bad Gateway", &[], ""), answer("200 OK", &[], "[]")]);
    let error = server.retrying(quick()).contacts().get(1).await.expect_err("an error");
    assert!(error.is_decode() && error.to_string().ends_with(" (after 2 attempts)"), "{error}");
}

#[tokio::test]
async fn what_is_not_sent_has_no_attempts_and_what_is_not_worth_another_has_one() {
    let server = Server::new(vec![answer("404 Not Found", &[], "")]);
    let client = server.retrying(quick());
    assert_eq!(client.contacts().get("").await.expect_err("an error").attempts(), 0);
    let error = client.contacts().get(1).await.expect_err("an error");
    assert_eq!((error.attempts(), error.to_string().as_str()), (1, "ShowContact: 404 Not Found"));
}

#[tokio::test]
async fn a_write_is_not_tried_again_where_the_api_may_have_acted() {
    let server = Server::new(vec![answer("503 Service Unavailable", &[], ""), ok(CONTACT)]);
    let error = server.retrying(quick()).contacts().create(body()).await.expect_err("an error");
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
    let text = "CreateContact: 503 Service Unavailable (not sent again: the API may have acted on it)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_write_that_is_to_be_sent_once_is_not_said_to_be_held_back() {
    let server = Server::new(vec![answer("503 Service Unavailable", &[], "")]);
    let error = server.client().contacts().create(body()).await.expect_err("an error");
    assert_eq!(error.to_string(), "CreateContact: 503 Service Unavailable");
}

#[tokio::test]
async fn a_write_is_tried_again_where_the_caller_wants_it() {
    let server = Server::new(vec![answer("503 Service Unavailable", &[], ""), ok(CONTACT)]);
    let request = server.client().contacts().create(body()).retry(quick().writes(true));
    request.await.expect("a contact");
}

#[tokio::test]
async fn a_write_is_tried_again_after_a_rate_limit() {
    let server = Server::new(vec![answer("429 Too Many Requests", &[("Retry-After", "0")], ""), ok(CONTACT)]);
    server.retrying(quick()).contacts().create(body()).await.expect("a contact");
}

#[tokio::test]
async fn a_rate_limit_whose_words_break_off_is_still_one() {
    let mut limited = answer("429 Too Many Requests", &[("Retry-After", "0")], "slow down");
    limited.truncate(limited.len() - 4);
    let server = Server::new(vec![limited, ok(CONTACT)]);
    server.retrying(quick()).contacts().create(body()).await.expect("a contact");
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_tried_again_for_reads_only() {
    let broken = || ok(CONTACT)[..60].to_vec();
    let server = Server::new(vec![broken(), b"HTTP/1.1 2".to_vec(), ok(CONTACT)]);
    server.retrying(quick()).contacts().get(1).await.expect("a contact");
    let server = Server::new(vec![broken(), ok(CONTACT)]);
    assert!(server.retrying(quick()).contacts().create(body()).await.expect_err("an error").is_transport());
}

#[tokio::test]
async fn a_server_that_comes_back_gets_the_write_that_found_it_down() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let builder = Client::builder().token("t").base_url(format!("http://{address}"));
    let client = builder.retry(quick().attempts(3)).build().expect("a client");
    let error = client.contacts().create(body()).await.expect_err("an error");
    assert!(error.is_connect() && error.is_transport(), "{error}");
    let failed = Failed { error: &error, may_be_repeated: false, attempt: 1, spent: Duration::ZERO };
    assert!(quick().delay(&failed).is_some());
}

#[tokio::test]
async fn what_waiting_does_not_change_is_not_tried_again() {
    for (status, text) in [("409 Conflict", ""), ("404 Not Found", ""), ("429 Too Many Requests", JOB)] {
        let server = Server::new(vec![answer(status, &[], text), ok(CONTACT)]);
        let error = server.retrying(quick()).contacts().get(1).await.expect_err("an error");
        assert_eq!(error.is_job_under_way(), !text.is_empty(), "{error}");
    }
}

#[tokio::test]
async fn the_wait_that_the_api_asks_for_is_kept() {
    for told in [("Retry-After", "1"), ("X-RateLimit-Reset", "1001")] {
        let limited = answer("429 Too Many Requests", &[("Date", "Thu, 01 Jan 1970 00:16:40 GMT"), told], "");
        let server = Server::new(vec![limited, ok(CONTACT)]);
        let began = Instant::now();
        server.retrying(quick()).contacts().get(1).await.expect("a contact");
        assert!(began.elapsed() >= Duration::from_secs(1), "{told:?}");
    }
}

#[tokio::test]
async fn one_request_may_have_a_policy_of_its_own() {
    let server = Server::new(vec![answer("503 Service Unavailable", &[], ""), ok(CONTACT)]);
    let request = server.retrying(quick()).contacts().get(1).retry(RetryPolicy::none());
    assert_eq!(request.await.expect_err("an error").status(), Some(503));
}

fn error(status: u16, headers: &[(&'static str, &str)]) -> Error {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header")));
    let status = StatusCode::from_u16(status).expect("a status");
    Error::api(Reply { status, headers: HeaderMap::from_iter(headers), body: Vec::new() })
}

/// The wait after the first attempt.
fn wait(policy: &RetryPolicy, error: &Error) -> Option<Duration> {
    policy.delay(&Failed { error, may_be_repeated: true, attempt: 1, spent: Duration::ZERO })
}

/// An answer of second 1,000.
const DATE: (&str, &str) = ("date", "Thu, 01 Jan 1970 00:16:40 GMT");

#[test]
fn retry_after_comes_before_the_reset_of_the_rate_limit() {
    let policy = RetryPolicy::default();
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(wait(&policy, &error(429, &[DATE, ("retry-after", "7"), ("x-ratelimit-reset", "1003")])), seconds(7));
    assert_eq!(wait(&policy, &error(429, &[DATE, ("x-ratelimit-reset", "1003")])), seconds(3));
    assert_eq!(wait(&policy, &error(503, &[("retry-after", "2")])), seconds(2));
    let past = error(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]);
    assert_eq!(wait(&policy, &past), seconds(0));
}

#[test]
fn moments_are_moments_of_the_servers_clock_where_it_tells_it() {
    let policy = RetryPolicy::default();
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(wait(&policy, &error(429, &[DATE, ("x-ratelimit-reset", "1030")])), seconds(30));
    assert_eq!(wait(&policy, &error(503, &[DATE, ("retry-after", "Thu, 01 Jan 1970 00:16:45 GMT")])), seconds(5));
}

#[test]
fn a_reset_that_is_over_or_makes_no_sense_is_none() {
    for reset in ["1000", "999", "-5", "0", "9223372036854775808", "soon", ""] {
        let delay = wait(&RetryPolicy::default(), &error(429, &[DATE, ("x-ratelimit-reset", reset)]));
        assert!(delay.is_some_and(|delay| delay <= Duration::from_millis(500)), "{reset}: {delay:?}");
    }
    for reset in ["1031", "4102444800", "9223372036854775807"] {
        let delay = wait(&RetryPolicy::default(), &error(429, &[DATE, ("x-ratelimit-reset", reset)]));
        assert_eq!(delay, None, "{reset}");
    }
}

#[test]
fn a_wait_without_end_is_the_end_and_nothing_worse() {
    let boundless = RetryPolicy::default().max_delay(Duration::MAX);
    for seconds in ["18446744073709551615", "18446744073709551616", "99999999999999999999999999"] {
        let endless = error(429, &[("retry-after", seconds)]);
        assert_eq!(wait(&RetryPolicy::default(), &endless), None, "{seconds}");
        let failed = Failed { error: &endless, may_be_repeated: true, attempt: 1, spent: Duration::from_secs(1) };
        assert_eq!(boundless.delay(&failed), None, "{seconds}");
    }
}

#[test]
fn without_a_word_of_the_api_the_wait_doubles_and_is_random() {
    let policy = RetryPolicy::default();
    let unlimited = |error: &Error, attempt, most| {
        let failed = Failed { error, may_be_repeated: true, attempt, spent: Duration::ZERO };
        let delays: Vec<_> = (0..50).map(|_| policy.clone().attempts(99).delay(&failed).expect("a delay")).collect();
        assert!(delays.iter().all(|delay| *delay <= Duration::from_millis(most)), "{delays:?}");
        assert!(delays.iter().any(|delay| *delay != delays[0]));
    };
    unlimited(&error(503, &[]), 1, 500);
    unlimited(&error(503, &[]), 3, 2_000);
    unlimited(&error(503, &[]), 50, 30_000);
    unlimited(&error(429, &[("retry-after", "soon"), ("x-ratelimit-reset", "never")]), 1, 500);
}

#[test]
fn a_wait_beyond_the_limits_is_the_end() {
    let long = error(429, &[("retry-after", "31")]);
    assert_eq!(wait(&RetryPolicy::default(), &long), None);
    assert!(wait(&RetryPolicy::default().max_delay(Duration::from_secs(60)), &long).is_some());
    let short = error(429, &[("retry-after", "9")]);
    let spent = Duration::from_secs(112);
    let failed = Failed { error: &short, may_be_repeated: true, attempt: 1, spent };
    assert_eq!(RetryPolicy::default().delay(&failed), None);
}
