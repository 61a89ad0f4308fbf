//! What is compared: a description with its overlays, as the model, and the names that the ledger gives.
//!
//! A version of a tree is read as `regen` reads it. A file that belongs to no tree, such as what upstream has today,
//! was not what the overlays were written for, so those of its version are applied where they fit.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::tree::Tree;
use super::{Action, Change, Diff, Impact, Part, compare};
use crate::api::{Api, Operation, OperationKey, TypeId, TypeRef};
use crate::canonical;
use crate::document::Document;
use crate::emit::Emitter;
use crate::error::{Error, Result};
use crate::generate::lowered;
use crate::keywords;
use crate::manifest::{self, Manifest, Version};
use crate::names::{LEDGER, Ledger, Names};
use crate::openapi::{METHODS, identity};
use crate::overlay::{self, Overlay};
use crate::webhooks::{self, Webhooks};

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
    ledger: Ledger,
    is_loose: bool,
}

impl Side {
    pub(super) fn emitter(&self) -> Emitter<'_> {
        Emitter { file: &self.label, api: &self.api, names: &self.names, version: &self.version }
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

    fn new(label: String, version: Version, api: Api, upstream: Upstream, mut ledger: Ledger) -> Self {
        let (names, clashes) = Names::propose(&api, &mut ledger);
        let notes = match clashes.into_result() {
            Ok(()) => Vec::new(),
            Err(error) => error.problems().iter().map(|problem| format!("{label}: {}", problem.what)).collect(),
        };
        Self { label, api, names, notes, upstream, version, ledger, is_loose: false }
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

/// What an argument means. `before` is the description that it is compared with: a file that no ledger knows has
/// the names that `before` has.
pub(super) fn resolve(root: &Path, argument: &str, before: Option<&Side>) -> Result<Side> {
    let here = Tree::Folder(root.to_owned());
    let manifest = Manifest::load(root)?;
    if let Some(version) = manifest.versions.iter().find(|version| version.is_called(argument)) {
        return of_version(&here, &manifest, version, argument.to_owned());
    }
    let path = Path::new(argument);
    if path.is_file() {
        let same = |version: &&Version| is_same_file(path, &root.join(version.spec_file()));
        return match manifest.versions.iter().find(same) {
            Some(version) => of_version(&here, &manifest, version, argument.to_owned()),
            None => {
                let text = crate::document::read_text(Path::new(""), argument)?;
                loose(&here, &manifest, argument, &text, before)
            }
        };
    }
    // The first colon: a path may hold another, a revision none.
    let Some((revision, file)) = argument.split_once(':').filter(|(revision, file)| ![*revision, file].contains(&""))
    else {
        let names: Vec<&str> = manifest.versions.iter().map(|version| version.name.as_str()).collect();
        return Err(Error::file(argument, "is no version, no file and no `REV:path`")
            .hint(format!("the versions are: {}", names.join(", "))));
    };
    let there = Tree::at(root, revision)?;
    let file = file.strip_prefix("./").unwrap_or(file);
    let text = there.read(file)?;
    let manifest = manifest_of(&there)?;
    match manifest.versions.iter().find(|version| version.spec_file() == file) {
        Some(version) => of_version(&there, &manifest, version, argument.to_owned()),
        None => loose(&there, &manifest, argument, &text, before),
    }
}

/// Every version that is in one of two trees, compared; `when` says what the older tree is.
pub(super) fn versions(there: &Tree, when: &str, here: &Tree) -> Result<Vec<Diff>> {
    let (new, old) = (manifest_of(here)?, manifest_of(there)?);
    let mut diffs = Vec::new();
    for version in &new.versions {
        let label = version.name.clone();
        let before = format!("{label} {when}");
        diffs.push(match old.version(&version.name) {
            Some(was) => compare(&of_version(there, &old, was, before)?, &of_version(here, &new, version, label)?),
            None => whole(before, label, version, Action::Added),
        });
    }
    for version in old.versions.iter().filter(|version| new.version(&version.name).is_none()) {
        diffs.push(whole(format!("{} {when}", version.name), version.name.clone(), version, Action::Removed));
    }
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

fn manifest_of(tree: &Tree) -> Result<Manifest> {
    Manifest::parse(&tree.label(manifest::FILE), &tree.read(manifest::FILE)?)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// A version as `regen` would read it there. What `regen` refuses is shown all the same, as far as it fits: a revision was
/// good for the generator of its day, and in the working tree one wants to see what changed before the overlays follow.
fn of_version(tree: &Tree, manifest: &Manifest, version: &Version, label: String) -> Result<Side> {
    let is_past = matches!(tree, Tree::Revision(..));
    let strict = if is_past { None } else { Some(as_regen(tree, manifest, version, &label)) };
    let refusal = match strict {
        Some(Ok(side)) => return Ok(side),
        Some(Err(error)) => Some(error),
        None => None,
    };
    let mut side = as_far_as_it_fits(tree, manifest, version, &label)?;
    if let Some(first) = refusal.as_ref().and_then(|error| error.problems().first()) {
        side.notes
            .insert(0, format!("`cargo xtask regen` refuses {label}: {}{}: {}", first.file, first.at, first.what));
    }
    Ok(side)
}

fn as_regen(tree: &Tree, manifest: &Manifest, version: &Version, label: &str) -> Result<Side> {
    let (mut document, upstream) = facts(tree, version)?;
    for overlay in overlays(tree, version)? {
        overlay::apply(&mut document, &overlay, version)?;
    }
    let (_, mut api, _) = lowered(document, version.provisional)?;
    add_events(tree, manifest, version, &mut api)?;
    Ok(Side::new(label.to_owned(), version.clone(), api, upstream, ledger(tree)?))
}

fn as_far_as_it_fits(tree: &Tree, manifest: &Manifest, version: &Version, label: &str) -> Result<Side> {
    let version = Version { provisional: true, ..version.clone() };
    let (mut document, upstream) = facts(tree, &version)?;
    let mut skipped = 0;
    for overlay in overlays(tree, &version)? {
        skipped += overlay::apply_where_it_fits(&mut document, &overlay, &version).len();
    }
    let (_, mut api, _) = lowered(document, true)?;
    add_events(tree, manifest, &version, &mut api)?;
    let mut side = Side::new(label.to_owned(), version, api, upstream, ledger(tree)?);
    side.note_skipped(skipped);
    Ok(side)
}

/// The description of a version, and what it has before any overlay.
fn facts(tree: &Tree, version: &Version) -> Result<(Document, Upstream)> {
    let file = version.spec_file();
    let document = Document::parse(tree.label(&file), &tree.read(&file)?)?;
    let upstream = Upstream::of(&document);
    Ok((document, upstream))
}

/// What the API sends unasked, which is beside the description.
fn add_events(tree: &Tree, manifest: &Manifest, version: &Version, api: &mut Api) -> Result<()> {
    let Some(text) = tree.find(webhooks::FILE)? else { return Ok(()) };
    Webhooks::parse(Document::parse(tree.label(webhooks::FILE), &text)?, manifest)?.add_to(api, version)
}

/// A description that is no version of a tree.
fn loose(tree: &Tree, manifest: &Manifest, label: &str, text: &str, before: Option<&Side>) -> Result<Side> {
    let upstream = Document::parse(label, text)?;
    keywords::check_structure(&upstream)?;
    let (root, _) = canonical::facts(&upstream.root, false);
    let mut document = Document { file: label.to_owned(), root };
    let upstream = Upstream::of(&document);
    let version = version_of(&document, manifest);
    let mut skipped = 0;
    for overlay in overlays(tree, &version)? {
        skipped += overlay::apply_where_it_fits(&mut document, &overlay, &version).len();
    }
    let (_, mut api, _) = lowered(document, true)?;
    add_events(tree, manifest, &version, &mut api)?;
    let ledger = match before.filter(|before| before.is_loose) {
        Some(before) => before.ledger.clone(),
        None => ledger(tree)?,
    };
    let mut side = Side { is_loose: true, ..Side::new(label.to_owned(), version, api, upstream, ledger) };
    side.note_skipped(skipped);
    Ok(side)
}

/// The version that a description says it is; one that has every overlay if the manifest has none of that name.
fn version_of(document: &Document, manifest: &Manifest) -> Version {
    let said = document.root.pointer("/info/version").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let known = manifest.versions.iter().find(|version| {
        let names = [&version.name, &version.header].into_iter().chain(&version.aliases);
        names.map(|name| name.to_lowercase()).any(|name| name == said)
    });
    let mut version = known.cloned().unwrap_or_else(|| Version {
        name: said.clone(),
        module: "other".to_owned(),
        feature: "other".to_owned(),
        header: said,
        aliases: Vec::new(),
        provisional: true,
        spec: String::new(),
        overlays: every_overlay(manifest),
        upstream: manifest::Upstream::default(),
    });
    version.provisional = true;
    version
}

fn every_overlay(manifest: &Manifest) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in manifest.versions.iter().flat_map(|version| &version.overlays) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn overlays(tree: &Tree, version: &Version) -> Result<Vec<Overlay>> {
    version.overlay_files().iter().map(|file| Overlay::parse(&tree.label(file), &tree.read(file)?)).collect()
}

fn ledger(tree: &Tree) -> Result<Ledger> {
    Ledger::parse(tree.find(LEDGER)?.as_deref())
}
