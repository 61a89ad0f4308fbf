//! A small tree in a temporary folder, on which the generator can be tried.

use std::path::Path;

use tempfile::TempDir;
use xtask::generate::{Generated, generate};
use xtask::source::Source;

use crate::tree;

/// The description of a scratch tree, below its root.
pub const SPEC: &str = "spec/description.yaml";

/// The manifest of a scratch tree, below its root.
pub const MANIFEST: &str = "spec/versions.toml";

/// The manifest of the emitted crate, below the root.
pub const CRATE: &str = "generated/Cargo.toml";

/// The changelog, below the root.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// A tree with one version.
pub struct Scratch {
    folder: TempDir,
}

impl Scratch {
    /// A tree whose only version has this name and these overlays, and no description yet.
    pub fn new(version: &str, overlays: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        Self { folder }
            .with(MANIFEST, manifest_entry(version, overlays))
            .with(CRATE, "[features]\n# <versions>\n# </versions>\n")
    }

    /// A copy of everything that the generator reads in this repository.
    pub fn of_workspace() -> Self {
        let root = tree::workspace();
        let mut given = tree::files(&root, "spec");
        for file in [CRATE, CHANGELOG] {
            given.insert(file.to_owned(), tree::text(&root.join(file)).into_bytes());
        }
        given.into_iter().fold(Self::new("copy", &[]), |copy, (file, content)| copy.with(&file, content))
    }

    /// The same tree with another text in a file.
    #[must_use]
    pub fn with(self, file: &str, content: impl AsRef<[u8]>) -> Self {
        tree::put(&self.root().join(file), content);
        self
    }

    /// The same tree without a file.
    #[must_use]
    pub fn without(self, file: &str) -> Self {
        tree::remove(&self.root().join(file));
        self
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// What the generator makes of it.
    pub fn generate(&self) -> xtask::error::Result<Generated> {
        generate(&Source::folder(self.root()))
    }
}

/// An entry of the manifest for a version with one name for everything.
pub fn manifest_entry(version: &str, overlays: &[String]) -> String {
    let sha256 = "0".repeat(64);
    format!(
        "[[version]]\nname = \"{version}\"\nmodule = \"{version}\"\nfeature = \"{version}\"\nheader = \"{version}\"\n\
         spec = \"description.yaml\"\noverlays = {overlays:?}\n\n\
         [version.upstream]\nsha256 = \"{sha256}\"\ndate = \"2026-01-01\"\n"
    )
}
