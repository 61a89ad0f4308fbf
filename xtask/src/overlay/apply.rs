//! Applies the actions of an overlay to a description.

use serde_json::Value;

use super::merge::{Merge, Mismatch};
use super::{Action, Change, Overlay, Target};
use crate::document::{Document, kind};
use crate::error::{Error, Errors, Result};
use crate::manifest::Version;
use crate::openapi::{METHODS, identity};

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
    for action in &overlay.actions {
        let named = action.versions.contains(&version.name);
        if !named && !action.versions.is_empty() {
            continue;
        }
        let lenient = version.provisional && !named;
        if lenient && refers_to_nothing(&document.root, overlay, &action.change) {
            applied.skipped.push(action.target.to_string());
            continue;
        }
        match run(&mut document.root, action, lenient) {
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
    for action in overlay.actions.iter().filter(ours) {
        if refers_to_nothing(&document.root, overlay, &action.change) || run(&mut document.root, action, true).is_err()
        {
            skipped.push(action.target.to_string());
        }
    }
    skipped
}

/// Whether the change would bring in a reference to a component that neither the description nor the overlay has: it was
/// written for another.
fn refers_to_nothing(root: &Value, overlay: &Overlay, change: &Change) -> bool {
    let Change::Update(update) = change else { return false };
    let is_added = |pointer: &str| {
        let name = pointer.rsplit('/').next().unwrap_or_default();
        overlay
            .actions
            .iter()
            .any(|action| matches!(&action.change, Change::Update(update) if update.get(name).is_some()))
    };
    let mut values = vec![update];
    while let Some(value) = values.pop() {
        match value {
            Value::Object(map) => {
                let reference = map.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
                if reference.is_some_and(|pointer| root.pointer(pointer).is_none() && !is_added(pointer)) {
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

fn run(root: &mut Value, action: &Action, lenient: bool) -> Result<(), Misfit> {
    let pointers = select(root, &action.target);
    if pointers.is_empty() {
        return Err(Misfit::Stale("matches nothing"));
    }
    match &action.change {
        Change::Remove => {
            // From the back, so that the places of what is still to be removed stay as they are.
            let mut pointers = pointers;
            pointers.sort_by(|one, other| order(other).cmp(&order(one)));
            pointers.iter().try_for_each(|pointer| remove(root, pointer))
        }
        Change::Update(update) => {
            let mut changed = false;
            for pointer in &pointers {
                changed |= merge(root, pointer, update, lenient)?;
            }
            if changed { Ok(()) } else { Err(Misfit::Stale("changes nothing")) }
        }
    }
}

/// A pointer as something that sorts as lists do: entry 10 after entry 9.
fn order(pointer: &str) -> Vec<(usize, &str)> {
    pointer.split('/').map(|token| (token.parse().unwrap_or(0), token)).collect()
}

/// The JSON pointers (without `#`) of everything that the target selects, in the document's order.
fn select(root: &Value, target: &Target) -> Vec<String> {
    match target {
        Target::Path(path) => {
            path.query_located(root).dedup().locations().map(serde_json_path::NormalizedPath::to_json_pointer).collect()
        }
        Target::Operation(wanted) => {
            let paths = root.get("paths").and_then(Value::as_object).into_iter().flatten();
            paths
                .flat_map(|(path, item)| METHODS.map(|method| (path, item, method)))
                .filter(|(path, item, method)| item.get(method).is_some() && identity(method, path) == *wanted)
                .map(|(path, _, method)| format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1")))
                .collect()
        }
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

fn remove(root: &mut Value, pointer: &str) -> Result<(), Misfit> {
    let Some((parent, token)) = pointer.rsplit_once('/') else {
        return Err(Misfit::Wrong("the whole description cannot be removed".into()));
    };
    let key = token.replace("~1", "/").replace("~0", "~");
    match root.pointer_mut(parent) {
        Some(Value::Object(map)) => drop(map.shift_remove(&key)),
        Some(Value::Array(list)) => {
            if let Some(index) = key.parse().ok().filter(|index: &usize| *index < list.len()) {
                list.remove(index);
            }
        }
        _ => return Err(Misfit::Wrong(format!("#{pointer} was removed with its parent"))),
    }
    Ok(())
}
