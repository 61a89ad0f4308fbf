//! Requests as they go over a real socket.

use super::test_server::{Server, answer, ok};
use crate::runtime::imitation::{Client, CreateContactRequest, Role, api};
use crate::{Download, Error, Id, Json, Request, Sending};

const CONTACT: &str = r#"{"id":"1"}"#;

#[tokio::test]
async fn every_request_carries_token_version_accept_and_user_agent() {
    let server = Server::new(vec![ok(CONTACT)]);
    let contact = server.client().contacts().get("1").await.expect("a contact");
    assert_eq!(contact.id, Id::from(1));
    let seen = server.seen();
    assert_eq!(seen.line, "GET /contacts/1");
    assert_eq!(seen.header("authorization"), Some("Bearer secret-token"));
    assert_eq!(seen.header("intercom-version"), Some("Unstable"));
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("user-agent"), Some(concat!("intercom-gen/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn path_arguments_are_encoded() {
    let server = Server::new(vec![ok(CONTACT), ok(CONTACT)]);
    server.client().contacts().get("a/b?c#d e%é..{id}").await.expect("a contact");
    assert_eq!(server.seen().line, "GET /contacts/a%2Fb%3Fc%23d%20e%25%C3%A9..%7Bid%7D");
    server.client().contacts().get("../admins").await.expect("a contact");
    assert_eq!(server.seen().line, "GET /contacts/..%2Fadmins");
}

#[tokio::test]
async fn an_argument_that_cannot_be_sent_is_an_error_before_sending() {
    let client = Client::builder().token("t").base_url("http://127.0.0.1:1").build().expect("a client");
    for (request, about) in [
        (client.contacts().get(""), "is empty"),
        (client.contacts().get(".."), "is made of dots"),
        (client.contacts().get("."), "is made of dots"),
        (client.contacts().get("1").header("X-Bad", "a\r\nb"), "no header can carry"),
        (client.contacts().get("1").header("bad name", "a"), "is no header's name"),
    ] {
        let error = request.await.expect_err("an error");
        assert_eq!(error.kind(), crate::ErrorKind::Argument, "{error}");
        assert!(error.to_string().starts_with("ShowContact: ") && error.to_string().contains(about), "{error}");
    }
}

#[tokio::test]
async fn query_parameters_are_encoded_and_set_once() {
    let server = Server::new(vec![ok(CONTACT)]);
    let request = server.client().contacts().get(1).include_merge_history(false).include_merge_history(true);
    let request = request.states(["a b", "c,d&e"]).role(Role::Lead).query("née", "1+1").query("ids", [1_i64, 2]);
    request.await.expect("a contact");
    assert_eq!(
        server.seen().line,
        "GET /contacts/1?include_merge_history=true&states=a%20b,c%2Cd%26e&role=lead&n%C3%A9e=1%2B1&ids=1,2"
    );
}

#[tokio::test]
async fn a_body_is_json_and_a_missing_one_is_none() {
    let server = Server::new(vec![ok(CONTACT), ok(CONTACT), answer("204 No Content", &[], "")]);
    let client = server.client();
    let body = || CreateContactRequest::new("a@example.com").with_extra("new", Json::from(1));
    let text = r#"{"type":"user","email":"a@example.com","required_tags":[],"new":1}"#;

    client.contacts().create(body()).await.expect("a contact");
    let seen = server.seen();
    assert_eq!((seen.line.as_str(), seen.body.as_str()), ("POST /contacts", text));
    assert_eq!(seen.header("content-type"), Some("application/json"));

    client.contacts().update(1, None).await.expect("a contact");
    let seen = server.seen();
    assert_eq!((seen.line.as_str(), seen.body.as_str()), ("PUT /contacts/1", ""));
    assert_eq!(seen.header("content-type"), None);

    client.contacts().detach("1", "2", body()).await.expect("nothing");
    let seen = server.seen();
    assert_eq!((seen.line.as_str(), seen.body.as_str()), ("DELETE /contacts/1/tags/2", text));
}

#[tokio::test]
async fn where_nothing_is_due_any_body_will_do() {
    let server = Server::new(vec![answer("202 Accepted", &[], " "), ok("<html>"), answer("204 No Content", &[], "")]);
    for _ in 0..3 {
        server.client().contacts().detach("1", "2", CreateContactRequest::new("e")).await.expect("nothing");
    }
}

#[tokio::test]
async fn a_header_of_the_caller_wins_over_the_clients() {
    let server = Server::new(vec![ok(CONTACT)]);
    let request = server.client().contacts().get(1).header("Intercom-Version", "2.14").header("X-Mine", "yes");
    request.await.expect("a contact");
    let seen = server.seen();
    assert_eq!((seen.header("intercom-version"), seen.header("x-mine")), (Some("2.14"), Some("yes")));
}

#[tokio::test]
async fn a_base_url_may_have_a_path_and_a_client_another_version() {
    let server = Server::new(vec![ok(CONTACT)]);
    let builder = Client::builder()
        .token(" t\n")
        .base_url(format!("{}/proxy/", server.url))
        .version("Preview")
        .user_agent("app/1");
    builder.build().expect("a client").contacts().get(1).await.expect("a contact");
    let seen = server.seen();
    assert_eq!(seen.line, "GET /proxy/contacts/1");
    assert_eq!((seen.header("intercom-version"), seen.header("authorization")), (Some("Preview"), Some("Bearer t")));
    assert!(seen.header("user-agent").is_some_and(|agent| agent.ends_with(" app/1")));
}

#[tokio::test]
async fn text_is_text() {
    let server = Server::new(vec![ok("line 1\nline 2")]);
    assert_eq!(server.client().contacts().transcript("app").await.expect("text"), "line 1\nline 2");
    let seen = server.seen();
    assert_eq!(seen.line, "GET /transcript?app_id=app");
    assert!(seen.header("accept").is_some_and(|accept| accept.starts_with("text/plain")));
}

async fn downloaded(mut download: Download) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(chunk) = download.chunk().await.expect("a piece") {
        bytes.extend_from_slice(&chunk);
    }
    bytes
}

#[tokio::test]
async fn a_download_follows_a_redirect_to_another_server_without_the_token() {
    let elsewhere = Server::new(vec![answer("200 OK", &[("Content-Encoding", "gzip")], b"\x1f\x8b\x00raw")]);
    let location = format!("{}/signed?key=1", elsewhere.url);
    let server = Server::new(vec![answer("302 Found", &[("Location", &location)], "")]);
    let request = server.client().contacts().recording().header("X-Mine", "secret");
    assert_eq!(downloaded(request.await.expect("a download")).await, b"\x1f\x8b\x00raw");
    assert_eq!(server.seen().header("authorization"), Some("Bearer secret-token"));
    let seen = elsewhere.seen();
    assert_eq!(seen.line, "GET /signed?key=1");
    assert_eq!(seen.header("accept"), Some("application/octet-stream"));
    for name in ["authorization", "intercom-version", "x-mine"] {
        assert_eq!(seen.header(name), None);
    }
}

#[tokio::test]
async fn an_address_in_any_language_is_followed() {
    let server = Server::new(vec![answer("302 Found", &[("Location", "/aufnahme/grüße.mp3?a=é")], ""), ok("sound")]);
    assert_eq!(downloaded(server.client().contacts().recording().await.expect("a download")).await, b"sound");
    server.seen();
    assert_eq!(server.seen().line, "GET /aufnahme/gr%C3%BC%C3%9Fe.mp3?a=%C3%A9");
}

#[tokio::test]
async fn a_redirect_back_home_does_not_bring_the_token_back() {
    let home = Server::new(vec![ok("")]);
    let back = format!("{}/contacts/2", home.url);
    let elsewhere = Server::new(vec![answer("302 Found", &[("Location", &back)], "")]);
    let away = Server::new(vec![answer("307 Temporary Redirect", &[("Location", &elsewhere.url)], "")]);
    let _ = away.client().contacts().get(1).await;
    assert_eq!(home.seen().header("authorization"), None);
}

#[tokio::test]
async fn a_redirect_on_the_same_server_keeps_the_token() {
    let server = Server::new(vec![answer("301 Moved", &[("Location", "/contacts/2?x=1")], ""), ok(CONTACT)]);
    server.client().contacts().get(1).await.expect("a contact");
    server.seen();
    let seen = server.seen();
    assert_eq!(
        (seen.line.as_str(), seen.header("authorization")),
        ("GET /contacts/2?x=1", Some("Bearer secret-token"))
    );
}

#[tokio::test]
async fn redirects_come_to_an_end_and_are_not_followed_for_writes() {
    let again = answer("302 Found", &[("Location", "/again")], "");
    let server = Server::new(vec![again.clone(); 11]);
    let error = server.client().contacts().get(1).await.expect_err("an error");
    assert!(error.is_transport() && error.to_string().contains("more than 10 redirects"), "{error}");
    let server = Server::new(vec![again]);
    let error = server.client().contacts().create(CreateContactRequest::new("e")).await.expect_err("an error");
    assert_eq!(error.status(), Some(302));
}

#[tokio::test]
async fn a_redirect_to_what_is_no_web_address_is_not_followed() {
    for location in ["file:///etc/passwd", "http://[", "javascript:0"] {
        let server = Server::new(vec![answer("302 Found", &[("Location", location)], "")]);
        assert_eq!(server.client().contacts().get(1).await.expect_err("an error").status(), Some(302));
    }
}

#[test]
fn all_futures_are_send() {
    fn assert_send<T: Send>() {}
    assert_send::<Sending<crate::runtime::imitation::Contact>>();
    assert_send::<Request<Download>>();
    assert_send::<api::Get>();
    fn assert_shared<T: Send + Sync + Clone + 'static>() {}
    assert_shared::<Client>();
    fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}
    assert_error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn nothing_prints_the_token() {
    let client = Client::builder().token("secret-token").build().expect("a client");
    let request = client.contacts().get(1).header("Authorization", "secret-token");
    for text in
        [format!("{client:?}"), format!("{request:?}"), format!("{:?}", Client::builder().token("secret-token"))]
    {
        assert!(!text.contains("secret"), "{text}");
    }
}

#[tokio::test]
async fn headers_that_frame_a_request_cannot_be_replaced() {
    let client = Client::builder().token("t").base_url("http://127.0.0.1:1").build().expect("a client");
    for name in [
        "Content-Length",
        "content-length",
        "Host",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
    ] {
        let error = client.contacts().create(CreateContactRequest::new("e")).header(name, "1").await;
        let error = error.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (crate::ErrorKind::Argument, 0), "{error}");
        let text = format!("header `{}` is set by the client", name.to_lowercase());
        assert!(error.to_string().contains(&text), "{error}");
    }
}

#[cfg(feature = "dynamic")]
#[tokio::test]
async fn headers_that_frame_a_request_cannot_be_replaced_by_name_either() {
    let client = Client::builder().token("t").base_url("http://127.0.0.1:1").build().expect("a client");
    let arguments = crate::Arguments::new().path("id", "1").header("Content-Length", "2");
    let error = client.dynamic().call("ShowContact", arguments).await.expect_err("an error");
    assert_eq!(error.kind(), crate::ErrorKind::Argument, "{error}");
    assert!(error.to_string().contains("`content-length` is set by the client"), "{error}");
}

#[tokio::test]
async fn a_form_has_the_content_type_of_its_boundary() {
    let client = Client::builder().token("t").base_url("http://127.0.0.1:1").build().expect("a client");
    let call = super::Call::post(client.core(), "Import", "/import").file("file", crate::Upload::bytes("a.csv", "a"));
    let error = call.empty().header("Content-Type", "text/csv").await.expect_err("an error");
    assert_eq!(error.kind(), crate::ErrorKind::Argument, "{error}");
    assert!(error.to_string().contains("content-type"), "{error}");
}

#[tokio::test]
async fn a_file_name_that_would_break_a_header_is_refused() {
    let client = Client::builder().token("t").base_url("http://127.0.0.1:1").build().expect("a client");
    for name in ["a\r\nX-Evil: 1", "a\n", "a\0b", "a\u{85}"] {
        let uploads = [crate::Upload::bytes(name, "a"), crate::Upload::file(std::path::Path::new("/tmp").join(name))];
        for upload in uploads {
            let call = super::Call::post(client.core(), "Import", "/import").file("file", upload);
            let error = call.empty().await.expect_err("an error");
            assert_eq!(error.kind(), crate::ErrorKind::Argument, "{error}");
            assert!(error.to_string().contains("control character"), "{error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}

#[tokio::test]
async fn an_address_that_is_too_long_is_told_as_such_and_nothing_is_sent() {
    let server = Server::new(vec![ok(CONTACT)]);
    let client = server.client();
    let long = "a".repeat(100_000);
    for request in [client.contacts().get(long.as_str()), client.contacts().get(1).query("phrase", long.as_str())] {
        let error = request.await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (crate::ErrorKind::Argument, 0), "{error}");
        let text = error.to_string();
        assert!(text.contains("bytes long") && text.contains("65534") && text.len() < 400, "{text}");
    }
    client.contacts().get("a".repeat(60_000)).await.expect("a contact");
    assert_eq!(server.seen().line.len(), "GET /contacts/".len() + 60_000);
}

#[tokio::test]
async fn a_redirect_that_is_too_long_is_not_blamed_on_the_server_that_was_not_asked() {
    let location = format!("/contacts/{}", "a".repeat(70_000));
    let server = Server::new(vec![answer("302 Found", &[("Location", &location)], "")]);
    let error = server.client().contacts().get(1).await.expect_err("an error");
    assert!(error.is_transport() && error.to_string().contains("redirect"), "{error}");
    assert!(!error.to_string().contains("no answer"), "{error}");
}
