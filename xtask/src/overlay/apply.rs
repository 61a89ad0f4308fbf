//! Applies the actions of an overlay to a description.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexSet;
use serde_json::Value;

use super::merge::{Merge, Mismatch};
use super::{Action, Change, Overlay, Target};
use crate::document::{Document, child, kind};
use crate::error::{Error, Errors, Result};
use crate::manifest::Version;
use crate::openapi::normalized_path;

/// What an overlay did to one version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many actions changed the description.
    pub actions: usize,
    /// The actions that did not match a provisional version, by their target.
    pub skipped: Vec<String>,
}

/// Applies `overlay` to the description of `version`.
///
/// An action that matches nothing, changes nothing, or documents what is not there is an error, but in a
/// provisional version that the action does not name. After an error the document is half changed.
pub fn apply(document: &mut Document, overlay: &Overlay, version: &Version) -> Result<Applied> {
    let mut applied = Applied::default();
    let mut errors = Errors::default();
    let mut subject = Subject::new(&mut document.root, overlay);
    for action in &overlay.actions {
        let named = action.versions.contains(&version.name);
        if !named && !action.versions.is_empty() {
            continue;
        }
        let lenient = version.provisional && !named;
        if lenient && subject.lacks_reference(&action.change) {
            applied.skipped.push(action.target.to_string());
            continue;
        }
        match subject.run(action, lenient) {
            Ok(()) => applied.actions += 1,
            Err(Misfit::Stale(_)) if lenient => applied.skipped.push(action.target.to_string()),
            Err(misfit) => errors.push(misfit.error(overlay, action, version)),
        }
    }
    errors.into_result()?;
    Ok(applied)
}

/// Applies what fits of `overlay` to a description that it was not written for; gives the targets of the rest.
pub fn apply_where_it_fits(document: &mut Document, overlay: &Overlay, version: &Version) -> Vec<String> {
    let ours = |action: &&Action| action.versions.is_empty() || action.versions.contains(&version.name);
    let mut skipped = Vec::new();
    let mut subject = Subject::new(&mut document.root, overlay);
    for action in overlay.actions.iter().filter(ours) {
        if subject.lacks_reference(&action.change) || subject.run(action, true).is_err() {
            skipped.push(action.target.to_string());
        }
    }
    skipped
}

/// A description while an overlay is applied to it, with what every action would have to look for.
struct Subject<'a> {
    root: &'a mut Value,
    /// The paths of each normalized path, in the order of the description. One that was removed is still here.
    paths: HashMap<String, IndexSet<String>>,
    /// The keys that the overlay's updates bring in.
    added: HashSet<&'a str>,
}

impl<'a> Subject<'a> {
    fn new(root: &'a mut Value, overlay: &'a Overlay) -> Self {
        let updates = overlay.actions.iter().filter_map(|action| match &action.change {
            Change::Update(update) => update.as_object(),
            Change::Remove => None,
        });
        let added = updates.flat_map(|update| update.keys().map(String::as_str)).collect();
        let mut subject = Self { root, paths: HashMap::new(), added };
        subject.note_paths();
        subject
    }

    fn note_paths(&mut self) {
        for path in self.root.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.keys()) {
            self.paths.entry(normalized_path(path)).or_default().insert(path.clone());
        }
    }

    /// Whether the change would bring in a reference to a component that neither the description nor the overlay has: it
    /// was written for another.
    fn lacks_reference(&self, change: &Change) -> bool {
        let Change::Update(update) = change else { return false };
        let is_added = |pointer: &str| self.added.contains(pointer.rsplit('/').next().unwrap_or_default());
        let mut values = vec![update];
        while let Some(value) = values.pop() {
            match value {
                Value::Object(map) => {
                    let reference = map.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
                    if reference.is_some_and(|pointer| self.root.pointer(pointer).is_none() && !is_added(pointer)) {
                        return true;
                    }
                    values.extend(map.values());
                }
                Value::Array(list) => values.extend(list),
                _ => {}
            }
        }
        false
    }

    fn run(&mut self, action: &Action, lenient: bool) -> Result<(), Misfit> {
        let pointers = self.select(&action.target);
        if pointers.is_empty() {
            return Err(Misfit::Stale("matches nothing"));
        }
        match &action.change {
            Change::Remove => remove(self.root, &pointers),
            Change::Update(update) => {
                let mut changed = false;
                for pointer in &pointers {
                    changed |= merge(self.root, pointer, update, lenient)?;
                }
                if pointers.iter().any(|pointer| ["", "/paths"].contains(&pointer.as_str())) {
                    self.note_paths();
                }
                if changed { Ok(()) } else { Err(Misfit::Stale("changes nothing")) }
            }
        }
    }

    /// The JSON pointers (without `#`) of everything that the target selects, in the document's order.
    fn select(&self, target: &Target) -> Vec<String> {
        match target {
            Target::Path(path) => {
                let found = path.query_located(self.root).dedup();
                found.locations().map(serde_json_path::NormalizedPath::to_json_pointer).collect()
            }
            Target::Operation(wanted) => {
                let Some((method, path)) = wanted.split_once(' ') else { return Vec::new() };
                let method = method.to_ascii_lowercase();
                let operation = |path: &String| child(&child("/paths", path), &method);
                let pointers = self.paths.get(path).into_iter().flatten().map(operation);
                pointers.filter(|pointer| self.root.pointer(pointer).is_some()).collect()
            }
        }
    }
}

/// Why an action cannot be applied.
enum Misfit {
    /// It matches nothing or changes nothing.
    Stale(&'static str),
    /// It documents what is not there; the pointer into the description.
    DocumentsNothing(String),
    /// The update does not go with what is there.
    Wrong(String),
}

impl Misfit {
    fn error(self, overlay: &Overlay, action: &Action, version: &Version) -> Error {
        let Action { index, target, .. } = action;
        let name = &version.name;
        let (what, hint) = match self {
            Self::Stale(what) => (
                format!("`{target}` {what} in version {name}"),
                "upstream may have changed or fixed it: delete the action, correct its target, or name its versions in `x-versions`",
            ),
            Self::DocumentsNothing(pointer) => (
                format!("`{target}` documents nothing: version {name} has no {pointer}"),
                "correct the name, delete the text, or name the versions that have it in `x-versions`",
            ),
            Self::Wrong(what) => (
                format!("`{target}` in version {name}: {what}"),
                "an update merges into an object or appends to a list; to replace a value of another kind, remove it first",
            ),
        };
        Error::at(&overlay.file, format!("#/actions/{index}"), what).hint(hint)
    }
}

fn merge(root: &mut Value, pointer: &str, update: &Value, lenient: bool) -> Result<bool, Misfit> {
    let Some(target) = root.pointer_mut(pointer) else {
        return Err(Misfit::Wrong(format!("#{pointer} was changed by the same action")));
    };
    let mut merge = Merge { lenient, changed: false };
    match target {
        Value::Object(_) | Value::Array(_) => {
            merge.values(target, update, pointer).map_err(|mismatch| match mismatch {
                Mismatch::DocumentsNothing(pointer) => Misfit::DocumentsNothing(format!("#{pointer}")),
                Mismatch::Kinds(what) => Misfit::Wrong(what),
            })?
        }
        other => return Err(Misfit::Wrong(format!("#{pointer} is {}, which cannot be updated", kind(other)))),
    }
    Ok(merge.changed)
}

/// Removes everything that the pointers lead to.
fn remove(root: &mut Value, pointers: &[String]) -> Result<(), Misfit> {
    let mut by_parent: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
    for pointer in pointers {
        let Some((parent, token)) = pointer.rsplit_once('/') else {
            return Err(Misfit::Wrong("the whole description cannot be removed".into()));
        };
        by_parent.entry(parent).or_default().insert(token.replace("~1", "/").replace("~0", "~"));
    }
    // From the inside, so that what holds something else to remove is still there.
    for (parent, keys) in by_parent.iter().rev() {
        match root.pointer_mut(parent) {
            Some(Value::Object(map)) => map.retain(|key, _| !keys.contains(key)),
            Some(Value::Array(list)) => {
                let places: HashSet<usize> = keys.iter().filter_map(|key| key.parse().ok()).collect();
                let mut place = 0..;
                list.retain(|_| !place.next().is_some_and(|place| places.contains(&place)));
            }
            _ => return Err(Misfit::Wrong(format!("#{parent} was removed with its parent"))),
        }
    }
    Ok(())
}
