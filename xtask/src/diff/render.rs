//! The comparison for programs, and the words that both forms have.

use serde_json::{Value, json};

use super::{Action, Diff, Impact, Part, Verdict};

impl Impact {
    fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Unseen => "unseen",
        }
    }
}

impl Part {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Event => "event",
            Self::Type => "type",
            Self::Field => "field",
            Self::Value => "value",
            Self::Arm => "arm",
        }
    }
}

impl Action {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Added => "added",
        }
    }
}

impl Verdict {
    /// `major`, `minor` or `none`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A list of comparisons, with a name for everything.
pub(super) fn json(diffs: &[Diff]) -> Value {
    diffs.iter().map(comparison).collect()
}

fn comparison(diff: &Diff) -> Value {
    let changes = diff.changes.iter().map(|change| {
        json!({
            "impact": change.impact.word(),
            "part": change.part.word(),
            "action": change.action.word(),
            "owner": {"rust": change.owner, "wire": change.identity},
            "rust": change.rust,
            "wire": change.wire,
            "what": change.what,
        })
    });
    json!({
        "old": diff.old,
        "new": diff.new,
        "verdict": diff.verdict().word(),
        "breaking": diff.count(Impact::Breaking),
        "compatible": diff.count(Impact::Compatible),
        "unseen": diff.count(Impact::Unseen),
        "notes": diff.notes,
        "changes": changes.collect::<Value>(),
    })
}
