//! Where the lists of each style end, as callers see it.

use std::time::Duration;

use intercom_gen::RetryPolicy;
use intercom_gen::unstable::Client;
use tests::loopback::{Reply, Server};

use super::{drained, replying, serving};

#[tokio::test]
async fn a_null_next_ends_a_list_whatever_the_numbers_say() {
    let (server, client) = serving([r#"{"data":[{"id":"1"}],"pages":{"next":null,"page":1,"total_pages":7}}"#]);
    assert_eq!(client.contacts().list().items().collect_up_to(10).await.expect("contacts").len(), 1);
    let [_] = server.requests();
}

#[tokio::test]
async fn an_answer_without_pages_is_the_only_one() {
    let (server, client) = serving([r#"{"segments":[{"id":"1"}]}"#, "{}"]);
    assert_eq!(client.segments().list().items().collect_up_to(10).await.expect("segments").len(), 1);
    assert_eq!(client.contacts().list().items().collect_up_to(10).await.expect("contacts").len(), 0);
    let [_, _] = server.requests();
}

#[tokio::test]
async fn a_list_of_companies_by_post_is_followed_with_post() {
    let next = r#"{"data":[{"id":"1"}],"pages":{"next":"https://api.intercom.io/companies/list?page=2&per_page=1"}}"#;
    let (server, client) = serving([next, r#"{"data":[{"id":"2"}],"pages":{"next":null}}"#]);
    let (companies, end) = drained(client.companies().list().order("desc").per_page(1).items()).await;
    assert!(end.is_ok() && companies.len() == 2);
    let [first, second] = server.requests();
    assert_eq!(first.line, "POST /companies/list?order=desc&per_page=1");
    assert_eq!(second.line, "POST /companies/list?order=desc&page=2&per_page=1");
}

#[tokio::test]
async fn companies_of_a_contact_stand_under_either_key_that_the_api_uses() {
    for key in ["data", "companies"] {
        let page = format!(r#"{{"type":"list","{key}":[{{"id":"1"}}],"pages":{{"next":null}}}}"#);
        let (server, client) = serving([page.as_str()]);
        let companies = client.contacts().list_companies(5).items().collect_up_to(9).await.expect("companies");
        assert_eq!(companies.iter().map(|company| company.id.as_str()).collect::<Vec<_>>(), ["1"], "{key}");
        let [_] = server.requests();
    }
}

#[tokio::test]
async fn numbers_that_stand_beside_the_items_count_too() {
    let page = |n: u8| format!(r#"{{"data":[{{"id":"{n}"}}],"page":{n},"total_pages":2}}"#);
    let (server, client) = serving([page(1).as_str(), page(2).as_str()]);
    let (snippets, end) = drained(client.content_snippets().list().per_page(1).items()).await;
    assert!(end.is_ok() && snippets.len() == 2);
    let [_, second] = server.requests();
    assert_eq!(second.line, "GET /content_snippets?per_page=1&page=2");
}

#[tokio::test]
async fn a_scroll_that_is_gone_after_it_was_read_is_over() {
    let page = Reply::json(r#"{"data":[{"id":"1"}],"scroll_param":"s"}"#);
    let (server, client) = replying([page.clone(), page, Reply::new(404)]);
    let (companies, end) = drained(client.companies().scroll().items()).await;
    assert!(end.is_ok() && companies.len() == 2);
    let [_, _, _] = server.requests();
}

#[tokio::test]
async fn a_scroll_that_cannot_be_opened_is_an_error() {
    for status in [404, 400] {
        let (_server, client) = replying([Reply::new(status)]);
        let (_, end) = drained(client.companies().scroll().items()).await;
        assert_eq!(end.expect_err("an error").status(), Some(status));
    }
}

#[tokio::test]
async fn a_page_of_a_scroll_that_got_lost_is_an_error_because_asking_again_gives_the_next_one() {
    let page = |id: u8| Reply::json(format!(r#"{{"data":[{{"id":"{id}"}}],"scroll_param":"s"}}"#));
    for status in [500, 502, 408] {
        let server = Server::new([page(1), Reply::new(status), page(3)]);
        let client = server.retrying(Client::builder(), quick());
        let (companies, end) = drained(client.companies().scroll().items()).await;
        assert_eq!((companies.len(), end.expect_err("an error").status()), (1, Some(status)));
        let [_, _] = server.requests();
    }
    // The same for those who ask for its pages one by one, and whatever the policy says of writes.
    let server = Server::new([Reply::new(500), page(2)]);
    let client = server.retrying(Client::builder(), quick().writes(true));
    assert!(client.companies().scroll().scroll_param("s").await.is_err());
    let [_] = server.requests();
}

#[tokio::test]
async fn a_scroll_is_opened_again_and_waits_for_the_rate_limit() {
    let page = Reply::json(r#"{"data":[{"id":"1"}],"scroll_param":"s"}"#);
    let limited = Reply::new(429).with("Retry-After", "0");
    let server = Server::new([Reply::new(500), page, limited, Reply::json(r#"{"data":[],"scroll_param":"s"}"#)]);
    let client = server.retrying(Client::builder(), quick());
    let (companies, end) = drained(client.companies().scroll().items()).await;
    assert!(end.is_ok() && companies.len() == 1);
    let [_, _, _, _] = server.requests();
}

#[tokio::test]
async fn a_missing_page_of_another_style_is_an_error() {
    let page = Reply::json(r#"{"data":[{"id":"1"}],"pages":{"next":{"starting_after":"a"}}}"#);
    let (_server, client) = replying([page, Reply::new(404)]);
    let (contacts, end) = drained(client.contacts().list().items()).await;
    assert!(contacts.len() == 1 && end.expect_err("an error").is_not_found());
}

fn quick() -> RetryPolicy {
    RetryPolicy::default().first_delay(Duration::from_millis(1))
}
