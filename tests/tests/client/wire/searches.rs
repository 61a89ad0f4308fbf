//! Searches as they are put together, on every operation of both versions that takes one.

use intercom_gen::unstable::types::SearchRequest;
use intercom_gen::{ErrorKind, Filter, Order, Result, Search, field, unstable, v2_14};
use serde_json::{Value, json};
use tests::loopback::{Reply, Server};

use super::{serving, serving_2_14};

/// A filter of each kind: a single one, a list, and a group in a group.
fn filter() -> Filter {
    field("email").eq("a@b.c") & (field("role").is_in(["user", "lead"]) | field("created_at").gt(1_700_000_000))
}

/// The same on the wire.
fn query() -> Value {
    json!({"operator": "AND", "value": [
        {"field": "email", "operator": "=", "value": "a@b.c"},
        {"operator": "OR", "value": [
            {"field": "role", "operator": "IN", "value": ["user", "lead"]},
            {"field": "created_at", "operator": ">", "value": 1_700_000_000},
        ]},
    ]})
}

fn empty() -> Reply {
    Reply::json(r#"{"type": "list", "data": [], "conversations": [], "tickets": []}"#)
}

/// Sends a search to every operation that takes one, and says to which.
async fn each_of_unstable(client: &unstable::Client, search: impl Fn() -> Search) -> [(&'static str, Result<()>); 4] {
    [
        ("companies", client.companies().search(search()).await.map(drop)),
        ("contacts", client.contacts().search(search()).await.map(drop)),
        ("conversations", client.conversations().search(search()).await.map(drop)),
        ("tickets", client.tickets().search(search()).await.map(drop)),
    ]
}

/// Sends a search to every operation that takes one, and says to which.
async fn each_of_2_14(client: &v2_14::Client, search: impl Fn() -> Search) -> [(&'static str, Result<()>); 3] {
    [
        ("contacts", client.contacts().search(search()).await.map(drop)),
        ("conversations", client.conversations().search(search()).await.map(drop)),
        ("tickets", client.tickets().search(search()).await.map(drop)),
    ]
}

#[track_caller]
fn were_sent<const COUNT: usize>(server: &Server, results: [(&'static str, Result<()>); COUNT], body: &Value) {
    let seen = server.requests::<COUNT>();
    for ((group, result), seen) in results.into_iter().zip(seen) {
        result.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(seen.line, format!("POST /{group}/search"));
        assert_eq!(seen.json(), *body, "{group}");
    }
}

#[tokio::test]
async fn a_filter_with_order_and_page_is_the_body_of_every_search() {
    let search = || Search::new(filter()).sort("created_at", Order::Descending).per_page(5).starting_after("W1=");
    let body = json!({
        "query": query(),
        "sort": {"field": "created_at", "order": "descending"},
        "pagination": {"per_page": 5, "starting_after": "W1="},
    });
    let (server, client) = serving(std::array::from_fn::<_, 4, _>(|_| empty()));
    were_sent(&server, each_of_unstable(&client, search).await, &body);
    let (server, client) = serving_2_14(std::array::from_fn::<_, 3, _>(|_| empty()));
    were_sent(&server, each_of_2_14(&client, search).await, &body);
}

#[tokio::test]
async fn too_many_filters_are_an_error_and_nothing_is_sent() {
    let search = || Search::new(Filter::all((0..16).map(|index| field("id").ne(index))));
    let (server, client) = serving([]);
    let (old_server, old_client) = serving_2_14([]);
    let results = each_of_unstable(&client, search).await.into_iter().chain(each_of_2_14(&old_client, search).await);
    for (group, result) in results {
        let error = result.expect_err(group);
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().contains("has 16 filters, and the API takes 15"), "{error}");
        assert!(error.operation().is_some_and(|id| id.to_lowercase().contains("search")), "{error}");
    }
    let [] = server.requests();
    let [] = old_server.requests();
}

#[tokio::test]
async fn groups_that_are_nested_too_deep_end_a_stream_before_anything_is_sent() {
    let (server, client) = serving([]);
    let three = field("a").eq(1) & (field("b").eq(1) | (field("c").eq(1) & field("d").eq(1)));
    let error = client.conversations().search(three).items().try_next().await.expect_err("an error");
    assert!(error.message().contains("takes 2 levels"), "{error}");
    let [] = server.requests();
}

#[tokio::test]
async fn the_first_that_is_found_is_one_request() {
    let (server, client) = serving([Reply::json(r#"{"type": "list", "data": [{"type": "contact", "id": "c1"}]}"#)]);
    let found = client.contacts().search(field("external_id").eq("u-42")).items().try_next().await.expect("a contact");
    assert!(found.is_some_and(|contact| contact.id == "c1"));
    let [seen] = server.requests();
    assert_eq!(seen.json(), json!({"query": {"field": "external_id", "operator": "=", "value": "u-42"}}));
}

#[tokio::test]
async fn pages_keep_the_filter_and_their_size() {
    let page = |next: &str| Reply::json(format!(r#"{{"conversations": [], "pages": {{"next": {next}}}}}"#));
    let (server, client) = serving([page(r#"{"starting_after": "W2="}"#), page("null")]);
    let found = client.conversations().search(filter()).per_page(150).items().collect_up_to(9).await;
    assert_eq!(found.expect("conversations").len(), 0);
    let [first, second] = server.requests();
    assert_eq!(first.json(), json!({"query": query(), "pagination": {"per_page": 150}}));
    assert_eq!(second.json(), json!({"query": query(), "pagination": {"per_page": 150, "starting_after": "W2="}}));
}

#[tokio::test]
async fn the_body_itself_is_taken_as_well() {
    let (server, client) = serving([empty()]);
    let body = SearchRequest::try_from(filter()).expect("a body").with_extra("debug", true);
    client.tickets().search(body).await.expect("tickets");
    let [seen] = server.requests();
    assert_eq!(seen.json(), json!({"query": query(), "debug": true}));
}
