//! What the crate was generated from: the facts, and the facts with our overlays.

use std::path::Path;

use serde_json::Value;
use xtask::document::Document;
use xtask::error::Result;
use xtask::openapi::{METHODS, identity};
use xtask::pipeline::Inputs;
use xtask::source::Source;

/// One version's description before and after the overlays.
pub struct Described {
    /// The name that the manifest gives the version.
    pub name: String,
    /// As upstream describes it.
    pub facts: Document,
    /// As we correct it.
    pub corrected: Document,
}

impl Described {
    /// Reads the description of `version`, a name or an alias.
    pub fn load(root: &Path, version: &str) -> Result<Self> {
        let inputs = Inputs::read(Source::folder(root))?;
        let version = inputs.manifest.called(version)?;
        let facts = inputs.facts(version)?;
        let before = facts.document().clone();
        Ok(Self { name: version.name.clone(), facts: before, corrected: facts.correct()?.document().clone() })
    }

    /// The schema that an error of an operation refers to, in the corrected description.
    pub fn error_schema(&self, operation: &str, status: &str, media: &str) -> Option<&str> {
        let response = self.operation(operation)?.get("responses")?.get(status)?;
        let response = match response.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.corrected.resolve(reference)?,
            None => response,
        };
        schema_name(response.get("content")?.get(media)?.get("schema")?)
    }

    fn operation(&self, wanted: &str) -> Option<&Value> {
        let paths = self.corrected.root.get("paths")?.as_object()?;
        paths.iter().find_map(|(path, item)| {
            let method = METHODS.iter().find(|method| identity(method, path) == wanted)?;
            item.get(*method)
        })
    }
}

/// The name of the schema that a node refers to.
pub fn schema_name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}
