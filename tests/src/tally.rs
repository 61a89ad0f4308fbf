//! How many of what.

use serde::{Deserialize, Serialize};

/// What became of the calls of one version before one judge.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Operations that were called.
    pub operations: usize,
    /// Calls that differ in their arguments.
    pub calls: usize,
    /// Calls that were judged valid.
    pub valid: usize,
    /// Answers that differ.
    pub answers: usize,
    /// Answers that were decoded without loss or drift.
    pub decoded: usize,
}

impl Tally {
    /// Counts a call; one that is made again, for another answer, counts only against the first time.
    pub fn count_call(&mut self, first: bool, valid: bool) {
        self.calls += usize::from(first);
        self.valid += usize::from(first && valid);
    }

    /// The same for an answer.
    pub fn count_answer(&mut self, first: bool, decoded: bool) {
        self.answers += usize::from(first);
        self.decoded += usize::from(first && decoded);
    }
}
