//! `cargo xtask diff` leaves nothing out: Intercom's descriptions of April and August 2026 are compared here as trees of
//! YAML, by code that shares nothing with the generator, and every operation, parameter, schema, field and value that
//! differs has to be named in what the command says.

mod facts;
mod records;

use std::collections::BTreeSet;
use std::path::PathBuf;

use facts::{Fact, Facts};
use serde_json::Value;
use tests::scratch::{MANIFEST, Scratch};
use tests::{tree, upstream};

/// A tree with the registry and the overlays without which the descriptions cannot be read; those that add to them
/// would hide what upstream changed.
fn root() -> Scratch {
    let tree = Scratch::of_workspace();
    let manifest = tree::text(&tree.root().join(MANIFEST));
    let needed = "overlays = [\"operations.yaml\", \"errata.yaml\"]";
    let line = |line: &str| format!("{}\n", if line.starts_with("overlays = ") { needed } else { line });
    tree.with(MANIFEST, manifest.lines().map(line).collect::<String>())
}

/// What the command says, a change each.
fn said(old: &str, new: &str) -> Vec<Value> {
    let diff = xtask::diff::between(root().root(), old, new).unwrap_or_else(|error| panic!("{error}"));
    let json = xtask::diff::json(&[diff]);
    json[0]["changes"].as_array().cloned().unwrap_or_default()
}

/// The facts that differ and that no change names.
fn unnamed(changes: &[Value], old: &Facts, new: &Facts) -> Vec<String> {
    let different: BTreeSet<&Fact> = old.0.symmetric_difference(&new.0).collect();
    let silent = different.into_iter().filter(|fact| !changes.iter().any(|change| names(change, fact)));
    silent.map(|fact| format!("{fact:?}")).collect()
}

/// Whether a change is about the operation or schema of the fact, and names what is different in it.
fn names(change: &Value, fact: &Fact) -> bool {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let identity = text(&change["owner"]["wire"]);
    let inside = |whole: &str, part: &str, mark| part.strip_prefix(whole).is_some_and(|rest| rest.starts_with(mark));
    // The parts of a form and the values of parameters are said of the operation, and a job says what it takes of one.
    let is_owner = identity == fact.owner
        || inside(&fact.owner, &identity, '/')
        || inside(&fact.owner, &identity, ' ')
        || inside(&identity, &fact.owner, ' ');
    if !is_owner {
        return false;
    }
    let says = text(&change["what"]);
    let mut words = says.split(['`', '(', ')', ',', ':', '?', ' ']);
    let is_name = fact.name.is_empty()
        || text(&change["wire"]) == fact.name
        || words.any(|word| word == fact.name)
        || identity.split('/').any(|step| step.trim_end_matches(['[', ']', '{', '}']) == fact.name);
    // What comes or goes as a whole, while an overlay has it anyway.
    let is_whole = says.contains("upstream's description; an overlay");
    is_name || is_whole
}

/// What does not show in the API, and why.
const EXPLAINED: [(&str, &str); 7] = [
    (
        "GET /custom_object_instances/{}\", name: \"external_id\"",
        "one of its methods demands it as before, the other has it not",
    ),
    ("activity_logs/search request\", name: \"created_at_before\"", "an erratum has both the text and the number"),
    ("contact_activity_list\", name: \"starting_after\"", "what leads to the next page is one type of all lists"),
    ("conversation_part\", name: \"original\"", "a key that a map has to have; its keys are data in Rust"),
    ("ticket_part\", name: \"original\"", "as above"),
    ("ticket_reply\", name: \"original\"", "as above"),
    ("GET /content/search query\", name: \"folder\"", "the only value of a parameter is a text in Rust"),
];

fn check(file: &str, explained: &[(&str, &str)]) {
    let (old, new) = (upstream::file("2026-04-17", file), upstream::file("2026-08-21", file));
    let changes = said(&old.to_string_lossy(), &new.to_string_lossy());
    let facts = |path: &PathBuf| Facts::of(&serde_yaml::from_str(&tree::text(path)).unwrap_or_default());
    let (old, new) = (facts(&old), facts(&new));
    let different = old.0.symmetric_difference(&new.0).count();
    assert!(different > 50, "only {different} facts differ");
    let silent = unnamed(&changes, &old, &new);
    let is_explained = |line: &&String| explained.iter().any(|(part, _)| line.contains(part));
    let left: Vec<&String> = silent.iter().filter(|line| !is_explained(line)).collect();
    assert!(left.is_empty(), "{} of {different} facts are not named:\n{left:#?}", left.len());
    let is_used = |part: &str| silent.iter().any(|line| line.contains(part));
    let idle: Vec<&str> = explained.iter().map(|(part, _)| *part).filter(|part| !is_used(part)).collect();
    assert!(idle.is_empty(), "nothing is left to explain: {idle:#?}");
}

#[test]
#[cfg_attr(not(upstream), ignore = "needs upstream's descriptions beside the checkout")]
fn everything_that_changed_in_version_2_14_is_named() {
    check("2.14.yaml", &[]);
}

#[test]
#[cfg_attr(not(upstream), ignore = "needs upstream's descriptions beside the checkout")]
fn everything_that_changed_in_the_moving_channel_is_named() {
    check("0.yaml", &EXPLAINED);
}

#[test]
fn a_fact_that_no_change_names_is_found() {
    let facts = |text: &str| Facts::of(&serde_yaml::from_str(text).unwrap_or_default());
    let description =
        |ty: &str| format!("components: {{schemas: {{book: {{properties: {{pages: {{type: {ty}}}}}}}}}}}");
    let (old, new) = (facts(&description("string")), facts(&description("integer")));
    assert_eq!(unnamed(&[], &old, &new).len(), 2);
    let change = |owner: &str, wire: &str| serde_json::json!([{"owner": {"wire": owner}, "wire": wire, "what": ""}]);
    let with = |owner, wire| unnamed(change(owner, wire).as_array().map_or(&[], Vec::as_slice), &old, &new).len();
    assert_eq!((with("book", "pages"), with("book", "title"), with("shelf", "pages")), (0, 2, 2));
}
