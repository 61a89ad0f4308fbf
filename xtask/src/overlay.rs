//! Our corrections and additions to a description, as OpenAPI Overlays 1.0.
//!
//! The facts are upstream's and are replaced as a whole when upstream changes; what we know better lives in
//! overlays. An action that no longer does anything is refused, because upstream has then fixed what it
//! corrects, and a forgotten correction would one day undo a change of theirs. Two additions to the standard:
//! `x-operation: "GET /contacts/{}"` in place of `target`, and `x-versions`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::document::Document;
use crate::error::{Error, Errors, Result};
use crate::manifest::{Manifest, OVERLAYS, Version};
use crate::source::Source;

mod apply;
mod merge;
mod parse;

pub use apply::{Applied, apply, apply_where_it_fits};

/// One overlay file.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The file's name for messages.
    pub file: String,
    /// What it does, in order.
    pub actions: Vec<Action>,
}

/// One change to the description.
#[derive(Debug, Clone)]
pub struct Action {
    /// Its place in the file, from 0.
    pub index: usize,
    /// What it changes.
    pub target: Target,
    /// How it changes it.
    pub change: Change,
    /// The versions it is for; empty for every version that lists the overlay.
    pub versions: Vec<String>,
}

/// What an action changes.
#[derive(Debug, Clone)]
pub enum Target {
    /// Everything that a JSONPath selects.
    Path(JsonPath),
    /// The operation with this identity (`GET /contacts/{}`).
    Operation(String),
}

/// How an action changes its target.
#[derive(Debug, Clone)]
pub enum Change {
    /// Merges into an object, or appends to a list.
    Update(Value),
    /// Removes the target.
    Remove,
}

impl Overlay {
    /// Parses and checks an overlay; `file` is used in messages only.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        parse::overlay(&Document::parse(file, text)?)
    }

    /// The pointer of an action in the overlay's file, for messages.
    pub fn pointer(action: &Action) -> String {
        format!("#/actions/{}", action.index)
    }

    /// Refuses versions in `x-versions` for which the action would never be applied.
    pub fn check_versions(&self, manifest: &Manifest) -> Result<()> {
        let mut errors = Errors::default();
        let users = manifest.versions.iter().filter(|version| version.has_overlay(&self.file));
        let users: Vec<&str> = users.map(|version| version.name.as_str()).collect();
        for action in &self.actions {
            for name in action.versions.iter().filter(|name| !users.contains(&name.as_str())) {
                let pointer = Self::pointer(action) + "/x-versions";
                let what = format!("no version `{name}` lists this overlay in {}", crate::manifest::FILE);
                let hint = format!("the versions that list it: {}", users.join(", "));
                errors.push(Error::at(&self.file, pointer, what).hint(hint));
            }
        }
        errors.into_result()
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{path}"),
            Self::Operation(identity) => f.write_str(identity),
        }
    }
}

/// Reads every overlay that the manifest lists, keyed by its file.
pub fn read_all(source: &Source, manifest: &Manifest) -> Result<BTreeMap<String, Overlay>> {
    let mut overlays = BTreeMap::new();
    let mut errors = Errors::default();
    let entries: BTreeSet<&String> = manifest.versions.iter().flat_map(|version| &version.overlays).collect();
    for entry in entries {
        for file in errors.keep(files(source, entry)).unwrap_or_default() {
            let overlay = source.read(&file).and_then(|text| Overlay::parse(&source.label(&file), &text));
            overlays.extend(errors.keep(overlay).map(|overlay| (file, overlay)));
        }
    }
    errors.into_result()?;
    Ok(overlays)
}

/// The overlays of `version` among those that were read, in the order in which they are applied.
pub fn of<'o>(version: &Version, overlays: &'o BTreeMap<String, Overlay>) -> Vec<&'o Overlay> {
    let listed = |entry: &String| {
        let path = format!("{OVERLAYS}/{entry}");
        // The map is sorted, so the files of a folder come in the order of their names.
        let is_listed =
            move |file: &str| file.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        overlays.iter().filter(move |(file, _)| is_listed(file)).map(|(_, overlay)| overlay)
    };
    version.overlays.iter().flat_map(listed).collect()
}

/// The files that an entry of the manifest stands for.
fn files(source: &Source, entry: &str) -> Result<Vec<String>> {
    let path = format!("{OVERLAYS}/{entry}");
    if path.ends_with(".yaml") {
        return Ok(vec![path]);
    }
    let names = source.list(&path)?;
    if let Some(other) = names.iter().find(|name| !name.ends_with(".yaml")) {
        let what = format!("expected overlays that end in `.yaml`, found `{other}`");
        return Err(Error::file(source.label(&path), what).hint("rename it, or move it out of the folder"));
    }
    if names.is_empty() {
        return Err(Error::file(source.label(&path), "the folder of overlays is empty or missing")
            .hint(format!("add an overlay to it, or take it out of {}", crate::manifest::FILE)));
    }
    Ok(names.iter().map(|name| format!("{path}/{name}")).collect())
}

#[cfg(test)]
mod tests;
