//! The account of an update: from which description to which, and what that means.

use std::fmt::Write as _;

use super::Change;
use crate::diff::{self, Diff};
use crate::manifest::{Manifest, Version};

/// GitHub takes 65,536 characters as the text of a pull request.
const MOST: usize = 60_000;

/// What is compared.
const HOW: &str = "Each version as the crate had it, with the overlays that it had then, beside what it has now. Names are Rust's; in \
                   brackets those on the wire.";

/// The file.
pub(super) fn whole(change: &Change, date: &str) -> String {
    format!("{}\n{HOW}\n\n{}\n", head(change, date), diff::markdown(&change.diffs))
}

/// The text of the pull request, which has to be short enough for one.
pub(super) fn body(change: &Change, date: &str, file: &str) -> String {
    if !change.is_of_facts {
        return head(change, date) + "\nOnly prose has changed: the crate is the same.\n";
    }
    cut(&whole(change, date), file)
}

/// Calls the two sides of a comparison what a reader of later years can tell apart.
pub(super) fn label(diff: &mut Diff, old: &Manifest, new: &Manifest) {
    let name = diff.new.clone();
    let dated =
        |manifest: &Manifest| manifest.version(&name).map(|version| format!("{name} of {}", version.upstream.date));
    diff.old = dated(old).unwrap_or_else(|| "nothing".to_owned());
    diff.new = dated(new).unwrap_or_else(|| "nothing".to_owned());
}

fn head(change: &Change, date: &str) -> String {
    let mut text = format!("# Intercom's descriptions of {date}\n\n| version | from | to |\n| --- | --- | --- |\n");
    for (now, was) in &change.origins {
        let was = was.as_ref().map_or_else(|| "–".to_owned(), origin);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} | {was} | {} |", now.name, origin(now));
    }
    text
}

fn origin(version: &Version) -> String {
    match &version.upstream.commit {
        Some(commit) => format!("{}, `{commit}`", version.upstream.date),
        None => version.upstream.date.clone(),
    }
}

/// As many whole lines of `text` as a pull request takes, and where the rest is.
fn cut(text: &str, file: &str) -> String {
    if text.len() <= MOST {
        return text.to_owned();
    }
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        if kept.len() + line.len() > MOST {
            break;
        }
        kept.push_str(line);
    }
    if kept.matches("<details>").count() > kept.matches("</details>").count() {
        kept.push_str("\n</details>\n");
    }
    kept + &format!("\nThis is too long for a pull request; the rest is in `{file}`.\n")
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
