//! Runs cargo on the packages, and says how long it took.

use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Instant, SystemTime};

use super::workspace::Workspace;
use xtask::error::{Error, Result};

/// How much of a failed build is shown.
const SHOWN: usize = 40;

/// What a build took.
pub(super) struct Build {
    pub(super) seconds: f64,
    /// What the clock does not say, where there is a `time` that tells.
    pub(super) used: Option<Used>,
}

/// What the processes of a build used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Used {
    /// The time of all processors, which other work on the machine does not change much.
    pub(super) processor_seconds: f64,
    /// The most that one process had.
    pub(super) peak_megabytes: f64,
}

impl Workspace {
    /// Runs `cargo` with `arguments`. Never incremental: nobody's dependencies are.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Result<Build> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = if self.has_time { timed(&cargo) } else { Command::new(&cargo) };
        command.args(arguments).args(["--offline", "--quiet", "--target-dir"]).arg(self.target());
        command.current_dir(&self.folder).env("CARGO_INCREMENTAL", "0");
        let start = Instant::now();
        let output = output(&mut command)?;
        let seconds = start.elapsed().as_secs_f64();
        checked(arguments, &output)?;
        Ok(Build { seconds, used: if self.has_time { used(&String::from_utf8_lossy(&output.stderr)) } else { None } })
    }

    /// Makes a source file newer than what was built from it.
    pub(super) fn touch(&self, package: &str, file: &str) -> Result<()> {
        let path = self.source(package, file);
        let touched = File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        touched.map_err(|error| {
            Error::file(path.display().to_string(), format!("cannot be touched: {error}"))
                .hint("check the folder `target`")
        })
    }

    /// What was built for release.
    pub(super) fn built(&self, file: &str) -> std::path::PathBuf {
        self.target().join("release").join(file)
    }

    fn target(&self) -> std::path::PathBuf {
        self.folder.join("target")
    }
}

/// Whether there is a program `time` that tells what another has used.
pub(super) fn has_time() -> bool {
    let output = timed("cargo".as_ref()).arg("--version").output();
    output.is_ok_and(|output| used(&String::from_utf8_lossy(&output.stderr)).is_some())
}

fn timed(program: &OsStr) -> Command {
    let mut command = Command::new("time");
    command.args(["-f", "%M %U %S"]).arg(program);
    command
}

/// What `time` says in its last line.
fn used(said: &str) -> Option<Used> {
    let figures: Vec<f64> = said.lines().last()?.split(' ').map_while(|figure| figure.parse().ok()).collect();
    match figures.as_slice() {
        [kilobytes, user, system] => {
            Some(Used { processor_seconds: user + system, peak_megabytes: kilobytes * 1024.0 / 1e6 })
        }
        _ => None,
    }
}

fn output(command: &mut Command) -> Result<Output> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.output().map_err(|error| {
        Error::file(program, format!("cannot be started: {error}")).hint("check that cargo is in PATH")
    })
}

fn checked(arguments: &[&str], output: &Output) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SHOWN).collect();
    Err(Error::file(format!("cargo {}", arguments.join(" ")), format!("failed in target/bench:\n{}", lines.join("\n")))
        .hint("if dependencies are missing, run: cargo fetch; if the emitted types do not compile, run: cargo xtask regen"))
}

/// Runs a program that was built, and gives what it printed.
pub(super) fn printed(program: &Path, arguments: &[&str]) -> Result<String> {
    let output = output(Command::new(program).args(arguments))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::file(program.display().to_string(), format!("{} failed: {reason}", arguments.join(" ")))
        .hint("the page that the benchmark makes does not suit the types"))
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
