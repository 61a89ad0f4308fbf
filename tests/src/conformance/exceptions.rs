//! The samples of requests that show what the API refuses, or contradict its prose.

use serde::Deserialize;
use xtask::error::{Error, Errors, Result};

/// A sample that may fail, and why.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// `POST /messages`.
    pub operation: String,
    /// The sample's name.
    pub sample: String,
    /// The versions whose description has the sample.
    pub versions: Vec<String>,
    /// Why it may fail.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    sample: Vec<Exception>,
}

impl Exception {
    /// Whether this is about a version, which may be called by an alias.
    pub fn applies_to(&self, alias: &str, name: &str) -> bool {
        self.versions.iter().any(|version| version == alias || version == name)
    }
}

/// Reads the list; `file` is used in messages.
pub fn parse(file: &str, text: &str) -> Result<Vec<Exception>> {
    let list: List = toml_edit::de::from_str(text).map_err(|error| {
        Error::file(file, error.to_string().trim().to_owned())
            .hint("every [[sample]] has operation, sample, versions and reason")
    })?;
    let mut errors = Errors::default();
    for entry in list.sample.iter().filter(|entry| entry.reason.trim().is_empty() || entry.versions.is_empty()) {
        let what = format!("{} \"{}\" names no reason or no version", entry.operation, entry.sample);
        errors
            .push(Error::file(file, what).hint("say why the API refuses the sample, and in which versions it stands"));
    }
    errors.into_result()?;
    Ok(list.sample)
}

#[cfg(test)]
#[path = "exceptions_tests.rs"]
mod tests;
