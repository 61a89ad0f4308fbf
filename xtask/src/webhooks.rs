//! `spec/webhooks.yaml`: what Intercom sends unasked.
//!
//! No description lists the topics of webhooks, so the facts are ours; what a topic carries is a schema of the version
//! at hand. Here the two meet: a topic whose schema a released version does not have is refused, as an unresolved
//! reference would be.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::api::{Api, Content, Event, Scalar, TypeId, TypeRef};
use crate::document::{Document, child, kind};
use crate::error::{Error, Errors, Result};
use crate::lower;
use crate::manifest::{Manifest, Version};

/// Where the facts are.
pub const FILE: &str = "spec/webhooks.yaml";

/// The facts, for all versions.
#[derive(Clone, Debug)]
pub struct Webhooks {
    document: Document,
    topics: BTreeMap<String, Entry>,
    events: BTreeMap<String, Entry>,
}

/// What is known of one topic or event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    item: Option<String>,
    at: Option<String>,
    id: Option<String>,
    #[serde(default)]
    parts: BTreeMap<String, Option<String>>,
    #[serde(default)]
    identifying: bool,
    versions: Option<Vec<String>>,
    described: Option<Vec<String>>,
    doc: Option<String>,
}

impl Entry {
    fn is_of(&self, version: &Version) -> bool {
        self.versions.as_ref().is_none_or(|names| names.contains(&version.name))
    }

    fn is_described_by(&self, version: &Version) -> bool {
        self.described.as_ref().is_none_or(|names| names.contains(&version.name))
    }

    /// What is wrong with it, and what to do.
    fn fault(&self) -> Option<(&'static str, &'static str)> {
        match (&self.item, self.parts.is_empty()) {
            (Some(_), false) => Some(("has both `item` and `parts`", "say what it is about by one of the two")),
            (None, _) if self.at.is_some() || self.id.is_some() || self.identifying => {
                Some(("has `at`, `id` or `identifying`, but no `item`", "name the schema of its item"))
            }
            (None, true) if self.described.is_some() => {
                Some(("has `described`, but neither `item` nor `parts`", "leave it out: what it is about is JSON"))
            }
            _ => None,
        }
    }
}

impl Webhooks {
    /// The facts that a document holds.
    pub fn parse(document: Document, manifest: &Manifest) -> Result<Self> {
        let mut webhooks = Self { document, topics: BTreeMap::new(), events: BTreeMap::new() };
        let mut errors = Errors::default();
        for (section, value) in webhooks.document.root.as_object().into_iter().flatten() {
            let pointer = child("#", section);
            let entries = errors.keep(entries(&webhooks.document, &pointer, value, manifest)).unwrap_or_default();
            match section.as_str() {
                "topics" => webhooks.topics = entries,
                "events" => webhooks.events = entries,
                _ => errors.push(
                    webhooks.document.error(pointer, "there is no such section").hint("there are topics and events"),
                ),
            }
        }
        errors.into_result()?;
        Ok(webhooks)
    }

    /// Puts what `version` has of it into its model.
    pub fn add_to(&self, api: &mut Api, version: &Version) -> Result<()> {
        let mut errors = Errors::default();
        for (section, entries) in [("topics", &self.topics), ("events", &self.events)] {
            let pointer = child("#", section);
            let mut found = Vec::new();
            for (name, entry) in entries.iter().filter(|(_, entry)| entry.is_of(version)) {
                let content = errors.keep(self.content(api, version, &child(&pointer, name), entry));
                let content = content.unwrap_or(Content::Json);
                let Entry { id, identifying, doc, .. } = entry.clone();
                found.push(Event { wire: name.clone(), content, id, identifying, doc });
            }
            match section {
                "topics" => api.topics = found,
                _ => api.events = found,
            }
        }
        errors.into_result()?;
        lower::mark_usage(api);
        Ok(())
    }

    fn content(&self, api: &mut Api, version: &Version, pointer: &str, entry: &Entry) -> Result<Content> {
        if !entry.is_described_by(version) {
            return Ok(Content::Json);
        }
        if let Some(schema) = &entry.item {
            let ty = self.schema(api, version, &child(pointer, "item"), schema)?;
            return Ok(ty.map_or(Content::Json, |ty| Content::Item { ty, at: entry.at.clone() }));
        }
        if entry.parts.is_empty() {
            return Ok(Content::Json);
        }
        let place = child(pointer, "parts");
        let part = |(key, schema): (&String, &Option<String>)| {
            let ty =
                schema.as_ref().map(|schema| self.schema(api, version, &child(&place, key), schema)).transpose()?;
            Ok((key.clone(), ty.flatten().unwrap_or(TypeRef::Scalar(Scalar::Json))))
        };
        let parts: Result<Vec<_>> = entry.parts.iter().map(part).collect();
        Ok(Content::Parts(parts?))
    }

    /// The type of a schema. A version that is not released may lack it.
    fn schema(&self, api: &mut Api, version: &Version, pointer: &str, name: &str) -> Result<Option<TypeRef>> {
        let id = TypeId::root(name);
        if api.types.contains_key(&id) {
            return Ok(Some(TypeRef::Named(id)));
        }
        let spec = version.spec_file();
        if version.provisional {
            let line = format!("{FILE}: what would be a `{name}` is JSON, because {spec} has no such schema");
            if !api.report.contains(&line) {
                api.report.push(line);
            }
            return Ok(None);
        }
        Err(self.document.error(pointer, format!("{spec} has no schema `{name}`")).hint(
            "correct the name, list the versions that have it under `described`, or leave it out: then it is JSON",
        ))
    }
}

fn entries(document: &Document, pointer: &str, value: &Value, manifest: &Manifest) -> Result<BTreeMap<String, Entry>> {
    let map = value.as_object().ok_or_else(|| {
        document.error(pointer, format!("{} where names belong", kind(value))).hint("write `name: {item: schema}`")
    })?;
    let mut errors = Errors::default();
    let mut found = BTreeMap::new();
    for (name, value) in map {
        let place = child(pointer, name);
        let Some(entry) = errors.keep(entry(document, &place, value)) else { continue };
        if let Some((what, hint)) = entry.fault() {
            errors.push(document.error(&place, format!("`{name}` {what}")).hint(hint));
        }
        for (key, versions) in [("versions", &entry.versions), ("described", &entry.described)] {
            for unknown in versions.iter().flatten().filter(|version| manifest.version(version).is_none()) {
                let what = format!("`{unknown}` is no version");
                errors.push(document.error(child(&place, key), what).hint("use the names of spec/versions.toml"));
            }
        }
        found.insert(name.clone(), entry);
    }
    errors.into_result()?;
    Ok(found)
}

fn entry(document: &Document, pointer: &str, value: &Value) -> Result<Entry> {
    serde_json::from_value(value.clone()).map_err(|error: serde_json::Error| {
        let hint = "an entry has item, at, id, parts, identifying, described, versions and doc, or none of them";
        Error::at(&document.file, pointer, error.to_string()).hint(hint)
    })
}

#[cfg(test)]
#[path = "webhooks_tests.rs"]
mod tests;
