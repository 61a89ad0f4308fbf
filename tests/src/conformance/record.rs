//! Keeping how many samples are read as which arm of a union, for the documentation of the version.

use std::fs;
use std::path::Path;

use xtask::document::read_text;
use xtask::error::{Error, Result};
use xtask::manifest::Manifest;
use xtask::samples::{self, Counted, Samples};
use xtask::source::Source;

use super::Report;

/// The text of `spec/samples.yaml` in the tree at `root`, once it has the counts of the run over `from` that gave `report`.
pub fn text(root: &Path, version: &str, from: &Path, report: &Report) -> Result<String> {
    let manifest = Manifest::load(root)?;
    let known = manifest.called(version)?;
    let name = from.display().to_string();
    let upstream = read_text(Path::new(""), &name)?;
    let mut samples = Samples::read(&Source::folder(root), &manifest)?;
    samples.set(known, Counted::of(known, upstream.as_bytes(), &name, report.arms.clone())?);
    samples.render()
}

/// Writes that text.
pub fn write(root: &Path, version: &str, from: &Path, report: &Report) -> Result<()> {
    fs::write(root.join(samples::FILE), text(root, version, from, report)?).map_err(|error| {
        Error::file(samples::FILE, format!("cannot be written: {error}")).hint("check the folder's permissions")
    })
}
