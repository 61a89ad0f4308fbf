//! How many of upstream's samples are read as which arm of a union.
//!
//! A choice that no sample makes is a choice that nobody has seen. `cargo xtask conformance … --record` counts, because it
//! takes the emitted crate to know; the counts are facts in `spec/`, and `regen` shows them beside the arms. They stay until
//! somebody counts again, or every change upstream, of prose too, would be one of the whole table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::api::{Api, Kind};
use crate::document::{self, Document};
use crate::error::{Error, Errors, Result};
use crate::manifest::{self, Manifest, Version};
use crate::names::Names;
use crate::source::Source;

/// Where the counts are, below the root.
pub const FILE: &str = "spec/samples.yaml";

/// The arm of every union that takes what no other does.
pub const OTHER: &str = "Other";

const HEAD: &str = "\
# How many of upstream's samples are read as which arm of a union. Written by
# cargo xtask conformance VERSION --from FILE --record
";

const HINT: &str = "correct or delete the entry, and count again: cargo xtask conformance VERSION --from FILE --record";

/// Samples by arm, of every union that any of them holds: `contact::Avatar`, `Picture`, 12.
pub type Arms = BTreeMap<String, BTreeMap<String, usize>>;

/// The counts of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The SHA-256 of the upstream file whose samples were counted.
    pub sha256: String,
    /// How many samples are read as each arm.
    pub arms: Arms,
}

/// The counts of all versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Samples(BTreeMap<String, Counted>);

impl Samples {
    /// Reads the counts of a tree, which may have none.
    pub fn read(source: &Source, manifest: &Manifest) -> Result<Self> {
        let Some(text) = source.find(FILE)? else { return Ok(Self::default()) };
        let document = Document::parse(source.label(FILE), &text)?;
        let samples: Self = document.decode().map_err(|error| error.hint(HINT))?;
        let mut errors = Errors::default();
        for name in samples.0.keys().filter(|name| manifest.version(name).is_none()) {
            let what = format!("{} has no version `{name}`", manifest::FILE);
            errors.push(document.error(document::pointer(&[name]), what).hint(HINT));
        }
        errors.into_result()?;
        Ok(samples)
    }

    /// The counts of a version.
    pub fn of(&self, version: &Version) -> Option<&Counted> {
        self.0.get(&version.name)
    }

    /// Takes over new counts of a version.
    pub fn set(&mut self, version: &Version, counted: Counted) {
        self.0.insert(version.name.clone(), counted);
    }

    /// The text of the file.
    pub fn render(&self) -> Result<String> {
        document::render(FILE, HEAD, self)
    }
}

impl Counted {
    /// The counts of the description `upstream`, which has to be the one that `version` was vendored from.
    pub fn of(version: &Version, upstream: &[u8], file: &str, arms: Arms) -> Result<Self> {
        let sha256 = document::sha256(upstream);
        if sha256 != version.upstream.sha256 {
            let what = format!("is not the description that `{}` was vendored from", version.name);
            return Err(Error::file(file, what).hint(format!(
                "its SHA-256 is {sha256}; {} has {}",
                manifest::FILE,
                version.upstream.sha256
            )));
        }
        Ok(Self { sha256, arms })
    }

    /// Refuses counts of what the version does not have. Those of an earlier description may have what it had.
    pub fn check(&self, version: &Version, api: &Api, names: &Names) -> Result<()> {
        if self.sha256 != version.upstream.sha256 {
            return Ok(());
        }
        let unions = api.types.values().filter(|ty| matches!(ty.kind, Kind::Union(_)));
        let known: BTreeMap<String, &[String]> =
            unions.map(|ty| (key(names, &ty.id), names.variants(&ty.id))).collect();
        let mut errors = Errors::default();
        for (ty, arms) in &self.arms {
            let Some(variants) = known.get(ty) else {
                let pointer = document::pointer(&[&version.name, "arms", ty]);
                errors.push(Error::at(FILE, pointer, format!("`{ty}` is no union of this version")).hint(HINT));
                continue;
            };
            for arm in arms.keys().filter(|arm| *arm != OTHER && !variants.contains(arm)) {
                let pointer = document::pointer(&[&version.name, "arms", ty, arm]);
                errors.push(Error::at(FILE, pointer, format!("`{ty}` has no arm `{arm}`")).hint(HINT));
            }
        }
        errors.into_result()
    }

    /// How many samples are read as an arm of a union.
    pub fn hits(&self, ty: &str, arm: &str) -> usize {
        self.arms.get(ty).and_then(|arms| arms.get(arm)).copied().unwrap_or_default()
    }
}

/// What a union is called in the file: where it is found in Rust, below `types`.
pub fn key(names: &Names, id: &crate::api::TypeId) -> String {
    let found = names.ty(id);
    format!("{}::{}", found.module, found.name)
}

#[cfg(test)]
#[path = "samples_tests.rs"]
mod tests;
