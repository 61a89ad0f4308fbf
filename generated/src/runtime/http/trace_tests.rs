//! What a subscriber sees of a call.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::test_server::{Server, answer, ok};
use crate::RetryPolicy;

type Fields = BTreeMap<&'static str, String>;

/// What was told: the fields of each span, last values winning, and events with the span that they belong to.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    spans: Vec<Fields>,
    events: Vec<(Option<u64>, Fields)>,
}

struct Values<'f>(&'f mut Fields);

impl Visit for Values<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("intercom_gen")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut told = self.0.lock().expect("spans");
        let mut fields = Fields::new();
        span.record(&mut Values(&mut fields));
        told.spans.push(fields);
        Id::from_u64(told.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut told = self.0.lock().expect("spans");
        if let Some(fields) = told.spans.get_mut(span.into_u64() as usize - 1) {
            values.record(&mut Values(fields));
        }
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::from([("level", event.metadata().level().to_string())]);
        event.record(&mut Values(&mut fields));
        self.0.lock().expect("events").events.push((event.parent().map(Id::into_u64), fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Recorder {
    /// The spans and events of one call to a server with these answers.
    async fn of(answers: Vec<Vec<u8>>) -> Told {
        let recorder = Self::default();
        let _guard = tracing::subscriber::set_default(recorder.clone());
        let policy = RetryPolicy::default().first_delay(Duration::from_millis(1));
        let client = Server::new(answers).retrying(policy);
        let _ = client.contacts().get("secret-argument").await;
        std::mem::take(&mut *recorder.0.lock().expect("spans"))
    }
}

#[track_caller]
fn only(told: &Told) -> &Fields {
    let [span] = &told.spans[..] else { panic!("{:?}", told.spans) };
    span
}

#[tokio::test]
async fn a_call_is_a_span_with_what_tells_it_apart() {
    let told = Recorder::of(vec![ok(r#"{"id":"c1"}"#)]).await;
    let expected = [
        ("attempt", "1"),
        ("method", "GET"),
        ("operation", "ShowContact"),
        ("path", "/contacts/{id}"),
        ("request_id", "req_1"),
        ("status", "200"),
    ];
    assert_eq!(only(&told), &Fields::from(expected.map(|(name, value)| (name, value.to_owned()))));
    assert!(told.events.is_empty(), "{:?}", told.events);
}

#[tokio::test]
async fn another_attempt_is_told_in_the_same_span() {
    let unavailable = answer("503 Service Unavailable", &[("Retry-After", "0")], "");
    let told = Recorder::of(vec![unavailable, ok(r#"{"id":"c1"}"#)]).await;
    let span = only(&told);
    assert_eq!((span["attempt"].as_str(), span["status"].as_str(), span["retry_delay_ms"].as_str()), ("2", "200", "0"));
    let [(Some(1), event)] = &told.events[..] else { panic!("{:?}", told.events) };
    assert_eq!((event["level"].as_str(), event["message"].as_str()), ("DEBUG", "trying again"));
}

#[tokio::test]
async fn a_refusal_leaves_its_status_and_request_id() {
    let told = Recorder::of(vec![answer("404 Not Found", &[("X-Request-Id", "req_9")], "")]).await;
    let span = only(&told);
    assert_eq!((span["status"].as_str(), span["request_id"].as_str()), ("404", "req_9"));
}

#[tokio::test]
async fn what_does_not_fit_is_a_warning_with_its_place_and_without_the_value() {
    let told = Recorder::of(vec![ok(r#"{"id":"c1","visits":"secret-value"}"#)]).await;
    let [(Some(1), event)] = &told.events[..] else { panic!("{:?}", told.events) };
    assert_eq!((event["level"].as_str(), event["path"].as_str()), ("WARN", "$.visits"));
}

#[tokio::test]
async fn neither_token_nor_argument_nor_body_is_told() {
    let unavailable = answer("503 Service Unavailable", &[("Retry-After", "0")], "secret-body");
    let echo = answer("400 Bad Request", &[], r#"{"message": "secret-token", "errors": []}"#);
    for answers in [vec![ok(r#"{"id":"secret-body","visits":"secret-value"}"#)], vec![unavailable, echo]] {
        let told = Recorder::of(answers).await;
        let text = format!("{:?} {:?}", told.spans, told.events);
        assert!(!told.spans.is_empty() && !text.contains("secret"), "{text}");
    }
}
