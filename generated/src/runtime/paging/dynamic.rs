//! Paged operations by name, for callers that learn at run time which one they need.

use std::fmt;
use std::pin::Pin;

use super::stream::Items;
use crate::runtime::error::Result;
use crate::runtime::json::{Field, to_text};

/// All items of a list, each as JSON.
pub type Listed = Pin<Box<dyn Future<Output = Result<Vec<String>>> + Send>>;

/// An operation whose list comes in pages. Each version lists its own in its module `codecs`.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Paged<C> {
    /// The description's id.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with names in braces for its arguments.
    pub path: &'static str,
    /// How a page leads to the next, as the overlay names it.
    pub style: &'static str,
    /// The keys that lead to a page's items.
    pub items: &'static [&'static str],
    pub(crate) list: fn(&C) -> Listed,
}

impl<C> Paged<C> {
    /// Asks for every page, with `1` for each argument of the path and nothing in all others.
    pub fn list(&self, client: &C) -> Listed {
        (self.list)(client)
    }
}

impl<C> fmt::Debug for Paged<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, style, items, .. } = self;
        f.debug_struct("Paged").field("operation", operation).field("style", style).field("items", items).finish()
    }
}

pub(crate) fn listed<I: Field + Send>(mut items: Items<I>) -> Listed {
    Box::pin(async move {
        let mut texts = Vec::new();
        while let Some(item) = items.try_next().await? {
            texts.push(to_text(&item));
        }
        Ok(texts)
    })
}
