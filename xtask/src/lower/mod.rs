//! From a normalised description to the model of the API.
//!
//! Every schema becomes a type under its own name, every inline object, enum and choice one under the
//! path of fields that leads to it. What Rust cannot express is an error with its place; what the
//! description leaves undecided becomes an open type and a line of the report.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema};

use crate::api::{Api, Kind, Type, TypeId, TypeRef, Usage};
use crate::document;
use crate::error::{Error, Errors, Result};

mod answer;
mod body;
mod boxing;
mod choice;
mod job;
mod methods;
mod node;
mod object;
mod operation;
mod paging;
mod parameter;
mod schema;
mod scope;
mod search;
mod union;
mod usage;

use node::Source;
use scope::Scope;
pub use usage::mark as mark_usage;

/// Lowers a whole description; `file` is used in messages, and `provisional` is a version that is not released.
pub fn lower(file: &str, description: &OpenAPI, provisional: bool) -> Result<Api> {
    let none = IndexMap::new();
    let schemas = description.components.as_ref().map_or(&none, |components| &components.schemas);
    let mut lowerer = Lowerer {
        file,
        provisional,
        description,
        schemas,
        types: BTreeMap::new(),
        started: BTreeSet::new(),
        discriminators: BTreeMap::new(),
        report: Vec::new(),
    };
    let mut errors = Errors::default();
    let mut names: Vec<&String> = schemas.keys().collect();
    names.sort();
    for name in names {
        errors.keep(lowerer.ensure(name));
    }
    let operations = errors.keep(lowerer.operations()).unwrap_or_default();
    errors.into_result()?;

    let tags = description.tags.iter().filter_map(|tag| Some((tag.name.clone(), tag.description.clone()?))).collect();
    let discriminators = std::mem::take(&mut lowerer.discriminators);
    let mut api = Api { types: lowerer.types, operations, tags, report: lowerer.report, ..Api::default() };
    choice::decide(&mut api, &discriminators);
    boxing::break_cycles(&mut api);
    usage::mark(&mut api);
    Ok(api)
}

/// The state of lowering one description.
struct Lowerer<'a> {
    file: &'a str,
    provisional: bool,
    description: &'a OpenAPI,
    schemas: &'a IndexMap<String, ReferenceOr<Schema>>,
    types: BTreeMap<TypeId, Type>,
    started: BTreeSet<String>,
    discriminators: BTreeMap<TypeId, Discriminator>,
    report: Vec<String>,
}

impl Lowerer<'_> {
    /// Lowers the schema `name` unless that has been done.
    fn ensure(&mut self, name: &str) -> Result<()> {
        let id = TypeId::root(name);
        if self.types.contains_key(&id) {
            return Ok(());
        }
        let scope = Scope::root(name, document::pointer(&["components", "schemas", name]));
        if !self.started.insert(name.to_owned()) {
            return Err(self
                .error(&scope, "`allOf` leads back to the schema itself")
                .hint("break the circle in an overlay"));
        }
        let schemas = self.schemas;
        let Some(schema) = schemas.get(name) else { return Ok(()) };
        let lowered = self.lower(Source::from(schema), &scope)?;
        if lowered.ty != TypeRef::Named(id.clone()) {
            let kind = Kind::Alias(lowered.ty);
            let ty = Type {
                id: id.clone(),
                pointer: scope.pointer,
                doc: lowered.doc,
                deprecated: lowered.deprecated,
                kind,
                usage: Usage::default(),
            };
            self.types.insert(id, ty);
        }
        Ok(())
    }

    fn error(&self, scope: &Scope, what: impl Into<String>) -> Error {
        Error::at(self.file, scope.pointer.clone(), what)
    }
}
