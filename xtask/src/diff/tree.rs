//! Where the files of a description are read from: a folder, or a revision of git.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::document::{read_text, utf8};
use crate::error::{Error, Result};

/// A tree of files.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// What is below a folder.
    Folder(PathBuf),
    /// What was below a folder at a revision.
    Revision(PathBuf, String),
}

impl Tree {
    /// The files below `root` at `revision`, which has to exist.
    pub(crate) fn at(root: &Path, revision: &str) -> Result<Self> {
        // A revision that starts with a dash would be an option.
        let known = !revision.starts_with('-')
            && git(root, &["rev-parse", "--quiet", "--verify", &format!("{revision}^{{commit}}")])?.is_some();
        match known {
            true => Ok(Self::Revision(root.to_owned(), revision.to_owned())),
            false => Err(Error::file(revision, "git knows no such revision here")
                .hint("give a commit, branch or tag; `git log --oneline -- spec` lists commits that changed spec/")),
        }
    }

    /// The text of a file; an error if there is none.
    pub(crate) fn read(&self, file: &str) -> Result<String> {
        match self {
            Self::Folder(root) => read_text(root, file),
            Self::Revision(_, revision) => self.find(file)?.ok_or_else(|| {
                Error::file(self.label(file), format!("the revision `{revision}` has no such file"))
                    .hint("paths are counted from the root of the workspace, such as `HEAD:spec/unstable.yaml`")
            }),
        }
    }

    /// The text of a file that may be missing.
    pub(crate) fn find(&self, file: &str) -> Result<Option<String>> {
        match self {
            Self::Folder(root) if !root.join(file).exists() => Ok(None),
            Self::Folder(root) => read_text(root, file).map(Some),
            Self::Revision(root, revision) => {
                let object = format!("{revision}:./{file}");
                match git(root, &["cat-file", "-e", &object])? {
                    None => Ok(None),
                    Some(_) => git(root, &["show", &object])?.map(|bytes| utf8(&self.label(file), bytes)).transpose(),
                }
            }
        }
    }

    /// The file's name for messages.
    pub(crate) fn label(&self, file: &str) -> String {
        match self {
            Self::Folder(_) => file.to_owned(),
            Self::Revision(_, revision) => format!("{revision}:{file}"),
        }
    }
}

/// What git prints; `None` if it fails, which in the commands used here means that something is not there.
fn git(root: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(|error| {
        Error::file("git", format!("cannot be run: {error}")).hint("install git, or compare two files instead")
    })?;
    Ok(output.status.success().then_some(output.stdout))
}
