//! From an answer to the request of the next page.
//!
//! It works on JSON and on a request that knows no types, so it is compiled once, and an answer whose `pages` does not
//! fit its type still leads on.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use reqwest::Url;
use tokio::time::Instant;

use super::style::{Paging, Style};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::{Prepared, Query};
use crate::runtime::json::Json;

/// Parameters that say where a page begins. Those that a new position does not set would contradict it.
const POSITIONS: [&str; 6] = ["page", "starting_after", "starting_before", "before", "cursor", "scroll_param"];

/// Where a response says what comes next.
const NEXT: &str = "$.pages.next";

/// Pages without items that may come after each other. A search that filters after it has paged has a few; a list that goes
/// on without an end would keep its caller for ever.
const MAX_EMPTY: usize = 100;

/// How long the API keeps a scroll of which nobody wants more.
const SCROLL_LIFE: Duration = Duration::from_secs(60);

/// Where a page is: parameters and their values.
type Position = Vec<(String, Json)>;

/// What is known of the pages so far.
#[derive(Debug)]
pub(super) struct Engine {
    paging: Paging,
    /// Every request that was sent, as its hash.
    sent: HashSet<u64>,
    /// When the last page came.
    came: Option<Instant>,
    /// Where the next page is, unless it is where the request began.
    position: Option<Position>,
    /// The query of the request as its caller made it, once another one has taken its place.
    query: Option<Query>,
    /// How many pages without items came after each other.
    empty: usize,
}

impl Engine {
    pub(super) fn new(paging: Paging) -> Self {
        Self { paging, sent: HashSet::new(), came: None, position: None, query: None, empty: 0 }
    }

    /// Makes `request` ask for the page after `body`; says whether there is one.
    pub(super) fn advance(&mut self, request: &mut Prepared, body: &[u8]) -> Result<bool> {
        self.sent.insert(fingerprint(request));
        self.came = Some(Instant::now());
        let text = String::from_utf8_lossy(body);
        let answer = Json::parse(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        self.position = self.next(request, &answer).map_err(|error| request.blamed(error))?;
        let Some(position) = self.position.clone() else { return Ok(false) };
        self.empty = if self.has_items(&answer) { 0 } else { self.empty + 1 };
        if self.empty >= MAX_EMPTY {
            let message = format!("{MAX_EMPTY} pages in a row have no items, and the list goes on");
            return Err(request.blamed(Error::next_page(NEXT, message)));
        }
        self.move_to(request, position);
        // Every page of a scroll is asked for in the same words.
        if self.paging.style != Style::Scroll && self.sent.contains(&fingerprint(request)) {
            return Err(request.blamed(Error::next_page(NEXT, "the next page is one that was read before")));
        }
        Ok(true)
    }

    /// Where the next page is, as a text to come back with. Every page of a scroll is at the same place, which is none.
    pub(super) fn position(&self) -> Option<String> {
        let position = self.position.as_ref().filter(|_| self.paging.style != Style::Scroll)?;
        let pair = |(name, value): &(String, Json)| Json::from(vec![Json::from(name.as_str()), value.clone()]);
        Some(position.iter().map(pair).collect::<Json>().to_string())
    }

    /// Makes `request` ask for the page at a position that was told.
    pub(super) fn resume(&mut self, request: &mut Prepared, text: &str) -> Result<()> {
        let no_position = || Error::argument(format!("{text:?} is no position in a list"));
        let position = read(text).filter(|position| !position.is_empty() && self.paging.style != Style::Scroll);
        let position = position.ok_or_else(|| no_position().of_operation(request.operation()))?;
        self.move_to(request, position.clone());
        self.position = Some(position);
        Ok(())
    }

    /// Whether this error is how the list ends: a scroll that has been read may be gone. So may one that was not read for
    /// too long, of which there may be more.
    pub(super) fn is_end(&self, error: &Error) -> bool {
        let is_alive = self.came.is_some_and(|came| came.elapsed() < SCROLL_LIFE);
        self.paging.style == Style::Scroll && is_alive && error.is_not_found()
    }

    /// Where the next page is; `None` at the end.
    fn next(&self, request: &Prepared, answer: &Json) -> Result<Option<Position>> {
        let pages = answer.get("pages").unwrap_or_default();
        match self.paging.style {
            Style::Cursor | Style::CursorInBody | Style::Link => pages.get("next").map_or(Ok(None), |next| told(&next)),
            Style::Page | Style::PageInBody => match pages.get("next") {
                Some(next) => told(&next),
                None => Ok(self.counted(request, answer, &pages)),
            },
            Style::Scroll => {
                let token = cursor(answer, "scroll_param", "$.scroll_param")?.filter(|_| self.has_items(answer));
                Ok(token.map(|token| vec![("scroll_param".to_owned(), token)]))
            }
            Style::NextCursor => {
                let is_last = answer.get("has_more").and_then(|more| more.as_bool()) == Some(false);
                let token = cursor(answer, "next_cursor", "$.next_cursor")?.filter(|_| !is_last);
                Ok(token.map(|token| vec![("cursor".to_owned(), token)]))
            }
        }
    }

    /// The next number, up to the number of pages; where nobody tells that, up to a page without items.
    fn counted(&self, request: &Prepared, answer: &Json, pages: &Json) -> Option<Position> {
        let number = |json: &Json| json.get("total_pages")?.as_i64();
        let current = match self.paging.style.body() {
            Some(keys) => request.body_value(keys, "page").and_then(|page| page.as_i64()),
            None => request.query_value("page").and_then(|page| page.parse().ok()),
        };
        let current = current.unwrap_or(1);
        let more = match number(pages).or_else(|| number(answer)) {
            Some(total) => current < total,
            None => self.has_items(answer),
        };
        more.then(|| current.checked_add(1)).flatten().map(|page| vec![("page".to_owned(), Json::from(page))])
    }

    fn has_items(&self, answer: &Json) -> bool {
        std::iter::once(&self.paging.items).chain(self.paging.or).any(|keys| {
            let items = keys.iter().try_fold(answer.clone(), |json, key| json.get(key));
            items.is_some_and(|items| is_filled_list(&items.to_string()))
        })
    }

    fn move_to(&mut self, request: &mut Prepared, position: Position) {
        match self.paging.style.body() {
            Some(keys) => {
                let position = position.into_iter().filter(|(name, _)| POSITIONS.contains(&name.as_str()));
                let typed = position.map(|(name, value)| match name.as_str() {
                    "page" => (name, number(value)),
                    _ => (name, value),
                });
                request.set_body_values(keys, &POSITIONS, typed.collect());
            }
            None => {
                // What the address before has brought along goes with it.
                let query = self.query.get_or_insert_with(|| request.query());
                request.replace_query(query, &POSITIONS, position);
            }
        }
    }
}

/// Whether a JSON text is a list with elements, told by its first two characters: the elements may be large.
fn is_filled_list(json: &str) -> bool {
    json.strip_prefix('[').is_some_and(|rest| !rest.trim_start().starts_with(']'))
}

/// What the response's `next` says: an address, of which only the query counts, or an object with a cursor or a number.
fn told(next: &Json) -> Result<Option<Position>> {
    if let Some(address) = next.as_str() {
        return Ok((!address.is_empty()).then(|| query_of(address)));
    }
    if !next.is_null() && next.as_map().is_none() {
        return Err(Error::unusable_next(NEXT, "a URL, an object or null", next));
    }
    for (name, path) in [("starting_after", "$.pages.next.starting_after"), ("page", "$.pages.next.page")] {
        if let Some(cursor) = cursor(next, name, path)? {
            return Ok(Some(vec![(name.to_owned(), cursor)]));
        }
    }
    Ok(None)
}

fn query_of(address: &str) -> Position {
    let (_, query) = address.split_once('?').unwrap_or_default();
    // Only the query is looked at: whatever else the address holds, requests go where the client says.
    let parsed = Url::parse("http://localhost/").map(|mut url| {
        url.set_query(Some(query.split('#').next().unwrap_or_default()));
        url.query_pairs().map(|(name, value)| (name.into_owned(), Json::from(value.into_owned()))).collect()
    });
    parsed.unwrap_or_default()
}

/// The number that a text from an address is, because a body tells the two apart.
fn number(value: Json) -> Json {
    let number = value.as_str().and_then(|text| text.parse::<i64>().ok());
    number.map_or(value, Json::from)
}

/// A cursor that can be sent, of any kind but true and false; `None` where there is none.
fn cursor(object: &Json, name: &str, path: &str) -> Result<Option<Json>> {
    let cursor = object.get(name).unwrap_or_default();
    if cursor.as_bool().is_some() {
        return Err(Error::unusable_next(path, "a cursor or null", &cursor));
    }
    let is_nothing = cursor.is_null() || matches!(cursor.as_str(), Some("" | "None" | "null"));
    Ok((!is_nothing).then_some(cursor))
}

/// A position as [`Engine::position`] writes it.
fn read(text: &str) -> Option<Position> {
    let pair = |pair: &Json| match &pair.as_list()?[..] {
        [name, value] => Some((name.as_str()?.to_owned(), value.clone())),
        _ => None,
    };
    Json::parse(text).ok()?.as_list()?.iter().map(pair).collect()
}

fn fingerprint(request: &Prepared) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.sorted_query().hash(&mut hasher);
    request.body().hash(&mut hasher);
    hasher.finish()
}
