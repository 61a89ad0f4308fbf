//! `vendor` and `regen` on descriptions that were changed: small ones in great number, whole ones a few times.

use std::panic::catch_unwind;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;

use serde_json::Value;
use tests::description::{described, facts, versions};
use tests::dice::Dice;
use tests::scratch::{SPEC, Scratch};
use tests::tree::{put, workspace};
use xtask::error::Error;
use xtask::vendor::{Request, vendor};

use crate::cut::{count, cut};
use crate::mutate::change;
use crate::{assert_none, said, text};

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

/// What is wrong with how a description is taken: a panic, or a refusal that does not say where.
fn fault(tree: &Scratch, change: &str) -> Option<String> {
    let root: &Path = tree.root();
    let request =
        Request { name: "tiny".to_owned(), from: root.join(UPSTREAM).display().to_string(), ..Request::default() };
    // `vendor` writes the facts where `regen` reads them, so it comes second.
    let of = |what: &str, result: thread::Result<Option<Error>>| match result {
        Err(panic) => Some(format!("{what} panics: {}: {change}", said(&*panic))),
        Ok(None) => None,
        Ok(Some(error)) => helpless(&error).map(|problem| format!("{what} does not say where: {problem}: {change}")),
    };
    of("regen", catch_unwind(|| tree.generate().err()))
        .or_else(|| of("vendor", catch_unwind(|| vendor(root, &request).err())))
}

/// The first problem that does not tell its place, or what to do.
fn helpless(error: &Error) -> Option<String> {
    let lost = error.problems().iter().find(|problem| {
        let blames_itself = ["fault of the generator", "mistake of the generator", "openapiv3"].iter();
        let blames_itself =
            blames_itself.clone().any(|words| problem.what.contains(words) || problem.hint.contains(words));
        problem.file.is_empty() || problem.at.is_empty() || problem.hint.is_empty() || blames_itself
    });
    lost.map(|problem| problem.to_string().replace('\n', " "))
}

/// Runs the cases of `numbers` on two threads.
fn tried(numbers: usize, case: impl Fn(usize) -> Option<String> + Sync) -> Vec<String> {
    thread::scope(|scope| {
        let case = &case;
        let halves =
            [0, 1].map(|half| scope.spawn(move || (half..numbers).step_by(2).filter_map(case).collect::<Vec<_>>()));
        halves
            .into_iter()
            .flat_map(|half| half.join().unwrap_or_else(|_| vec!["a case panics outside".to_owned()]))
            .collect()
    })
}

/// A small description of a seed, cut out of a real one.
fn small(dice: &mut Dice) -> Value {
    let whole = &real()[dice.below(real().len())];
    let take: Vec<usize> = (0..1 + dice.below(2)).map(|_| dice.below(count(whole))).collect();
    cut(whole, &take)
}

fn dice(number: usize) -> Dice {
    Dice::new(SEED.wrapping_mul(number as u64 * 2 + 1))
}

#[test]
fn what_is_cut_out_of_a_description_is_taken() {
    assert_none(&tried(40, |number| {
        let tree = tree(&yaml(&small(&mut dice(number))));
        tree.generate().err().map(|error| error.to_string())
    }));
}

#[test]
fn a_description_with_changed_nodes_is_taken_or_refused_at_a_place() {
    assert_none(&tried(SMALL, |number| {
        let mut dice = dice(number);
        let mut description = small(&mut dice);
        let changes: Vec<String> = (0..1 + dice.below(3)).map(|_| change(&mut description, &mut dice)).collect();
        fault(&tree(&yaml(&description)), &format!("case {number}: {}", changes.join("; ")))
    }));
}

#[test]
fn a_description_with_changed_text_is_taken_or_refused_at_a_place() {
    assert_none(&tried(SMALL, |number| {
        let mut dice = dice(number);
        let changed = text::changed(yaml(&small(&mut dice)).as_bytes(), &mut dice);
        let tree = Scratch::new("tiny", &[]).with(SPEC, &changed).with(UPSTREAM, &changed);
        fault(&tree, &format!("case {number} of texts"))
    }));
}

#[test]
fn a_whole_description_with_changed_nodes_is_taken_or_refused_at_a_place() {
    let root = workspace();
    assert_none(&tried(WHOLE, |number| {
        let (mut dice, all) = (dice(number), versions(&root));
        let version = &all[number % all.len()];
        let mut description = facts(&root, version);
        let changed = change(&mut description, &mut dice);
        let tree = Scratch::new(&version.module, &[]).with(UPSTREAM, yaml(&description));
        put(&tree.root().join(SPEC), yaml(&description));
        fault(&tree, &format!("case {number} of whole ones: {changed}"))
    }));
}
