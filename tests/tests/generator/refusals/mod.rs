//! Bad input ends with an error that names file, place, mistake and remedy; it never panics, and nothing is written.

mod description;
mod files;
mod jobs;
mod methods;
mod names;
mod overlays;
mod paging;
mod searches;

use std::panic::catch_unwind;

use tests::scratch::{SPEC, Scratch};
use tests::tree;

/// A description without a mistake, in which each test makes one.
const GOOD: &str = include_str!("good.yaml");

/// A tree of which the good description with a part of its text replaced is the only one.
fn described(part: &str, by: &str) -> Scratch {
    assert_eq!(GOOD.matches(part).count(), 1, "`{part}` is not once in the good description");
    Scratch::new("tiny", &[]).with(SPEC, GOOD.replace(part, by))
}

/// A tree whose description has no mistake.
fn good() -> Scratch {
    Scratch::new("tiny", &[]).with(SPEC, GOOD)
}

/// Checks that the generator refuses `tree` for a mistake in `file` at `at`, in words that hold all of `words`, with
/// something to do about it, and for nothing else.
#[track_caller]
fn refuses(tree: &Scratch, file: &str, at: &str, words: &[&str]) {
    if let Err(fault) = verdict(tree, file, at, words) {
        panic!("{fault}");
    }
}

/// [`refuses`], for tests of many inputs that tell all faults at once.
fn verdict(tree: &Scratch, file: &str, at: &str, words: &[&str]) -> Result<(), String> {
    let before = tree::files(tree.root(), "");
    let made = catch_unwind(|| tree.generate()).map_err(|_| "it panics".to_owned())?;
    if before != tree::files(tree.root(), "") {
        return Err("the tree was changed".to_owned());
    }
    let error = made.err().ok_or("it was accepted")?;
    let [problem] = error.problems() else { return Err(format!("more than one mistake in:\n{error}")) };
    if (problem.file.as_str(), problem.at.as_str()) != (file, at) {
        return Err(format!("not at {file} {at}:\n{error}"));
    }
    if let Some(word) = words.iter().find(|word| !problem.what.contains(**word)) {
        return Err(format!("no `{word}` in:\n{error}"));
    }
    if problem.hint.is_empty() {
        return Err(format!("no hint in:\n{error}"));
    }
    let message = error.to_string();
    let shown = [file, at, &problem.what, "hint: ", &problem.hint].iter().all(|part| message.contains(part));
    if shown { Ok(()) } else { Err(format!("the message does not tell all:\n{message}")) }
}

/// Fails with every fault, if there is one.
#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_description_that_the_mistakes_are_made_in_has_none() {
    if let Err(error) = good().generate() {
        panic!("{error}");
    }
}

#[test]
fn several_mistakes_are_told_at_once() {
    let text = GOOD.replace("{type: integer}", "{type: int}").replace("operationId: showBook", "operationld: showBook");
    let error = Scratch::new("tiny", &[]).with(SPEC, text).generate().err();
    let places = error.map(|error| error.problems().len());
    assert!(places.is_some_and(|places| places > 1), "{places:?}");
}
