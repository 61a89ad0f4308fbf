//! What the changes start from: upstream's samples of answers, and instances of the described answers.

use intercom_gen::Codec;
use serde_json::Value;
use tests::calls::{Extent, Maker, operations};
use tests::description::{Version, described, entries, resolved, versions, yaml};
use tests::tree::workspace;
use tests::upstream;

/// How deep instances are: each value of each is looked at.
const DEPTH: usize = 3;

/// A body that the API answers with, and the type that it is read with.
pub struct Sample {
    pub name: String,
    pub codec: &'static Codec,
    pub text: String,
}

/// Upstream's samples of answers, successes and errors.
pub fn shown() -> Vec<Sample> {
    let mut found = Vec::new();
    for version in versions(&workspace()) {
        let description = yaml(&upstream::of(&version));
        each_answer(&description, &version, |name, codec, content| {
            let named = entries(content, "examples");
            let named = named.filter_map(|(_, sample)| resolved(&description, sample).get("value"));
            let values = content.get("example").into_iter().chain(named);
            found.extend(values.map(|value| Sample { name: name.to_owned(), codec, text: value.to_string() }));
        });
    }
    found
}

/// An instance of each answer that our descriptions describe, one for all that have the same schema.
pub fn made() -> Vec<Sample> {
    let mut found = Vec::new();
    for version in versions(&workspace()) {
        let description = described(&workspace(), &version);
        let mut seen = Vec::new();
        each_answer(&description, &version, |name, codec, content| {
            if let Some(schema) = content.get("schema").filter(|schema| !seen.contains(*schema)) {
                seen.push(schema.clone());
                // Each has the next shape of a choice.
                let value = Maker::new(&description, Extent::Full, seen.len()).to_depth(DEPTH).instance(schema);
                found.push(Sample { name: name.to_owned(), codec, text: value.to_string() });
            }
        });
    }
    found
}

/// Every described answer of JSON for which the crate has a type, with a name for messages.
fn each_answer<'d>(description: &'d Value, version: &Version, mut with: impl FnMut(&str, &'static Codec, &'d Value)) {
    for operation in operations(description) {
        for answer in operation.answers.iter().filter(|answer| answer.media == Some("application/json")) {
            // The schema's parent.
            let content = answer.pointer.rsplit_once('/').and_then(|(content, _)| description.pointer(content));
            let content = content.expect("the content of the answer");
            if let Some(codec) = codec(version, &operation.identity, answer.status, content) {
                with(&format!("{} {} {}", version.name, operation.identity, answer.status), codec, content);
            }
        }
    }
}

/// A success has its operation's type, an error that of its schema.
fn codec(version: &Version, identity: &str, status: &str, content: &Value) -> Option<&'static Codec> {
    let version = version.built();
    let (codecs, name) = if status.starts_with('2') {
        let is_it = |known: &&intercom_gen::Operation| xtask::openapi::identity(known.method, known.path) == identity;
        (version.answers, version.operations.iter().find(is_it)?.id)
    } else {
        (version.schemas, content["schema"]["$ref"].as_str()?.strip_prefix("#/components/schemas/")?)
    };
    codecs.iter().find(|codec| codec.name() == name)
}
