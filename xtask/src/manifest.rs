//! `spec/versions.toml`: which versions of the API there are.
//!
//! The only list of versions in the repository: modules, features, header values and the overlays of each
//! come from here, so that a version is added by one entry and one spec file. Everything that could make two
//! versions meet (a name, module, feature or file twice) is refused here, with the line of the entry.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::document::read_text;
use crate::error::{Error, Errors, Result};

pub(crate) mod check;
pub mod edit;
pub mod header;
mod reserved;

/// The manifest's path below the root.
pub const FILE: &str = "spec/versions.toml";

/// The folder of the overlays below the root.
pub const OVERLAYS: &str = "spec/overlays";

/// The list of versions, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The overlays of every version, as in [`Version::overlays`].
    pub shared_overlays: Vec<String>,
    /// Every version, in the order of the file.
    pub versions: Vec<Version>,
}

/// One version of the API.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Intercom's name for it: `2.14`, `unstable`.
    pub name: String,
    /// The Rust module: `v2_14`.
    pub module: String,
    /// The Cargo feature: `v2_14`.
    pub feature: String,
    /// The value of the `Intercom-Version` header, which `vendor` takes from the description: `2.14`, `Preview`.
    pub header: String,
    /// Other names of the module and the feature: `preview`.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Not released: names enter no registry, overlays that do not match are skipped.
    #[serde(default)]
    pub provisional: bool,
    /// The file with the facts, in `spec/`.
    pub spec: String,
    /// Its overlays in `spec/overlays/`, in the order in which they are applied: those of every version, then its own.
    /// A name with `.yaml` is a file, another is a folder, whose files are applied in the order of their names.
    #[serde(default)]
    pub overlays: Vec<String>,
    /// Where the facts come from.
    pub upstream: Upstream,
}

/// Where the facts of a version come from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// The GitHub repository, `owner/name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// The file's path in the repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The commit, 40 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The SHA-256 of the upstream file.
    pub sha256: String,
    /// The day on which it was taken, or that of the commit: `2026-04-17`.
    pub date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    overlays: Vec<String>,
    #[serde(default)]
    version: Vec<Version>,
}

impl Version {
    /// Whether this is its name or an alias.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }

    /// The path of the facts below the root: `spec/2.14.yaml`.
    pub fn spec_file(&self) -> String {
        format!("spec/{}", self.spec)
    }

    /// Whether the overlay `file` is one of its own or lies in one of its folders; `file` is a path below the root.
    pub fn has_overlay(&self, file: &str) -> bool {
        let name = file.strip_prefix(OVERLAYS).and_then(|name| name.strip_prefix('/'));
        let lists = |entry: &String, name: &str| match name.strip_prefix(entry.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        };
        name.is_some_and(|name| self.overlays.iter().any(|entry| lists(entry, name)))
    }
}

impl Manifest {
    /// Reads `spec/versions.toml` below `root`.
    pub fn load(root: &Path) -> Result<Self> {
        Self::parse(FILE, &read_text(root, FILE)?)
    }

    /// Parses and checks a manifest; `file` is used in messages only.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let mut parsed: File = toml_edit::de::from_str(text).map_err(|error| {
            let hint = "every [[version]] has name, module, feature, header, spec and [version.upstream]";
            at_offset(file, text, error.span().map(|span| span.start), error.message()).hint(hint)
        })?;
        let lines = entry_lines(text);
        let mut errors = Errors::default();
        let mut taken = BTreeMap::new();
        for (index, version) in parsed.version.iter_mut().enumerate() {
            let line = lines.get(index).copied().unwrap_or(1);
            version.overlays.splice(0..0, parsed.overlays.iter().cloned());
            for (what, hint) in check::version(version, line, &mut taken) {
                errors.push(Error::line(file, line, 1, what).hint(hint));
            }
        }
        errors.into_result()?;
        Ok(Self { shared_overlays: parsed.overlays, versions: parsed.version })
    }

    /// Every overlay that any version lists, in the order in which they are first listed.
    pub fn overlays(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.versions.iter().flat_map(|version| &version.overlays) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// The version with this name.
    pub fn version(&self, name: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.name == name)
    }

    /// The version that is called so, by its name or an alias; an error that lists those that there are if none is.
    pub fn called(&self, name: &str) -> Result<&Version> {
        self.versions.iter().find(|version| version.is_called(name)).ok_or_else(|| {
            let names: Vec<&str> = self.versions.iter().map(|version| version.name.as_str()).collect();
            Error::file(FILE, format!("has no version `{name}`")).hint(format!("the versions: {}", names.join(", ")))
        })
    }
}

/// The line of every `[[version]]`.
fn entry_lines(text: &str) -> Vec<usize> {
    let Ok(document) = toml_edit::Document::parse(text) else { return Vec::new() };
    let entries = document.get("version").and_then(|item| item.as_array_of_tables());
    let starts = entries.into_iter().flatten().map(|table| table.span().map_or(0, |span| span.start));
    starts.map(|start| line_column(text, start).0).collect()
}

fn at_offset(file: &str, text: &str, offset: Option<usize>, what: &str) -> Error {
    let (line, column) = line_column(text, offset.unwrap_or(0));
    Error::line(file, line, column, what)
}

fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|char| *char != '\n').count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests;
