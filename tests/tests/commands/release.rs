//! `cargo xtask release`, as a maintainer runs it.

use crate::command::{DESCRIPTION, Run, Tree};

const LOG: &str = "\
# Changelog

## Unreleased

- A person's words.

<!-- <api> kept -->
<!-- </api> -->
";

const MANIFEST: &str = "[workspace.package]\nversion = \"0.1.0\" # everywhere\n";

const LOCK: &str = "\
[[package]]
name = \"other\"
version = \"0.1.0\"
source = \"registry\"

[[package]]
name = \"ours\"
version = \"0.1.0\"
";

/// A tree that nothing was released from.
fn new() -> Tree {
    let tree = Tree::with_version();
    tree.put("CHANGELOG.md", LOG);
    tree.put("Cargo.toml", MANIFEST);
    tree.put("Cargo.lock", LOCK);
    tree.put("README.md", "intercom-gen = { version = \"0.1\", features = [\"unstable\"] }\n");
    assert_eq!(tree.run(&["regen"]).code, Some(0));
    tree
}

/// A tree that 0.1.0 was released from.
fn released() -> Tree {
    let tree = new();
    let run = release(&tree, "0.1.0");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    tree
}

/// The same with another field in place of one that was there, or beside it.
fn changed(line: &str) -> Tree {
    let tree = released();
    tree.put("upstream.yaml", &DESCRIPTION.replace("        description: {type: string}\n", line));
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
    assert_eq!(tree.run(&["regen"]).code, Some(0));
    tree
}

const ADDED: &str = "        description: {type: string}\n        email: {type: string}\n";

fn release(tree: &Tree, version: &str) -> Run {
    tree.run(&["release", version, "--date", "2026-02-01"])
}

#[test]
fn the_first_release_has_the_words_and_keeps_the_listing() {
    let tree = released();
    let expected = "\
# Changelog

## Unreleased

<!-- <api> kept -->
Since the last release, by version:

### 2.14

The API is the same.
<!-- </api> -->

## 0.1.0 (2026-02-01)

- A person's words.
";
    assert_eq!(tree.get("CHANGELOG.md"), expected);
    assert_eq!(tree.get("generated/api/released/2.14.txt"), tree.get("generated/api/2.14.txt"));
    assert_eq!(tree.run(&["regen", "--check"]).code, Some(0));
}

#[test]
fn a_later_release_has_what_changed_since_the_one_before() {
    let tree = changed(ADDED);
    let run = release(&tree, "0.1.1");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let log = tree.get("CHANGELOG.md");
    let section = "## 0.1.1 (2026-02-01)\n\nSince the last release, by version:\n\n### 2.14\n\nAdded:\n\n\
        - `types::Contact::email: Option<String> = \"email\"`\n\n## 0.1.0 (2026-02-01)\n";
    assert!(log.contains(section), "{log}");
    assert_eq!(tree.get("generated/api/released/2.14.txt"), tree.get("generated/api/2.14.txt"));
    assert_eq!(tree.run(&["regen", "--check"]).code, Some(0));
}

#[test]
fn the_version_is_written_wherever_it_stands() {
    let tree = changed("");
    assert_eq!(release(&tree, "0.2.0").code, Some(0));
    assert_eq!(tree.get("Cargo.toml"), MANIFEST.replace("0.1.0", "0.2.0"));
    assert_eq!(tree.get("Cargo.lock"), LOCK.replace("\"ours\"\nversion = \"0.1.0\"", "\"ours\"\nversion = \"0.2.0\""));
    assert_eq!(tree.get("README.md"), "intercom-gen = { version = \"0.2\", features = [\"unstable\"] }\n");
}

#[test]
fn a_listing_of_a_version_that_is_gone_goes_too() {
    let tree = released();
    tree.put("generated/api/released/2.13.txt", "types::Old = \"old\"\n");
    assert_eq!(tree.run(&["regen"]).code, Some(0));
    assert_eq!(release(&tree, "0.2.0").code, Some(0));
    assert!(tree.get("CHANGELOG.md").contains("### 2.13\n\n**Breaking:** the version is gone."));
    assert!(!tree.path("generated/api/released/2.13.txt").exists());
}

#[test]
fn a_compatible_version_is_refused_for_an_api_that_lost_something() {
    let message = changed("").refuses(|tree| release(tree, "0.1.1"));
    assert!(message.starts_with("error: 0.1.1: is compatible with 0.1.0"), "{message}");
}

#[test]
fn a_version_that_does_not_follow_is_refused() {
    for version in ["0.1.0", "0.0.9", "1", "0.2.x", "0.02.0"] {
        let message = released().refuses(|tree| release(tree, version));
        assert!(message.starts_with(&format!("error: {version}: ")), "{message}");
    }
}

#[test]
fn a_tree_that_is_not_as_generated_is_refused() {
    let tree = new();
    tree.put("generated/api/2.14.txt", "by hand\n");
    let message = tree.refuses(|tree| release(tree, "0.1.0"));
    assert!(message.contains("hint: run: cargo xtask regen"), "{message}");
}

#[test]
fn a_changelog_without_the_heading_is_refused() {
    let tree = new();
    tree.put("CHANGELOG.md", &tree.get("CHANGELOG.md").replace("## Unreleased", "## Soon"));
    let message = tree.refuses(|tree| release(tree, "0.1.0"));
    assert!(message.starts_with("error: CHANGELOG.md: there is no heading `## Unreleased`"), "{message}");
}
