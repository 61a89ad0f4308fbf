//! Lists that come in pages, as streams of pages or of items.
//!
//! Operations differ in how one page leads to the next, and in practice they do not keep to one way: what is described
//! as a cursor arrives as a URL. One [`engine`] that knows no types looks at the answer's JSON and prepares the next
//! request; the [`stream`]s around it only carry the types.

mod engine;
#[cfg(feature = "dynamic")]
mod json;
mod stream;
mod style;

#[cfg(test)]
mod engine_tests;

pub(crate) use stream::first;
pub use stream::{Items, Pages};
pub(crate) use style::{Paging, Style};
