//! The emitted types as they are, on the runtime as it is, without the way over the wire.
//!
//! Only what ties the runtime to HTTP is replaced: the list of its modules, and the error, which holds an answer.

use std::collections::BTreeMap;
use std::path::Path;

use super::Subject;
use crate::document;
use crate::error::{Error, Result};

const RUNTIME: &str = "generated/src/runtime";

/// Parts of the runtime that types are built on, below its folder.
const PARTS: [&str; 6] = ["http/query.rs", "json", "macros.rs", "open_enum.rs", "scalar", "search"];

/// Replaced parts.
const STANDING_IN: [(&str, &str); 3] = [
    ("runtime/mod.rs", include_str!("parts/own_runtime.rs")),
    ("runtime/error.rs", include_str!("parts/own_error.rs")),
    ("runtime/http/mod.rs", "mod query;\n\npub use query::QueryValue;\npub(crate) use query::push_encoded;\n"),
];

/// The files of the crate but for its root, by their path below `src`.
pub(super) fn files(root: &Path, subject: &Subject) -> Result<BTreeMap<String, String>> {
    let mut files: BTreeMap<String, String> =
        STANDING_IN.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for part in PARTS {
        copy(root, part, &mut files)?;
    }
    let home = &subject.version.module;
    files.extend(subject.emitted()?.into_iter().map(|(path, text)| (format!("{home}/{path}"), text)));
    Ok(files)
}

/// Copies a file of the runtime, or every Rust file below a folder of it.
fn copy(root: &Path, part: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    let path = format!("{RUNTIME}/{part}");
    if !root.join(&path).is_dir() {
        files.insert(format!("runtime/{part}"), document::read_text(root, &path)?);
        return Ok(());
    }
    let unreadable =
        |error: std::io::Error| Error::file(&path, format!("cannot be read: {error}")).hint("check the tree");
    for entry in std::fs::read_dir(root.join(&path)).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() || name.ends_with(".rs") {
            copy(root, &format!("{part}/{name}"), files)?;
        }
    }
    Ok(())
}
