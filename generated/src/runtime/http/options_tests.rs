//! What can be set for a client, and for one request.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::builder::ClientBuilder;
use super::discover::ask;
use super::test_server::{Server, answer, ok};
use crate::runtime::imitation::{Client, Contact, CreateContactRequest};
use crate::{Carrying, ErrorKind, Id, Json, Method, Region, Transport};

const CONTACT: &str = r#"{"id":"1"}"#;

/// Carries by reqwest, and notes what it carried.
struct Noting(reqwest::Client, Arc<Mutex<Vec<String>>>);

impl Transport for Noting {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        self.1.lock().expect("a lock").push(format!("{} {}", request.method(), request.url().path()));
        self.0.carry(request)
    }
}

#[tokio::test]
async fn a_transport_of_the_callers_own_carries_every_request_and_redirect() {
    let server = Server::new(vec![answer("301 Moved", &[("Location", "/contacts/2")], ""), ok(CONTACT)]);
    let notes = Arc::new(Mutex::new(Vec::new()));
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let builder = Client::builder().token("t").base_url(&server.url).transport(Noting(http, Arc::clone(&notes)));
    builder.build().expect("a client").contacts().get(1).await.expect("a contact");
    assert_eq!(*notes.lock().expect("a lock"), ["GET /contacts/1", "GET /contacts/2"]);
}

#[tokio::test]
async fn what_a_transport_fails_with_is_the_cause_of_the_error() {
    struct Broken;
    impl Transport for Broken {
        fn carry(&self, _: reqwest::Request) -> Carrying<'_> {
            Box::pin(async { Err("the cable is cut".into()) })
        }
    }
    let client = Client::builder().token("t").transport(Broken).build().expect("a client");
    let error = client.contacts().create(CreateContactRequest::new("e")).await.expect_err("an error");
    assert!(error.is_transport());
    let text = "CreateContact: no answer from https://api.intercom.io: the cable is cut \
        (not sent again: the API may have acted on it)";
    assert_eq!(error.to_string(), text);
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_transport_that_never_answers_is_a_timeout() {
    struct Silent;
    impl Transport for Silent {
        fn carry(&self, _: reqwest::Request) -> Carrying<'_> {
            Box::pin(std::future::pending())
        }
    }
    let client = Client::builder().token("t").transport(Silent).build().expect("a client");
    let error = client.contacts().get(1).timeout(Duration::from_millis(5)).await.expect_err("an error");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.to_string(), "ShowContact: no answer in time: 5ms are over");
}

/// Leads to an address, and notes the `Authorization` that arrives there.
#[derive(Clone)]
struct Leading(&'static str, Arc<Mutex<Option<String>>>);

impl Transport for Leading {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        let answer = match request.url().path() {
            "/contacts/1" => http::Response::builder().status(302).header("Location", self.0).body(""),
            _ => {
                let authorization = request.headers().get("authorization");
                let text = authorization.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
                *self.1.lock().expect("a lock") = Some(text.unwrap_or_default());
                http::Response::builder().body(CONTACT)
            }
        };
        Box::pin(async move { Ok(answer?.into()) })
    }
}

/// The `Authorization` with which a redirect is followed.
async fn arrives(location: &'static str) -> String {
    let leading = Leading(location, Arc::default());
    let client = Client::builder().token("secret-token").transport(leading.clone()).build().expect("a client");
    client.contacts().get(1).await.expect("a contact");
    let arrived = leading.1.lock().expect("a lock").take();
    arrived.unwrap_or_else(|| panic!("{location} is not followed"))
}

#[tokio::test]
async fn the_token_goes_where_scheme_host_and_port_are_those_of_the_api() {
    for home in
        ["/x", "x?y=1", "//api.intercom.io/x", "https://API.intercom.io:443/x", "https://user:pass@api.intercom.io/x"]
    {
        assert_eq!(arrives(home).await, "Bearer secret-token", "{home}");
    }
    for away in [
        "http://api.intercom.io/x",
        "http://api.intercom.io:443/x",
        "https://api.intercom.io:8443/x",
        "https://api.eu.intercom.io/x",
        "https://api.intercom.io.evil.example/x",
        "https://api.intercom.io@evil.example/x",
        "https://evil.example\\@api.intercom.io/x",
        "//evil.example/x",
        "\\\\evil.example/x",
        "https://user:pass@evil.example/x",
    ] {
        assert!(!arrives(away).await.contains("secret"), "{away}");
    }
}

#[tokio::test]
async fn an_http_client_of_the_callers_own_is_used() {
    let server = Server::new(vec![ok(CONTACT)]);
    let headers = [("x-of-the-client".parse().expect("a name"), "1".parse().expect("a value"))].into_iter().collect();
    let http = reqwest::Client::builder().default_headers(headers).build().expect("a client");
    let builder = Client::builder().token("t").base_url(&server.url).http_client(http);
    builder.build().expect("a client").contacts().get(1).await.expect("a contact");
    assert_eq!(server.seen().header("x-of-the-client"), Some("1"));
}

#[tokio::test]
async fn a_request_may_have_another_version() {
    let server = Server::new(vec![ok(CONTACT)]);
    server.client().contacts().get(1).api_version("Preview").await.expect("a contact");
    assert_eq!(server.seen().header("intercom-version"), Some("Preview"));
}

#[tokio::test]
async fn a_request_that_the_description_does_not_know_has_token_and_version() {
    let server = Server::new(vec![ok(r#"{"new":[1]}"#)]);
    let request = server.client().request(Method::PATCH, "/brand/new").query("a", "b c").header("X-Mine", "1");
    let json = request.body(&CreateContactRequest::new("e")).await.expect("JSON");
    assert_eq!(json.get("new").map(|list| list.to_string()).as_deref(), Some("[1]"));
    let seen = server.seen();
    assert_eq!(seen.line, "PATCH /brand/new?a=b%20c");
    assert_eq!(seen.body, r#"{"type":"user","email":"e","required_tags":[]}"#);
    assert_eq!((seen.header("authorization"), seen.header("x-mine")), (Some("Bearer secret-token"), Some("1")));
    assert_eq!(seen.header("intercom-version"), Some("Unstable"));
}

#[tokio::test]
async fn a_request_of_ones_own_gives_what_is_asked_for() {
    let server = Server::new(vec![answer("204 No Content", &[], ""), ok(CONTACT), ok("text"), ok("bytes"), ok("-")]);
    let client = server.client();
    let request = || client.request(Method::GET, "/x");
    assert_eq!(request().await.expect("JSON"), Json::null());
    assert_eq!(request().json::<Contact>().await.expect("a contact").id, Id::from(1));
    assert_eq!(request().text().await.expect("text"), "text");
    assert_eq!(&request().download().await.expect("a download").bytes().await.expect("bytes")[..], b"bytes");
    request().empty().await.expect("nothing");
}

#[tokio::test]
async fn a_request_of_ones_own_fails_as_any_other() {
    let body = r#"{"errors":[{"code":"not_found"}]}"#;
    let server = Server::new(vec![answer("404 Not Found", &[], body)]);
    let error = server.client().request(Method::GET, "/x").await.expect_err("an error");
    assert!(error.is_not_found() && error.has_code("not_found"));
    assert_eq!((error.operation(), error.to_string().as_str()), (None, "GET /x: 404 Not Found: not_found"));
}

#[tokio::test]
async fn a_path_that_leads_elsewhere_is_refused() {
    let client = Client::builder().token("t").base_url("http://127.0.0.1:1/proxy").build().expect("a client");
    for path in ["", "x", "@evil.example/", "/../x", "/a/%2E%2e/b", "/a\\..\\b", "/x?a=b", "/x#a", "/x\n"] {
        let error = client.request(Method::GET, path).await.expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Argument, "{path}: {error}");
    }
}

#[tokio::test]
async fn the_region_of_a_token_is_found_by_asking() {
    let refuses = Server::new(vec![answer("401 Unauthorized", &[], r#"{"errors":[{"code":"unauthorized"}]}"#)]);
    let knows = Server::new(vec![ok(r#"{"type":"admin","app":{"region":"Europe"}}"#)]);
    let builder = ClientBuilder::new("2.14", |core| core).token("secret-token");
    let region = ask(&builder, &[&refuses.url, &knows.url]).await.expect("a region");
    assert_eq!(region, Region::Eu);
    assert_eq!(knows.seen().line, "GET /me");
    assert_eq!(refuses.seen().header("authorization"), Some("Bearer secret-token"));
}

#[tokio::test]
async fn a_token_that_no_region_knows_is_unauthorized() {
    let refuses = Server::new(vec![answer("401 Unauthorized", &[], "")]);
    let builder = ClientBuilder::new("2.14", |core| core).token("secret-token");
    assert!(ask(&builder, &[&refuses.url]).await.expect_err("an error").is_unauthorized());
}

#[test]
fn a_builder_makes_several_clients_and_prints_no_token() {
    let builder = Client::builder().token("secret-token");
    let client = builder.clone().region(Region::Au).build().expect("a client");
    let request = client.request(Method::GET, "/x").header("Authorization", "secret-token");
    for text in [format!("{client:?}"), format!("{request:?}"), format!("{builder:?}")] {
        assert!(!text.contains("secret"), "{text}");
    }
}
