//! Where the files of a tree are read from: a folder, a revision of git, or either with some files replaced in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::document::{read_text, utf8};
use crate::error::{Error, Result};
use crate::output::Output;

/// A tree of files, by their paths below its root.
#[derive(Clone, Debug)]
pub struct Source {
    tree: Tree,
    /// The files that stand in place of the tree's.
    replaced: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
enum Tree {
    Folder(PathBuf),
    Revision { root: PathBuf, revision: String },
}

impl Source {
    /// The files below a folder.
    pub fn folder(root: impl Into<PathBuf>) -> Self {
        Self { tree: Tree::Folder(root.into()), replaced: BTreeMap::new() }
    }

    /// The files below `root` at a revision of git, which has to exist.
    pub fn revision(root: &Path, revision: &str) -> Result<Self> {
        // A revision that starts with a dash would be an option.
        let known = !revision.starts_with('-')
            && git(root, &["rev-parse", "--quiet", "--verify", &format!("{revision}^{{commit}}")])?.is_some();
        if !known {
            return Err(Error::file(revision, "unknown git revision")
                .hint("give a commit, branch or tag; `git log --oneline -- spec` lists commits that changed spec/"));
        }
        let tree = Tree::Revision { root: root.to_owned(), revision: revision.to_owned() };
        Ok(Self { tree, replaced: BTreeMap::new() })
    }

    /// The same tree with the files of `output` in place of its own.
    #[must_use]
    pub fn with(mut self, output: &Output) -> Self {
        self.replaced.extend(output.files.clone());
        self
    }

    /// Whether this is a revision of git, which the generator of an earlier day accepted.
    pub fn is_revision(&self) -> bool {
        matches!(self.tree, Tree::Revision { .. })
    }

    /// The text of a file; an error if the file is missing.
    pub fn read(&self, file: &str) -> Result<String> {
        if let (Tree::Folder(root), None) = (&self.tree, self.replaced.get(file)) {
            return read_text(root, file);
        }
        self.find(file)?.ok_or_else(|| {
            Error::file(self.label(file), "no such file in this revision")
                .hint("paths are relative to the root of the workspace, such as `HEAD:spec/unstable.yaml`")
        })
    }

    /// The text of a file, or `None` if the file is missing.
    pub fn find(&self, file: &str) -> Result<Option<String>> {
        if let Some(text) = self.replaced.get(file) {
            return Ok(Some(text.clone()));
        }
        match &self.tree {
            Tree::Folder(root) if !root.join(file).exists() => Ok(None),
            Tree::Folder(root) => read_text(root, file).map(Some),
            Tree::Revision { root, revision } => {
                let object = format!("{revision}:./{file}");
                match git(root, &["cat-file", "-e", &object])? {
                    None => Ok(None),
                    Some(_) => git(root, &["show", &object])?.map(|bytes| utf8(&self.label(file), bytes)).transpose(),
                }
            }
        }
    }

    /// Whether the tree has a folder on disk.
    pub fn has_folder(&self, folder: &str) -> bool {
        matches!(&self.tree, Tree::Folder(root) if root.join(folder).is_dir())
    }

    /// The names of the files in a folder of the tree, sorted; none if the folder is missing.
    pub fn list(&self, folder: &str) -> Result<Vec<String>> {
        let mut names = match &self.tree {
            Tree::Folder(root) => names(&root.join(folder)).map_err(|error| {
                Error::file(folder, format!("cannot be read: {error}")).hint("check its permissions")
            })?,
            Tree::Revision { root, revision } => {
                let listed = git(root, &["ls-tree", "--name-only", &format!("{revision}:./{folder}")])?;
                let text = utf8(&self.label(folder), listed.unwrap_or_default())?;
                text.lines().map(str::to_owned).collect()
            }
        };
        let inside = |file: &String| file.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
        names.extend(self.replaced.keys().filter_map(inside).filter(|name| !name.contains('/')));
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The file's name for messages: `spec/2.14.yaml`, or `HEAD:spec/2.14.yaml`.
    pub fn label(&self, file: &str) -> String {
        match &self.tree {
            Tree::Folder(_) => file.to_owned(),
            Tree::Revision { revision, .. } => format!("{revision}:{file}"),
        }
    }
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// What git prints; `None` if it fails, which in the commands used here means that something is missing.
fn git(root: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(|error| {
        Error::file("git", format!("cannot be run: {error}")).hint("install git, or compare two files instead")
    })?;
    Ok(output.status.success().then_some(output.stdout))
}
