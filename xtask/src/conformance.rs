//! `cargo xtask conformance`: upstream's samples through the emitted crate.
//!
//! The generator must run when what it emitted does not compile, so it cannot depend on the crate. The program that
//! does is in the `tests` package; this builds it and runs it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::error::{Error, Result};
use crate::manifest::Manifest;

mod prism;

/// What to run.
#[derive(Clone, Debug)]
pub struct Request {
    /// The version, by its name or an alias.
    pub version: String,
    /// The upstream description.
    pub from: PathBuf,
    /// `text` or `json`.
    pub format: String,
    /// Whether Prism judges the requests of the client, rather than the samples the types.
    pub prism: bool,
    /// Whether to record what is found.
    pub record: bool,
}

/// Runs the samples of a description through the crate of the tree at `root`. Code 1 if one of them fails.
pub fn run(root: &Path, request: &Request) -> Result<ExitCode> {
    let manifest = Manifest::load(root)?;
    let version = manifest.called(&request.version)?;
    let from = request.from.display().to_string();
    if !request.from.is_file() {
        return Err(Error::file(from, "is no file").hint("give --from an upstream description, with its samples"));
    }
    let absolute = |path: &Path| {
        std::path::absolute(path)
            .map_err(|error| Error::file(path.display().to_string(), error.to_string()).hint("check the path"))
    };
    let (root, from) = (absolute(root)?, absolute(&request.from)?);
    let judge = if request.prism { Some(prism::installed(&root)?) } else { None };
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", "tests", "--bin", "conformance"])
        .args(["--features", &format!("intercom-gen/{}", version.feature), "--", &version.name])
        .arg("--from")
        .arg(&from)
        .args(["--format", &request.format])
        .arg("--root")
        .arg(&root)
        .args(request.record.then_some("--record"))
        .args(judge.iter().flat_map(|program| [OsStr::new("--prism"), program.as_os_str()]))
        .current_dir(&root)
        .status()
        .map_err(|error| {
            Error::file("cargo", format!("cannot be started: {error}")).hint("check that cargo is in PATH")
        })?;
    match status.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        Some(1) => Ok(ExitCode::from(1)),
        _ => Err(Error::file("tests", format!("the program that runs the samples ended with {status}"))
            .hint("see above; if the emitted crate does not compile, run: cargo check -p intercom-gen --all-features")),
    }
}
