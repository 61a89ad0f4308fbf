//! What gets a box: recursion that no list or map interrupts, because the type would have no size, and types that take much
//! of the struct in which they are, because an empty object of JSON would be kilobytes of memory.

use std::collections::{BTreeMap, BTreeSet};

use super::size::Sizes;
use super::usage::children;
use crate::api::{Api, Kind, TypeId, TypeRef};
use crate::graph::{self, Edges};

/// A type is boxed where its values take more than this many bytes of one struct.
///
/// What a field's type is should not depend on what upstream adds to a neighbor. So the limit is far from any type: the
/// smallest that is above it takes 3,000 bytes, and the largest below it takes 800. The types above have one field for
/// each of forty languages.
const LARGE: usize = 2048;

/// Boxes the direct references between types that contain each other, where they lead to a type that comes later by
/// identity, or to the type itself: no cycle is without one, and the others need no box.
pub fn break_cycles(api: &mut Api) {
    let edges = direct_edges(api);
    let cycles = graph::components(&edges).into_iter().filter(|component| graph::is_cycle(&edges, component));
    let cycles: BTreeMap<TypeId, usize> =
        cycles.enumerate().flat_map(|(cycle, component)| component.into_iter().map(move |id| (id, cycle))).collect();
    for (id, cycle) in &cycles {
        let Some(ty) = api.types.get_mut(id) else { continue };
        let is_later = |target: &TypeId| target >= id && cycles.get(target) == Some(cycle);
        put_in_boxes(&mut ty.kind, is_later, |_| true);
    }
}

/// Boxes the optional fields and the variants of a type that take much of the type they are in. Inner types come first, so
/// that one that has become small by its own boxes stays where it is. A field that is always there stays in place: its box
/// would be made for every empty object.
pub fn box_large(api: &mut Api) {
    let mut sizes = Sizes::default();
    for id in graph::components(&direct_edges(api)).into_iter().flatten() {
        let Some(ty) = api.types.get_mut(&id) else { continue };
        let large = large_in(&ty.kind, &sizes);
        if !large.is_empty() {
            put_in_boxes(&mut ty.kind, |target| large.contains(target), |is_required| !is_required);
        }
        sizes.add(&id, &ty.kind);
    }
}

fn direct_edges(api: &Api) -> Edges<TypeId> {
    let targets = |kind| children(kind).into_iter().filter_map(direct).cloned().collect();
    api.types.iter().map(|(id, ty)| (id.clone(), targets(&ty.kind))).collect()
}

/// The types whose values together take more than [`LARGE`] bytes of a type.
fn large_in(kind: &Kind, sizes: &Sizes) -> BTreeSet<TypeId> {
    let mut taken: BTreeMap<&TypeId, usize> = BTreeMap::new();
    for reference in children(kind) {
        let Some(target) = direct(reference) else { continue };
        let (size, all) = (sizes.of(reference), taken.entry(target).or_default());
        // One variant of a union is there at a time.
        *all = if matches!(kind, Kind::Union(_)) { size } else { *all + size };
    }
    taken.into_iter().filter(|(_, bytes)| *bytes > LARGE).map(|(target, _)| target.clone()).collect()
}

/// Boxes the direct references to the types that `is_wanted` says, where `fits` says so of a required or optional field.
fn put_in_boxes(kind: &mut Kind, is_wanted: impl Fn(&TypeId) -> bool, fits: impl Fn(bool) -> bool) {
    let references: Vec<&mut TypeRef> = match kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter_mut();
            fields
                .filter(|field| fits(field.required.is_some() && !field.nullable))
                .map(|field| &mut field.ty)
                .collect()
        }
        Kind::Union(union) => union.arms.iter_mut().map(|arm| &mut arm.ty).collect(),
        Kind::Alias(_) | Kind::OpenEnum(_) => Vec::new(),
    };
    for reference in references {
        if direct(reference).is_some_and(&is_wanted) {
            *reference = TypeRef::Boxed(Box::new(reference.clone()));
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

#[cfg(test)]
#[path = "boxing_tests.rs"]
mod tests;
