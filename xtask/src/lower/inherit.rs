//! What schemas ask of each other before they are lowered: an order, and whether null is a value.
//!
//! Both follow references, and a chain of them may be as long as the description wants: neither recurses through one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::node::{Node, Source};
use super::object::is_struct;
use super::schema::only_child;
use crate::graph::{self, Edges};

/// Schemas by name.
pub type Schemas = IndexMap<String, ReferenceOr<Schema>>;

/// The name in a reference to a schema.
pub fn name_of(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/components/schemas/")
}

/// The names of the schemas, each after those whose properties it takes over and the one that it is another name of.
pub fn order(schemas: &Schemas) -> Vec<&str> {
    let inherited = |schema| {
        let mut found: BTreeSet<&str> = alias_of(Source::from(schema)).into_iter().collect();
        collect(Source::from(schema), &mut found);
        found
    };
    let edges: Edges<&str> = schemas.iter().map(|(name, schema)| (name.as_str(), inherited(schema))).collect();
    let known = graph::components(&edges).into_iter().flatten();
    known.filter(|name| schemas.contains_key(*name)).collect()
}

/// The schema that `source` is another name of.
fn alias_of(source: Source<'_>) -> Option<&str> {
    match source {
        Source::Reference(reference) => name_of(reference),
        Source::Inline(schema) => only_child(&Node::new(schema)).and_then(alias_of),
    }
}

/// The schemas that `source` takes properties over from, at any depth.
fn collect<'a>(source: Source<'a>, found: &mut BTreeSet<&'a str>) {
    let Source::Inline(schema) = source else { return };
    let node = Node::new(schema);
    if let Some(inner) = only_child(&node) {
        return collect(inner, found);
    }
    for part in node.all_of {
        match Source::from(part) {
            Source::Reference(reference) if is_struct(&node) => found.extend(name_of(reference)),
            part => collect(part, found),
        }
    }
    if let Some(AdditionalProperties::Schema(schema)) = node.additional {
        collect(Source::from(schema.as_ref()), found);
    }
    let properties = node.properties.iter().map(|(_, source)| *source);
    let arms = node.arms.iter().map(|(_, source)| *source);
    properties.chain(arms).chain(node.items).for_each(|source| collect(source, found));
}

/// The names of the schemas of which null is a value.
pub fn nullable(schemas: &Schemas) -> BTreeSet<String> {
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for name in schemas.keys() {
        let mut chain: Vec<&str> = Vec::new();
        let mut next = Some(name.as_str());
        let mut is_nullable = false;
        while let Some(name) = next {
            if let Some(known) = known.get(name) {
                is_nullable = *known;
                break;
            }
            // Until the end of the chain is known; this also ends a circle.
            known.insert(name, false);
            chain.push(name);
            (is_nullable, next) = match schemas.get(name) {
                Some(ReferenceOr::Reference { reference }) => (false, name_of(reference)),
                Some(ReferenceOr::Item(schema)) => of_schema(schema),
                None => (false, None),
            };
        }
        // Null is a value of all that leads to a schema of which it is one.
        known.extend(chain.into_iter().map(|name| (name, is_nullable)));
    }
    known.into_iter().filter(|(_, is_nullable)| *is_nullable).map(|(name, _)| name.to_owned()).collect()
}

/// Whether null is a value of a schema by itself, else the schema that decides it.
fn of_schema(schema: &Schema) -> (bool, Option<&str>) {
    let node = Node::new(schema);
    match only_child(&node) {
        _ if node.nullable() => (true, None),
        Some(Source::Reference(inner)) => (false, name_of(inner)),
        _ => (false, None),
    }
}
