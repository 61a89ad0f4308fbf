//! The part of `CHANGELOG.md` that follows from the API: what differs from the last release.
//!
//! Worked out from `generated/api/<version>.txt` and its copy in `generated/api/released/`, so that no history is
//! needed. What a person writes in the file stands outside the marks and is never touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::escape::code;

/// The file.
pub const FILE: &str = "CHANGELOG.md";

/// The region that is ours.
pub const REGION: &str = "api";

/// Where the listings of the last release are, a file each, named as the current ones are.
pub const RELEASED: &str = "generated/api/released";

/// The text of the region, given the listings of now and of the last release by version.
pub fn region(now: &BTreeMap<String, String>, released: &BTreeMap<String, String>) -> String {
    if released.is_empty() {
        return format!("Nothing has been released yet, so everything is new (`{RELEASED}/` is empty).\n");
    }
    let names: BTreeSet<&String> = now.keys().chain(released.keys()).collect();
    let mut text = String::from("Since the last release, by version:\n");
    for name in names {
        // Writing to a String cannot fail, here and below.
        let _ = write!(text, "\n### {name}\n\n");
        match (released.get(name), now.get(name)) {
            (None, _) => text.push_str("The version is new.\n"),
            (_, None) => text.push_str("**Breaking:** the version is gone.\n"),
            (Some(was), Some(now)) => text.push_str(&version(was, now)),
        }
    }
    text
}

fn version(was: &str, now: &str) -> String {
    if was == now {
        return "The API is the same.\n".to_owned();
    }
    let (was, now) = (items(was), items(now));
    let mut sections = [("Removed", String::new()), ("Changed", String::new()), ("Added", String::new())];
    let [(_, removed), (_, changed), (_, added)] = &mut sections;
    for (item, line) in was.iter().filter(|(item, _)| !is_inside(item, &was, &now)) {
        let _ = match now.get(item) {
            None => writeln!(removed, "- {}", code(line)),
            Some(other) if other != line => writeln!(changed, "- {}, was {}", code(other), code(line)),
            Some(_) => Ok(()),
        };
    }
    for (_, line) in now.iter().filter(|(item, _)| !was.contains_key(*item) && !is_inside(item, &now, &was)) {
        let _ = writeln!(added, "- {}", code(line));
    }
    let written = sections.iter().filter(|(_, lines)| !lines.is_empty());
    written.map(|(heading, lines)| format!("{heading}:\n\n{lines}")).collect::<Vec<_>>().join("\n")
}

/// The lines of a listing by the item that each is about: what stands before its type, arguments or wire name.
fn items(listing: &str) -> BTreeMap<&str, &str> {
    listing.lines().map(|line| (item(line), line)).collect()
}

/// `books.list().items` and `books.list` are two items.
fn item(line: &str) -> &str {
    let start = line.find("().").map_or(0, |at| at + "().".len());
    let end = line.get(start..).and_then(|rest| rest.find([' ', '('])).map_or(line.len(), |at| start + at);
    line.get(..end).unwrap_or(line).trim_end_matches(':')
}

/// Whether the item belongs to one that came or went as a whole, which is then the only line.
fn is_inside(item: &str, here: &BTreeMap<&str, &str>, there: &BTreeMap<&str, &str>) -> bool {
    let ends = ["::", "?", "()."].into_iter().flat_map(|end| item.match_indices(end));
    let mut owners = ends.filter_map(|(at, _)| item.get(..at));
    owners.any(|owner| here.contains_key(owner) && !there.contains_key(owner))
}

#[cfg(test)]
#[path = "changelog_tests.rs"]
mod tests;
