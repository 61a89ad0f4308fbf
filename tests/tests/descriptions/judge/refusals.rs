//! What is wrong is refused: a judge that lets everything pass would prove nothing. Each of these is a request of the
//! client in which one thing is changed.

use hyper::header::{HeaderName, HeaderValue};
use intercom_gen::unstable::{Client, types::CreateContactRequest, types::CreateDataEventRequest};
use serde_json::{Value, json};
use tests::loopback::{Reply, Seen, Server};

use super::versions::{Version, versions};

fn unstable() -> &'static Version {
    versions().iter().find(|version| version.name == "unstable").expect("the version")
}

/// The faults of a request, without those that are excused.
fn faults(seen: &Seen) -> Vec<String> {
    unstable().judge.judge(seen, false).faults
}

/// A request for a contact.
async fn get() -> Seen {
    let server = Server::new([Reply::json(r#"{"id": "1"}"#)]);
    server.client(Client::builder()).contacts().get("1").await.expect("a contact");
    let [seen] = server.requests();
    seen
}

/// A request for a page of a list, with arguments.
async fn list() -> Seen {
    let server = Server::new([Reply::json("{}")]);
    let client = server.client(Client::builder());
    client.content().search().query("query", "a").tag_ids(vec![1, 2]).per_page(5).await.expect("a page");
    let [seen] = server.requests();
    seen
}

/// A request that brings an event.
async fn event() -> Seen {
    let server = Server::new([Reply::new(202)]);
    let event = CreateDataEventRequest::new("bought", 1_700_000_000).user_id("7");
    server.client(Client::builder()).data_events().create(event).await.expect("nothing");
    let [seen] = server.requests();
    seen
}

/// A request that makes a contact.
async fn create() -> Seen {
    let server = Server::new([Reply::json(r#"{"id": "1"}"#)]);
    let contact = CreateContactRequest::new().email("ada@example.com");
    server.client(Client::builder()).contacts().create(contact).await.expect("a contact");
    let [seen] = server.requests();
    seen
}

/// The request with another method and target.
fn with_line(seen: Seen, line: &str) -> Seen {
    Seen { line: line.to_owned(), ..seen }
}

fn with_header(mut seen: Seen, name: &'static str, value: Option<&'static str>) -> Seen {
    match value {
        Some(value) => drop(seen.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value))),
        None => drop(seen.headers.remove(name)),
    }
    seen
}

fn with_body(mut seen: Seen, change: impl FnOnce(&mut Value)) -> Seen {
    let mut body = seen.json();
    change(&mut body);
    seen.body = body.to_string().into();
    seen
}

/// The request is refused for one reason, which names `place`.
fn assert_refused(seen: &Seen, place: &str) {
    let faults = faults(seen);
    assert!(!faults.is_empty(), "nothing is wrong with {seen:?}");
    assert!(faults.iter().all(|fault| fault.contains(place)), "{place} is wrong with {seen:?}, not {faults:#?}");
}

#[tokio::test]
async fn what_the_client_sends_is_valid() {
    for seen in [get().await, list().await, event().await, create().await] {
        assert_eq!(faults(&seen), [""; 0], "{seen:?}");
    }
}

#[tokio::test]
async fn another_method_is_refused() {
    assert_refused(&with_line(get().await, "PATCH /contacts/1"), "PATCH /contacts/1");
}

#[tokio::test]
async fn another_path_is_refused() {
    for path in ["/contact/1", "/contacts/", "/contacts/1/", "/contacts/%zz", "//contacts/1"] {
        assert_refused(&with_line(get().await, &format!("GET {path}")), path);
    }
}

#[tokio::test]
async fn an_argument_of_the_path_that_is_no_number_is_refused() {
    let seen = with_line(get().await, "GET /admins/me");
    assert_refused(&seen, "GET /admins/{} path");
}

#[tokio::test]
async fn a_parameter_that_is_not_described_is_refused() {
    assert_refused(&with_line(get().await, "GET /contacts/1?include=all"), "query include");
}

#[tokio::test]
async fn a_parameter_of_another_kind_is_refused() {
    assert_refused(&with_line(list().await, "GET /content/search?query=a&per_page=many"), "query per_page");
    assert_refused(&with_line(list().await, "GET /content/search?query=a&tag_ids=1,b"), "query tag_ids");
    assert_refused(&with_line(list().await, "GET /content/search?query=a&states=gone"), "query states");
}

#[tokio::test]
async fn a_list_that_is_spelt_in_another_style_is_refused() {
    assert_refused(&with_line(list().await, "GET /content/search?query=a&tag_ids=1&tag_ids=2"), "query tag_ids");
    assert_refused(&with_line(list().await, "GET /content/search?query=a&tag_ids=1%2C2"), "query tag_ids");
}

#[tokio::test]
async fn a_parameter_that_is_required_and_missing_is_refused() {
    assert_refused(&with_line(list().await, "GET /visitors"), "query user_id");
}

#[tokio::test]
async fn headers_that_are_missing_or_others_are_refused() {
    // The schema of the version lists the versions that there are.
    let version = ("intercom-version", "version");
    for (name, place) in
        [version, ("authorization", "authorization"), ("user-agent", "user-agent"), ("accept", "accept")]
    {
        assert_refused(&with_header(get().await, name, None), name);
        assert_refused(&with_header(get().await, name, Some("text/other")), place);
    }
    assert_refused(&with_header(get().await, "x-other", Some("1")), "x-other");
}

#[tokio::test]
async fn a_body_where_none_is_due_is_refused() {
    let mut seen = get().await;
    seen.body = "{}".into();
    assert_refused(&seen, "GET /contacts/{} body");
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    assert_refused(&with_header(event().await, "content-type", Some("text/plain")), "POST /events body");
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let mut seen = event().await;
    seen.body = "{".into();
    assert_refused(&seen, "POST /events body");
}

#[tokio::test]
async fn a_key_that_is_required_and_missing_is_refused() {
    let seen = with_body(event().await, |body| drop(body.as_object_mut().map(|keys| keys.remove("user_id"))));
    assert_refused(&seen, "/components/schemas/create_data_event_request/anyOf");
}

#[tokio::test]
async fn a_value_of_another_kind_is_refused() {
    let seen = with_body(create().await, |body| body["signed_up_at"] = json!("yesterday"));
    assert_refused(&seen, "signed_up_at");
    let seen = with_body(create().await, |body| body["email"] = json!(["ada@example.com"]));
    assert_refused(&seen, "email");
}

#[tokio::test]
async fn a_null_where_none_is_permitted_is_refused() {
    assert_refused(&with_body(create().await, |body| body["email"] = json!(null)), "email");
}

#[tokio::test]
async fn a_key_that_is_not_described_is_refused() {
    assert_refused(&with_body(create().await, |body| body["e_mail"] = json!("ada@example.com")), "e_mail");
}
