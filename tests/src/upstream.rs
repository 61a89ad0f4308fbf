//! Upstream's descriptions, which are not ours to commit. Tests that need them are ignored where they are not beside the
//! checkout: `#[cfg_attr(not(upstream), ignore = "…")]`, which the build script of this package decides.

use std::path::PathBuf;

use crate::description::{Version, versions};
use crate::tree::{folders, workspace};

fn home() -> PathBuf {
    workspace().join("../shared/upstream")
}

/// A description by its day and its name.
pub fn file(day: &str, name: &str) -> PathBuf {
    home().join(day).join(name)
}

/// The description that a version was vendored from.
pub fn of(version: &Version) -> PathBuf {
    home().join(version.upstream.file())
}

/// Every description that there is, by its day, with the version that it is of.
pub fn all() -> Vec<(String, Version, PathBuf)> {
    let of_day = |day: String| {
        versions(&workspace()).into_iter().map(move |version| {
            let path = file(&day, &version.upstream.name());
            (day.clone(), version, path)
        })
    };
    folders(&home()).into_iter().flat_map(of_day).filter(|(.., path)| path.is_file()).collect()
}
