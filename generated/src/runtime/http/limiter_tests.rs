//! Counting, by a clock of the tests' own, and over a socket.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::super::test_server::{Server, answer};
use super::{Count, RateLimiter, WINDOW};
use crate::runtime::imitation::Client;
use crate::{RateLimit, RetryPolicy, Timestamp};

/// A moment, in seconds.
fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn seen(limit: u64, remaining: u64, reset: i64) -> RateLimit {
    RateLimit { limit: Some(limit), remaining: Some(remaining), reset: Some(Timestamp::from(reset)) }
}

#[test]
fn without_a_word_of_the_api_nothing_waits() {
    let mut count = Count::default();
    assert!((0..1_000).all(|_| count.take(at(1)).is_none()));
}

#[test]
fn what_remains_is_used_up_and_then_the_window_has_to_end() {
    let mut count = Count::default();
    count.learn(&seen(166, 2, 107), at(100));
    assert_eq!([count.take(at(101)), count.take(at(101))], [None, None]);
    assert_eq!(count.take(at(102)), Some(Duration::from_secs(5)));
    assert_eq!(count.take(at(107)), None);
}

#[test]
fn the_next_window_has_the_limit_of_the_last() {
    let mut count = Count::default();
    count.learn(&seen(2, 0, 101), at(100));
    assert_eq!([count.take(at(102)), count.take(at(102))], [None, None]);
    assert_eq!(count.take(at(102)), Some(WINDOW));
}

#[test]
fn an_answer_that_comes_late_gives_nothing_back() {
    let mut count = Count::default();
    count.learn(&seen(9, 1, 107), at(100));
    assert_eq!(count.take(at(100)), None);
    count.learn(&seen(9, 5, 107), at(100));
    assert!(count.take(at(100)).is_some());
    count.learn(&seen(9, 5, 90), at(100));
    assert!(count.take(at(100)).is_some());
}

#[test]
fn no_clock_holds_anyone_back_for_longer_than_a_window() {
    let mut count = Count::default();
    count.learn(&seen(9, 0, 9_999_999), at(100));
    assert_eq!(count.take(at(100)), Some(WINDOW));
    assert_eq!(count.take(at(110)), None);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_given_holds_from_the_first_request() {
    let limiter = RateLimiter::with_limit(2);
    limiter.admit().await;
    limiter.clone().admit().await;
    assert!(tokio::time::timeout(Duration::from_millis(1), limiter.admit()).await.is_err());
}

#[tokio::test]
async fn clones_of_a_client_share_one_count_and_tell_what_was_seen() {
    let reset = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs() + 2;
    let reset_text = reset.to_string();
    let headers = [("X-RateLimit-Limit", "166"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", &*reset_text)];
    let server = Server::new(vec![answer("404 Not Found", &headers, ""), answer("200 OK", &[], r#"{"id":"1"}"#)]);
    let builder = Client::builder().token("t").base_url(&server.url).retry(RetryPolicy::none());
    let client = builder.rate_limiter(RateLimiter::new()).build().expect("a client");
    assert_eq!(client.rate_limit(), None);
    client.contacts().get(1).await.expect_err("an error");
    assert_eq!(client.rate_limit(), Some(seen(166, 0, reset.try_into().expect("a moment"))));
    let began = Instant::now();
    client.clone().contacts().get(1).await.expect("a contact");
    assert!(began.elapsed() >= Duration::from_millis(500));
    assert_eq!(client.rate_limit().and_then(|limit| limit.limit), Some(166));
}
