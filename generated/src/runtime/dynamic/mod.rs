//! Operations by name, for callers that learn at run time what to call: scripts, debugging, tools of a model.
//!
//! A call goes through the typed method: its arguments are read as the types that the method takes, and its answer as
//! the type that the method gives. What depends on an operation is one line of the version's table, [`Row`]; everything
//! else is here, compiled once.

mod arguments;
mod call;
mod find;
mod fit;
mod suggest;
mod take;
mod version;

pub use arguments::Arguments;
pub use call::{Dynamic, DynamicReply};
pub(crate) use call::{Group, Made, Row};
pub use version::ApiVersion;

use super::http::{Prepared, Request};
use super::json::Field;
use super::paging::Items;

/// A typed request, however its type is called.
pub trait Typed {
    /// What it answers.
    type Answer: 'static;

    /// What is sent.
    fn prepared(&mut self) -> &mut Prepared;

    /// The request itself.
    fn request(self) -> Request<Self::Answer>;
}

impl<T: 'static> Typed for Request<T> {
    type Answer = T;

    fn prepared(&mut self) -> &mut Prepared {
        Self::prepared(self)
    }

    fn request(self) -> Self {
        self
    }
}

/// A typed request whose list comes in pages.
pub trait Paged: Typed {
    /// What its list holds.
    type Item: Field;

    /// All items.
    fn all(self) -> Items<Self::Item>;
}
