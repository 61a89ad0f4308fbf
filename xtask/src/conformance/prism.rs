//! Prism, a mock server that judges requests by a description: installed below `target/`, where nothing is committed.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};

const PACKAGE: &str = "@stoplight/prism-cli";

/// What it says depends on its version.
const VERSION: &str = "5.14.2";

/// The program, installed if it is not there yet.
pub fn installed(root: &Path) -> Result<PathBuf> {
    let home = root.join("target/prism").join(VERSION);
    let program = home.join("node_modules/.bin/prism");
    if program.exists() {
        return Ok(program);
    }
    let failed = |what: String| Error::file(PACKAGE, what);
    std::fs::create_dir_all(&home).map_err(|error| failed(format!("{}: {error}", home.display())).hint("check it"))?;
    let status = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", "--prefix"])
        .arg(&home)
        .arg(format!("{PACKAGE}@{VERSION}"))
        .status()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed("npm is not there".to_owned()).hint("install Node 20, which brings it"),
            _ => failed(format!("npm cannot be started: {error}")).hint("try it by hand"),
        })?;
    match program.exists() {
        true => Ok(program),
        false => Err(failed(format!("npm has not installed it: {status}")).hint("see what npm says above")),
    }
}
