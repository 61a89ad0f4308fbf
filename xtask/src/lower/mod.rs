//! From a normalized description to the model of the API.
//!
//! Every schema becomes a type under its own name, every inline object, enum and choice one under the
//! path of fields that leads to it. What Rust cannot express is an error with its place; what the
//! description leaves undecided becomes an open type and a line of the report.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Discriminator, OpenAPI};

use crate::api::{Aliases, Api, Kind, Type, TypeId, TypeRef, Usage};
use crate::document;
use crate::error::{Error, Errors, Result};

mod answer;
mod body;
mod boxing;
mod choice;
mod inherit;
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
mod secret;
mod size;
mod union;
mod usage;

use inherit::Schemas;
use node::Source;
use scope::Scope;
pub use usage::mark as mark_usage;

/// Lowers a whole description; `file` is used in messages, and `provisional` is a version that is not released.
pub fn lower(file: &str, description: &OpenAPI, provisional: bool) -> Result<Api> {
    let none = Schemas::new();
    let schemas = description.components.as_ref().map_or(&none, |components| &components.schemas);
    let mut lowerer = Lowerer {
        file,
        provisional,
        description,
        schemas,
        nullable: inherit::nullable(schemas),
        types: BTreeMap::new(),
        aliases: Aliases::default(),
        discriminators: BTreeMap::new(),
        inherited: 0,
        report: Vec::new(),
    };
    let mut errors = Errors::default();
    for name in inherit::order(schemas) {
        errors.keep(lowerer.component(name));
    }
    let operations = errors.keep(lowerer.operations()).unwrap_or_default();
    errors.into_result()?;

    let tags = description.tags.iter().filter_map(|tag| Some((tag.name.clone(), tag.description.clone()?))).collect();
    let discriminators = std::mem::take(&mut lowerer.discriminators);
    let (types, aliases) = (lowerer.types, lowerer.aliases);
    let mut api = Api { types, aliases, operations, tags, report: lowerer.report, ..Api::default() };
    choice::decide(file, &mut api, &discriminators)?;
    boxing::break_cycles(&mut api);
    boxing::box_large(&mut api);
    usage::mark(&mut api);
    secret::mark(&mut api);
    Ok(api)
}

/// The state of lowering one description.
struct Lowerer<'a> {
    file: &'a str,
    provisional: bool,
    description: &'a OpenAPI,
    schemas: &'a Schemas,
    /// The names of the schemas of which null is a value.
    nullable: BTreeSet<String>,
    types: BTreeMap<TypeId, Type>,
    aliases: Aliases,
    discriminators: BTreeMap<TypeId, Discriminator>,
    /// How many properties `allOf` has taken over.
    inherited: usize,
    report: Vec<String>,
}

impl Lowerer<'_> {
    /// Lowers the schema `name`, after those whose properties it takes over.
    fn component(&mut self, name: &str) -> Result<()> {
        let id = TypeId::root(name);
        let scope = Scope::root(name, document::pointer(&["components", "schemas", name]));
        let schemas = self.schemas;
        let Some(schema) = schemas.get(name) else { return Ok(()) };
        let lowered = self.lower(Source::from(schema), &scope)?;
        if lowered.ty != TypeRef::Named(id.clone()) {
            self.aliases.add(&id, &lowered.ty);
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
