//! What would have to change in a tree.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::disk::Disk;
use super::{GENERATED, Output};
use crate::error::{Error, Result};

/// The folder whose marked files are ours.
const SOURCES: &str = "generated/src";

/// The folder whose files are all ours, but those of past releases.
const API: &str = "generated/api";
const RELEASED: &str = "generated/api/released";

/// One file that is not as it should be.
pub(super) struct Change {
    /// Its path below the root.
    pub(super) file: String,
    /// What is there.
    pub(super) old: Option<Vec<u8>>,
    /// What should be there.
    pub(super) new: Option<String>,
}

/// The files of `output` that are missing or different.
pub(super) fn files(disk: &mut dyn Disk, root: &Path, output: &Output) -> Result<Vec<Change>> {
    check_paths(output)?;
    let mut changes = Vec::new();
    for (file, text) in &output.files {
        let old = disk.read(&root.join(file)).map_err(|error| unreadable(file, &error))?;
        if old.as_deref() != Some(text.as_bytes()) {
            changes.push(Change { file: file.clone(), old, new: Some(text.clone()) });
        }
    }
    Ok(changes)
}

/// The files below `root` that are ours and not in `output`.
pub(super) fn orphans(disk: &mut dyn Disk, root: &Path, output: &Output) -> Result<Vec<Change>> {
    let mut changes = left_over(disk, root, output, SOURCES, is_generated)?;
    changes.extend(left_over(disk, root, output, API, |_| true)?);
    Ok(changes)
}

/// The files of a folder whose content `is_ours` and that are not in `output`.
pub(super) fn left_over(
    disk: &mut dyn Disk,
    root: &Path,
    output: &Output,
    folder: &str,
    is_ours: fn(&[u8]) -> bool,
) -> Result<Vec<Change>> {
    let mut files = Vec::new();
    walk(disk, root, folder, &mut files)?;
    let mut changes = Vec::new();
    for file in files.into_iter().filter(|file| !output.files.contains_key(file)) {
        let old = disk.read(&root.join(&file)).map_err(|error| unreadable(&file, &error))?;
        if old.as_deref().is_some_and(is_ours) {
            changes.push(Change { file, old, new: None });
        }
    }
    Ok(changes)
}

fn walk(disk: &mut dyn Disk, root: &Path, folder: &str, files: &mut Vec<String>) -> Result<()> {
    let entries = disk.list(&root.join(folder)).map_err(|error| unreadable(folder, &error))?;
    for entry in entries.into_iter().flatten() {
        let path = format!("{folder}/{}", entry.name);
        match entry.is_folder {
            true if path == RELEASED => {}
            true => walk(disk, root, &path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

fn is_generated(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(first).contains(GENERATED)
}

/// Paths stay below the root, and no two of them are one file where case does not count.
fn check_paths(output: &Output) -> Result<()> {
    let mut folded = BTreeMap::new();
    for file in output.files.keys() {
        if file.split('/').any(|part| matches!(part, "" | "." | "..")) || file.contains(['\\', ':']) {
            return Err(Error::file(file, "is no path below the root").hint("give the name another spelling"));
        }
        if let Some(other) = folded.insert(file.to_lowercase(), file) {
            return Err(Error::file(file, format!("differs from {other} only in case"))
                .hint("file systems that ignore case hold only one of them: give one another name"));
        }
    }
    Ok(())
}

fn unreadable(file: &str, error: &io::Error) -> Error {
    Error::file(file, format!("cannot be read: {error}")).hint("check what is there and its permissions")
}
