//! Who waits for a turn or for the limiter, by a clock that stands still unless everybody waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::Instant;

use crate::runtime::imitation::Client;
use crate::{Carrying, ClientBuilder, RateLimiter, RetryPolicy, Transport};

/// Carries nothing: notes when it was asked for what, and answers with the next status of a list, then with success.
/// What asks for `/contacts/silent` gets no answer.
#[derive(Clone)]
struct Stage {
    began: Instant,
    asked: Arc<Mutex<Vec<(String, u64)>>>,
    statuses: Arc<Mutex<Vec<u16>>>,
}

impl Stage {
    fn new(statuses: &[u16]) -> Self {
        let statuses = statuses.iter().rev().copied().collect();
        Self { began: Instant::now(), asked: Arc::default(), statuses: Arc::new(Mutex::new(statuses)) }
    }

    fn builder(&self) -> ClientBuilder<Client> {
        Client::builder().token("t").retry(RetryPolicy::none()).transport(self.clone())
    }

    /// The last segment of what was asked for, and in which second.
    fn asked(&self) -> Vec<(String, u64)> {
        std::mem::take(&mut *self.asked.lock().expect("a lock"))
    }
}

impl Transport for Stage {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        let last = request.url().path().rsplit('/').next().unwrap_or_default().to_owned();
        let is_silent = last == "silent";
        self.asked.lock().expect("a lock").push((last, self.began.elapsed().as_secs()));
        let status = self.statuses.lock().expect("a lock").pop().unwrap_or(200);
        Box::pin(async move {
            if is_silent {
                std::future::pending::<()>().await;
            }
            let answer = http::Response::builder().status(status).body(r#"{"id":"1"}"#).expect("an answer");
            Ok(reqwest::Response::from(answer))
        })
    }
}

fn asked(expected: &[(&str, u64)]) -> Vec<(String, u64)> {
    expected.iter().map(|(what, when)| ((*what).to_owned(), *when)).collect()
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_are_let_pass_in_the_order_in_which_they_came() {
    let stage = Stage::new(&[]);
    let client = stage.builder().rate_limiter(RateLimiter::with_limit(2)).build().expect("a client");
    let mut calls = Vec::new();
    for id in ["a", "b", "c", "d", "e", "f", "g"] {
        calls.push(tokio::spawn(client.contacts().get(id).send()));
        yield_now().await;
    }
    for call in calls {
        call.await.expect("no panic").expect("a contact");
    }
    let expected = [("a", 0), ("b", 0), ("c", 10), ("d", 10), ("e", 20), ("f", 20), ("g", 30)];
    assert_eq!(stage.asked(), asked(&expected));
}

#[tokio::test(start_paused = true)]
async fn who_waits_and_is_polled_no_more_holds_nobody_up() {
    let stage = Stage::new(&[]);
    let client = stage.builder().rate_limiter(RateLimiter::with_limit(1)).build().expect("a client");
    client.contacts().get("a").await.expect("a contact");
    let mut left = client.contacts().get("left").send();
    tokio::select! {
        biased;
        _ = &mut left => panic!("the limit is reached"),
        () = std::future::ready(()) => {}
    }
    let hour = Duration::from_secs(3_600);
    tokio::time::timeout(hour, client.contacts().get("b").send()).await.expect("no lock").expect("a contact");
    assert_eq!(stage.asked(), asked(&[("a", 0), ("b", 10)]));
    left.await.expect("a contact");
    assert_eq!(stage.asked(), asked(&[("left", 20)]));
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_has_taken_nothing_from_the_others() {
    let stage = Stage::new(&[]);
    let builder = stage.builder().rate_limiter(RateLimiter::with_limit(2)).max_in_flight(1);
    let client = builder.build().expect("a client");
    let silent = tokio::spawn(client.contacts().get("silent").send());
    let waiting = tokio::spawn(client.contacts().get("waiting").send());
    yield_now().await;
    for call in [waiting, silent] {
        call.abort();
        assert!(call.await.is_err_and(|error| error.is_cancelled()));
    }
    client.contacts().get("next").await.expect("a contact");
    assert_eq!(stage.asked(), asked(&[("silent", 0), ("next", 0)]));
}

#[tokio::test(start_paused = true)]
async fn time_spent_in_the_line_does_not_count_as_time_spent_on_trying() {
    let stage = Stage::new(&[200, 502, 502]);
    let policy = RetryPolicy::default().attempts(3).total(Duration::from_secs(5)).first_delay(Duration::ZERO);
    let builder = stage.builder().rate_limiter(RateLimiter::with_limit(1)).retry(policy);
    let client = builder.build().expect("a client");
    client.contacts().get("a").await.expect("a contact");
    client.contacts().get("b").await.expect("a contact, after two failures");
    assert_eq!(stage.asked(), asked(&[("a", 0), ("b", 10), ("b", 20), ("b", 30)]));
}

#[tokio::test(start_paused = true)]
async fn a_turn_is_given_back_however_a_call_ends() {
    let stage = Stage::new(&[302, 404, 500]);
    let client = stage.builder().max_in_flight(1).build().expect("a client");
    for _ in 0..3 {
        client.contacts().get("a").await.expect_err("an error");
    }
    client.contacts().get("silent").timeout(Duration::from_secs(1)).await.expect_err("a timeout");
    let dropped = tokio::spawn(client.contacts().get("silent").send());
    yield_now().await;
    dropped.abort();
    client.contacts().get("b").await.expect("a contact");
    drop(client.contacts().recording().await.expect("a download"));
    client.contacts().get("c").await.expect("a contact");
    assert_eq!(stage.asked().len(), 8);
}
