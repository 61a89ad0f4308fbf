//! Answers that are no success, in all the forms that they come in.

use intercom_gen::unstable::types::{Contact, CreateContactRequest};
use intercom_gen::{Error, ErrorCode, Result};
use tests::loopback::Reply;

use super::serving;

/// What asking for a contact gives when this is the answer.
async fn asked(reply: Reply) -> Result<Contact> {
    let (_server, client) = serving([reply]);
    client.contacts().get("c1").await
}

async fn failure(reply: Reply) -> Error {
    asked(reply).await.expect_err("an error")
}

#[tokio::test]
async fn a_list_of_errors_is_read_with_the_id_of_its_request() {
    let body = r#"{"type": "error.list", "request_id": "req_body",
        "errors": [{"code": "not_found", "message": "No such contact"}]}"#;
    let error = failure(Reply::json(body).status(404).with("X-Request-Id", "req_head")).await;
    assert!(error.is_api() && error.is_not_found());
    assert!(error.has_code(ErrorCode::NotFound));
    assert_eq!((error.message(), error.request_id()), ("No such contact", Some("req_body")));
    assert_eq!(error.to_string(), "ShowContact: 404 Not Found: not_found: No such contact (request req_body)");
}

#[tokio::test]
async fn the_id_of_a_request_may_come_in_a_header_alone() {
    let error = failure(Reply::new(500).with("X-Request-Id", "req_head")).await;
    assert_eq!(error.request_id(), Some("req_head"));
}

#[tokio::test]
async fn every_error_of_a_list_is_there() {
    let body = r#"{"type": "error.list", "errors": [
        {"code": "parameter_invalid", "message": "is no address", "field": "email"},
        {"code": "made_up_today", "message": "whatever"}]}"#;
    let (_server, client) = serving([Reply::json(body).status(422)]);
    let error = client.contacts().create(CreateContactRequest::new().email("x")).await.expect_err("an error");
    assert!(error.is_unprocessable());
    assert!(error.has_code(ErrorCode::ParameterInvalid) && error.has_code("made_up_today"));
    assert_eq!(error.errors()[0].field.as_deref(), Some("email"));
    assert_eq!(error.operation(), Some("CreateContact"));
}

#[tokio::test]
async fn the_page_of_a_proxy_is_an_error_with_its_status_and_its_beginning() {
    let page = format!("<html><body><h1>Bad gateway</h1>{}</body></html>", "<p>zzz</p>".repeat(1_000));
    let error = failure(Reply::new(502).with("Content-Type", "text/html").body(page.clone())).await;
    assert!(error.is_server_error());
    assert_eq!(error.body(), Some(page.as_bytes()));
    let text = error.to_string();
    assert!(text.starts_with("ShowContact: 502 Bad Gateway: <html><body><h1>Bad gateway</h1>"), "{text}");
    assert!(text.len() < 300 && text.lines().count() == 1, "{text}");
}

#[tokio::test]
async fn an_error_may_be_empty() {
    let error = failure(Reply::new(503)).await;
    assert_eq!((error.status(), error.body(), error.errors().len()), (Some(503), Some(&b""[..]), 0));
    assert!(error.to_string().starts_with("ShowContact: 503 Service Unavailable"), "{error}");
}

#[tokio::test]
async fn a_rate_limit_says_when_it_ends() {
    let limited = Reply::json(r#"{"type": "error.list", "errors": [{"code": "rate_limit_exceeded"}]}"#).status(429);
    let limited = limited
        .with("X-RateLimit-Limit", "166")
        .with("X-RateLimit-Remaining", "0")
        .with("X-RateLimit-Reset", "1700000010");
    let error = failure(limited).await;
    assert!(error.is_rate_limited());
    let limit = error.rate_limit().expect("a rate limit");
    assert_eq!((limit.limit, limit.remaining), (Some(166), Some(0)));
    assert_eq!(limit.reset.as_ref().map(|reset| reset.seconds()), Some(1_700_000_010));
}

#[tokio::test]
async fn a_success_with_a_page_instead_of_json_is_a_decode_error() {
    let error = failure(Reply::new(200).with("Content-Type", "text/html").body("<html>log in</html>")).await;
    assert!(error.is_decode());
    assert_eq!((error.status(), error.path()), (Some(200), Some("$")));
    assert!(error.to_string().contains("<html>log in</html>"), "{error}");
}

#[tokio::test]
async fn a_success_without_its_value_is_a_decode_error() {
    let error = failure(Reply::new(200)).await;
    assert!(error.is_decode() && error.status() == Some(200), "{error}");
}

#[tokio::test]
async fn an_error_where_nothing_is_due_is_an_error() {
    let (_server, client) = serving([Reply::json(r#"{"errors": [{"code": "import_source_not_found"}]}"#).status(404)]);
    let error = client.ai_content().delete_import_source(33).await.expect_err("an error");
    assert!(error.has_code(ErrorCode::ImportSourceNotFound), "{error}");
}

#[tokio::test]
async fn an_error_where_text_is_due_is_an_error() {
    let (_server, client) = serving([Reply::json(r#"{"errors": [{"code": "not_found"}]}"#).status(404)]);
    let error = client.calls().get_transcript("1").await.expect_err("an error");
    assert!(error.is_not_found() && error.has_code(ErrorCode::NotFound), "{error}");
}

#[test]
fn codes_that_were_reported_are_listed() {
    for code in ["unique_company_constraint", "service_error", "parameter_not_allowed"] {
        let listed = ErrorCode::from(code);
        assert!(!matches!(listed, ErrorCode::Unknown(_)) && listed.as_str() == code, "{code}");
    }
}
