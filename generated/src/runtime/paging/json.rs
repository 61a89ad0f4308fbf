//! Items of any type as JSON, for callers that learn at run time what they list.

use std::task::{Context, Poll};

use super::stream::{Batches, Items};
use crate::runtime::error::Result;
use crate::runtime::json::{Field, Json, to_text};

struct Written<I>(Box<dyn Batches<I>>);

impl<I: Field> Batches<Json> for Written<I> {
    fn poll_batch(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<Json>>>> {
        self.0.poll_batch(cx).map_ok(|items| items.iter().map(|item| written(item)).collect())
    }
}

fn written(item: &dyn Field) -> Json {
    Json::from_raw(&to_text(item))
}

impl<I: Field> Items<I> {
    /// The same items, each as it is written.
    pub(crate) fn into_json(self) -> Items<Json> {
        Items::of(Box::new(Written(self.pages)))
    }
}
