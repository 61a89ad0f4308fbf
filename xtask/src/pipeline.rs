//! One version's way through the generator, a type for each stage.
//!
//! ```text
//! Source ─▶ Inputs ─▶ Facts ─▶ Corrected ─▶ Model ─▶ Named ─▶ files
//! a folder,  what the   one       with our    what a    with Rust  the text of
//! a revision versions   version's overlays    caller    names      every file
//! or memory  share      description           observes
//! ```
//!
//! Each stage is made from the one before and in no other way. `regen`, `diff`, `update`, `bench`, `conformance` and the
//! tests take the stage that they need.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::Api;
use crate::canonical;
use crate::document::Document;
use crate::emit::{self, gate};
use crate::error::{Error, Errors, Result};
use crate::keywords;
use crate::lower;
use crate::manifest::{self, Manifest, Version};
use crate::names::{self, Names, REGISTRY, Registry};
use crate::normalize;
use crate::overlay::{self, Overlay};
use crate::report::Report;
use crate::samples::Counted;
use crate::source::Source;
use crate::spelling;
use crate::webhooks::{self, Webhooks};

/// What all versions of a tree share.
#[derive(Debug)]
pub struct Inputs {
    /// Where it was read from.
    pub source: Source,
    /// The list of versions.
    pub manifest: Manifest,
    /// The published names.
    pub registry: Registry,
    overlays: BTreeMap<String, Overlay>,
    webhooks: Option<Webhooks>,
}

impl Inputs {
    /// Reads what the versions of a tree share.
    pub fn read(source: Source) -> Result<Self> {
        let file = manifest::FILE;
        let manifest = Manifest::parse(&source.label(file), &source.read(file)?)?;
        let overlays = overlay::read_all(&source, &manifest)?;
        let file = webhooks::FILE;
        let webhooks = source.find(file)?.map(|text| Document::parse(source.label(file), &text)).transpose()?;
        let webhooks = webhooks.map(|document| Webhooks::parse(document, &manifest)).transpose()?;
        let registry = Registry::parse(source.find(REGISTRY)?.as_deref())?;
        Ok(Self { source, manifest, registry, overlays, webhooks })
    }

    /// Refuses overlay actions that would never be applied. A revision of git is not held to it.
    pub fn check(&self) -> Result<()> {
        let mut errors = Errors::default();
        for overlay in self.overlays.values() {
            errors.keep(overlay.check_versions(&self.manifest));
        }
        errors.into_result()
    }

    /// The vendored description of a version.
    pub fn facts(&self, version: &Version) -> Result<Facts<'_>> {
        let file = version.spec_file();
        let document = Document::parse(self.source.label(&file), &self.source.read(&file)?)?;
        Ok(Facts { inputs: self, version: version.clone(), document })
    }

    /// A description that belongs to no version of the tree, such as the one that upstream has today.
    pub fn foreign(&self, label: &str, text: &str) -> Result<Facts<'_>> {
        let upstream = Document::parse(label, text)?;
        keywords::check_structure(&upstream)?;
        let (root, _) = canonical::facts(&upstream.root, false);
        let document = Document { file: label.to_owned(), root };
        let version = self.version_of(&document);
        Ok(Facts { inputs: self, version, document })
    }

    /// The version that a description says it is; one that has every overlay if the manifest has none of that name.
    fn version_of(&self, document: &Document) -> Version {
        let said = document.root.pointer("/info/version").and_then(Value::as_str).unwrap_or_default().to_lowercase();
        let known = self.manifest.versions.iter().find(|version| {
            let names = [&version.name, &version.header].into_iter().chain(&version.aliases);
            names.map(|name| name.to_lowercase()).any(|name| name == said)
        });
        let mut version = known.cloned().unwrap_or_else(|| Version {
            name: said.clone(),
            module: "other".to_owned(),
            feature: "other".to_owned(),
            header: said,
            aliases: Vec::new(),
            provisional: true,
            spec: String::new(),
            overlays: self.manifest.overlays(),
            upstream: manifest::Upstream::default(),
        });
        version.provisional = true;
        version
    }
}

/// The description of one version, as it was vendored.
#[derive(Debug)]
pub struct Facts<'i> {
    inputs: &'i Inputs,
    version: Version,
    document: Document,
}

impl<'i> Facts<'i> {
    /// The description.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Applies the overlays of the version. All that no longer fit are reported at once; a provisional version only counts
    /// them.
    pub fn correct(mut self) -> Result<Corrected<'i>> {
        let mut report = Report::default();
        let mut errors = Errors::default();
        for overlay in self.inputs.overlays_of(&self.version) {
            let applied = errors.keep(overlay::apply(&mut self.document, overlay, &self.version)).unwrap_or_default();
            let skipped = |target| format!("{}: `{target}` does not fit version {}", overlay.file, self.version.name);
            report.details.extend(applied.skipped.into_iter().map(skipped));
        }
        errors.into_result()?;
        let Self { inputs, version, document } = self;
        Ok(Corrected { inputs, version, document, report })
    }

    /// Applies the overlay actions that fit, and treats the description as that of a provisional version. Also gives how
    /// many actions were left out.
    pub fn correct_where_possible(mut self) -> (Corrected<'i>, usize) {
        self.version.provisional = true;
        let mut skipped = 0;
        for overlay in self.inputs.overlays_of(&self.version) {
            skipped += overlay::apply_where_it_fits(&mut self.document, overlay, &self.version).len();
        }
        let Self { inputs, version, document } = self;
        (Corrected { inputs, version, document, report: Report::default() }, skipped)
    }
}

impl Inputs {
    fn overlays_of(&self, version: &Version) -> Vec<&Overlay> {
        overlay::of(version, &self.overlays)
    }
}

/// A description with our corrections and documentation.
#[derive(Debug)]
pub struct Corrected<'i> {
    inputs: &'i Inputs,
    version: Version,
    document: Document,
    report: Report,
}

impl Corrected<'_> {
    /// The description.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Lowers the description to the model, and adds what Intercom sends by webhook.
    pub fn model(self) -> Result<Model> {
        let Self { inputs, version, mut document, mut report } = self;
        let file = document.file.clone();
        spelling::check(&document)?;
        let dangling = keywords::check(&document, version.provisional)?;
        normalize::open(&mut document, &dangling);
        normalize::normalize(&mut document)?;
        let unresolved = |pointer| format!("{file}: {pointer}: unresolved reference, typed as any JSON");
        report.details.extend(dangling.iter().map(unresolved));
        let description = serde_json::from_value(document.root).map_err(|error| {
            Error::file(&file, format!("openapiv3 cannot read it: {error}"))
                .hint("a construct that the keyword check let pass; please report it")
        })?;
        let mut api = lower::lower(&file, &description, version.provisional)?;
        if let Some(webhooks) = &inputs.webhooks {
            webhooks.add_to(&mut api, &version)?;
        }
        report.details.extend(std::mem::take(&mut api.report).into_iter().map(|line| format!("{file}: {line}")));
        let open = if version.provisional { ", provisional" } else { "" };
        let counts = format!("{} operations, {} types{open}", api.operations.len(), api.types.len());
        report.summary.push(format!("{file}: {counts}"));
        Ok(Model { file, version, api, report })
    }
}

/// What a caller of one version can observe.
#[derive(Debug)]
pub struct Model {
    file: String,
    version: Version,
    api: Api,
    report: Report,
}

impl Model {
    /// Names everything in the model, and adds what is new to the registry. The names of a provisional version are the
    /// rule's and enter no registry: trying a version out publishes nothing.
    pub fn name(self, registry: &mut Registry) -> Result<Named> {
        let Self { file, version, api, report } = self;
        let mut own = registry.clone();
        if version.provisional {
            names::set_apart(&api, &mut own);
        }
        let names = Names::give(&api, &mut own)?;
        if !version.provisional {
            own.check_additions(registry)?;
            *registry = own;
        }
        Ok(Named { file, version, api, names, report })
    }

    /// Names everything as far as possible. Also gives what keeps the names from being published: two things of one name.
    pub fn propose_names(self, registry: &mut Registry) -> (Named, Errors) {
        let Self { file, version, api, report } = self;
        let (names, clashes) = Names::propose(&api, registry);
        (Named { file, version, api, names, report }, clashes)
    }
}

/// The model with the name that everything has in Rust.
#[derive(Debug)]
pub struct Named {
    /// The description's file, for messages.
    pub file: String,
    /// The version.
    pub version: Version,
    /// What a caller can observe.
    pub api: Api,
    /// What that is called in Rust.
    pub names: Names,
    report: Report,
}

impl Named {
    /// What came up on the way to here.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The text of every file of the version, by its path below the root. Unions show what was counted of samples.
    pub fn emit(&self, samples: Option<&Counted>) -> Result<BTreeMap<String, String>> {
        if let Some(samples) = samples {
            samples.check(&self.version, &self.api, &self.names)?;
        }
        let files = emit::version(&self.file, &self.api, &self.names, &self.version, samples)?;
        gate::check(&files, &gate::Expected::version(&self.file, &self.api, &self.names, &self.version))?;
        Ok(files)
    }
}
