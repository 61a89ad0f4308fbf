//! Reading and writing JSON: tolerant, lossless, and compiled once.

mod budget;
mod drift;
mod extra;
mod field;
mod lexer;
mod list;
mod object;
mod path;
mod pretty;
mod reader;
mod reports;
pub(crate) mod serde;
mod union;
mod value;
mod writer;

pub use drift::{Addition, Drift};
pub use extra::Extra;
pub(crate) use field::{Field, Read};
pub use list::Map;
pub(crate) use list::map_of;
pub(crate) use object::Object;
pub(crate) use reader::{Broken, Reader};
pub(crate) use union::{Kind, Union};
pub use value::Json;
pub(crate) use writer::{Writer, to_text};

use super::error::{Error, Result};

/// Reads `text` into `value`.
pub(crate) fn from_json(value: &mut dyn Field, text: &str) -> Result<()> {
    Reader::new(text).root(value).map_err(|broken| Error::unreadable(text.as_bytes(), broken))
}
