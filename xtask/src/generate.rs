//! Every file that `regen` owns, as text.
//!
//! Nothing is written here: `regen` writes what this returns, `regen --check` and the freshness test compare it.

use std::collections::{BTreeMap, BTreeSet};

use crate::changelog;
use crate::emit::{self, gate};
use crate::error::{Errors, Result};
use crate::manifest::{Manifest, Version};
use crate::names::{REGISTRY, Registry};
use crate::output::Output;
use crate::pipeline::{Inputs, Named};
use crate::region;
use crate::report::Report;
use crate::samples::Samples;
use crate::source::Source;

/// The manifest of the emitted crate, whose list of features is ours.
pub const CRATE: &str = "generated/Cargo.toml";

/// What the generator returns.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// The text of every file.
    pub output: Output,
    /// What a maintainer should know.
    pub report: Report,
}

/// Generates everything from a tree.
pub fn generate(source: &Source) -> Result<Generated> {
    let inputs = Inputs::read(source.clone())?;
    inputs.check()?;
    let samples = Samples::read(source, &inputs.manifest)?;
    let mut registry = inputs.registry.clone();
    let mut generated = Generated::default();
    let mut errors = Errors::default();
    let mut refined = BTreeSet::new();
    for version in &inputs.manifest.versions {
        let Some(named) = errors.keep(named(&inputs, version, &mut registry)) else { continue };
        for (path, text) in errors.keep(named.emit(samples.of(version))).into_iter().flatten() {
            errors.keep(generated.output.add(path, text));
        }
        refined.extend(named.names.refined().clone());
        generated.report.extend(named.report().clone());
    }
    errors.into_result()?;
    let idle = registry.refinements().into_iter().filter(|pointer| !refined.contains(pointer));
    generated.report.actions.extend(idle.map(|pointer| format!("{REGISTRY}: {pointer}: names nothing in any version")));
    add_shared_files(&mut generated.output, source, &inputs.manifest, &registry)?;
    Ok(generated)
}

fn named(inputs: &Inputs, version: &Version, registry: &mut Registry) -> Result<Named> {
    inputs.facts(version)?.correct()?.model()?.name(registry)
}

/// Adds the files that follow from all versions together.
fn add_shared_files(output: &mut Output, source: &Source, manifest: &Manifest, registry: &Registry) -> Result<()> {
    let (path, text) = emit::versions(manifest)?;
    gate::check(&BTreeMap::from([(path.clone(), text.clone())]), &gate::Expected::versions(manifest))?;
    output.add(path, text)?;
    output.add(REGISTRY, registry.render()?)?;
    output.add(CRATE, region::replace(CRATE, &source.read(CRATE)?, "versions", &features(manifest))?)?;
    if let Some(text) = source.find(changelog::FILE)? {
        let region = changelog::region(&listings(output), &released(source)?);
        output.add(changelog::FILE, region::replace(changelog::FILE, &text, changelog::REGION, &region)?)?;
    }
    Ok(())
}

/// The features of the emitted crate, one line each.
fn features(manifest: &Manifest) -> String {
    let mut lines = String::new();
    for version in &manifest.versions {
        lines.push_str(&format!("{} = []\n", version.feature));
        for alias in &version.aliases {
            lines.push_str(&format!("{alias} = [\"{}\"]\n", version.feature));
        }
    }
    lines
}

/// What is public now, by version.
pub fn listings(output: &Output) -> BTreeMap<String, String> {
    let version = |file: &str| Some(file.strip_prefix("generated/api/")?.strip_suffix(".txt")?.to_owned());
    output.files.iter().filter_map(|(file, text)| Some((version(file)?, text.clone()))).collect()
}

/// What was public at the last release, by version; nothing before the first.
pub fn released(source: &Source) -> Result<BTreeMap<String, String>> {
    let names = source.list(changelog::RELEASED)?.into_iter();
    let listings = names.filter_map(|name| name.strip_suffix(".txt").map(str::to_owned));
    listings
        .map(|version| {
            let text = source.read(&format!("{}/{version}.txt", changelog::RELEASED))?;
            Ok((version, text))
        })
        .collect()
}
