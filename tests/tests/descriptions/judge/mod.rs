//! Every operation of every version over the wire, judged by the description alone.

mod answers;
mod book;
mod declared;
mod exceptions;
mod fault;
mod form;
mod instances;
mod query;
mod refusals;
mod router;
mod samples;
mod schema;
mod table;
mod verdict;
mod versions;
mod wire;

use tests::description::text;
use tests::prism::Recorded;
use tests::tree::workspace;

use exceptions::{Kind, Used};
use verdict::exceptions;

/// Fails with all problems, if there are any.
#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_call_is_valid_and_every_answer_is_decoded() {
    assert_none(&wire::outcomes().values().flat_map(|outcome| outcome.problems.clone()).collect::<Vec<_>>());
}

#[test]
#[cfg_attr(not(upstream), ignore = "needs upstream's descriptions beside the checkout")]
fn the_calls_of_upstreams_samples_are_judged() {
    for (version, outcome) in wire::outcomes() {
        assert!(outcome.samples.as_ref().is_some_and(|tally| tally.calls > 100), "{version}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the list is what one runs this test with --nocapture for")]
fn every_exception_is_needed() {
    let used: Used = wire::outcomes().values().flat_map(|outcome| outcome.used.clone()).collect();
    for (kind, version, place) in &used {
        println!("{kind:?} {version} {place}");
    }
    let samples = wire::outcomes().values().all(|outcome| outcome.samples.is_some());
    assert_none(&exceptions().unused(&[Kind::Overlay, Kind::Contradiction], &used, samples));
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what one runs this test with --nocapture for")]
fn the_readme_shows_the_table() {
    let recorded = Recorded::read(&workspace()).unwrap_or_else(|error| panic!("{error}"));
    let path = workspace().join("tests/README.md");
    let readme = text(&path);
    let region = |before: &str| table::region(wire::outcomes(), &recorded, exceptions(), before);
    println!("{}", region(&readme));
    let wanted = table::with_region(&readme, region).unwrap_or_else(|error| panic!("{error}"));
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, wanted).expect("the README can be written");
    } else {
        assert!(readme == wanted, "tests/README.md is behind; run with UPDATE_README=1");
    }
}
