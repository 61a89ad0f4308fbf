//! Which types hold secrets, in whatever is inside them: the text of such a value must not be shown either.

use std::collections::{BTreeMap, BTreeSet};

use super::usage::children;
use crate::api::{Api, Kind, TypeId, TypeRef};

/// Finds the types that hold secrets.
pub fn mark(api: &mut Api) {
    let mut holders: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let mut left = Vec::new();
    for (id, ty) in &api.types {
        for target in children(&ty.kind).into_iter().filter_map(TypeRef::named) {
            holders.entry(target).or_default().push(id);
        }
        if matches!(&ty.kind, Kind::Struct(structure) if structure.fields.iter().any(|field| field.secret)) {
            left.push(id);
        }
    }
    while let Some(id) = left.pop() {
        if found.insert(id.clone()) {
            left.extend(holders.get(id).into_iter().flatten());
        }
    }
    api.secretive = found;
}

#[cfg(test)]
#[path = "secret_tests.rs"]
mod tests;
