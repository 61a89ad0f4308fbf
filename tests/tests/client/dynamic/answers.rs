use intercom_gen::{Arguments, Json};
use serde_json::json;

use super::{id, json as text, serving};
use tests::loopback::Reply;

#[tokio::test]
async fn a_json_answer_goes_through_its_type_with_all_that_is_known_of_it() {
    let body = json!({"id": "1", "email": 5, "moon": "full", "role": "owner"});
    let (_server, api) = serving([Reply::json(&body).status(201).with("X-Request-Id", "req_1")]);
    let reply = api.call("ShowContact", id()).await.expect("an answer");
    assert_eq!((reply.status(), reply.request_id()), (201, Some("req_1")));
    assert_eq!(reply.value, text(&body.to_string()));
    let drift: Vec<(&str, &str)> = reply.drift().iter().map(|drift| (drift.path.as_str(), drift.expected)).collect();
    assert_eq!(drift, [("$.email", "a string")]);
    let additions: Vec<String> = reply.additions().into_iter().map(|addition| addition.path).collect();
    assert_eq!(additions, ["$.moon"]);
    assert_eq!(reply.into_value(), text(&body.to_string()));
}

#[tokio::test]
async fn an_empty_answer_is_null() {
    let (_server, api) = serving([Reply::new(204)]);
    let reply = api.call("content_snippets.delete", id()).await.expect("an answer");
    assert_eq!((reply.status(), &reply.value), (204, &Json::null()));
}

#[tokio::test]
async fn a_text_is_a_string() {
    let (_server, api) = serving([Reply::new(200).with("Content-Type", "text/plain").body("Ada: hello")]);
    let reply = api.call("calls.get_transcript", id()).await.expect("an answer");
    assert_eq!(reply.value.as_str(), Some("Ada: hello"));
}

#[tokio::test]
async fn a_file_is_left_to_be_read() {
    let (_server, api) = serving([Reply::new(200).body(vec![0x1f, 0x8b, 0xff])]);
    let reply = api.call("downloadDataExport", Arguments::new().path("job_identifier", "j1")).await;
    let download = reply.expect("an answer").download.expect("a file");
    assert_eq!(download.bytes().await.expect("bytes").as_ref(), [0x1f, 0x8b, 0xff]);
}

#[tokio::test]
async fn an_error_of_the_api_is_the_clients_error() {
    let body = json!({"type": "error.list", "errors": [{"code": "not_found", "message": "No such contact"}]});
    let (_server, api) = serving([Reply::json(body).status(404)]);
    let error = api.call("ShowContact", id()).await.expect_err("an error");
    assert!(error.is_not_found() && error.has_code("not_found"), "{error}");
    assert_eq!(error.operation(), Some("ShowContact"));
}

#[tokio::test]
async fn items_are_those_of_all_pages() {
    let first = json!({"data": [{"id": "1"}, {"id": "2"}], "pages": {"next": {"starting_after": "x"}}});
    let last = json!({"data": [{"id": "3", "moon": 1}]});
    let (server, api) = serving([Reply::json(first), Reply::json(last)]);
    let items = api.items("ListContacts", json!({"query": {"per_page": 2}})).expect("a list");
    let items = items.collect_up_to(9).await.expect("items");
    assert_eq!(
        items.iter().map(Json::to_string).collect::<Vec<_>>(),
        [r#"{"id":"1"}"#, r#"{"id":"2"}"#, r#"{"id":"3","moon":1}"#]
    );
    let [_, second] = server.requests();
    assert_eq!(second.line, "GET /contacts?per_page=2&starting_after=x");
}

#[tokio::test]
async fn items_of_what_has_no_pages_are_refused() {
    let (_server, api) = serving([]);
    let error = api.items("ShowContact", id()).expect_err("an error");
    assert_eq!(error.to_string(), "ShowContact: the operation gives no list that comes in pages: call it once");
    let error = api.items("ListContacts", json!({"query": {"per_page": {}}})).expect_err("an error");
    assert_eq!(error.path(), Some("query.per_page"));
}
