//! The few things that are done to a disk, so that a test can make each of them fail.

use std::io;
use std::path::Path;

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name in the folder.
    pub name: String,
    /// Whether it is a folder itself; a link to a folder is none.
    pub is_folder: bool,
}

/// What [`crate::output::write`] does to a disk.
pub trait Disk {
    /// The content of a file; `None` if there is nothing of that name.
    fn read(&mut self, path: &Path) -> io::Result<Option<Vec<u8>>>;
    /// Creates or replaces a file.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Moves a file, over another one if need be.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&mut self, path: &Path) -> io::Result<()>;
    /// Creates a folder in one that exists.
    fn create_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&mut self, path: &Path) -> io::Result<()>;
    /// The entries of a folder, sorted; `None` if there is no such folder.
    fn list(&mut self, path: &Path) -> io::Result<Option<Vec<Entry>>>;
}

/// The real disk.
#[derive(Debug, Clone, Copy)]
pub struct FileSystem;

impl Disk for FileSystem {
    fn read(&mut self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        found(std::fs::read(path))
    }

    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        std::fs::write(path, bytes)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        std::fs::create_dir(path)
    }

    fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir(path)
    }

    fn list(&mut self, path: &Path) -> io::Result<Option<Vec<Entry>>> {
        let Some(folder) = found(std::fs::read_dir(path))? else { return Ok(None) };
        let entry = |entry: io::Result<std::fs::DirEntry>| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok(Entry { name, is_folder: entry.file_type()?.is_dir() })
        };
        let mut entries = folder.map(entry).collect::<io::Result<Vec<Entry>>>()?;
        entries.sort();
        Ok(Some(entries))
    }
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
