//! Folders as the tests look at them: every file by its path, so that two trees can be compared as a whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Every file of `folder`, by its path below `root` (with `/` on every platform); none if there is no such folder.
pub fn files(root: &Path, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    walk(&root.join(folder), folder, &mut found);
    found
}

/// The text of a file.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a file, with the folders that lead to it. One that holds this already is left alone, so that cargo does not
/// take it for changed.
pub fn put(path: &Path, content: impl AsRef<[u8]>) {
    if fs::read(path).is_ok_and(|old| old == content.as_ref()) {
        return;
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, content))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Removes a file that may be there.
pub fn remove(path: &Path) {
    if path.exists() {
        fs::remove_file(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// The names of the folders in `folder`, sorted.
pub fn folders(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = entries(folder)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn walk(folder: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in entries(folder) {
        let path = entry.path();
        let name = match name {
            "" => entry.file_name().to_string_lossy().into_owned(),
            name => format!("{name}/{}", entry.file_name().to_string_lossy()),
        };
        if path.is_dir() {
            walk(&path, &name, found);
        } else {
            let content = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.insert(name, content);
        }
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok)
}
