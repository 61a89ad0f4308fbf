//! Why Prism does not let a call pass, or gives it an answer that does not fit: `tests/prism.toml`.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use xtask::document::read_text;
use xtask::error::{Error, Result};

use super::report::Judged;

/// The list, below the root.
const FILE: &str = "tests/prism.toml";

/// A cause, and the calls that it explains. Of several that would, the first in the list counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    versions: BTreeSet<String>,
    operations: BTreeSet<String>,
    /// How the names of the calls begin: `sample`, `corrected full`; every call's if there are none.
    #[serde(default)]
    calls: Vec<String>,
    /// What Prism, or the client, says among other things.
    #[serde(default)]
    says: String,
    /// Why.
    pub reason: String,
    /// Whether no call of these operations is answered, whatever is sent.
    #[serde(default)]
    always: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    cause: Vec<Cause>,
}

impl Cause {
    /// The list.
    pub fn all(root: &Path) -> Result<Vec<Self>> {
        Self::parse(&read_text(root, FILE)?)
    }

    /// The list in a text.
    pub fn parse(text: &str) -> Result<Vec<Self>> {
        let list: List = toml_edit::de::from_str(text).map_err(|error| {
            Error::file(FILE, error.to_string().trim().to_owned())
                .hint("every [[cause]] has versions, operations and a reason; it may have calls, says and always")
        })?;
        Ok(list.cause)
    }

    /// Whether this is why what `judged` says became of a call of `version`.
    pub fn explains(&self, version: &str, judged: &Judged) -> bool {
        let begins = |call: &String| judged.call.starts_with(call.as_str());
        self.is_about(version)
            && self.operations.contains(&judged.operation)
            && (self.calls.is_empty() || self.calls.iter().any(begins))
            && judged.verdict.says().is_some_and(|said| said.contains(&self.says))
    }

    /// Whether this version has such calls.
    pub fn is_about(&self, version: &str) -> bool {
        self.versions.contains(version)
    }

    /// The operations that it is about.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(String::as_str)
    }

    /// The operations of which no call is answered.
    pub fn hopeless(&self) -> impl Iterator<Item = &str> {
        self.operations().filter(|_| self.always)
    }

    /// Whether it is about calls of samples alone, which the facts do not have.
    pub fn is_of_samples(&self) -> bool {
        !self.calls.is_empty() && self.calls.iter().all(|call| call.starts_with("sample"))
    }
}
