//! Every sample of an upstream description through the types of the emitted crate.
//!
//! The samples are the only answers of the real API that a checkout has, and the descriptions contradict many of them.
//! A type that refuses, changes or merely tolerates one would do the same to a user's data, so each sample is read,
//! written and compared, and what is not reached through typed fields is named.

use std::path::Path;

use xtask::document::{Document, read_text};
use xtask::error::{Error, Result};

pub mod codecs;
mod described;
pub mod exceptions;
pub mod json;
mod judge;
mod opened;
pub mod record;
mod report;
pub mod samples;
mod tally;

pub use report::Report;

/// The list of samples that may fail, below the root.
pub const EXCEPTIONS: &str = "tests/conformance.toml";

/// Runs every sample of `from` through the types of `version`; `root` is the workspace, for its overlays and exceptions.
pub fn run(root: &Path, version: &str, from: &Path) -> Result<Report> {
    let name = from.display().to_string();
    let upstream = Document::parse(&name, &read_text(Path::new(""), &name)?)?;
    let codecs = codecs::Codecs::of(codecs::built(version)?);
    let described = described::Described::load(root, version)?;
    let exceptions = exceptions::parse(EXCEPTIONS, &read_text(root, EXCEPTIONS)?)?;
    let exceptions = exceptions.into_iter().filter(|entry| entry.applies_to(version, &described.name)).collect();
    let samples = samples::of(&upstream)?;
    if samples.is_empty() {
        return Err(
            Error::file(name, "holds no samples").hint("give an upstream description; the facts in spec/ have none")
        );
    }
    let judged = samples.into_iter().map(|sample| judge::judge(&codecs, &described, sample)).collect();
    Ok(Report::new(version, name, judged, exceptions, opened::opened(&described)))
}
