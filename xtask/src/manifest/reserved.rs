//! Names that the emitted crate has beside its versions, read from the crate itself.
//!
//! A version's modules and features are added to those of the crate. One that had the name of another would not compile,
//! or would be hidden by it: an import by name wins over the glob that brings the versions in.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use syn::{Item, UseTree};
use toml_edit::DocumentMut;

use crate::{generate, region};

const MANIFEST: &str = include_str!("../../../generated/Cargo.toml");
const ROOT: &str = include_str!("../../../generated/src/lib.rs");

/// Names with a meaning of their own: Cargo builds a program from each file in `src/bin`, and the modules of a version
/// are in `types`, which a module of the same name would repeat (`types::types`).
const FIXED: [&str; 3] = ["bin", "lib", "types"];

static RESERVED: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| features().into_iter().chain(modules()).chain(FIXED.map(str::to_owned)).collect());

/// Whether the crate has a module or a feature of this name beside its versions.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.replace('-', "_"))
}

/// The features outside the region that lists the versions.
fn features() -> Vec<String> {
    let manifest = region::replace(generate::CRATE, MANIFEST, "versions", "").ok();
    let manifest = manifest.and_then(|text| text.parse::<DocumentMut>().ok()).unwrap_or_default();
    let features = manifest.get("features").and_then(|features| features.as_table_like());
    features.into_iter().flat_map(|features| features.iter()).map(|(name, _)| name.replace('-', "_")).collect()
}

/// The modules that `lib.rs` declares, and the modules and crates that its imports name.
fn modules() -> Vec<String> {
    let mut names = Vec::new();
    for item in syn::parse_file(ROOT).map(|file| file.items).unwrap_or_default() {
        match item {
            Item::Mod(module) => names.push(module.ident.to_string()),
            Item::Use(import) => collect(&import.tree, &mut names),
            _ => {}
        }
    }
    names
}

fn collect(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => {
            names.push(path.ident.to_string());
            collect(&path.tree, names);
        }
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Rename(name) => names.push(name.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, names)),
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn features_are_reserved() {
        for feature in ["default", "rustls", "native-tls", "chrono", "jiff", "time", "dynamic", "tracing", "test-util"]
        {
            assert!(is_reserved(feature), "{feature}");
        }
    }

    #[test]
    fn modules_and_imported_crates_are_reserved() {
        for module in ["runtime", "versions", "blocking", "oauth", "test_util", "webhooks", "reqwest", "bin"] {
            assert!(is_reserved(module), "{module}");
        }
    }

    #[test]
    fn versions_are_not_reserved() {
        for name in ["v2_14", "unstable", "preview", "v3_0"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
