//! Puts changes into a tree, all or none.
//!
//! Every new text is first written beside its place, so that a full disk is noticed before anything has
//! changed; then the files are renamed into place, one atomic step each. What was done is noted in a journal
//! and undone from its end if a step fails.

use std::io;
use std::path::{Path, PathBuf};

use super::change::Change;
use super::disk::Disk;
use crate::error::{Error, Result};

/// Applies the changes below `root`.
pub(super) fn commit(disk: &mut dyn Disk, root: &Path, changes: &[Change]) -> Result<()> {
    let mut journal = Journal { disk, root, done: Vec::new() };
    match journal.run(changes) {
        Ok(()) => Ok(()),
        Err((file, error)) => {
            let lost = journal.undo();
            let hint = match lost.as_slice() {
                [] => "nothing was changed; check the disk's space and permissions, then run the command again".into(),
                lost => format!("these could not be restored, see `git status`: {}", lost.join(", ")),
            };
            Err(Error::file(file, format!("cannot be written: {error}")).hint(hint))
        }
    }
}

/// How a step is undone.
enum Undo<'a> {
    /// Remove a file that was not there, if it is there.
    Remove(PathBuf),
    /// Put a file's content back.
    Restore(PathBuf, &'a [u8]),
    /// Remove a folder that was not there.
    RemoveFolder(PathBuf),
    /// Create a folder that was there.
    CreateFolder(PathBuf),
}

struct Journal<'a> {
    disk: &'a mut dyn Disk,
    root: &'a Path,
    done: Vec<Undo<'a>>,
}

/// The file that a step was for, with what went wrong.
type Failure = (String, io::Error);

impl<'a> Journal<'a> {
    fn run(&mut self, changes: &'a [Change]) -> std::result::Result<(), Failure> {
        for change in changes {
            if let Some(text) = &change.new {
                self.stage(&change.file, text).map_err(|error| (change.file.clone(), error))?;
            }
        }
        for change in changes {
            self.put(change).map_err(|error| (change.file.clone(), error))?;
        }
        for change in changes.iter().filter(|change| change.new.is_none()) {
            self.remove_empty_folders(&change.file).map_err(|error| (change.file.clone(), error))?;
        }
        Ok(())
    }

    /// Writes a text beside its place.
    fn stage(&mut self, file: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(file);
        self.create_folders(path.parent())?;
        let beside = beside(&path);
        // Noted first: a write that fails may leave a part of the file.
        self.done.push(Undo::Remove(beside.clone()));
        self.disk.write(&beside, text.as_bytes())
    }

    fn put(&mut self, change: &'a Change) -> io::Result<()> {
        let path = self.root.join(&change.file);
        match &change.new {
            Some(_) => self.disk.rename(&beside(&path), &path)?,
            None => self.disk.remove(&path)?,
        }
        self.done.push(match &change.old {
            Some(bytes) => Undo::Restore(path, bytes),
            None => Undo::Remove(path),
        });
        Ok(())
    }

    fn create_folders(&mut self, folder: Option<&Path>) -> io::Result<()> {
        let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
        if self.disk.list(folder)?.is_some() {
            return Ok(());
        }
        self.create_folders(folder.parent())?;
        self.disk.create_folder(folder)?;
        self.done.push(Undo::RemoveFolder(folder.to_owned()));
        Ok(())
    }

    /// Removes the folders of a removed file that hold nothing else, up to `generated/<folder>`.
    fn remove_empty_folders(&mut self, file: &str) -> io::Result<()> {
        let mut folder = file;
        while let Some((parent, _)) = folder.rsplit_once('/').filter(|(parent, _)| parent.matches('/').count() > 1) {
            let path = self.root.join(parent);
            match self.disk.list(&path)? {
                Some(entries) if entries.is_empty() => {
                    self.disk.remove_folder(&path)?;
                    self.done.push(Undo::CreateFolder(path));
                }
                Some(_) => break,
                None => {}
            }
            folder = parent;
        }
        Ok(())
    }

    /// Undoes every step, the last first, and gives the paths where that failed.
    fn undo(&mut self) -> Vec<String> {
        let mut lost = Vec::new();
        while let Some(undo) = self.done.pop() {
            let (path, result) = match undo {
                Undo::Remove(path) => {
                    let result = match self.disk.remove(&path) {
                        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                        result => result,
                    };
                    (path, result)
                }
                Undo::Restore(path, bytes) => {
                    let result = self.disk.write(&beside(&path), bytes);
                    let result = result.and_then(|()| self.disk.rename(&beside(&path), &path));
                    (path, result)
                }
                Undo::RemoveFolder(path) => {
                    let result = self.disk.remove_folder(&path);
                    (path, result)
                }
                Undo::CreateFolder(path) => {
                    let result = self.disk.create_folder(&path);
                    (path, result)
                }
            };
            if result.is_err() {
                lost.push(path.display().to_string());
            }
        }
        lost
    }
}

/// The hidden name beside `path` that its new content waits under.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.tmp-{}", std::process::id()))
}
