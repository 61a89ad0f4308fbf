//! Successes whose body is no JSON, or not the JSON that is due: an error that says all there is, over a real socket.

use intercom_gen::Error;
use intercom_gen::unstable::Client;
use tests::loopback::{Reply, Server};

/// What listing conversations gives when this is the body.
async fn failure(body: &[u8]) -> Error {
    let reply = Reply::new(200).with("Content-Type", "application/json").with("X-Request-Id", "req_1");
    let server = Server::new([reply.body(body.to_vec())]);
    let error = server.client(Client::builder()).conversations().list().await.expect_err("an error");
    assert!(error.is_decode(), "{error}");
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("req_1")), "{error}");
    assert_eq!(error.body(), Some(body), "{error}");
    error
}

/// The error names the path, shows the body's first bytes, and is short however long the body is.
async fn assert_shown(body: &[u8], path: &str, first_bytes: &str) {
    let error = failure(body).await;
    assert_eq!(error.path(), Some(path), "{error}");
    let text = error.to_string();
    assert!(text.contains(first_bytes) && text.contains(path) && text.contains("req_1"), "{text}");
    assert!(text.chars().count() < 1_000 && text.lines().count() == 1, "{text}");
}

#[tokio::test]
async fn a_body_that_is_no_json() {
    assert_shown(b"OK", "$", "`OK`").await;
    assert_shown(br#"{"conversations": [{id: "1"}]}"#, "$.conversations[0]", r#"{"conversations": [{id: "1"}]}"#).await;
    assert_shown(br#"{"conversations": []}{}"#, "$", r#"{"conversations": []}{}"#).await;
}

#[tokio::test]
async fn a_body_that_is_truncated() {
    assert_shown(br#"{"conversations":[{"id":"1","source":{"bo"#, "$.conversations[0].source", "{\"conversations")
        .await;
    assert_shown(br#"{"conversations":[{"id":"1"},{"id":"2"#, "$.conversations[1].id", "{\"conversations").await;
    assert_shown(br#"{"conversations":[],"new":{"a":[1,"#, "$.new", "{\"conversations").await;
}

#[tokio::test]
async fn a_body_that_is_html() {
    let page = format!("<!DOCTYPE html>\n<html>{}</html>", "<p>log in</p>".repeat(10_000));
    assert_shown(page.as_bytes(), "$", "<!DOCTYPE html>\\n<html><p>log in</p>").await;
}

#[tokio::test]
async fn a_body_that_is_empty() {
    for body in ["", " ", "\r\n\t"] {
        let error = failure(body.as_bytes()).await;
        assert_eq!(error.path(), Some("$"), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_holds_invalid_utf_8() {
    let body = b"{\"conversations\":[{\"id\":\"1\"},{\"id\":\"2\",\"title\":\"caf\xe9\"}]}";
    assert_shown(body, "$.conversations[1].title", "{\"conversations").await;
    assert_shown(b"{\"conversations\":[],\"new\":[\"\xff\xfe\"]}", "$.new", "{\"conversations").await;
    assert_shown(b"\xff\xfe{}", "$", "{}").await;
}

#[tokio::test]
async fn a_body_of_another_shape() {
    for body in ["[]", "null", "5", "\"conversations\"", "true"] {
        assert_shown(body.as_bytes(), "$", body).await;
    }
}

#[tokio::test]
async fn a_body_that_nests_ten_thousand_deep() {
    let deep = |open: &str, close: &str| [open.repeat(10_000), close.repeat(10_000)].concat();
    let lists = deep("[", "]");
    let undeclared = format!(r#"{{"new":{lists}}}"#);
    assert_shown(undeclared.as_bytes(), "$.new", "[[[[").await;
    let misfit = format!(r#"{{"total_count":{}}}"#, deep("{\"a\":", "1}"));
    assert_shown(misfit.as_bytes(), "$.total_count", "total_count").await;
    let open = format!(r#"{{"conversations":{}"#, "[".repeat(10_000));
    assert_shown(open.as_bytes(), "$.conversations[0]", "[[[[").await;
    assert_shown(lists.as_bytes(), "$", "[[[[").await;
}
