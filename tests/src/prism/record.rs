//! What Prism found last, for the table of `tests/README.md`.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xtask::document::read_text;
use xtask::error::{Error, Result};

use super::report::Report;
use crate::tally::Tally;

/// Below the root.
const FILE: &str = "tests/prism_found.toml";

const HEAD: &str = "# What Prism found; `cargo xtask conformance --prism VERSION --from FILE --record` writes it.\n\n";

/// What judges found last.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// By version.
    #[serde(default)]
    pub run: Vec<Run>,
}

/// What a judge found in one version.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The judge's name.
    pub judge: String,
    /// The version's name.
    pub version: String,
    /// The counts.
    pub tally: Tally,
    /// The calls that it did not let pass or answered otherwise than it should.
    #[serde(default)]
    pub group: Vec<Group>,
}

/// Calls that failed for one reason.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many.
    pub calls: usize,
    /// Why.
    pub reason: String,
}

impl Recorded {
    /// What stands in the file.
    pub fn read(root: &Path) -> Result<Self> {
        let refused = |what: String| Error::file(FILE, what).hint("delete it, and record every version again");
        if !root.join(FILE).exists() {
            return Ok(Self::default());
        }
        toml_edit::de::from_str(&read_text(root, FILE)?).map_err(|error| refused(error.to_string()))
    }
}

/// Puts what was found in place of what was found last of the same version.
pub fn record(root: &Path, report: &Report) -> Result<()> {
    let refused = |what: String| Error::file(FILE, what);
    if !report.has_samples() {
        return Err(refused("counts the calls of upstream's samples too, and this description has none".to_owned())
            .hint("give --from an upstream description"));
    }
    let mut recorded = Recorded::read(root)?;
    let run = report.run();
    recorded.run.retain(|other| other.version != run.version);
    recorded.run.push(run);
    recorded.run.sort_by(|one, other| one.version.cmp(&other.version));
    let text = toml_edit::ser::to_string_pretty(&recorded)
        .map_err(|error| refused(error.to_string()).hint("this is a fault of this program"))?;
    std::fs::write(root.join(FILE), format!("{HEAD}{text}"))
        .map_err(|error| refused(error.to_string()).hint("check the folder's permissions"))
}

/// How what was found differs from what was found last; nothing if it cannot be compared, because there are no samples.
pub fn moved(root: &Path, report: &Report) -> Result<Option<String>> {
    let (recorded, run) = (Recorded::read(root)?, report.run());
    let same = !report.has_samples() || recorded.run.contains(&run);
    Ok((!same)
        .then(|| format!("{FILE} has other numbers of {}; if these are right, run again with --record", run.version)))
}
