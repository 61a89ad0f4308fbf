//! What is compared: a description with its overlays, as the model, and the names that the registry gives.
//!
//! A version of a tree is read as `regen` reads it. A file that belongs to no tree, such as what upstream has today,
//! was not what the overlays were written for, so those of its version are applied where they fit.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::{Action, Change, Diff, Impact, Part, compare};
use crate::api::{Api, Operation, OperationKey, TypeId, TypeRef};
use crate::document::Document;
use crate::emit::Emitter;
use crate::error::{Error, Result};
use crate::manifest::Version;
use crate::names::{Names, Registry};
use crate::openapi::{METHODS, identity};
use crate::pipeline::{Facts, Inputs, Model, Named};
use crate::source::Source;

/// One of the two descriptions that are compared.
#[derive(Debug)]
pub struct Side {
    /// What it is called in the output.
    pub label: String,
    /// What it says.
    pub api: Api,
    /// What that is called in Rust.
    pub names: Names,
    /// What a reader should know.
    pub notes: Vec<String>,
    pub(super) upstream: Upstream,
    version: Version,
    registry: Registry,
    is_foreign: bool,
}

impl Side {
    pub(super) fn emitter(&self) -> Emitter<'_> {
        Emitter::new(&self.label, &self.api, &self.names, &self.version)
    }

    /// What is public, a line each; nothing where that cannot be said.
    pub(super) fn listing(&self) -> Option<String> {
        self.emitter().listing().ok()
    }

    /// The name of an operation, as `client.<group>().<method>()` has it.
    pub(super) fn method(&self, key: &OperationKey) -> String {
        let name = self.names.method(key);
        format!("{}.{}", name.group, name.method)
    }

    /// The Rust type of a value.
    pub(super) fn rust(&self, ty: &TypeRef) -> String {
        self.emitter().text(ty)
    }

    fn new(label: String, model: Model, upstream: Upstream, mut registry: Registry) -> Self {
        let (Named { version, api, names, .. }, clashes) = model.propose_names(&mut registry);
        let notes = match clashes.into_result() {
            Ok(()) => Vec::new(),
            Err(error) => error.problems().iter().map(|problem| format!("{label}: {}", problem.what)).collect(),
        };
        Self { label, api, names, notes, upstream, version, registry, is_foreign: false }
    }

    fn note_skipped(&mut self, skipped: usize) {
        let what = match skipped {
            0 => return,
            1 => "1 action of the overlays does not fit and was left out".to_owned(),
            skipped => format!("{skipped} actions of the overlays do not fit and were left out"),
        };
        self.notes.push(format!("{}: {what}", self.label));
    }
}

/// What the description has by itself, before any overlay.
#[derive(Debug)]
pub(super) struct Upstream {
    operations: BTreeSet<String>,
    schemas: BTreeSet<String>,
}

impl Upstream {
    fn of(document: &Document) -> Self {
        let keys = |pointer: &str| document.root.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
        let methods = |(path, item): (&String, &Value)| -> Vec<String> {
            let has = METHODS.iter().filter(|method| item.get(**method).is_some());
            has.map(|method| identity(method, path)).collect()
        };
        Self {
            operations: keys("/paths").flat_map(methods).collect(),
            schemas: keys("/components/schemas").map(|(name, _)| name.clone()).collect(),
        }
    }

    pub(super) fn has_operation(&self, operation: &Operation) -> bool {
        self.operations.contains(&identity(&operation.method, &operation.path))
    }

    /// Whether the description has the schema that the type is or belongs to. A body belongs to its operation.
    pub(super) fn has_type(&self, id: &TypeId) -> bool {
        id.root.contains(' ') || self.schemas.contains(&id.root)
    }
}

/// What an argument means. `before` is the description that it is compared with: a file that no registry knows has
/// the names that `before` has.
pub(super) fn resolve(root: &Path, here: &Inputs, argument: &str, before: Option<&Side>) -> Result<Side> {
    let versions = &here.manifest.versions;
    if let Some(version) = versions.iter().find(|version| version.is_called(argument)) {
        return of_version(here, version, argument.to_owned());
    }
    let path = Path::new(argument);
    if path.is_file() {
        let same = |version: &&Version| is_same_file(path, &root.join(version.spec_file()));
        return match versions.iter().find(same) {
            Some(version) => of_version(here, version, argument.to_owned()),
            None => foreign(here, argument, &crate::document::read_text(Path::new(""), argument)?, before),
        };
    }
    // The first colon: a path may hold another, a revision none.
    let Some((revision, file)) = argument.split_once(':').filter(|(revision, file)| ![*revision, file].contains(&""))
    else {
        let names: Vec<&str> = versions.iter().map(|version| version.name.as_str()).collect();
        return Err(Error::file(argument, "expected a version, a file or `REV:path`")
            .hint(format!("the versions are: {}", names.join(", "))));
    };
    let source = Source::revision(root, revision)?;
    let file = file.strip_prefix("./").unwrap_or(file);
    let text = source.read(file)?;
    let there = Inputs::read(source)?;
    match there.manifest.versions.iter().find(|version| version.spec_file() == file) {
        Some(version) => of_version(&there, version, argument.to_owned()),
        None => foreign(&there, argument, &text, before),
    }
}

/// Every version that is in one of two trees, compared; `when` says what the older tree is.
pub(super) fn versions(old: &Inputs, when: &str, new: &Inputs) -> Result<Vec<Diff>> {
    let mut diffs = Vec::new();
    for version in &new.manifest.versions {
        let label = version.name.clone();
        let before = format!("{label} {when}");
        diffs.push(match old.manifest.version(&version.name) {
            Some(was) => compare(&of_version(old, was, before)?, &of_version(new, version, label)?),
            None => whole(before, label, version, Action::Added),
        });
    }
    let gone = old.manifest.versions.iter().filter(|version| new.manifest.version(&version.name).is_none());
    diffs.extend(
        gone.map(|version| whole(format!("{} {when}", version.name), version.name.clone(), version, Action::Removed)),
    );
    Ok(diffs)
}

/// A version that came or went as a whole.
fn whole(old: String, new: String, version: &Version, action: Action) -> Diff {
    let impact = if action == Action::Removed { Impact::Breaking } else { Impact::Compatible };
    let change = Change {
        impact,
        part: Part::Version,
        action,
        owner: version.module.clone(),
        identity: version.name.clone(),
        rust: String::new(),
        wire: String::new(),
        what: format!("the module `{}` and its feature `{}`", version.module, version.feature),
    };
    Diff::new(old, new, vec![change], Vec::new())
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// A version as `regen` would read it there. What `regen` refuses is shown all the same, as far as it fits: a revision was
/// good for the generator of its day, and in the working tree one wants to see what changed before the overlays follow.
fn of_version(inputs: &Inputs, version: &Version, label: String) -> Result<Side> {
    let strict = (!inputs.source.is_revision()).then(|| as_regen(inputs, version, &label));
    let refusal = match strict {
        Some(Ok(side)) => return Ok(side),
        Some(Err(error)) => Some(error),
        None => None,
    };
    let mut side = as_far_as_it_fits(inputs.facts(version)?, inputs.registry.clone(), &label)?;
    if let Some(first) = refusal.as_ref().and_then(|error| error.problems().first()) {
        side.notes
            .insert(0, format!("`cargo xtask regen` refuses {label}: {}{}: {}", first.file, first.at, first.what));
    }
    Ok(side)
}

fn as_regen(inputs: &Inputs, version: &Version, label: &str) -> Result<Side> {
    let facts = inputs.facts(version)?;
    let upstream = Upstream::of(facts.document());
    Ok(Side::new(label.to_owned(), facts.correct()?.model()?, upstream, inputs.registry.clone()))
}

fn as_far_as_it_fits(facts: Facts<'_>, registry: Registry, label: &str) -> Result<Side> {
    let upstream = Upstream::of(facts.document());
    let (corrected, skipped) = facts.correct_where_possible();
    let mut side = Side::new(label.to_owned(), corrected.model()?, upstream, registry);
    side.note_skipped(skipped);
    Ok(side)
}

/// A description that is no version of a tree.
fn foreign(inputs: &Inputs, label: &str, text: &str, before: Option<&Side>) -> Result<Side> {
    let known = before.filter(|before| before.is_foreign).map(|before| &before.registry);
    let registry = known.unwrap_or(&inputs.registry).clone();
    let side = as_far_as_it_fits(inputs.foreign(label, text)?, registry, label)?;
    Ok(Side { is_foreign: true, ..side })
}
