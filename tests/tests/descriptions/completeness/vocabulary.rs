//! The generator's table of the names that emitted files use is what the runtime offers them.

use std::collections::BTreeSet;

use syn::{Item, UseTree};
use xtask::names::vocabulary;

/// What the module `prelude` of a runtime offers.
fn prelude(file: &str) -> BTreeSet<String> {
    let text =
        std::fs::read_to_string(tests::tree::workspace().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut names = BTreeSet::new();
    for item in file.items {
        let Item::Mod(module) = item else { continue };
        if module.ident != "prelude" {
            continue;
        }
        for item in module.content.into_iter().flat_map(|(_, items)| items) {
            let Item::Use(item) = item else { panic!("{item:?} in a prelude") };
            offered(&item.tree, &mut names);
        }
    }
    names
}

fn offered(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => offered(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| offered(tree, names)),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        other => panic!("{other:?} in a prelude"),
    }
}

#[test]
fn the_generator_knows_the_prelude() {
    let known: BTreeSet<String> = vocabulary::prelude().map(str::to_owned).collect();
    assert_eq!(prelude("generated/src/runtime/mod.rs"), known);
}
