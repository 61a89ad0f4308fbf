//! Recursion that no list or map interrupts gets a box, or the type would have no size.

use std::collections::BTreeMap;

use super::usage::children;
use crate::api::{Api, Kind, TypeId, TypeRef};
use crate::graph::{self, Edges};

/// Boxes the direct references between types that contain each other, where they lead to a type that comes later by
/// identity, or to the type itself: no cycle is without one, and the others need no box.
pub fn break_cycles(api: &mut Api) {
    let direct_children = |kind| children(kind).into_iter().filter_map(direct);
    let edges: Edges<&TypeId> = api.types.iter().map(|(id, ty)| (id, direct_children(&ty.kind).collect())).collect();
    let cycles = graph::components(&edges).into_iter().filter(|component| graph::is_cycle(&edges, component));
    let cycles: BTreeMap<TypeId, usize> = cycles
        .enumerate()
        .flat_map(|(cycle, component)| component.into_iter().map(move |id| (id.clone(), cycle)))
        .collect();
    for (id, cycle) in &cycles {
        let Some(ty) = api.types.get_mut(id) else { continue };
        for reference in references(&mut ty.kind) {
            if direct(reference).is_some_and(|target| target >= id && cycles.get(target) == Some(cycle)) {
                let inner = std::mem::replace(reference, TypeRef::Scalar(crate::api::Scalar::Json));
                *reference = TypeRef::Boxed(Box::new(inner));
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

fn references(kind: &mut Kind) -> Vec<&mut TypeRef> {
    match kind {
        Kind::Struct(structure) => structure.fields.iter_mut().map(|field| &mut field.ty).collect(),
        Kind::Union(union) => union.arms.iter_mut().map(|arm| &mut arm.ty).collect(),
        Kind::Alias(_) | Kind::OpenEnum(_) => Vec::new(),
    }
}
