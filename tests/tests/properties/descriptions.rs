//! `vendor` and `regen` on descriptions that were changed: small ones in great number, whole ones a few times.

use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use tests::description::{described, facts, versions};
use tests::property::{holds_in_parallel, verdict};
use tests::scratch::{SPEC, Scratch};
use tests::tree::{put, workspace};
use xtask::error::Error;
use xtask::vendor::{Request, vendor};

use crate::cut::{count, cut};
use crate::mutate::change;
use crate::text::edits;

/// The same cases in every run.
const SEED: u64 = 0xfa11_5afe;

/// Small descriptions that are tried.
const SMALL: usize = 400;

/// Whole descriptions that are tried.
const WHOLE: usize = 24;

/// Where the changed description is vendored from, below the root of a tree.
const UPSTREAM: &str = "upstream.yaml";

/// The descriptions of all versions with their overlays: what upstream has, and what the generator reads after us.
fn real() -> &'static [Value] {
    static REAL: OnceLock<Vec<Value>> = OnceLock::new();
    REAL.get_or_init(|| versions(&workspace()).iter().map(|version| described(&workspace(), version)).collect())
}

fn tree(description: &str) -> Scratch {
    Scratch::new("tiny", &[]).with(SPEC, description).with(UPSTREAM, description)
}

fn yaml(description: &Value) -> String {
    serde_yaml::to_string(description).unwrap_or_default()
}

/// What is wrong with how a description is refused, if it is: the refusal does not say where.
fn fault(tree: &Scratch, change: &str) -> Option<String> {
    let root: &Path = tree.root();
    let request =
        Request { name: "tiny".to_owned(), from: root.join(UPSTREAM).display().to_string(), ..Request::default() };
    let of = |what: &str, error: Option<Error>| {
        helpless(&error?).map(|problem| format!("{what} does not say where: {problem}: {change}"))
    };
    // `vendor` writes the facts where `regen` reads them, so it comes second.
    of("regen", tree.generate().err()).or_else(|| of("vendor", vendor(root, &request).err()))
}

/// The first problem that does not tell its place, or what to do.
fn helpless(error: &Error) -> Option<String> {
    let lost = error.problems().iter().find(|problem| {
        let blames_itself = ["fault of the generator", "mistake of the generator", "openapiv3"].iter();
        let blames_itself =
            blames_itself.clone().any(|words| problem.what.contains(words) || problem.hint.contains(words));
        let is_placed = !problem.at.is_empty() || problem.what == "the file is empty";
        problem.file.is_empty() || !is_placed || problem.hint.is_empty() || blames_itself
    });
    lost.map(|problem| problem.to_string().replace('\n', " "))
}

/// A few operations of one of the real descriptions.
type Part = (Index, Vec<Index>);

fn part() -> impl Strategy<Value = Part> {
    (any::<Index>(), prop::collection::vec(any::<Index>(), 1..=2))
}

/// A small description, cut out of a real one.
fn small((version, operations): &Part) -> Value {
    let whole = version.get(real());
    let count = count(whole);
    cut(whole, &operations.iter().map(|operation| operation.index(count)).collect::<Vec<_>>())
}

#[test]
fn what_is_cut_out_of_a_description_is_taken() {
    holds_in_parallel(SEED, 40, part, |part| {
        verdict(tree(&yaml(&small(&part))).generate().err().map(|error| error.to_string()))
    });
}

#[test]
fn a_description_with_changed_nodes_is_taken_or_refused_at_a_place() {
    let changed = || (part(), prop::collection::vec(change(), 1..=3));
    holds_in_parallel(SEED, SMALL, changed, |(part, changes)| {
        let mut description = small(&part);
        let changes: Vec<String> = changes.iter().map(|change| change.apply(&mut description)).collect();
        verdict(fault(&tree(&yaml(&description)), &changes.join("; ")))
    });
}

#[test]
fn a_description_with_changed_text_is_taken_or_refused_at_a_place() {
    holds_in_parallel(
        SEED,
        SMALL,
        || (part(), edits()),
        |(part, edits)| {
            let changed = edits.of(yaml(&small(&part)).as_bytes());
            let tree = Scratch::new("tiny", &[]).with(SPEC, &changed).with(UPSTREAM, &changed);
            verdict(fault(&tree, &String::from_utf8_lossy(&changed)))
        },
    );
}

#[test]
fn a_whole_description_with_changed_nodes_is_taken_or_refused_at_a_place() {
    let (root, all) = (workspace(), versions(&workspace()));
    holds_in_parallel(
        SEED,
        WHOLE,
        || (any::<Index>(), change()),
        |(version, change)| {
            let version = version.get(&all);
            let mut description = facts(&root, version);
            let changed = change.apply(&mut description);
            let tree = Scratch::new(&version.module, &[]).with(UPSTREAM, yaml(&description));
            put(&tree.root().join(SPEC), yaml(&description));
            verdict(fault(&tree, &changed))
        },
    );
}
