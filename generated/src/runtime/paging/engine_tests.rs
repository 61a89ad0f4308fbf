//! What each style makes of an answer, and where it stops.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::engine::Engine;
use super::style::{Paging, Style};
use crate::Error;
use crate::runtime::http::{Call, Reply, Request};
use crate::runtime::imitation::Client;
use crate::runtime::json::Json;

const ITEMS: &[&str] = &["data"];

/// A list under way: the request, and what is known of its pages.
struct List {
    request: Request<Json>,
    engine: Engine,
}

impl List {
    fn of(style: Style) -> Self {
        Self::with_body(style, "null")
    }

    fn with_body(style: Style, body: &str) -> Self {
        let client = Client::builder().token("t").build().expect("a client");
        let body = Json::parse(body).expect("JSON");
        let body = (!body.is_null()).then_some(body);
        let request = Call::post(client.core(), "list", "/list").body(&body).json();
        Self { request, engine: Engine::new(Paging { style, items: ITEMS, or: &[] }) }
    }

    fn query(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.query(name, value);
        self
    }

    /// What is asked after `answer`: the query, or the body if there is one; `None` at the end.
    fn after(&mut self, answer: &str) -> Option<String> {
        self.turn(answer).expect("a page that was not read before")
    }

    fn turn(&mut self, answer: &str) -> crate::Result<Option<String>> {
        let prepared = self.request.prepared();
        let more = self.engine.advance(prepared, answer.as_bytes())?;
        let query: Vec<String> =
            prepared.sorted_query().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let asked = prepared.body().map_or_else(|| query.join("&"), str::to_owned);
        Ok(more.then_some(asked))
    }
}

fn asked(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_cursor_goes_into_the_query() {
    let mut list = List::of(Style::Cursor).query("per_page", "2");
    assert_eq!(list.after(r#"{"pages":{"next":{"starting_after":"a/b"}}}"#), asked("per_page=2&starting_after=a%2Fb"));
    assert_eq!(list.after(r#"{"pages":{"next":{"starting_after":"c"}}}"#), asked("per_page=2&starting_after=c"));
}

#[test]
fn a_cursor_goes_into_the_pagination_of_a_body_and_leaves_the_rest() {
    let body = r#"{"query":{"field":"name"},"pagination":{"per_page":5}}"#;
    let mut list = List::with_body(Style::CursorInBody, body);
    let next = r#"{"pages":{"next":{"page":2,"starting_after":"WzE="}}}"#;
    let sent = r#"{"pagination":{"per_page":5,"starting_after":"WzE="},"query":{"field":"name"}}"#;
    assert_eq!(list.after(next), asked(sent));
}

#[test]
fn a_body_without_pagination_gets_one() {
    let mut list = List::with_body(Style::CursorInBody, r#"{"query":1}"#);
    let sent = r#"{"pagination":{"starting_after":"a"},"query":1}"#;
    assert_eq!(list.after(r#"{"pages":{"next":{"starting_after":"a"}}}"#), asked(sent));
    assert_eq!(list.after(r#"{"pages":{"next":null}}"#), None);
}

#[test]
fn an_address_gives_only_its_query_and_replaces_the_old_position() {
    let mut list = List::of(Style::Link).query("order", "desc").query("page", "1");
    let next = r#"{"pages":{"next":"https://evil.example/steal?starting_after=x+y&tag[]=1&tag[]=2#page=9"}}"#;
    assert_eq!(list.after(next), asked("order=desc&starting_after=x%20y&tag[]=1&tag[]=2"));
}

#[test]
fn an_address_is_followed_where_a_cursor_is_described_and_the_other_way_round() {
    let address = r#"{"pages":{"next":"/contacts?page=2&per_page=50"}}"#;
    assert_eq!(List::of(Style::Cursor).after(address), asked("page=2&per_page=50"));
    assert_eq!(List::of(Style::Page).after(address), asked("page=2&per_page=50"));
    assert_eq!(
        List::with_body(Style::CursorInBody, "{}").after(r#"{"pages":{"next":"http://a/?starting_after=b&x=1"}}"#),
        asked(r#"{"pagination":{"starting_after":"b"}}"#)
    );
    assert_eq!(
        List::with_body(Style::PageInBody, r#"{"per_page":5}"#).after(r#"{"pages":{"next":"http://a/?page=2&x=1"}}"#),
        asked(r#"{"page":2,"per_page":5}"#)
    );
    let cursor = r#"{"pages":{"next":{"starting_after":"a"}}}"#;
    assert_eq!(List::of(Style::Link).after(cursor), asked("starting_after=a"));
}

#[test]
fn the_next_page_being_null_missing_or_empty_is_the_end() {
    let ends = [
        r#"{"pages":{"next":null,"page":1,"total_pages":9},"data":[1]}"#,
        r#"{"pages":{"next":"","page":1,"total_pages":9},"data":[1]}"#,
        r#"{"pages":{"next":{"starting_after":null}},"data":[1]}"#,
        r#"{"pages":{"next":{"starting_after":""}},"data":[1]}"#,
        r#"{"pages":{"next":{"starting_after":"None"}},"data":[1]}"#,
    ];
    for style in [Style::Cursor, Style::CursorInBody, Style::Link, Style::Page, Style::PageInBody] {
        for end in ends {
            assert_eq!(List::of(style).after(end), None, "{style:?} after {end}");
        }
    }
    for style in [Style::Cursor, Style::CursorInBody, Style::Link] {
        for end in [r#"{"data":[1]}"#, r#"{"pages":null}"#, r#"{"pages":{}}"#, r#"{"pages":[]}"#, "null", "[1]", "?"] {
            assert_eq!(List::of(style).after(end), None, "{style:?} after {end}");
        }
    }
}

#[test]
fn an_empty_page_is_not_the_end() {
    assert_eq!(
        List::of(Style::Cursor).after(r#"{"data":[],"pages":{"next":{"starting_after":"a"}}}"#),
        asked("starting_after=a")
    );
    assert_eq!(List::of(Style::Page).after(r#"{"data":[],"pages":{"total_pages":2}}"#), asked("page=2"));
}

#[test]
fn pages_are_counted_up_to_the_total_from_the_one_that_was_asked_for() {
    let mut list = List::of(Style::Page).query("page", "3");
    assert_eq!(list.after(r#"{"pages":{"page":3,"total_pages":4}}"#), asked("page=4"));
    assert_eq!(list.after(r#"{"pages":{"page":4,"total_pages":4}}"#), None);
    let mut list = List::with_body(Style::PageInBody, r#"{"page":1,"per_page":2}"#);
    assert_eq!(list.after(r#"{"total_pages":2}"#), asked(r#"{"page":2,"per_page":2}"#));
    assert_eq!(list.after(r#"{"total_pages":2}"#), None);
}

#[test]
fn pages_of_which_nobody_tells_the_number_are_counted_up_to_an_empty_one() {
    let mut list = List::of(Style::Page);
    assert_eq!(list.after(r#"{"data":[{}]}"#), asked("page=2"));
    assert_eq!(list.after(r#"{"data":[]}"#), None);
}

#[test]
fn a_scroll_goes_on_with_the_same_token_until_a_page_is_empty() {
    let mut list = List::of(Style::Scroll);
    for _ in 0..3 {
        let page = r#"{"data":[{}],"pages":null,"scroll_param":"s"}"#;
        assert_eq!(list.after(page), asked("scroll_param=s"));
    }
    assert_eq!(list.after(r#"{"data":[],"scroll_param":"s"}"#), None);
    assert_eq!(List::of(Style::Scroll).after(r#"{"data":[{}],"scroll_param":null}"#), None);
}

#[tokio::test(start_paused = true)]
async fn a_scroll_that_is_gone_is_over_unless_nobody_asked_for_a_minute() {
    let gone = Error::api(Reply { status: StatusCode::NOT_FOUND, headers: HeaderMap::new(), body: Vec::new() });
    let mut list = List::of(Style::Scroll);
    assert!(!list.engine.is_end(&gone), "there is none yet");
    assert!(list.after(r#"{"data":[{}],"scroll_param":"s"}"#).is_some());
    tokio::time::advance(Duration::from_secs(59)).await;
    assert!(list.engine.is_end(&gone));
    tokio::time::advance(Duration::from_secs(1)).await;
    assert!(!list.engine.is_end(&gone), "it has expired, and nobody knows what is left of it");
    assert!(list.after(r#"{"data":[{}],"scroll_param":"s"}"#).is_some());
    assert!(list.engine.is_end(&gone));
}

#[test]
fn a_next_cursor_is_followed_until_it_is_missing_or_there_is_no_more() {
    let mut list = List::of(Style::NextCursor);
    assert_eq!(list.after(r#"{"data":[],"next_cursor":"a","has_more":true}"#), asked("cursor=a"));
    assert_eq!(list.after(r#"{"data":[],"next_cursor":"b"}"#), asked("cursor=b"));
    assert_eq!(list.after(r#"{"data":[1],"has_more":true}"#), None);
    assert_eq!(List::of(Style::NextCursor).after(r#"{"next_cursor":"a","has_more":false}"#), None);
    assert_eq!(List::of(Style::NextCursor).after(r#"{"next_cursor":null}"#), None);
}

#[test]
fn a_list_of_any_style_goes_on_at_a_position_of_it() {
    for (style, body, answer) in [
        (Style::Cursor, "null", r#"{"pages":{"next":{"starting_after":"a/b"}}}"#),
        (Style::CursorInBody, r#"{"query":1}"#, r#"{"pages":{"next":{"starting_after":[1,"a"]}}}"#),
        (Style::Page, "null", r#"{"pages":{"total_pages":2}}"#),
        (Style::PageInBody, r#"{"page":1}"#, r#"{"total_pages":2}"#),
        (Style::Link, "null", r#"{"pages":{"next":"https://a/?tag[]=1&tag[]=2&page=3"}}"#),
        (Style::NextCursor, "null", r#"{"next_cursor":"a","has_more":true}"#),
    ] {
        let (mut list, mut resumed) = (List::with_body(style, body), List::with_body(style, body));
        assert_eq!(list.engine.position(), None);
        list.after(answer);
        let position = list.engine.position().expect("a position");
        resumed.engine.resume(resumed.request.prepared(), &position).expect("a position");
        let asked = |list: &mut List| {
            let prepared = list.request.prepared();
            format!("{:?} {:?}", prepared.sorted_query(), prepared.body())
        };
        assert_eq!(asked(&mut resumed), asked(&mut list), "{style:?}");
        assert_eq!(resumed.engine.position(), Some(position), "{style:?}");
        list.after(r#"{"pages":{"next":null}}"#);
        assert_eq!(list.engine.position(), None, "{style:?}");
    }
}

#[test]
fn a_scroll_has_no_position() {
    let mut list = List::of(Style::Scroll);
    assert!(list.after(r#"{"data":[{}],"scroll_param":"s"}"#).is_some());
    assert_eq!(list.engine.position(), None);
    assert!(list.engine.resume(list.request.prepared(), r#"[["scroll_param","s"]]"#).is_err());
}

#[test]
fn what_is_no_position_is_refused() {
    for text in ["", "7", "{}", "[]", r#"["a"]"#, r#"[["a"]]"#, r#"[[1,2]]"#, r#"[["a","b","c"]]"#] {
        let mut list = List::of(Style::Cursor);
        let error = list.engine.resume(list.request.prepared(), text).expect_err("an error");
        assert_eq!(error.to_string(), format!("list: {text:?} is no position in a list"));
    }
}

#[test]
fn a_page_that_was_read_before_is_an_error() {
    let next = |cursor: &str| format!(r#"{{"pages":{{"next":{{"starting_after":"{cursor}"}}}}}}"#);
    let mut list = List::of(Style::Cursor);
    assert!(list.after(&next("a")).is_some() && list.after(&next("b")).is_some());
    let error = list.turn(&next("a")).expect_err("a circle");
    assert_eq!(error.to_string(), "list: $.pages.next: the next page is one that was read before");
    let mut list = List::of(Style::Link);
    assert!(list.turn(r#"{"pages":{"next":"https://api.intercom.io/articles"}}"#).is_err());
}

#[test]
fn a_cursor_that_is_no_text_is_sent_as_it_came() {
    let next = r#"{"pages":{"next":{"starting_after":[1,"a"]}}}"#;
    let sent = r#"{"pagination":{"starting_after":[1,"a"]}}"#;
    assert_eq!(List::with_body(Style::CursorInBody, "{}").after(next), asked(sent));
    let next = r#"{"pages":{"next":{"starting_after":17}}}"#;
    assert_eq!(List::of(Style::Cursor).after(next), asked("starting_after=17"));
}

#[test]
fn a_next_of_any_other_kind_is_an_error_and_not_the_end() {
    for style in [Style::Cursor, Style::CursorInBody, Style::Link, Style::Page, Style::PageInBody] {
        for next in ["5", "true", "false", "[]", "[1]", "1.5"] {
            let mut list = List::of(style);
            let error = list.turn(&format!(r#"{{"data":[1],"pages":{{"next":{next}}}}}"#)).expect_err("an error");
            let text = format!("list: $.pages.next: expected a URL, an object or null, found {next}");
            assert!(error.is_decode() && error.to_string().starts_with(&text), "{style:?}: {error}");
        }
    }
    for (style, body, path) in [
        (Style::Cursor, r#"{"pages":{"next":{"starting_after":true}}}"#, "$.pages.next.starting_after"),
        (Style::Link, r#"{"pages":{"next":{"page":false}}}"#, "$.pages.next.page"),
        (Style::NextCursor, r#"{"next_cursor":true}"#, "$.next_cursor"),
        (Style::Scroll, r#"{"data":[{}],"scroll_param":true}"#, "$.scroll_param"),
    ] {
        let error = List::of(style).turn(body).expect_err("an error");
        assert_eq!(error.path(), Some(path), "{error}");
    }
}

#[test]
fn parameters_of_an_address_replace_those_of_the_address_before() {
    let mut list = List::of(Style::Link).query("order", "desc");
    let next = |query: &str| format!(r#"{{"data":[1],"pages":{{"next":"https://api.intercom.io/x?{query}"}}}}"#);
    assert_eq!(list.after(&next("page=2&a=1&order=asc")), asked("a=1&order=asc&page=2"));
    assert_eq!(list.after(&next("page=3&b=2")), asked("b=2&order=desc&page=3"));
    assert_eq!(list.after(&next("page=4")), asked("order=desc&page=4"));
    let position = list.engine.position().expect("a position");
    let mut resumed = List::of(Style::Link).query("order", "desc");
    resumed.engine.resume(resumed.request.prepared(), &position).expect("a position");
    assert_eq!(resumed.after(&next("page=5&c=3")), asked("c=3&order=desc&page=5"));
}

#[test]
fn a_list_of_empty_pages_without_end_is_an_error() {
    let page =
        |number: usize, data: &str| format!(r#"{{"data":{data},"pages":{{"next":{{"starting_after":"{number}"}}}}}}"#);
    let mut list = List::of(Style::Cursor);
    for number in 0..99 {
        assert!(list.after(&page(number, "[]")).is_some());
    }
    assert!(list.after(&page(99, "[1]")).is_some(), "a page with items restarts the count");
    for number in 100..199 {
        assert!(list.after(&page(number, " [ ] ")).is_some());
    }
    let error = list.turn(&page(199, "[]")).expect_err("an error");
    assert!(error.is_decode() && error.to_string().contains("100 pages in a row have no items"), "{error}");
}

#[test]
fn a_hundred_empty_pages_may_come_before_the_last_one() {
    let mut list = List::of(Style::Cursor);
    for number in 0..99 {
        assert!(list.after(&format!(r#"{{"pages":{{"next":{{"starting_after":"{number}"}}}}}}"#)).is_some());
    }
    assert_eq!(list.after(r#"{"data":[],"pages":{"next":null}}"#), None);
}
