//! `cargo xtask diff`: a change of the description as a user of the crate understands it.
//!
//! Computed on the model and on the names that are given to it, never on text: prose, the order of keys and the
//! spelling of path variables cannot show. Every change is judged for the Rust API, in which open enums, open unions
//! and `#[non_exhaustive]` make most additions compatible.

use std::collections::HashSet;
use std::path::Path;

use crate::error::Result;
use crate::pipeline::Inputs;
use crate::source::Source;

mod events;
mod markdown;
mod operations;
mod render;
mod side;
mod types;

pub use side::Side;

/// What a change does to code that uses the crate. Ordered by importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Some code that compiled does not any more.
    Breaking,
    /// There is more to use.
    Compatible,
    /// The Rust API is the same.
    Unseen,
}

/// Which release a change asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The Rust API is the same.
    None,
    /// There is more to use.
    Minor,
    /// Something breaks.
    Major,
}

/// What has changed. Ordered as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the part of the API of that name")]
pub enum Part {
    Version,
    Operation,
    Parameter,
    Event,
    Type,
    Field,
    Value,
    Arm,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it does to users.
    pub impact: Impact,
    /// What has changed.
    pub part: Part,
    /// `removed`, `changed` or `added`.
    pub action: Action,
    /// The operation or type: its name in Rust.
    pub owner: String,
    /// The operation or type: its identity on the wire.
    pub identity: String,
    /// The name in Rust of the parameter, field, value or arm; empty for the operation or type itself.
    pub rust: String,
    /// Its name on the wire.
    pub wire: String,
    /// What is different.
    pub what: String,
}

/// What happened. Ordered as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Action {
    Removed,
    Changed,
    Added,
}

/// What is different between two descriptions.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The older one.
    pub old: String,
    /// The newer one.
    pub new: String,
    /// Every change, the most important first.
    pub changes: Vec<Change>,
    /// What a reader should know beside the changes.
    pub notes: Vec<String>,
}

impl Diff {
    /// Which release the changes ask for.
    pub fn verdict(&self) -> Verdict {
        match self.changes.iter().map(|change| change.impact).min() {
            Some(Impact::Breaking) => Verdict::Major,
            Some(Impact::Compatible) => Verdict::Minor,
            Some(Impact::Unseen) | None => Verdict::None,
        }
    }

    /// How many changes have this impact.
    pub fn count(&self, impact: Impact) -> usize {
        self.changes.iter().filter(|change| change.impact == impact).count()
    }

    fn new(old: String, new: String, mut changes: Vec<Change>, notes: Vec<String>) -> Self {
        changes.sort_by(|one, other| order(one).cmp(&order(other)));
        Self { old, new, changes, notes }
    }
}

fn order(change: &Change) -> (Impact, bool, (&str, &str), Part, Action, &str) {
    let of_type = !matches!(change.part, Part::Version | Part::Operation | Part::Parameter | Part::Event);
    (change.impact, of_type, place(&change.identity), change.part, change.action, &change.wire)
}

/// An identity as it is sorted: by path, then method.
fn place(identity: &str) -> (&str, &str) {
    identity.split_once(' ').map_or((identity, ""), |(method, path)| (path, method))
}

/// Compares two descriptions.
pub fn compare(old: &Side, new: &Side) -> Diff {
    let mut changes = operations::changes(old, new);
    changes.extend(types::changes(old, new));
    changes.extend(events::changes(old, new));
    let mut notes = old.notes.clone();
    let told: HashSet<&String> = old.notes.iter().collect();
    notes.extend(new.notes.iter().filter(|note| !told.contains(note)).cloned());
    notes.extend(operations::kept(old, new));
    let mut diff = Diff::new(old.label.clone(), new.label.clone(), changes, notes);
    if diff.verdict() == Verdict::None && old.listing() != new.listing() {
        diff.notes.push("the listings of what is public differ in something that is not said here".to_owned());
    }
    diff
}

/// Compares what two arguments of the command mean: a version's name, a description's file, or `REV:path`.
pub fn between(root: &Path, old: &str, new: &str) -> Result<Diff> {
    let here = Inputs::read(Source::folder(root))?;
    let old = side::resolve(root, &here, old, None)?;
    let new = side::resolve(root, &here, new, Some(&old))?;
    Ok(compare(&old, &new))
}

/// Compares the tree below `root` with what git has at `revision`, version by version.
pub fn since(root: &Path, revision: &str) -> Result<Vec<Diff>> {
    let old = Inputs::read(Source::revision(root, revision)?)?;
    trees(&old, &format!("at {revision}"), &Inputs::read(Source::folder(root))?)
}

/// Compares every version of two trees; `when` says what the older one is.
pub(crate) fn trees(old: &Inputs, when: &str, new: &Inputs) -> Result<Vec<Diff>> {
    side::versions(old, when, new)
}

/// The changes as Markdown, for a pull request.
pub fn markdown(diffs: &[Diff]) -> String {
    markdown::all(diffs)
}

/// The changes as JSON, a list of comparisons.
pub fn json(diffs: &[Diff]) -> serde_json::Value {
    render::json(diffs)
}
