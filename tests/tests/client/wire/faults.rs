//! What goes wrong between here and the API, on real sockets.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use intercom_gen::unstable::{Client, types::CreateContactRequest};
use intercom_gen::{Error, RetryPolicy};
use tests::loopback::{Reply, Server};
use tests::raw::{End, Raw, Script};

use super::CONTACT;

fn quick() -> RetryPolicy {
    RetryPolicy::default().first_delay(Duration::from_millis(1))
}

fn client(server: &Raw, policy: RetryPolicy) -> Client {
    let builder = Client::builder().token("secret-token").base_url(server.url()).retry(policy);
    builder.timeout(Duration::from_secs(10)).build().expect("a client")
}

/// An answer whose body is said to have this length, and has what there is.
fn answer(length: usize, body: &str, end: End) -> Script {
    (format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"), end)
}

fn whole() -> Script {
    answer(CONTACT.len(), CONTACT, End::Close)
}

/// An answer of which half has come, and what comes then.
fn half(end: End) -> Script {
    answer(CONTACT.len(), &CONTACT[..CONTACT.len() / 2], end)
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let head = |end| ("HTTP/1.1 200 OK\r\nContent-Le".to_owned(), end);
    for broken in [half(End::Reset), half(End::Close), head(End::Reset), head(End::Close), (String::new(), End::Reset)]
    {
        let server = Raw::new([broken, whole()]);
        let contact = client(&server, quick()).contacts().get("c1").await.expect("a contact");
        assert_eq!(contact.id, "c1");
        assert_eq!(server.lines(), ["GET /contacts/c1", "GET /contacts/c1"]);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_an_error_where_the_api_may_have_acted() {
    for broken in [half(End::Reset), half(End::Close), (String::new(), End::Reset)] {
        let server = Raw::new([broken, whole()]);
        let body = CreateContactRequest::new().email("a@b.c");
        let error = client(&server, quick()).contacts().create(body).await.expect_err("an error");
        assert!(error.is_transport(), "{error}");
        assert_eq!(error.operation(), Some("CreateContact"));
        assert_eq!(server.lines(), ["POST /contacts"]);
    }
}

#[tokio::test]
async fn an_answer_that_stands_still_is_a_timeout_and_not_asked_for_again() {
    for silent in [half(End::Silence), ("HTTP/1.1 200 OK\r\n".to_owned(), End::Silence), (String::new(), End::Silence)]
    {
        let server = Raw::new([silent, whole()]);
        let request = client(&server, quick()).contacts().get("c1").timeout(Duration::from_millis(100));
        let error = request.await.expect_err("no answer");
        assert!(error.is_timeout(), "{error}");
        assert_eq!(server.lines(), ["GET /contacts/c1"]);
    }
}

#[tokio::test]
async fn a_download_that_breaks_off_tells_so_after_what_has_come() {
    for end in [End::Reset, End::Close, End::Silence] {
        let server = Raw::new([answer(9, "abc", end)]);
        let request = client(&server, quick()).data_export().download("j1").timeout(Duration::from_millis(200));
        let mut download = request.await.expect("a download");
        let mut came = Vec::new();
        let error = loop {
            match download.chunk().await {
                Ok(Some(chunk)) => came.extend_from_slice(&chunk),
                Ok(None) => panic!("{end:?}: an end in good order after {came:?}"),
                Err(error) => break error,
            }
        };
        assert_eq!(error.is_timeout(), matches!(end, End::Silence), "{error}");
        assert_eq!(error.operation(), Some("downloadDataExport"));
        // A reset may overtake what came before it.
        assert!(came == b"abc" || matches!(end, End::Reset) && came.is_empty(), "{end:?}: {came:?}");
        assert!(download.chunk().await.expect("the end").is_none());
    }
}

/// The moment that is so many seconds away.
fn away(seconds: u64) -> SystemTime {
    SystemTime::now() + Duration::from_secs(seconds)
}

/// A 429 that says in each of the ways that there are how long to wait; the last says nothing.
fn limited(seconds: u64) -> [(&'static str, Reply); 4] {
    let unix = away(seconds).duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs();
    let limited = || Reply::new(429).body(r#"{"type": "error.list", "errors": [{"code": "rate_limit_exceeded"}]}"#);
    [
        ("seconds", limited().with("Retry-After", &seconds.to_string()).with("X-RateLimit-Reset", "1")),
        ("a date", limited().with("Retry-After", &httpdate::fmt_http_date(away(seconds)))),
        ("a reset", limited().with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", &unix.to_string())),
        ("nothing", limited()),
    ]
}

/// Asks a server that says 429 once, and gives how long it took.
async fn asked(limited: Reply, policy: RetryPolicy) -> (Server, Result<Duration, Error>) {
    let server = Server::new([limited, Reply::json(CONTACT)]);
    let client = server.retrying(Client::builder(), policy);
    let began = Instant::now();
    let result = client.contacts().get("c1").await.map(|_| began.elapsed());
    (server, result)
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_as_the_api_says() {
    // All at once, because what they say is a moment. Dates and resets are whole seconds: a little is cut off.
    let asked = limited(3).map(|(how, limited)| (how, tokio::spawn(asked(limited, quick()))));
    for (how, asked) in asked {
        let (server, waited) = asked.await.expect("no panic");
        let waited = waited.unwrap_or_else(|error| panic!("{how}: {error}"));
        assert_eq!(waited >= Duration::from_secs(1), how != "nothing", "{how}: {waited:?}");
        let [_, _] = server.requests();
    }
}

#[tokio::test]
async fn a_rate_limit_that_lasts_too_long_is_an_error_at_once() {
    for (how, limited) in limited(3600) {
        let (server, waited) = asked(limited, quick()).await;
        if how == "nothing" {
            assert!(waited.is_ok(), "{waited:?}");
            continue;
        }
        let error = waited.expect_err(how);
        assert!(error.is_rate_limited(), "{error}");
        assert_eq!(error.retry_after().is_some(), how != "a reset");
        let [_once] = server.requests();
    }
}

#[tokio::test]
async fn a_date_that_is_over_is_no_wait() {
    let gone = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let (server, waited) = asked(Reply::new(429).with("Retry-After", &httpdate::fmt_http_date(gone)), quick()).await;
    waited.expect("a contact");
    let [_, _] = server.requests();
}

#[tokio::test]
async fn an_overloaded_server_is_asked_again() {
    for status in [500, 502, 503, 504, 408] {
        let server = Server::new([Reply::new(status).body("<html>busy</html>"), Reply::json(CONTACT)]);
        let contact = server.retrying(Client::builder(), quick()).contacts().get("c1").await;
        assert_eq!(contact.unwrap_or_else(|error| panic!("{status}: {error}")).id, "c1");
        let [first, second] = server.requests();
        assert_eq!((first.line, first.headers), (second.line, second.headers));
    }
}
