//! Prism, a mock server that judges requests by a description: installed below `target/`, where nothing is committed.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The folder of the files that say which packages npm installs.
const SOURCE: &str = "tests/prism";

/// Names every package with its version and the hash of its content. What Prism says depends on them.
const LOCK: &str = "package-lock.json";

/// The program, installed from the lock file if it is not there yet.
pub fn installed(root: &Path) -> Result<PathBuf> {
    let lock = read(root, LOCK)?;
    let digest: String = Sha256::digest(&lock).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let home = root.join("target/prism").join(digest);
    let program = home.join("node_modules/.bin/prism");
    if program.exists() {
        return Ok(program);
    }
    put(&home, LOCK, &lock)?;
    put(&home, "package.json", &read(root, "package.json")?)?;
    let failed = |what: String| Error::file(format!("{SOURCE}/{LOCK}"), what);
    // No package of the lock file has scripts that its installation needs.
    let status = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&home)
        .status()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed("npm was not found".to_owned()).hint("install Node 20, which brings it"),
            _ => failed(format!("npm cannot be started: {error}")).hint("try it by hand"),
        })?;
    match status.success() && program.exists() {
        true => Ok(program),
        false => Err(failed(format!("cannot be installed: npm ended with {status}")).hint("see what npm says above")),
    }
}

fn read(root: &Path, name: &str) -> Result<Vec<u8>> {
    let file = format!("{SOURCE}/{name}");
    std::fs::read(root.join(&file))
        .map_err(|error| Error::file(file, format!("cannot be read: {error}")).hint("restore it from git"))
}

fn put(home: &Path, name: &str, content: &[u8]) -> Result<()> {
    let path = home.join(name);
    std::fs::create_dir_all(home).and_then(|()| std::fs::write(&path, content)).map_err(|error| {
        Error::file(path.display().to_string(), format!("cannot be written: {error}")).hint("check the disk")
    })
}
