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
    let text =
        "ShowContact: 503 Service Unavailable (after 2 attempts, the first of which failed with 502 Bad Gateway)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn what_a_second_answer_is_unreadable_for_is_told_after_two_attempts() {
    let server = Server::new(vec![answer("502 Bad Gateway", &[], ""), answer("200 OK", &[], "[]")]);
    let error = server.retrying(quick()).contacts().get(1).await.expect_err("an error");
    assert!(error.is_decode() && error.to_string().contains("(after 2 attempts, "), "{error}");
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
    let failed = Failed { error: &error, may_be_repeated: false, ..Failed::once(&error) };
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

impl<'e> Failed<'e> {
    /// The first attempt of a read.
    fn once(error: &'e Error) -> Self {
        let (spent, limited_for) = (Duration::ZERO, Duration::ZERO);
        Self { error, may_be_repeated: true, only_reads: true, attempt: 1, spent, limited_for }
    }
}

/// The wait after the first attempt.
fn wait(policy: &RetryPolicy, error: &Error) -> Option<Duration> {
    policy.delay(&Failed::once(error))
}

/// An answer of second 1,000.
const DATE: (&str, &str) = ("date", "Thu, 01 Jan 1970 00:16:40 GMT");

#[test]
fn retry_after_comes_before_the_reset_of_the_rate_limit() {
    let policy = RetryPolicy::default().first_delay(Duration::ZERO);
    let seconds = Duration::from_secs;
    let assert_wait = |error: &Error, least| {
        let wait = wait(&policy, error).expect("a wait");
        assert!(wait >= least && wait <= least + least / 5, "{wait:?} in place of {least:?}");
    };
    assert_wait(&error(429, &[DATE, ("retry-after", "7"), ("x-ratelimit-reset", "1003")]), seconds(7));
    assert_wait(&error(429, &[DATE, ("x-ratelimit-reset", "1003")]), seconds(3));
    assert_wait(&error(503, &[("retry-after", "2")]), seconds(2));
    let past = error(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]);
    assert_wait(&past, seconds(0));
}

#[test]
fn moments_are_moments_of_the_servers_clock_where_it_tells_it() {
    let policy = RetryPolicy::default().first_delay(Duration::ZERO);
    let seconds = Duration::from_secs;
    let assert_wait = |error: &Error, least| {
        let wait = wait(&policy, error).expect("a wait");
        assert!(wait >= least && wait <= least + least / 5, "{wait:?} in place of {least:?}");
    };
    assert_wait(&error(429, &[DATE, ("x-ratelimit-reset", "1030")]), seconds(30));
    assert_wait(&error(503, &[DATE, ("retry-after", "Thu, 01 Jan 1970 00:16:45 GMT")]), seconds(5));
}

#[test]
fn a_reset_that_is_over_or_makes_no_sense_is_none() {
    for reset in ["1000", "999", "-5", "0", "9223372036854775808", "soon", ""] {
        let delay = wait(&RetryPolicy::default(), &error(429, &[DATE, ("x-ratelimit-reset", reset)]));
        // The first of four waits that together last for ten seconds.
        assert!(delay.is_some_and(|delay| delay <= Duration::from_millis(800)), "{reset}: {delay:?}");
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
        let failed = Failed { spent: Duration::from_secs(1), ..Failed::once(&endless) };
        assert_eq!(boundless.delay(&failed), None, "{seconds}");
    }
}

#[test]
fn without_a_word_of_the_api_the_wait_doubles_and_is_random() {
    let policy = RetryPolicy::default();
    let unlimited = |error: &Error, attempt, most| {
        let failed = Failed { attempt, ..Failed::once(error) };
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
    let failed = Failed { spent, ..Failed::once(&short) };
    assert_eq!(RetryPolicy::default().delay(&failed), None);
}

/// The waits of a hundred callers that got the same answer.
fn crowd(policy: &RetryPolicy, error: &Error) -> Vec<Duration> {
    let mut waits: Vec<_> = (0..100).map(|_| wait(policy, error).expect("a wait")).collect();
    waits.sort_unstable();
    waits
}

#[test]
fn callers_that_the_api_asks_to_wait_come_back_spread_over_a_tenth_of_the_wait_and_never_before_it() {
    let patient = RetryPolicy::default().max_delay(Duration::from_secs(600)).total(Duration::from_secs(6_000));
    for (seconds, headers) in [
        (10, [DATE, ("x-ratelimit-reset", "1010")]),
        (7, [DATE, ("retry-after", "7")]),
        (300, [DATE, ("retry-after", "300")]),
        (1, [DATE, ("x-ratelimit-reset", "1001")]),
    ] {
        let (waits, asked) = (crowd(&patient, &error(429, &headers)), Duration::from_secs(seconds));
        let (first, last) = (waits[0], waits[99]);
        assert!(first >= asked && last - first >= asked / 10 && last <= asked * 2, "{asked:?}: {first:?} {last:?}");
    }
}

#[test]
fn the_spread_does_not_make_a_wait_that_the_limits_permit_an_error() {
    let limited = error(429, &[DATE, ("retry-after", "30")]);
    let policy = RetryPolicy::default().max_delay(Duration::from_secs(30)).total(Duration::from_secs(30));
    assert_eq!(crowd(&policy, &limited), [Duration::from_secs(30); 100]);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_without_a_reset_is_outlasted() {
    for (attempts, earlier) in [(5, 0), (2, 0), (3, 1), (8, 3)] {
        let began = tokio::time::Instant::now();
        let answers = Answers::new(std::iter::repeat_n(503, earlier).chain(std::iter::repeat_n(429, 20)));
        let client = answers.client(RetryPolicy::default().attempts(attempts));
        let error = client.contacts().get(1).await.expect_err("an error");
        assert_eq!((error.status(), error.attempts()), (Some(429), attempts));
        let waited = began.elapsed();
        assert!(waited >= Duration::from_secs(10) && waited < Duration::from_secs(90), "{attempts}: {waited:?}");
    }
}

/// A transport that gives one status after the other.
struct Answers(std::sync::Mutex<std::vec::IntoIter<u16>>);

impl Answers {
    fn new(statuses: impl Iterator<Item = u16>) -> Self {
        Self(std::sync::Mutex::new(statuses.collect::<Vec<_>>().into_iter()))
    }

    fn client(self, policy: RetryPolicy) -> Client {
        Client::builder().token("secret-token").transport(self).retry(policy).build().expect("a client")
    }
}

impl crate::Transport for Answers {
    fn carry(&self, _: reqwest::Request) -> crate::Carrying<'_> {
        let status = self.0.lock().expect("a lock").next().expect("a status");
        Box::pin(async move { Ok(http::Response::builder().status(status).body("")?.into()) })
    }
}

/// Bodies of a success that are not the JSON that a server meant to send.
const UNREADABLE: [&str; 5] = ["", " \r\n", "<!DOCTYPE html><p>busy</p>", r#"{"id":"1","emails":["#, "\u{fffd}"];

#[tokio::test]
async fn a_read_whose_success_cannot_be_read_is_tried_again() {
    for body in UNREADABLE {
        let server = Server::new(vec![ok(body), ok(CONTACT)]);
        assert_eq!(server.retrying(quick()).contacts().get(1).await.expect("a contact").id, "1", "{body:?}");
        let server = Server::new(vec![ok(body), ok(CONTACT)]);
        let found = server.retrying(quick()).contacts().search(self::body()).await;
        assert_eq!(found.expect("a contact").id, "1", "{body:?}");
    }
}

#[tokio::test]
async fn a_read_that_stays_unreadable_tells_how_often_it_was_tried() {
    let server = Server::new(vec![ok("<p>"), ok("<p>")]);
    let error = server.retrying(quick().attempts(2)).contacts().get(1).await.expect_err("an error");
    assert!(error.is_decode() && error.attempts() == 2, "{error}");
}

#[tokio::test]
async fn what_has_changed_something_is_not_repeated_for_a_response_that_cannot_be_read() {
    let server = Server::new(vec![ok("<p>"), ok(CONTACT)]);
    let error = server.retrying(quick()).contacts().create(body()).await.expect_err("an error");
    assert_eq!((error.is_decode(), error.attempts()), (true, 1));
    let server = Server::new(vec![ok("<p>"), ok(CONTACT)]);
    let request = server.retrying(quick()).request(crate::Method::DELETE, "/contacts/1");
    assert_eq!(request.await.expect_err("an error").attempts(), 1);
}

#[tokio::test]
async fn json_of_another_kind_is_a_response_and_not_worth_another_attempt() {
    let server = Server::new(vec![ok("[]"), ok(CONTACT)]);
    let error = server.retrying(quick()).contacts().get(1).await.expect_err("an error");
    assert_eq!((error.is_decode(), error.attempts()), (true, 1));
}

#[tokio::test]
async fn an_error_also_tells_what_the_first_attempt_met() {
    let expired = r#"{"errors":[{"code":"scroll_exists","message":"scroll already exists for this workspace"}]}"#;
    let server = Server::new(vec![
        answer("500 Internal Server Error", &[], "<p>oh</p>"),
        answer("400 Bad Request", &[], expired),
    ]);
    let error = server.retrying(quick()).contacts().get(1).await.expect_err("an error");
    let first = error.first_attempt().expect("a first attempt");
    assert_eq!((error.status(), first.status(), first.attempts()), (Some(400), Some(500), 1));
    let text = error.to_string();
    assert!(text.contains("scroll_exists") && text.contains("500 Internal Server Error: <p>oh</p>"), "{text}");
    assert!(text.contains("a scroll expires after a minute without a request"), "{text}");
}

#[tokio::test]
async fn a_first_attempt_that_met_the_same_is_not_told_twice() {
    let server = Server::new(vec![answer("502 Bad Gateway", &[], ""), answer("502 Bad Gateway", &[], "")]);
    let error = server.retrying(quick().attempts(2)).contacts().get(1).await.expect_err("an error");
    assert_eq!(error.to_string(), "ShowContact: 502 Bad Gateway (after 2 attempts)");
    assert!(error.first_attempt().is_some());
}

#[tokio::test]
async fn a_write_is_sent_once_whatever_comes_back_unless_it_is_certain_that_the_api_has_not_acted() {
    let whole = ok(CONTACT);
    let cut = |length: usize| whole[..length].to_vec();
    let statuses =
        ["408 Request Timeout", "409 Conflict", "500 Oh", "502 Bad Gateway", "503 Busy", "504 Late", "529 Odd"];
    let answers = statuses.iter().map(|status| answer(status, &[("Retry-After", "0")], "x"));
    let broken = [cut(0), cut(5), cut(20), cut(whole.len() - 1), b"garbage\r\n\r\n".to_vec(), ok("<p>"), ok("")];
    for first in answers.chain(broken) {
        let server = Server::new(vec![first.clone(), whole.clone()]);
        let error = server.retrying(quick()).contacts().create(body()).await.expect_err("an error");
        assert_eq!(error.attempts(), 1, "{}: {error}", String::from_utf8_lossy(&first));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_at_any_moment_leaves_the_next_one_alone() {
    for milliseconds in 0..40 {
        let statuses = [429, 503, 200].into_iter().cycle().take(100).collect::<Vec<_>>();
        let client = Answers::new(statuses.into_iter()).client(quick().first_delay(Duration::from_millis(20)));
        let limit = Duration::from_millis(milliseconds);
        let _ = tokio::time::timeout(limit, client.contacts().transcript("app").send()).await;
        client.contacts().transcript("app").await.expect("a text");
    }
}
