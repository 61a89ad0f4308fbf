//! Counting, by moments of the tests' own, and over a socket.

use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::super::test_server::{Server, answer};
use super::{Count, RateLimiter, WINDOW};
use crate::runtime::imitation::Client;
use crate::{RateLimit, RetryPolicy, Timestamp};

fn seen(limit: u64, remaining: u64, reset: i64) -> RateLimit {
    RateLimit { limit: Some(limit), remaining: Some(remaining), reset: Some(Timestamp::from(reset)) }
}

/// A count, and the moment from which seconds are counted: the API's second 100.
struct Counted {
    count: Count,
    began: Instant,
}

impl Counted {
    fn new() -> Self {
        Self { count: Count::default(), began: Instant::now() }
    }

    fn at(&self, second: u64) -> Instant {
        self.began + Duration::from_secs(second - 100)
    }

    /// Learns from an answer of this second.
    fn learn(&mut self, limit: u64, remaining: u64, reset: i64, second: u64) {
        let rest = u64::try_from(reset).ok().and_then(|reset| reset.checked_sub(second)).filter(|rest| *rest > 0);
        let now = self.at(second);
        self.count.learn(&seen(limit, remaining, reset), rest.map(Duration::from_secs), now);
    }

    /// How many requests may be sent in this second, up to a hundred.
    fn room(&mut self, second: u64) -> usize {
        let now = self.at(second);
        (0..100).take_while(|_| self.count.take(now)).count()
    }

    fn wait(&mut self, second: u64) -> Option<Duration> {
        let now = self.at(second);
        self.count.wait(now)
    }
}

#[test]
fn without_a_word_of_the_api_nothing_waits() {
    let mut counted = Counted::new();
    assert_eq!((counted.room(101), counted.wait(101)), (100, None));
}

#[test]
fn what_remains_is_used_up_and_then_the_window_has_to_end() {
    let mut counted = Counted::new();
    counted.learn(50, 2, 107, 100);
    assert_eq!((counted.room(101), counted.wait(102)), (2, Some(Duration::from_secs(5))));
    assert_eq!((counted.wait(107), counted.room(107)), (None, 50));
}

#[test]
fn those_who_wait_come_back_one_after_the_other() {
    let mut counted = Counted::new();
    counted.learn(9, 0, 107, 100);
    let waits: Vec<_> = (0..3).filter_map(|_| counted.wait(102)).collect();
    assert_eq!(waits, [5_000, 5_001, 5_002].map(Duration::from_millis));
    let last = (0..10_000).filter_map(|_| counted.wait(102)).max();
    assert_eq!(last, Some(Duration::from_secs(6)));
    counted.learn(9, 0, 117, 108);
    assert_eq!(counted.wait(108), Some(Duration::from_secs(9)));
}

#[test]
fn the_next_window_has_the_limit_of_the_last() {
    let mut counted = Counted::new();
    counted.learn(2, 0, 101, 100);
    assert_eq!((counted.room(102), counted.wait(102)), (2, Some(WINDOW)));
}

#[test]
fn an_answer_that_comes_late_gives_nothing_back() {
    let mut counted = Counted::new();
    counted.learn(9, 1, 107, 100);
    assert_eq!(counted.room(100), 1);
    counted.learn(9, 5, 107, 100);
    assert_eq!(counted.room(100), 0);
    counted.learn(9, 5, 90, 100);
    assert_eq!(counted.room(100), 0);
}

#[test]
fn an_answer_of_the_window_before_says_nothing_about_this_one() {
    let mut counted = Counted::new();
    counted.learn(9, 9, 108, 100);
    counted.learn(9, 0, 104, 100);
    assert_eq!(counted.room(100), 9);
}

#[test]
fn the_first_word_on_a_window_does_not_give_back_what_is_under_way() {
    let mut counted = Counted::new();
    counted.learn(20, 0, 101, 100);
    let now = counted.at(102);
    assert!((0..15).all(|_| counted.count.take(now)));
    // The API has counted one of the fifteen.
    counted.learn(20, 19, 111, 103);
    assert_eq!(counted.room(103), 5);
}

#[test]
fn a_later_window_begins_anew() {
    let mut counted = Counted::new();
    counted.learn(9, 0, 107, 100);
    counted.learn(9, 8, 117, 106);
    assert_eq!(counted.room(106), 8);
}

#[test]
fn no_clock_holds_anyone_back_for_longer_than_a_window() {
    let mut counted = Counted::new();
    counted.learn(9, 0, 9_999_999, 100);
    assert_eq!((counted.wait(100), counted.wait(110)), (Some(WINDOW), None));
    assert_eq!(counted.room(110), 9);
    counted.learn(9, 3, 115, 111);
    assert_eq!(counted.wait(111), Some(Duration::from_secs(4)), "what made no sense is forgotten");
}

#[test]
fn a_limit_that_was_taken_for_too_low_gives_the_rest_of_the_true_one() {
    let mut counted = Counted::new();
    counted.count.limit = Some(50);
    assert_eq!(counted.room(100), 50);
    // The API has counted one of the fifty.
    counted.learn(80, 79, 110, 101);
    assert_eq!(counted.room(101), 30);
    counted.learn(80, 78, 110, 101);
    assert_eq!(counted.room(101), 0);
}

#[tokio::test(start_paused = true)]
async fn who_waits_goes_on_at_once_when_the_api_tells_a_higher_limit() {
    let (limiter, turns) = (RateLimiter::with_limit(1), Semaphore::new(9));
    drop(limiter.turn(&turns).await);
    let began = Instant::now();
    let waiters = async { tokio::join!(limiter.turn(&turns), limiter.turn(&turns), limiter.turn(&turns)) };
    let answer = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        limiter.learn(&seen(166, 165, 109), Some(Duration::from_secs(9)));
    };
    tokio::join!(waiters, answer);
    assert_eq!(began.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn who_waits_goes_on_when_the_window_ends_that_the_api_tells() {
    let (limiter, turns) = (RateLimiter::with_limit(1), Semaphore::new(9));
    drop(limiter.turn(&turns).await);
    let began = Instant::now();
    let answer = async { limiter.learn(&seen(1, 0, 103), Some(Duration::from_secs(3))) };
    tokio::join!(limiter.turn(&turns), answer);
    assert_eq!(began.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_given_holds_from_the_first_request() {
    let (limiter, turns) = (RateLimiter::with_limit(2), Semaphore::new(9));
    let (_one, _other) = (limiter.turn(&turns).await, limiter.clone().turn(&turns).await);
    assert!(tokio::time::timeout(Duration::from_millis(1), limiter.turn(&turns)).await.is_err());
    assert_eq!(turns.available_permits(), 7, "who waits takes no turn");
}

#[tokio::test]
async fn clones_of_a_client_share_one_count_and_tell_what_was_seen() {
    let headers = [
        ("Date", "Thu, 01 Jan 1970 00:16:40 GMT"),
        ("X-RateLimit-Limit", "166"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", "1001"),
    ];
    let server = Server::new(vec![answer("404 Not Found", &headers, ""), answer("200 OK", &[], r#"{"id":"1"}"#)]);
    let builder = Client::builder().token("t").base_url(&server.url).retry(RetryPolicy::none());
    let client = builder.rate_limiter(RateLimiter::new()).build().expect("a client");
    assert_eq!(client.rate_limit(), None);
    let began = Instant::now();
    client.contacts().get(1).await.expect_err("an error");
    assert_eq!(client.rate_limit(), Some(seen(166, 0, 1001)));
    client.clone().contacts().get(1).await.expect("a contact");
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!(client.rate_limit().and_then(|limit| limit.limit), Some(166));
}

#[tokio::test]
async fn a_window_is_one_of_the_servers_clock() {
    // It is behind this machine's, and by decades.
    let headers = [
        ("Date", "Thu, 01 Jan 1970 00:16:40 GMT"),
        ("X-RateLimit-Limit", "166"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", "1009"),
    ];
    let server = Server::new(vec![answer("404 Not Found", &headers, "")]);
    let (limiter, builder) = (RateLimiter::new(), Client::builder().token("t").base_url(&server.url));
    let builder = builder.rate_limiter(limiter.clone()).retry(RetryPolicy::none());
    builder.build().expect("a client").contacts().get(1).await.expect_err("an error");
    let wait = limiter.count().left(Instant::now()).expect("a wait");
    assert!(wait <= Duration::from_secs(9), "{wait:?}");
}
