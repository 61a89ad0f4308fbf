//! What the changes start from: upstream's samples of answers where the checkout has upstream's descriptions beside it,
//! and instances of the described answers everywhere.

use std::fs;

use intercom_gen::{Codec, Operation, unstable, v2_14};
use serde_json::Value;
use tests::tree::workspace;
use xtask::document::Document;
use xtask::manifest::Manifest;
use xtask::openapi::{METHODS, identity};
use xtask::overlay;

use crate::instances::Maker;

/// A body that the API answers with, and the type that it is read with.
pub struct Sample {
    pub name: String,
    pub codec: &'static Codec,
    pub text: String,
}

/// The types of one version.
struct Types {
    /// As in `spec/versions.toml`.
    version: &'static str,
    /// The file of upstream's description.
    upstream: &'static str,
    operations: &'static [Operation],
    answers: &'static [Codec],
    schemas: &'static [Codec],
}

fn versions() -> [Types; 2] {
    let old = Types {
        version: "2.14",
        upstream: "2.14.yaml",
        operations: v2_14::OPERATIONS,
        answers: v2_14::codecs::ANSWERS,
        schemas: v2_14::codecs::SCHEMAS,
    };
    let new = Types {
        version: "unstable",
        upstream: "0.yaml",
        operations: unstable::OPERATIONS,
        answers: unstable::codecs::ANSWERS,
        schemas: unstable::codecs::SCHEMAS,
    };
    [old, new]
}

/// Upstream's samples of answers, successes and errors; none where its descriptions are not there.
pub fn upstream() -> Vec<Sample> {
    let folder = workspace().join("../shared/upstream/2026-04-17");
    let mut found = Vec::new();
    for types in versions() {
        let Ok(text) = fs::read_to_string(folder.join(types.upstream)) else { continue };
        let document = Document::parse(types.upstream, &text).unwrap_or_else(|error| panic!("{error}"));
        each_answer(&document, &types, |name, codec, content| {
            let named = content.get("examples").and_then(Value::as_object).into_iter().flatten();
            let values = content.get("example").into_iter().chain(named.filter_map(|(_, sample)| sample.get("value")));
            found.extend(values.map(|value| Sample { name: name.to_owned(), codec, text: value.to_string() }));
        });
    }
    found
}

/// An instance of each answer that our descriptions describe, one for all that have the same schema.
pub fn made() -> Vec<Sample> {
    let root = workspace();
    let mut found = Vec::new();
    for types in versions() {
        let document = described(&root, types.version).unwrap_or_else(|error| panic!("{error}"));
        let mut seen = Vec::new();
        each_answer(&document, &types, |name, codec, content| {
            if let Some(schema) = content.get("schema").filter(|schema| !seen.contains(*schema)) {
                seen.push(schema.clone());
                let value = Maker::new(&document).instance(schema);
                found.push(Sample { name: name.to_owned(), codec, text: value.to_string() });
            }
        });
    }
    found
}

/// A version's description with our overlays.
fn described(root: &std::path::Path, version: &str) -> xtask::error::Result<Document> {
    let manifest = Manifest::load(root)?;
    let overlays = overlay::load_all(root, &manifest)?;
    let called = |version: &&xtask::manifest::Version, name: &str| {
        version.name == name || version.aliases.iter().any(|alias| alias == name)
    };
    let version = manifest.versions.iter().find(|candidate| called(candidate, version)).expect("a version");
    let mut document = Document::load(root, &version.spec_file())?;
    for overlay in version.overlay_files().iter().filter_map(|file| overlays.get(file)) {
        overlay::apply(&mut document, overlay, version)?;
    }
    Ok(document)
}

/// Every described answer of JSON for which the crate has a type, with a name for messages.
fn each_answer(document: &Document, types: &Types, mut with: impl FnMut(&str, &'static Codec, &Value)) {
    for (path, item) in document.root["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            let identity = identity(method, path);
            let Some(ours) = types.operations.iter().find(|ours| self::identity(ours.method, ours.path) == identity)
            else {
                continue;
            };
            let responses = item[method]["responses"].as_object();
            for (status, response) in responses.into_iter().flatten() {
                let response = match response.get("$ref").and_then(Value::as_str) {
                    Some(reference) => document.resolve(reference).expect("a response"),
                    None => response,
                };
                let content = &response["content"]["application/json"];
                if let Some(codec) = codec(types, ours.id, status, content) {
                    with(&format!("{} {identity} {status}", types.version), codec, content);
                }
            }
        }
    }
}

/// A success has its operation's type, an error that of its schema.
fn codec(types: &Types, operation: &str, status: &str, content: &Value) -> Option<&'static Codec> {
    let (codecs, name) = if status.starts_with('2') {
        (types.answers, operation)
    } else {
        (types.schemas, content["schema"]["$ref"].as_str()?.strip_prefix("#/components/schemas/")?)
    };
    codecs.iter().find(|codec| codec.name() == name)
}
