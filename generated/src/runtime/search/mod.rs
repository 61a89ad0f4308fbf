//! Searches: filters that are put together with operators, and what a search asks for beside them.
//!
//! They stand for the body of every search operation of every version. How deep filters may be nested and how many a
//! group may have is looked at when the body is made, so that a mistake is an error of the call and nothing is sent.

mod filter;
mod request;
mod value;

#[cfg(test)]
mod tests;

pub use filter::{Filter, SearchField, field};
pub(crate) use request::fill;
pub use request::{Order, Search};
pub use value::FilterValue;
