//! Counts the instructions of a program: by the processor's own counter where the machine has one, else by simulation.
//!
//! Instructions and not time, because they are the same on a busy machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A way to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counter {
    Perf,
    Callgrind,
}

impl Counter {
    /// What works on this machine, tried on a program.
    pub(super) fn find(program: &Path, arguments: &[&str], profile: &Path) -> Option<Self> {
        [Self::Perf, Self::Callgrind].into_iter().find(|counter| counter.count(program, arguments, profile).is_some())
    }

    /// What it is, for the reader of the table.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Perf => "instructions are counted by the processor: perf stat -e instructions:u",
            Self::Callgrind => {
                "instructions are counted by valgrind --tool=callgrind, because perf has no counter here; \
                 the profiles are in target/bench/profiles"
            }
        }
    }

    /// The instructions of one run. A simulation leaves its profile in the file.
    pub(super) fn count(self, program: &Path, arguments: &[&str], profile: &Path) -> Option<u64> {
        let mut command = match self {
            Self::Perf => Command::new("perf"),
            Self::Callgrind => Command::new("valgrind"),
        };
        match self {
            Self::Perf => command.args(["stat", "-x", ",", "-e", "instructions:u", "--"]),
            Self::Callgrind => command.arg("--tool=callgrind").arg(out_file(profile)),
        };
        let output = command.arg(program).args(arguments).output().ok().filter(|output| output.status.success())?;
        self.parse(&String::from_utf8_lossy(&output.stderr))
    }

    /// The count in what the tool says.
    fn parse(self, said: &str) -> Option<u64> {
        said.lines().find_map(|line| match self {
            Self::Perf => {
                let (count, event) = line.split_once(',')?;
                event.contains("instructions").then(|| count.parse().ok())?
            }
            Self::Callgrind => line.split_once("Collected :")?.1.trim().parse().ok(),
        })
    }
}

fn out_file(profile: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("--callgrind-out-file=");
    argument.push(PathBuf::from(profile));
    argument
}

#[cfg(test)]
#[path = "counter_tests.rs"]
mod tests;
