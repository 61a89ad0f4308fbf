//! Pages and items as streams: lazy, and safe to be left at any point.

use std::future::{poll_fn, ready};
use std::pin::Pin;

use futures_core::Stream;
use intercom_gen::unstable::types::{Contact, ContactList, SearchRequest, SingleFilterSearchRequest};
use intercom_gen::{Items, Pages};

use super::{drained, serving};

const FIRST: &str = r#"{"data":[{"id":"1"},{"id":"2"}],"pages":{"next":{"starting_after":"a"}}}"#;
const LAST: &str = r#"{"data":[{"id":"3"}],"pages":{"next":null}}"#;

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll() {
    let (server, client) = serving([FIRST]);
    let mut items = client.contacts().list().items();
    let waiting = items.try_next();
    drop(waiting);
    drop(client.contacts().list().pages());
    let [] = server.requests();
    assert!(items.try_next().await.expect("an item").is_some());
    let [_] = server.requests();
}

#[tokio::test]
async fn a_page_is_asked_for_when_its_first_item_is_wanted() {
    let (server, client) = serving([FIRST, LAST]);
    let mut items = client.contacts().list().items();
    for _ in 0..2 {
        items.try_next().await.expect("an item");
    }
    let [_] = server.requests();
    assert_eq!(items.try_next().await.expect("an item").map(|contact| contact.id.to_string()), Some("3".to_owned()));
    let [_] = server.requests();
}

#[tokio::test]
async fn a_future_that_is_dropped_while_it_waits_loses_nothing() {
    let (server, client) = serving([FIRST, LAST]);
    let mut items = client.contacts().list().items();
    for _ in 0..2 {
        tokio::select! {
            biased;
            _ = items.try_next() => panic!("no answer can be there at once"),
            () = ready(()) => {}
        }
    }
    let (found, end) = drained(items).await;
    assert!(end.is_ok());
    assert_eq!(found.iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    let [_, _] = server.requests();
}

#[tokio::test]
async fn no_more_is_collected_and_asked_for_than_wanted() {
    let (server, client) = serving([FIRST, FIRST]);
    assert!(client.contacts().list().items().collect_up_to(0).await.expect("nothing").is_empty());
    let [] = server.requests();
    assert_eq!(client.contacts().list().items().collect_up_to(2).await.expect("contacts").len(), 2);
    let [_] = server.requests();
    let (server, client) = serving([FIRST, LAST]);
    assert_eq!(client.contacts().list().items().collect_up_to(9).await.expect("contacts").len(), 3);
    let [_, _] = server.requests();
}

#[tokio::test]
async fn a_list_that_failed_goes_on_where_it_stood() {
    let (server, client) = serving([FIRST, "?", LAST]);
    let list = || client.contacts().list().per_page(2).pages();
    let mut pages = list();
    assert_eq!(pages.position(), None);
    pages.try_next().await.expect("a page");
    assert!(pages.try_next().await.expect_err("an error").is_decode());
    let mut pages = list().resume(&pages.position().expect("a position"));
    assert_eq!(pages.try_next().await.expect("a page").expect("the last").data[0].id, "3");
    assert_eq!(pages.position(), None);
    assert!(pages.try_next().await.expect("the end").is_none());
    let [_, failed, resumed] = server.requests();
    assert_eq!(
        (resumed.line.as_str(), resumed.line == failed.line),
        ("GET /contacts?per_page=2&starting_after=a", true)
    );
}

#[tokio::test]
async fn what_is_no_position_is_an_error_and_nothing_is_sent() {
    let (server, client) = serving([FIRST]);
    let mut pages = client.contacts().list().pages().resume("a");
    let error = pages.try_next().await.expect_err("an error");
    assert_eq!(error.to_string(), "ListContacts: \"a\" is no position in a list");
    assert!(pages.try_next().await.expect("the end").is_none());
    let [] = server.requests();
}

#[tokio::test]
async fn pages_come_with_all_that_they_say() {
    let first = r#"{"data":[{"id":"1"}],"total_count":2,"pages":{"next":{"starting_after":"a"}}}"#;
    let (_server, client) = serving([first, LAST]);
    let mut pages = client.contacts().list().pages();
    let page = pages.try_next().await.expect("a page").expect("the first");
    assert_eq!((page.total_count, page.data.len()), (Some(2), 1));
    assert!(pages.try_next().await.expect("a page").is_some());
    assert!(pages.try_next().await.expect("the end").is_none());
    assert!(pages.try_next().await.expect("still the end").is_none());
}

#[tokio::test]
async fn items_and_pages_are_streams() {
    let (_server, client) = serving([FIRST, LAST, FIRST]);
    let mut items = client.contacts().list().items();
    let mut count = 0;
    while let Some(contact) = poll_fn(|cx| Pin::new(&mut items).poll_next(cx)).await {
        contact.expect("a contact");
        count += 1;
    }
    assert_eq!(count, 3);
    let mut pages = client.contacts().list().pages();
    assert!(poll_fn(|cx| Pin::new(&mut pages).poll_next(cx)).await.is_some());
}

#[tokio::test]
async fn a_search_is_a_stream_and_says_how_large_its_pages_are() {
    let next = r#"{"conversations":[{"id":"1"}],"pages":{"next":{"starting_after":"a"}}}"#;
    let (server, client) = serving([next, r#"{"conversations":[{"id":"2"}],"pages":{"next":null}}"#]);
    let query = SearchRequest::new(SingleFilterSearchRequest::new().field("open"));
    let (found, end) = drained(client.conversations().search(query).per_page(150).items()).await;
    assert!(end.is_ok() && found.len() == 2);
    let [first, second] = server.requests();
    assert_eq!(first.json()["pagination"], serde_json::json!({"per_page": 150}));
    assert_eq!(second.json()["pagination"], serde_json::json!({"per_page": 150, "starting_after": "a"}));
    assert_eq!(second.json()["query"], serde_json::json!({"field": "open"}));
}

#[tokio::test]
async fn headers_and_parameters_of_the_caller_go_with_every_page() {
    let (server, client) = serving([FIRST, LAST]);
    let list = client.contacts().list().per_page(2).header("X-Mine", "yes").query("new", "a b");
    assert!(drained(list.items()).await.1.is_ok());
    let [first, second] = server.requests();
    assert_eq!(first.line, "GET /contacts?per_page=2&new=a%20b");
    assert_eq!(second.line, "GET /contacts?per_page=2&new=a%20b&starting_after=a");
    assert_eq!((first.header("x-mine"), second.header("x-mine")), (Some("yes"), Some("yes")));
}

#[test]
fn streams_and_their_futures_are_send() {
    fn send<T: Send>(_: &T) {}
    fn streams<S: Stream + Send + Unpin + 'static>() {}
    streams::<Items<Contact>>();
    streams::<Pages<ContactList>>();
    fn futures(items: &mut Items<Contact>, pages: &mut Pages<ContactList>) {
        send(&items.try_next());
        send(&pages.try_next());
    }
    let _ = futures;
    let _ = |items: Items<Contact>| send(&items.collect_up_to(1));
}
