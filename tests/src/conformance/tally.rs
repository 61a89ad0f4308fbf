//! Counts of verdicts.

use serde_json::{Value, json};

use super::judge::{Decoded, Verdict};

/// What became of the samples of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub samples: usize,
    /// How many could be read.
    pub decoded: usize,
    /// How many came out as they went in.
    pub lossless: usize,
    /// How many hold a value that did not fit.
    pub drifted: usize,
    /// How many could not be read.
    pub refused: usize,
    /// How many values they hold.
    pub values: usize,
    /// How many of them are in typed fields.
    pub typed: usize,
}

impl Tally {
    /// Counts a verdict. Samples that cannot be run do not count.
    pub fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Absent | Verdict::NotJson => {}
            Verdict::Refused(_) => {
                self.samples += 1;
                self.refused += 1;
            }
            Verdict::Decoded(decoded) => {
                self.samples += 1;
                self.decoded += 1;
                self.lossless += usize::from(decoded.loss.is_none());
                self.drifted += usize::from(!decoded.drift.is_empty());
                self.values += decoded.values;
                self.typed += decoded.values - outside(decoded).min(decoded.values);
            }
        }
    }

    /// The share of the values that typed fields hold, in percent.
    pub fn share(&self) -> f64 {
        if self.values == 0 { 100.0 } else { self.typed as f64 * 100.0 / self.values as f64 }
    }

    /// One row of the table.
    pub fn row(&self, name: &str) -> String {
        let Self { samples, decoded, lossless, drifted, refused, values, typed } = self;
        let share = self.share();
        format!(
            "{name:<10}{samples:>8}{decoded:>9}{lossless:>10}{drifted:>9}{refused:>9}{values:>8}{typed:>8}  {share:.2} %"
        )
    }

    /// The head of the table.
    pub fn head() -> String {
        format!(
            "{:<10}{:>8}{:>9}{:>10}{:>9}{:>9}{:>8}{:>8}",
            "", "samples", "decoded", "lossless", "drifted", "refused", "values", "typed"
        )
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let Self { samples, decoded, lossless, drifted, refused, values, typed } = self;
        json!({
            "samples": samples, "decoded": decoded, "lossless": lossless, "drifted": drifted,
            "refused": refused, "values": values, "typed": typed, "share": self.share(),
        })
    }
}

fn outside(decoded: &Decoded) -> usize {
    decoded.untyped.iter().map(|(_, values)| values).sum()
}
