//! The pipeline from `spec/` to the text of every file that `regen` owns.
//!
//! Pure: it reads the spec folder and the files of which only a marked region is ours, and returns
//! strings. `regen` writes them, `regen --check` and the freshness test compare them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::api::Api;
use crate::changelog;
use crate::document::{self, Document};
use crate::emit;
use crate::error::{Error, Errors, Result};
use crate::keywords;
use crate::lower;
use crate::manifest::{Manifest, Version};
use crate::names::{self, LEDGER, Ledger, Names};
use crate::normalise;
use crate::output::Output;
use crate::overlay::{self, Overlay};
use crate::region;
use crate::samples::{Counted, Samples};
use crate::webhooks::Webhooks;

/// The manifest of the emitted crate, whose list of features is ours.
pub const CRATE: &str = "generated/Cargo.toml";

/// What the generator returns.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// The text of every file.
    pub output: Output,
    /// What a maintainer should know, a line each.
    pub report: Vec<String>,
}

/// Generates everything from the tree at `root`.
pub fn generate(root: &Path) -> Result<Generated> {
    let manifest = Manifest::load(root)?;
    let overlays = overlay::load_all(root, &manifest)?;
    let webhooks = Webhooks::load(root, &manifest)?;
    let samples = Samples::load(root, &manifest)?;
    let mut ledger = Ledger::parse(read_optional(root, LEDGER)?.as_deref())?;
    let mut generated = Generated::default();
    let mut errors = Errors::default();
    let mut refined = BTreeSet::new();
    for version in &manifest.versions {
        let samples = samples.of(version);
        let named = one(root, version, &overlays, webhooks.as_ref(), samples, &mut ledger, &mut generated);
        refined.extend(errors.keep(named).iter().flat_map(|names| names.refined().clone()));
    }
    errors.into_result()?;
    let idle = ledger.refinements().into_iter().filter(|pointer| !refined.contains(pointer));
    generated.report.extend(idle.map(|pointer| format!("{LEDGER}: {pointer}: names nothing in any version")));
    let (path, text) = emit::versions(&manifest)?;
    generated.output.add(path, text)?;
    generated.output.add(LEDGER, ledger.render())?;
    let features = region::replace(CRATE, &document::read_text(root, CRATE)?, "versions", &features(&manifest))?;
    generated.output.add(CRATE, features)?;
    if let Some(text) = read_optional(root, changelog::FILE)? {
        let region = changelog::region(&listings(&generated.output), &released(root)?);
        let text = region::replace(changelog::FILE, &text, changelog::REGION, &region)?;
        generated.output.add(changelog::FILE, text)?;
    }
    Ok(generated)
}

fn one(
    root: &Path,
    version: &Version,
    overlays: &BTreeMap<String, Overlay>,
    webhooks: Option<&Webhooks>,
    samples: Option<&Counted>,
    ledger: &mut Ledger,
    generated: &mut Generated,
) -> Result<Names> {
    let (file, mut api, report) = model(root, version, overlays)?;
    if let Some(webhooks) = webhooks {
        webhooks.add_to(&mut api, version)?;
    }
    // The names of a provisional version are the rule's: nothing is published by trying a version out.
    let mut own = ledger.clone();
    if version.provisional {
        names::set_apart(&api, &mut own);
    }
    let names = Names::give(&api, &mut own)?;
    if !version.provisional {
        own.check_additions(ledger)?;
        *ledger = own;
    }
    if let Some(samples) = samples {
        samples.check(version, &api, &names)?;
    }
    for (path, text) in emit::version(&file, &api, &names, version, samples)? {
        generated.output.add(path, text)?;
    }
    generated.report.extend(report);
    generated.report.extend(api.report.iter().map(|line| format!("{file}: {line}")));
    Ok(names)
}

/// The model of one version: the file's name for messages, the model, and what was done on the way.
pub fn model(
    root: &Path,
    version: &Version,
    overlays: &BTreeMap<String, Overlay>,
) -> Result<(String, Api, Vec<String>)> {
    lowered(described(root, version, overlays)?, version.provisional)
}

/// The model of a description to which its overlays have been applied.
pub fn lowered(mut document: Document, provisional: bool) -> Result<(String, Api, Vec<String>)> {
    let dangling = keywords::check(&document, provisional)?;
    normalise::open(&mut document, &dangling);
    let counts = normalise::normalise(&mut document)?;
    let file = document.file.clone();
    let mut report: Vec<String> = dangling
        .iter()
        .map(|pointer| format!("{file}: {pointer}: open to any JSON: the reference leads nowhere"))
        .collect();
    let description = serde_json::from_value(document.root).map_err(|error| {
        Error::file(&file, format!("openapiv3 cannot read it: {error}"))
            .hint("a construct that the keyword check let pass; please report it")
    })?;
    let api = lower::lower(&file, &description, provisional)?;
    report.push(format!(
        "{file}: {} operations, {} types; wrapped {} references with siblings, merged {} parameters of paths",
        api.operations.len(),
        api.types.len(),
        counts.wrapped_references,
        counts.path_parameters
    ));
    Ok((file, api, report))
}

/// The description of a version with its overlays applied; all that no longer fit are told at once.
fn described(root: &Path, version: &Version, overlays: &BTreeMap<String, Overlay>) -> Result<Document> {
    let mut document = Document::load(root, &version.spec_file())?;
    let mut errors = Errors::default();
    for overlay in version.overlay_files().iter().filter_map(|file| overlays.get(file)) {
        errors.keep(overlay::apply(&mut document, overlay, version));
    }
    errors.into_result()?;
    Ok(document)
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
pub fn released(root: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(root.join(changelog::RELEASED)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(version) = name.strip_suffix(".txt") {
            let text = document::read_text(root, &format!("{}/{name}", changelog::RELEASED))?;
            found.insert(version.to_owned(), text);
        }
    }
    Ok(found)
}

fn read_optional(root: &Path, file: &str) -> Result<Option<String>> {
    if root.join(file).exists() { document::read_text(root, file).map(Some) } else { Ok(None) }
}
