//! Servers that break a list off, lead in circles or elsewhere.

use tests::loopback::{Reply, Server};

use super::{drained, replying, serving};

fn contacts(next: &str) -> String {
    format!(r#"{{"data":[{{"id":"1"}}],"pages":{{"next":{{"starting_after":"{next}"}}}}}}"#)
}

#[tokio::test]
async fn an_error_comes_after_the_items_before_it_and_ends_the_list() {
    let (server, client) = replying([Reply::json(contacts("a")), Reply::new(422)]);
    let mut items = client.contacts().list().items();
    assert!(items.try_next().await.expect("an item").is_some());
    assert_eq!(items.try_next().await.expect_err("an error").operation(), Some("ListContacts"));
    assert!(items.try_next().await.expect("the end").is_none());
    let [_, _] = server.requests();
}

#[tokio::test]
async fn a_page_that_is_no_json_is_an_error() {
    let (_server, client) = serving([contacts("a").as_str(), r#"{"data":[{"id":"2"}"#]);
    let (found, end) = drained(client.contacts().list().items()).await;
    assert!(found.len() == 1 && end.expect_err("an error").is_decode());
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error_and_no_circle() {
    let again = contacts("a");
    let (server, client) = serving(std::iter::repeat_n(again.as_str(), 9));
    let (found, end) = drained(client.contacts().list().items()).await;
    assert_eq!(found.len(), 2);
    assert!(end.expect_err("an error").to_string().contains("read before"));
    let [_, _] = server.requests();
}

#[tokio::test]
async fn a_longer_circle_is_an_error_too() {
    let (one, other) = (contacts("a"), contacts("b"));
    let (server, client) = serving([&one, &other, &one, &other].map(String::as_str));
    let (found, end) = drained(client.contacts().list().items()).await;
    assert!(found.len() == 3 && end.is_err());
    let [_, _, _] = server.requests();
}

#[tokio::test]
async fn an_address_on_another_server_is_asked_for_at_home() {
    let elsewhere = Server::new([]);
    let next = format!(r#"{{"data":[],"pages":{{"next":"{}/articles?page=2"}}}}"#, elsewhere.url());
    let (server, client) = serving([next.as_str(), r#"{"data":[{"id":"1"}]}"#]);
    let (found, end) = drained(client.articles().list().items()).await;
    assert!(found.len() == 1 && end.is_ok());
    let [_, second] = server.requests();
    assert_eq!(second.line, "GET /articles?page=2");
    let [] = elsewhere.requests();
}

#[tokio::test]
async fn pages_that_do_not_fit_their_type_still_lead_on() {
    let page = r#"{"data":[{"id":"1"}, 7],"pages":{"next":"https://api.intercom.io/contacts?starting_after=a"}}"#;
    let (_server, client) = serving([page, r#"{"data":[{"id":"2"}],"pages":"none"}"#]);
    let (found, end) = drained(client.contacts().list().items()).await;
    assert!(end.is_ok() && found.len() == 2);
}

#[tokio::test]
async fn an_argument_that_cannot_be_sent_is_the_first_and_only_thing_that_comes() {
    let (server, client) = serving([]);
    let (found, end) = drained(client.contacts().list_notes("").items()).await;
    assert!(found.is_empty() && end.is_err());
    let [] = server.requests();
}
