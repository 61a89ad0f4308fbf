//! What Prism found last, for the table of `tests/README.md`.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xtask::error::{Error, Result};

use super::report::Report;

/// Below the root.
const FILE: &str = "tests/prism.toml";

const HEAD: &str = "# What Prism found; `cargo xtask conformance --prism VERSION --from FILE --record` writes it.\n\n";

#[derive(Default, Deserialize, Serialize)]
struct Recorded {
    #[serde(default)]
    run: Vec<Run>,
}

/// What a judge found in one version.
#[derive(Deserialize, Serialize)]
pub struct Run {
    /// The judge's name.
    pub judge: String,
    /// The version's name.
    pub version: String,
    /// The counts.
    pub tally: Tally,
    /// What it refuses whatever is sent.
    pub exception: Vec<Exception>,
}

/// How many there are of each.
#[derive(Deserialize, Serialize)]
pub struct Tally {
    /// Operations that the judge knows.
    pub operations: usize,
    /// Calls that were made.
    pub calls: usize,
    /// Those whose request is valid.
    pub valid: usize,
    /// Those that were answered.
    pub answers: usize,
    /// Those whose answer was read without drift.
    pub decoded: usize,
}

/// An operation that is refused whatever is sent.
#[derive(Deserialize, Serialize)]
pub struct Exception {
    /// `GET /events`.
    pub operation: String,
    /// Why.
    pub reason: String,
}

/// Puts what was found in place of what was found last of the same version.
pub fn record(root: &Path, report: &Report) -> Result<()> {
    let path = root.join(FILE);
    let refused = |what: String| Error::file(FILE, what).hint("delete it, and record every version again");
    let text = if path.exists() {
        std::fs::read_to_string(&path).map_err(|error| refused(error.to_string()))?
    } else {
        String::new()
    };
    let mut recorded: Recorded = toml_edit::de::from_str(&text).map_err(|error| refused(error.to_string()))?;
    let run = report.run();
    recorded.run.retain(|other| other.version != run.version);
    recorded.run.push(run);
    recorded.run.sort_by(|one, other| one.version.cmp(&other.version));
    let text = toml_edit::ser::to_string_pretty(&recorded).map_err(|error| refused(error.to_string()))?;
    std::fs::write(&path, format!("{HEAD}{text}")).map_err(|error| refused(error.to_string()))
}
