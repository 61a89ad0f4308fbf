//! `cargo xtask bench`: measures the generator and what it emits.
//!
//! As with [`conformance`](crate::conformance), the program that measures depends on the crate and is in the `tests` package;
//! this builds it and runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::error::{Error, Result};
use crate::manifest::Manifest;

/// What to measure.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The types of a version, by its name or an alias, beside the same types on serde's derives.
    Types {
        /// The version.
        version: String,
        /// How many times compile times are taken; zero leaves them out.
        runs: usize,
    },
    /// How the work of the generator grows with a description.
    Growth,
}

/// Measures `subject` in the tree at `root`, and prints what was found as `format` says (`text` or `json`). Code 1 if a gate
/// does not hold.
pub fn run(root: &Path, subject: &Subject, format: &str) -> Result<ExitCode> {
    let root: PathBuf = std::path::absolute(root)
        .map_err(|error| Error::file(root.display().to_string(), error.to_string()).hint("check the path"))?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--package", "tests", "--bin", "bench"]);
    match subject {
        Subject::Types { version, runs } => {
            let version = Manifest::load(&root)?.called(version)?.clone();
            cargo.args(["--features", &format!("intercom-gen/{}", version.feature), "--", "types", &version.name]);
            cargo.args(["--runs", &runs.to_string()]);
        }
        // An unoptimized build spends most of its time on what grows with nothing.
        Subject::Growth => drop(cargo.args(["--release", "--", "growth"])),
    }
    let status =
        cargo.args(["--format", format, "--root"]).arg(&root).current_dir(&root).status().map_err(|error| {
            Error::file("cargo", format!("cannot be started: {error}")).hint("check that cargo is in PATH")
        })?;
    match status.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        Some(1) => Ok(ExitCode::from(1)),
        _ => Err(Error::file("tests", format!("the program that measures ended with {status}"))
            .hint("see above; if the emitted crate does not compile, run: cargo check -p intercom-gen --all-features")),
    }
}
