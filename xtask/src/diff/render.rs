//! The comparison for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Action, Change, Diff, Impact, Part, Verdict};

impl Impact {
    fn heading(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Compatible => "Compatible",
            Self::Unseen => "The same in Rust",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Unseen => "unseen",
        }
    }
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Type => "type",
            Self::Field => "field",
            Self::Value => "value",
            Self::Arm => "arm",
        }
    }
}

impl Action {
    fn word(self) -> &'static str {
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

/// A heading for each comparison, its verdict, then the changes by importance and by what they belong to.
pub(super) fn markdown(diffs: &[Diff]) -> String {
    let mut text = String::new();
    for diff in diffs {
        one(diff, &mut text);
    }
    text.truncate(text.trim_end().len());
    text
}

fn one(diff: &Diff, text: &mut String) {
    let count = |impact| diff.count(impact);
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(text, "## {} → {}\n", diff.old, diff.new);
    let _ = writeln!(
        text,
        "Verdict: **{}** ({} breaking, {} compatible, {} the same in Rust)\n",
        diff.verdict().word(),
        count(Impact::Breaking),
        count(Impact::Compatible),
        count(Impact::Unseen)
    );
    for note in &diff.notes {
        let _ = writeln!(text, "Note: {note}\n");
    }
    for impact in [Impact::Breaking, Impact::Compatible, Impact::Unseen] {
        let changes: Vec<&Change> = diff.changes.iter().filter(|change| change.impact == impact).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "### {}\n", impact.heading());
        for group in changes.chunk_by(|one, other| one.identity == other.identity && kind(one) == kind(other)) {
            owner(group, text);
        }
        text.push('\n');
    }
}

/// Whether the change belongs to an operation, a type or a version.
fn kind(change: &Change) -> Part {
    match change.part {
        Part::Parameter => Part::Operation,
        Part::Field | Part::Value | Part::Arm => Part::Type,
        part => part,
    }
}

/// An operation or a type with what happened to it: on one line if that is one thing.
fn owner(group: &[&Change], text: &mut String) {
    let Some(first) = group.first() else { return };
    let _ = write!(text, "- {} `{}` (`{}`)", kind(first).word(), first.owner, first.identity);
    if let [only] = group {
        let _ = writeln!(text, "{}", line(only, ": "));
        return;
    }
    text.push_str(":\n");
    for change in group {
        let _ = writeln!(text, "  - {}", line(change, "").trim_start());
    }
}

fn line(change: &Change, lead: &str) -> String {
    let mut words = lead.to_owned();
    if !change.wire.is_empty() || !change.rust.is_empty() {
        let _ = write!(words, "{} `{}`", change.part.word(), change.rust);
        if change.wire != change.rust {
            let _ = write!(words, " (`{}`)", change.wire);
        }
        words.push(' ');
    }
    let said = match (change.action, change.what.as_str()) {
        (Action::Changed, what) => what.to_owned(),
        (action, "") => action.word().to_owned(),
        (action, what) => format!("{}: {what}", action.word()),
    };
    words + &said
}

/// The same, with a name for everything.
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
