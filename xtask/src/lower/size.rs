//! How many bytes a value of a type takes in the struct that holds it: an estimate, made of the sizes that the runtime's
//! scalars have on a machine of 64 bits.

use std::collections::BTreeMap;

use crate::api::{Kind, Scalar, TypeId, TypeRef};

/// A pointer, a length and a capacity: strings, lists, maps, and everything that is kept as text.
const THREE_WORDS: usize = 24;

/// Estimated sizes of types, each added after the types that it holds in place.
#[derive(Default)]
pub struct Sizes(BTreeMap<TypeId, usize>);

impl Sizes {
    /// Adds a type.
    pub fn add(&mut self, id: &TypeId, kind: &Kind) {
        let size = match kind {
            Kind::Struct(structure) => {
                THREE_WORDS + structure.fields.iter().map(|field| self.of(&field.ty)).sum::<usize>()
            }
            Kind::Union(union) => {
                let largest = union.arms.iter().map(|arm| self.of(&arm.ty)).max();
                largest.unwrap_or_default().max(THREE_WORDS) + 8
            }
            Kind::Alias(target) => self.of(target),
            Kind::OpenEnum(_) => THREE_WORDS,
        };
        self.0.insert(id.clone(), size);
    }

    /// The size of a value of `ty`, without what it points to.
    pub fn of(&self, ty: &TypeRef) -> usize {
        match ty {
            TypeRef::Scalar(Scalar::Bool) => 1,
            // Integers need a word beside them where they are optional, as most are.
            TypeRef::Scalar(Scalar::Integer | Scalar::Timestamp | Scalar::TimestampText) => 16,
            TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) => THREE_WORDS,
            TypeRef::Boxed(_) => 8,
            TypeRef::Nullable(inner) => self.of(inner),
            TypeRef::Named(id) => self.0.get(id).copied().unwrap_or(THREE_WORDS),
        }
    }
}
