//! Types by name, for callers that learn at run time which one they need: tools, tests, scripts.

use super::error::{Error, Result};
use super::json::{Addition, Drift, Field, Reader, to_text};

/// Reads and writes the values of one type. Each version lists its codecs in its module `codecs`.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    name: &'static str,
    fresh: fn() -> Box<dyn Field>,
}

/// What became of a JSON text that went through its type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Checked {
    /// The value, written again.
    pub json: String,
    /// Values that did not fit.
    pub drift: Vec<Drift>,
    /// Keys and values that the description does not know.
    pub additions: Vec<Addition>,
    /// The arms that unions were read as, by their path in Rust: `intercom_gen::unstable::types::AvatarOrUrl::Picture`.
    pub choices: Vec<String>,
}

impl Codec {
    pub(crate) const fn of<T: Field + Default>(name: &'static str) -> Self {
        Self { name, fresh: || Box::new(T::default()) }
    }

    /// The operation id or the schema that the type belongs to.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Reads `json` as the type and writes it again.
    ///
    /// # Errors
    ///
    /// If `json` is no JSON, or its root is of another kind than the type.
    pub fn check(&self, json: &str) -> Result<Checked> {
        let mut value = (self.fresh)();
        let mut reader = Reader::with_additions(json).with_choices();
        reader.root(value.as_mut()).map_err(|broken| Error::unreadable(json.as_bytes(), broken))?;
        let choices = reader.choices();
        let (drift, additions) = reader.into_reports();
        Ok(Checked { json: to_text(value.as_ref()), drift, additions, choices })
    }
}
