//! What the two sides do not have in common, sorted by its reason.
//!
//! A difference is named by its class where the class says why it is right, and by its place where only a
//! person can; both have to be listed in `tests/completeness.toml` with their number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::description::text;
use super::emitted::Emitted;
use super::fact::{Fact, Facts, Kind, Place};
use super::spec::Described;

/// The kind of fact, and the class or place of a difference.
pub type Name = (Kind, String);

/// Where the explained differences are listed, below the root.
pub const LIST: &str = "tests/completeness.toml";

const NARROWED: &str = "value that a later part of `allOf` narrows to one";

/// What one version's description and crate state, and where they differ.
#[derive(Debug, Default)]
pub struct Comparison {
    pub spec: Facts,
    pub emitted: Facts,
    /// How many facts more the description has than the crate; negative where the crate has more.
    pub differences: BTreeMap<Name, isize>,
}

impl Comparison {
    /// Compares fact by fact, each as often as it is stated.
    pub fn of(described: Described, emitted: &Emitted) -> Self {
        let mut surplus = emitted.facts.clone();
        let next = NextPages::of(&emitted.facts);
        let missing: Vec<&Fact> = described.facts.each().filter(|fact| !surplus.take(fact)).collect();
        let mut differences: BTreeMap<Name, isize> = BTreeMap::new();
        for fact in missing {
            let merged: Vec<Fact> = surplus.each().filter(|other| merges(fact, other)).cloned().collect();
            if merged.iter().any(|other| surplus.take(other)) {
                continue;
            }
            let class = next.class(fact).or_else(|| class(fact, &described, emitted));
            let what = class.unwrap_or_else(|| fact.to_string());
            *differences.entry((fact.kind, what)).or_default() += 1;
        }
        for fact in surplus.each() {
            let what = next.class(fact).unwrap_or_else(|| fact.to_string());
            *differences.entry((fact.kind, what)).or_default() -= 1;
        }
        Self { spec: described.facts, emitted: emitted.facts.clone(), differences }
    }
}

/// What leads to the next page has the same two forms in every list of the crate, whatever the description says.
struct NextPages(BTreeSet<String>);

impl NextPages {
    /// The places that hold one.
    fn of(emitted: &Facts) -> Self {
        let references = emitted.each().filter(|fact| fact.kind == Kind::Reference && fact.value == "next_page");
        Self(references.map(|fact| fact.place.to_string()).collect())
    }

    /// The class of a fact about the forms, or about such a place or what the description has below it.
    fn class(&self, fact: &Fact) -> Option<String> {
        let place = fact.place.to_string();
        let is_below = |next: &String| {
            place.strip_prefix(next.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '|']))
        };
        let is_form = ["next_page", "page_cursor"].contains(&fact.place.origin());
        (is_form || self.0.iter().any(is_below)).then(|| "what leads to the next page".to_owned())
    }
}

/// Whether `other` is `fact` once arms on the way are one object.
fn merges(fact: &Fact, other: &Fact) -> bool {
    fact.kind == other.kind && fact.value == other.value && fact.place.merges_into(&other.place)
}

/// Why a fact of the description is rightly missing in the crate, if that follows from what it is.
fn class(fact: &Fact, described: &Described, emitted: &Emitted) -> Option<String> {
    let header = Kind::HeaderParameter.to_string();
    if fact.place.origin().ends_with(&header) {
        fact.place.to_string().rsplit_once('/').map(|(_, name)| format!("header `{name}`"))
    } else if is_error(&fact.place) {
        Some("body of an error answer".to_owned())
    } else if fact.kind == Kind::EnumValue && fact.value == "null" && emitted.optional.contains(&fact.place) {
        Some("`null`".to_owned())
    } else {
        single(fact, described, emitted).map(str::to_owned)
    }
}

/// The class of an enum value whose place, as the crate says too, has one value.
fn single(fact: &Fact, described: &Described, emitted: &Emitted) -> Option<&'static str> {
    let narrowed = described.narrowed.get(&fact.place).filter(|only| **only != fact.value);
    let only = Fact { value: narrowed.unwrap_or(&fact.value).clone(), ..fact.clone() };
    let of_documented = |places: &BTreeSet<Place>| emitted.documented.contains(&only) && places.contains(&fact.place);
    match (of_documented(&emitted.open), of_documented(&emitted.booleans), narrowed) {
        (true, _, None) => Some("single value of a text field"),
        (_, true, None) => Some("single value of a boolean field"),
        (true, _, Some(_)) => Some(NARROWED),
        (_, _, Some(_)) if emitted.constants.contains(&only) => Some(NARROWED),
        _ => None,
    }
}

/// `GET /contacts 404 answer`, as opposed to `GET /contacts answer`.
fn is_error(place: &Place) -> bool {
    let mut words = place.origin().rsplit(' ');
    words.next() == Some("answer") && words.next().is_some_and(|status| !status.starts_with('/'))
}

/// A difference that somebody has looked at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    pub version: String,
    pub kind: String,
    pub what: String,
    pub count: isize,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    difference: Vec<Explained>,
}

/// The committed list.
pub fn explained(root: &Path) -> Vec<Explained> {
    let list: List = toml_edit::de::from_str(&text(&root.join(LIST))).unwrap_or_else(|error| panic!("{LIST}: {error}"));
    list.difference
}

/// A line for every difference that the list lacks, counts otherwise, or no longer needs.
pub fn unexplained(version: &str, differences: &BTreeMap<Name, isize>, list: &[Explained]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut left: Vec<&Explained> = list.iter().filter(|entry| entry.version == version).collect();
    for ((kind, what), count) in differences {
        let place = left.iter().position(|entry| entry.kind == kind.to_string() && entry.what == *what);
        match place.map(|place| left.remove(place)) {
            Some(entry) if entry.reason.trim().is_empty() => {
                lines.push(format!("{LIST}: {version}: {kind}: {what}: the reason is missing"))
            }
            Some(entry) if entry.count == *count => {}
            Some(entry) => {
                lines.push(format!("{version}: {kind}: {what}: {count}, and {LIST} explains {}", entry.count))
            }
            None => lines.push(format!("{version}: {kind}: {what}: {count} {}", side(*count))),
        }
    }
    lines.extend(
        left.iter()
            .map(|entry| format!("{LIST}: {version}: {}: {}: no longer occurs; delete it", entry.kind, entry.what)),
    );
    lines
}

fn side(count: isize) -> &'static str {
    if count > 0 { "in the description and not in the crate" } else { "in the crate and not in the description" }
}
