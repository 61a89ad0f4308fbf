use intercom_gen::{Arguments, Upload};
use serde_json::{Value, json};

use super::{id, json as text, refused, serving};
use tests::loopback::{Reply, Seen};

/// The request that a call makes.
async fn sent(operation: &str, arguments: impl Into<Arguments>) -> Seen {
    let (server, api) = serving([Reply::json("{}")]);
    api.call(operation, arguments).await.unwrap_or_else(|error| panic!("{operation}: {error}"));
    let [seen] = server.requests();
    seen
}

/// Asserts that the arguments are refused, at this place and for this reason.
async fn assert_refused(operation: &str, arguments: Value, path: &str, why: &str) {
    let error = refused(operation, arguments).await;
    assert_eq!(error.path(), Some(path), "{error}");
    assert!(error.to_string().contains(&format!("{path}: {why}")), "{error}");
}

#[tokio::test]
async fn every_argument_goes_where_it_belongs() {
    let arguments = json!({"path": {"id": "a/b"}, "query": {"include_merge_history": true}, "body": {"name": "Ada"}});
    let seen = sent("UpdateContact", arguments).await;
    assert_eq!(seen.line, "PUT /contacts/a%2Fb?include_merge_history=true");
    assert_eq!(seen.json(), json!({"name": "Ada"}));
}

#[tokio::test]
async fn headers_take_the_place_of_the_clients() {
    let seen = sent("listTags", json!({"headers": {"Intercom-Version": "Preview", "X-Trace": 7}})).await;
    assert_eq!((seen.header("intercom-version"), seen.header("x-trace")), (Some("Preview"), Some("7")));
}

#[tokio::test]
async fn parameters_that_the_description_does_not_know_are_extra() {
    let seen = sent("ListContacts", json!({"query": {"per_page": 5}, "extra": {"beta": "a b"}})).await;
    assert_eq!(seen.line, "GET /contacts?per_page=5&beta=a%20b");
    let (server, api) = serving([Reply::json(json!({"data": []}))]);
    let arguments = Arguments::new().extra("beta", true).header("X-Trace", "7");
    api.items("ListContacts", arguments).expect("a list").collect_up_to(1).await.expect("items");
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.header("x-trace")), ("GET /contacts?beta=true", Some("7")));
}

#[tokio::test]
async fn what_is_text_on_the_wire_may_be_given_as_text_or_as_what_it_is() {
    for per_page in [json!(5), json!("5")] {
        let seen = sent("ListContacts", json!({"query": {"per_page": per_page}})).await;
        assert_eq!(seen.line, "GET /contacts?per_page=5");
    }
    for ids in [json!(["1", "2"]), json!([1, 2]), json!("1,2")] {
        let seen = sent("searchContent", json!({"query": {"tag_ids": ids}})).await;
        assert_eq!(seen.line, "GET /content/search?tag_ids=1,2");
    }
    let seen = sent("listActivityLogs", json!({"query": {"created_at_after": 1_577_869_200}})).await;
    assert_eq!(seen.line, "GET /admins/activity_logs?created_at_after=1577869200");
    let seen = sent("ShowContact", json!({"path": {"id": 5}})).await;
    assert_eq!(seen.line, "GET /contacts/5");
}

#[tokio::test]
async fn what_is_null_is_not_given() {
    let seen = sent("ListContacts", json!({"path": null, "query": {"per_page": null}, "body": null})).await;
    assert_eq!(seen.line, "GET /contacts");
}

#[tokio::test]
async fn an_argument_that_is_unknown_is_refused_with_those_that_are_not() {
    let takes = "is unknown; the operation takes include_merge_history, per_page, starting_after";
    assert_refused("ListContacts", json!({"query": {"per_pag": 5}}), "query.per_pag", takes).await;
    let none = "the operation has no arguments in its path";
    assert_refused("ListContacts", json!({"path": {"id": 5}}), "path.id", none).await;
    assert_refused("ListContacts", json!({"body": {}}), "body", "the operation takes none").await;
    let keys = "is unknown; a call takes path, query, form, headers, extra, body";
    assert_refused("ListContacts", json!({"params": {}}), "params", keys).await;
    assert_refused("ListContacts", json!({"query": 5}), "query", "expected an object").await;
    assert_refused("ListContacts", json!([]), "arguments", "are no object").await;
}

#[tokio::test]
async fn an_argument_that_is_missing_is_named() {
    assert_refused("ShowContact", json!({}), "path.id", "is missing; it is of type Id").await;
    assert_refused("listActivityLogs", json!({}), "query.created_at_after", "is missing").await;
    assert_refused("createTag", json!({}), "body", "is missing; it is of type types::").await;
    let body = json!({"body": {"created_at": 1}});
    assert_refused("createDataExport", body, "body.created_at_after", "is missing, and has to be there").await;
}

#[tokio::test]
async fn an_argument_of_another_type_is_refused_with_what_is_expected() {
    let query = json!({"query": {"per_page": "many"}});
    assert_refused("ListContacts", query, "query.per_page", "expected an integer of 64 bits, got \"many\"").await;
    let query = json!({"query": {"include_merge_history": {"a": 1}}});
    assert_refused("ListContacts", query, "query.include_merge_history", "expected true or false").await;
    let body = json!({"body": {"email": 5}});
    assert_refused("CreateContact", body, "body.email", "expected a string, got 5").await;
    let body = json!({"body": {"custom_attributes": []}});
    assert_refused("CreateContact", body, "body.custom_attributes", "expected an object, got []").await;
    assert_refused("CreateContact", json!({"body": []}), "body", "expected an object, got []").await;
}

#[tokio::test]
async fn a_null_that_would_vanish_is_refused() {
    let body = json!({"path": {"id": "1"}, "body": {"title": null}});
    assert_refused("updateArticle", body, "body.title", "must not be null; leave the key out").await;
    let seen = sent("UpdateContact", json!({"path": {"id": "1"}, "body": {"name": null}})).await;
    assert_eq!(seen.json(), json!({"name": null}));
}

#[tokio::test]
async fn keys_that_the_description_does_not_have_are_sent_and_told() {
    let (server, api) = serving([Reply::json("{}")]);
    let body = json!({"body": {"email": "ada@example.com", "favorite": [1]}});
    let reply = api.call("CreateContact", body).await.expect("an answer");
    let sent: Vec<(&str, &str)> =
        reply.sent.iter().map(|addition| (addition.path.as_str(), addition.raw.as_str())).collect();
    assert_eq!(sent, [("body.favorite", "[1]")]);
    let [seen] = server.requests();
    assert_eq!(seen.json(), json!({"email": "ada@example.com", "favorite": [1]}));
}

#[tokio::test]
async fn a_form_has_texts_and_files() {
    let catalog = json!({"name": "products.json", "content": [{"id": "p1"}]});
    let arguments = json!({"path": {"id": "1"}, "form": {"catalog": catalog, "finalize": true, "part_number": 2}});
    let by_hand = id()
        .file("catalog", Upload::bytes("products.json", r#"[{"id":"p1"}]"#))
        .form("finalize", "true")
        .form("part_number", 2);
    for arguments in [Arguments::from(arguments), by_hand] {
        let seen = sent("uploadEcommerceCatalog", arguments).await;
        assert!(seen.header("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data")), "{seen:?}");
        for part in ["filename=\"products.json\"", "[{\"id\":\"p1\"}]", "\r\n\r\ntrue\r\n", "\r\n\r\n2\r\n"] {
            assert!(seen.text().contains(part), "no {part} in {}", seen.text());
        }
    }
    let file = json!({"path": {"id": "1"}, "form": {"catalog": "products.json"}});
    assert_refused("uploadEcommerceCatalog", file, "form.catalog", "expected a file").await;
}

#[tokio::test]
async fn arguments_come_from_json_of_this_crate_too() {
    let seen = sent("ShowContact", text(r#"{"path": {"id": 5}}"#)).await;
    assert_eq!(seen.line, "GET /contacts/5");
}
