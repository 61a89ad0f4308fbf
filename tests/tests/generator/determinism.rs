//! The same description gives the same bytes, however often it is read and whatever the order of its keys.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tests::scratch::Scratch;
use tests::{freshness, shuffle, tree};
use xtask::generate::{Generated, generate};
use xtask::source::Source;

/// A copy of everything that the generator reads, each file as `change` makes it.
fn copy(change: impl Fn(&str, String) -> String) -> Scratch {
    let copy = Scratch::of_workspace();
    for (file, content) in tree::files(copy.root(), "") {
        let text = String::from_utf8(content).unwrap_or_else(|error| panic!("{file}: {error}"));
        tree::put(&copy.root().join(&file), change(&file, text));
    }
    copy
}

fn made(root: &std::path::Path) -> Generated {
    generate(&Source::folder(root)).unwrap_or_else(|error| panic!("{error}"))
}

/// What is generated as things are, once for all tests.
fn straight() -> &'static Generated {
    static STRAIGHT: OnceLock<Generated> = OnceLock::new();
    STRAIGHT.get_or_init(|| made(&tree::workspace()))
}

fn assert_same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (file, text) in one {
        let other = other.get(file).map_or("", String::as_str);
        assert!(text == other, "{}", freshness::diff(file, text, other));
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let again = made(&tree::workspace());
    assert_same(&straight().output.files, &again.output.files);
    assert_eq!(straight().report, again.report);
}

#[test]
fn the_order_of_keys_does_not_show() {
    for seed in [7, 2_026, 0x5EED] {
        let mixed = copy(|file, text| if file.ends_with(".yaml") { shuffle::yaml(&text, seed) } else { text });
        assert_same(&straight().output.files, &made(mixed.root()).output.files);
    }
}

#[test]
fn what_is_generated_is_a_fixed_point() {
    let once = straight();
    let copy = copy(|file, text| once.output.files.get(file).cloned().unwrap_or(text));
    assert_same(&once.output.files, &made(copy.root()).output.files);
}

#[test]
fn shuffling_changes_the_text_and_not_its_meaning() {
    let text = "b: {z: 1, a: [3, 1, 2], m: {}}\na: x\n'200': {k: 1, j: 2, i: 3}\n";
    let mixed = shuffle::yaml(text, 7);
    let parse = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).unwrap_or_default();
    assert_eq!(parse(&mixed), parse(text));
    assert_eq!(mixed, shuffle::yaml(text, 7));
    let orders: std::collections::BTreeSet<String> = (0..20).map(|seed| shuffle::yaml(text, seed)).collect();
    assert!(orders.len() > 5, "{} orders", orders.len());
}
