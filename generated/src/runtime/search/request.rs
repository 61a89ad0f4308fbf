//! A search as a whole: filter, order and page.

use super::filter::{Filter, object};
use crate::runtime::error::Result;
use crate::runtime::json::{Field, Json, Map, from_json};

/// A search: what has to match, in which order, and where the page begins.
///
/// Every search operation takes one, or a [`Filter`] alone.
///
/// ```no_run
/// # #[cfg(feature = "unstable")]
/// # async fn search(client: intercom_gen::unstable::Client) -> intercom_gen::Result<()> {
/// use intercom_gen::{Order, Search, field};
///
/// let closed = field("state").eq("closed") & field("updated_at").gt(1_700_000_000);
/// let search = Search::new(closed).sort("updated_at", Order::Ascending).per_page(150);
/// let mut conversations = client.conversations().search(search).items();
/// while let Some(conversation) = conversations.try_next().await? {
///     println!("{}", conversation.id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a search finds nothing until it is given to an operation"]
pub struct Search {
    filter: Filter,
    sort: Option<(String, Order)>,
    per_page: Option<i64>,
    starting_after: Option<String>,
}

/// The direction in which a search is sorted.
///
/// On the wire it is spelled out, which every version accepts. The short forms `asc` and `desc` work up to version 2.15 only:
/// later versions answer them with status 400 and the code `invalid_sort_order`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// The smallest or earliest first. On the wire: `ascending`.
    Ascending,
    /// The greatest or latest first. On the wire: `descending`.
    Descending,
}

impl Search {
    /// A search for what matches the filter.
    pub fn new(filter: Filter) -> Self {
        Self { filter, sort: None, per_page: None, starting_after: None }
    }

    /// Sorts what is found by a field, such as `created_at`. On the wire: `sort`.
    pub fn sort(mut self, field: impl Into<String>, order: Order) -> Self {
        self.sort = Some((field.into(), order));
        self
    }

    /// How many items a page has at most. On the wire: `pagination.per_page`.
    pub fn per_page(mut self, per_page: i64) -> Self {
        self.per_page = Some(per_page);
        self
    }

    /// Begins after the page that gave this cursor. On the wire: `pagination.starting_after`.
    pub fn starting_after(mut self, cursor: impl Into<String>) -> Self {
        self.starting_after = Some(cursor.into());
        self
    }

    /// The search as JSON, as the API takes it.
    ///
    /// # Errors
    ///
    /// If the filter has more levels or a group of more filters than the API takes, or a filter that no JSON can say.
    pub fn to_json(&self) -> Result<Json> {
        let per_page = self.per_page.map(|size| ("per_page", Json::from(size)));
        let cursor = self.starting_after.as_deref().map(|cursor| ("starting_after", Json::from(cursor)));
        let pagination: Map<Json> =
            per_page.into_iter().chain(cursor).map(|(key, value)| (key.to_owned(), value)).collect();
        let mut body = Map::new();
        body.insert("query".to_owned(), self.filter.json("$.query", 0)?);
        if let Some((field, order)) = &self.sort {
            let order = match order {
                Order::Ascending => "ascending",
                Order::Descending => "descending",
            };
            body.insert("sort".to_owned(), object([("field", field.as_str().into()), ("order", order.into())]));
        }
        if !pagination.is_empty() {
            body.insert("pagination".to_owned(), pagination.into());
        }
        Ok(body.into())
    }
}

impl From<Filter> for Search {
    fn from(filter: Filter) -> Self {
        Self::new(filter)
    }
}

/// Makes the body of a search operation out of a search.
pub(crate) fn fill(body: &mut dyn Field, search: &Search) -> Result<()> {
    from_json(body, &search.to_json()?.to_string())
}
