//! Recursion that no list or map interrupts gets a box, or the type would have no size.

use std::collections::BTreeSet;

use super::usage::children;
use crate::api::{Api, Kind, TypeId, TypeRef};

/// Boxes every direct reference that leads back to the type it stands in.
pub fn break_cycles(api: &mut Api) {
    let ids: Vec<TypeId> = api.types.keys().cloned().collect();
    for id in ids {
        let cyclic: BTreeSet<TypeId> = api
            .types
            .get(&id)
            .into_iter()
            .flat_map(|ty| children(&ty.kind))
            .filter_map(direct)
            .filter(|target| leads_to(api, target, &id))
            .cloned()
            .collect();
        if let Some(ty) = api.types.get_mut(&id) {
            for reference in references(&mut ty.kind) {
                if direct(reference).is_some_and(|target| cyclic.contains(target)) {
                    let inner = std::mem::replace(reference, TypeRef::Scalar(crate::api::Scalar::Json));
                    *reference = TypeRef::Boxed(Box::new(inner));
                }
            }
        }
    }
}

fn direct(ty: &TypeRef) -> Option<&TypeId> {
    match ty {
        TypeRef::Named(id) => Some(id),
        TypeRef::Nullable(inner) => direct(inner),
        _ => None,
    }
}

fn leads_to(api: &Api, from: &TypeId, to: &TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut left = vec![from];
    while let Some(id) = left.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            left.extend(api.types.get(id).into_iter().flat_map(|ty| children(&ty.kind)).filter_map(direct));
        }
    }
    false
}

fn references(kind: &mut Kind) -> Vec<&mut TypeRef> {
    match kind {
        Kind::Struct(structure) => structure.fields.iter_mut().map(|field| &mut field.ty).collect(),
        Kind::Union(union) => union.arms.iter_mut().map(|arm| &mut arm.ty).collect(),
        Kind::Alias(_) | Kind::OpenEnum(_) => Vec::new(),
    }
}
