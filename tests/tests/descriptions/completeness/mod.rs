//! Nothing that the descriptions state is missing in the crate, and the crate states nothing else.
//!
//! Both sides are read here by code that shares nothing with the generator: the description from its YAML with
//! the overlays applied, the crate from its source by `syn`. What differs has to be listed, with its number and
//! its reason, in `tests/completeness.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

mod calls;
mod code;
mod difference;
mod emitted;
mod fact;
mod fixture;
mod notices;
mod source;
mod spec;
mod table;
mod vocabulary;

use tests::description::{self, Version};
use tests::tree::workspace;

use difference::{Comparison, explained, unexplained};
use emitted::{Crate, Emitted};

fn versions() -> Vec<Version> {
    description::versions(&workspace())
}

fn folder(version: &Version) -> PathBuf {
    workspace().join("generated/src").join(&version.module)
}

/// The committed tree, compared once for all tests.
fn committed() -> &'static (BTreeMap<String, Emitted>, BTreeMap<String, Comparison>) {
    static COMMITTED: OnceLock<(BTreeMap<String, Emitted>, BTreeMap<String, Comparison>)> = OnceLock::new();
    COMMITTED.get_or_init(|| {
        let mut found = (BTreeMap::new(), BTreeMap::new());
        for version in versions() {
            let emitted = Crate::read(&folder(&version)).facts();
            let described = spec::described(&description::described(&workspace(), &version));
            found.1.insert(version.name.clone(), Comparison::of(described, &emitted));
            found.0.insert(version.name, emitted);
        }
        found
    })
}

#[test]
fn the_crate_has_what_the_descriptions_have_but_for_the_explained_differences() {
    let list = explained(&workspace());
    let names: BTreeSet<String> = versions().into_iter().map(|version| version.name).collect();
    let mut lines: Vec<String> = list
        .iter()
        .filter(|entry| !names.contains(&entry.version))
        .map(|entry| format!("no version `{}`", entry.version))
        .collect();
    for (version, comparison) in &committed().1 {
        lines.extend(unexplained(version, &comparison.differences, &list));
    }
    assert!(lines.is_empty(), "{} differences:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn every_property_and_enum_of_a_description_is_counted() {
    for version in versions() {
        let unseen = spec::unseen(&description::described(&workspace(), &version));
        assert!(unseen.is_empty(), "{}: {unseen:#?}", version.name);
    }
}

#[test]
fn every_inline_type_is_reached_from_an_operation_or_a_schema() {
    for (version, emitted) in &committed().0 {
        assert!(emitted.unreached.is_empty(), "{version}: {:?}", emitted.unreached);
    }
}

#[test]
fn the_table_of_operations_lists_the_methods() {
    for version in versions() {
        let listed: BTreeSet<([String; 5], bool)> =
            calls::rows(&description::text(&folder(&version).join("operations.rs"))).into_iter().collect();
        let methods = Crate::read(&folder(&version)).operations.into_iter();
        let methods: BTreeSet<([String; 5], bool)> = methods
            .map(|method| ([method.id, method.method, method.path, method.group, method.name], method.idempotent))
            .collect();
        assert_eq!(listed, methods, "{}", version.name);
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what one runs this test with --nocapture for")]
fn the_readme_shows_the_table() {
    let table = table::table(&committed().1, &explained(&workspace()));
    println!("{table}");
    let path = workspace().join("README.md");
    let readme = description::text(&path);
    let wanted =
        table::with_region(&readme, &table).unwrap_or_else(|error| panic!("{error}; put this there:\n{table}"));
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, wanted).expect("the README can be written");
    } else {
        assert!(readme == wanted, "the README is behind; run with UPDATE_README=1, or put this there:\n{table}");
    }
}
