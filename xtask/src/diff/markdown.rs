//! The comparison for a reviewer: what breaks first and in full, then what is new, long lists folded.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Action, Change, Diff, Impact, Part};
use crate::escape::{code, sentence};

/// A list with more entries than this is folded, unless it says what breaks.
const UNFOLDED: usize = 20;

/// The changes of one operation, type or version.
type Group<'a> = &'a [&'a Change];

/// A heading for each comparison, its verdict, then the changes by importance and by what they belong to.
pub(super) fn all(diffs: &[Diff]) -> String {
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
    let _ = writeln!(text, "## {} → {}\n", sentence(&diff.old), sentence(&diff.new));
    let _ = writeln!(
        text,
        "Verdict: **{}** ({} breaking, {} compatible, {} the same in Rust)\n",
        diff.verdict().word(),
        count(Impact::Breaking),
        count(Impact::Compatible),
        count(Impact::Unseen)
    );
    table(diff, text);
    for note in &diff.notes {
        let _ = writeln!(text, "Note: {}\n", sentence(note));
    }
    section(diff, "Breaking", |change| change.impact == Impact::Breaking, usize::MAX, text);
    let is_new =
        |change: &Change, part| change.impact == Impact::Compatible && is_whole(change) && kind(change) == part;
    section(diff, "New versions", |change| is_new(change, Part::Version), UNFOLDED, text);
    section(diff, "New operations", |change| is_new(change, Part::Operation), UNFOLDED, text);
    section(diff, "New events", |change| is_new(change, Part::Event), UNFOLDED, text);
    let is_more = |change: &Change| change.impact == Impact::Compatible && !is_whole(change);
    section(diff, "More in what was there", is_more, UNFOLDED, text);
    section(diff, "New types", |change| is_new(change, Part::Type), UNFOLDED, text);
    section(diff, "The same in Rust", |change| change.impact == Impact::Unseen, UNFOLDED, text);
}

/// How many operations and types were removed, changed and added.
fn table(diff: &Diff, text: &mut String) {
    let mut counts: BTreeMap<(Part, Action), usize> = BTreeMap::new();
    let mut owners: Vec<(Part, &str, Action)> = Vec::new();
    for change in &diff.changes {
        let action = if is_whole(change) || change.action == Action::Removed && is_own(change) {
            change.action
        } else {
            Action::Changed
        };
        owners.push((kind(change), &change.identity, action));
    }
    owners.sort_unstable();
    owners.dedup();
    for (part, _, action) in owners {
        *counts.entry((part, action)).or_default() += 1;
    }
    if counts.is_empty() {
        return;
    }
    text.push_str("| | removed | changed | added |\n| --- | ---: | ---: | ---: |\n");
    let parts = [Part::Version, Part::Operation, Part::Event, Part::Type];
    for (part, name) in parts.into_iter().zip(["versions", "operations", "events", "types"]) {
        let of = |action| counts.get(&(part, action)).copied().unwrap_or_default();
        let [removed, changed, added] = [Action::Removed, Action::Changed, Action::Added].map(of);
        if removed + changed + added > 0 {
            let _ = writeln!(text, "| {name} | {removed} | {changed} | {added} |");
        }
    }
    text.push('\n');
}

/// The changes that `belongs` picks, under a heading; folded if they are more than `unfolded`.
fn section(diff: &Diff, heading: &str, belongs: impl Fn(&Change) -> bool, unfolded: usize, text: &mut String) {
    let changes: Vec<&Change> = diff.changes.iter().filter(|change| belongs(change)).collect();
    let groups: Vec<Group<'_>> =
        changes.chunk_by(|one, other| one.identity == other.identity && kind(one) == kind(other)).collect();
    if groups.is_empty() {
        return;
    }
    let is_long = groups.len() > unfolded;
    let _ = writeln!(text, "### {heading}\n");
    if is_long {
        let _ = writeln!(text, "<details><summary>{} entries</summary>\n", groups.len());
    }
    for group in groups {
        owner(group, text);
    }
    text.push('\n');
    if is_long {
        text.push_str("</details>\n\n");
    }
}

/// Whether an operation, type or version came as a whole.
fn is_whole(change: &Change) -> bool {
    change.action == Action::Added && is_own(change)
}

/// Whether the change is of the operation, type or version itself.
fn is_own(change: &Change) -> bool {
    change.part == kind(change)
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
fn owner(group: Group<'_>, text: &mut String) {
    let Some(first) = group.first() else { return };
    let _ = write!(text, "- {} {} ({})", kind(first).word(), code(&first.owner), code(&first.identity));
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
        let _ = write!(words, "{} {}", change.part.word(), code(&change.rust));
        if change.wire != change.rust {
            let _ = write!(words, " ({})", code(&change.wire));
        }
        words.push(' ');
    }
    let said = match (change.action, change.what.as_str()) {
        (Action::Changed, what) => sentence(what),
        (action, "") => action.word().to_owned(),
        (action, what) => format!("{}: {}", action.word(), sentence(what)),
    };
    words + &said
}
