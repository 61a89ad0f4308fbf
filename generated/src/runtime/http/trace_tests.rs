//! What a subscriber sees of a call.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Instrument as _, Metadata, Subscriber};

use super::Call;
use super::test_server::{Server, answer, ok};
use crate::runtime::imitation::Client;
use crate::runtime::{Paging, Style};
use crate::{Json, Method, Pages, RetryPolicy};

type Fields = BTreeMap<&'static str, String>;

/// What was told: the fields of each span, last values winning, and events with the span that they belong to.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    spans: Vec<Fields>,
    /// The span around each, as its number.
    parents: Vec<Option<u64>>,
    /// Spans that are entered.
    entered: Vec<u64>,
    events: Vec<(Option<u64>, Fields)>,
    /// The targets of spans and events.
    targets: Vec<&'static str>,
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
        told.targets.push(span.metadata().target());
        let parent = told.entered.last().copied();
        told.parents.push(parent);
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
        let mut told = self.0.lock().expect("events");
        told.events.push((event.parent().map(Id::into_u64), fields));
        told.targets.push(event.metadata().target());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, span: &Id) {
        self.0.lock().expect("spans").entered.push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.0.lock().expect("spans").entered.pop();
    }
}

/// A second subscriber, which is nobody's. While there is only one, tracing lets the thread that first comes by a span or an
/// event say for all threads that nobody is interested in it.
static NOBODYS: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Recorder::default()));

impl Recorder {
    /// One that is told what happens on this thread.
    fn listening() -> (Self, DefaultGuard) {
        LazyLock::force(&NOBODYS);
        let recorder = Self::default();
        let guard = tracing::subscriber::set_default(recorder.clone());
        (recorder, guard)
    }

    fn told(&self) -> Told {
        std::mem::take(&mut *self.0.lock().expect("spans"))
    }

    /// The spans and events of one call to a server with these answers.
    async fn of(answers: Vec<Vec<u8>>) -> Told {
        Self::of_call(answers, async |client| drop(client.contacts().get("secret-argument").await)).await
    }

    /// The spans and events of a call to a server with these answers.
    async fn of_call(answers: Vec<Vec<u8>>, call: impl AsyncFnOnce(Client)) -> Told {
        let (recorder, _guard) = Self::listening();
        let policy = RetryPolicy::default().first_delay(Duration::from_millis(1));
        call(Server::new(answers).retrying(policy)).await;
        recorder.told()
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
    assert_eq!(span.get("error"), None);
    let event = [
        ("kind", "Api"),
        ("level", "WARN"),
        ("message", "trying again"),
        ("operation", "ShowContact"),
        ("retry_delay_ms", "0"),
        ("status", "503"),
    ];
    assert_eq!(told.events, [(Some(1), Fields::from(event.map(|(name, value)| (name, value.to_owned()))))]);
}

#[tokio::test]
async fn a_refusal_leaves_its_status_and_request_id_and_its_kind() {
    let told = Recorder::of(vec![answer("404 Not Found", &[("X-Request-Id", "req_9")], "")]).await;
    let span = only(&told);
    let fields = ["status", "request_id", "error"].map(|name| span[name].as_str());
    assert_eq!(fields, ["404", "req_9", "Api"]);
    let [(Some(1), event)] = &told.events[..] else { panic!("{:?}", told.events) };
    assert_eq!((event["level"].as_str(), event["message"].as_str()), ("DEBUG", "the call failed"));
}

#[tokio::test]
async fn a_success_that_cannot_be_read_leaves_its_kind() {
    let told = Recorder::of(vec![ok("[]")]).await;
    assert_eq!((only(&told)["status"].as_str(), only(&told)["error"].as_str()), ("200", "Decode"));
    assert_eq!(told.events.len(), 1);
}

#[tokio::test]
async fn all_of_it_has_the_name_of_the_crate_for_its_target() {
    let unavailable = answer("503 Service Unavailable", &[("Retry-After", "0")], "");
    let told = Recorder::of(vec![unavailable, ok(r#"{"id":"c1","visits":"x"}"#)]).await;
    assert_eq!(told.targets, ["intercom_gen"; 3]);
}

#[tokio::test]
async fn what_does_not_fit_is_a_warning_with_its_place_and_without_the_value() {
    let told = Recorder::of(vec![ok(r#"{"id":"c1","visits":"secret-value"}"#)]).await;
    let [(Some(1), event)] = &told.events[..] else { panic!("{:?}", told.events) };
    assert_eq!((event["level"].as_str(), event["path"].as_str()), ("WARN", "$.visits"));
}

#[tokio::test]
async fn a_path_of_the_callers_own_is_told_without_what_cannot_be_in_a_path() {
    for (path, told_path) in
        [("/contacts/c1", "/contacts/c1"), ("/contacts?email=secret", "/contacts"), ("/a#secret", "/a")]
    {
        let ask = async |client: Client| drop(client.request(Method::GET, path).query("email", "secret").await);
        let told = Recorder::of_call(vec![ok("{}")], ask).await;
        assert_eq!((only(&told).get("operation"), only(&told)["path"].as_str()), (None, told_path));
        assert!(!format!("{:?} {:?}", told.spans, told.events).contains("secret"));
    }
}

#[tokio::test]
async fn a_call_that_is_not_sent_says_why_not() {
    let ask = async |client: Client| drop(client.contacts().get("").await);
    let told = Recorder::of_call(vec![], ask).await;
    assert_eq!(only(&told).get("status"), None);
    let [(Some(1), event)] = &told.events[..] else { panic!("{:?}", told.events) };
    assert_eq!((event["message"].as_str(), event["kind"].as_str()), ("the call failed", "Argument"));
}

#[tokio::test]
async fn each_page_is_a_call_in_the_span_around_it() {
    let pages = [r#"{"data":["c1"],"pages":{"next":{"starting_after":"a"}}}"#, r#"{"data":["c2"]}"#];
    let told = Recorder::of_call(pages.map(ok).into(), async |client| {
        let request = Call::get(client.core(), "ListContacts", "/contacts").json::<Json>();
        let mut pages = Pages::new(request, Paging { style: Style::Cursor, items: &["data"], or: &[] });
        let all = async { while pages.try_next().await.expect("a page").is_some() {} };
        all.instrument(tracing::info_span!(target: "intercom_gen_user", "around")).await;
    })
    .await;
    assert_eq!(told.parents, [None, Some(1), Some(1)]);
    assert!(
        told.spans[1..].iter().all(|page| page["status"] == "200" && page["path"] == "/contacts"),
        "{:?}",
        told.spans
    );
}

#[test]
#[cfg(feature = "blocking")]
fn a_blocking_call_is_in_the_span_around_it() {
    let (recorder, _guard) = Recorder::listening();
    let client = Server::new(vec![ok(r#"{"id":"c1"}"#)]).client();
    tracing::info_span!(target: "intercom_gen_user", "around").in_scope(|| {
        client.contacts().get("c1").send_blocking().expect("a contact");
    });
    let told = recorder.told();
    assert_eq!((&told.parents[..], told.spans[1]["status"].as_str()), (&[None, Some(1)][..], "200"));
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
