//! What aliases stand for.

use std::collections::BTreeMap;

use super::{TypeId, TypeRef};

/// The type that each alias stands for once all aliases are followed. A chain may be as long as the description wants, so
/// it is followed once and not wherever a type is asked for.
#[derive(Clone, Debug, Default)]
pub struct Aliases(BTreeMap<TypeId, TypeRef>);

impl Aliases {
    /// Notes that `id` is another name of `target`. The aliases that `target` leads to should be known already.
    pub fn add(&mut self, id: &TypeId, target: &TypeRef) {
        let end = self.resolve(target).clone();
        // A circle is refused before lowering; following one would not end.
        if !matches!(&end, TypeRef::Named(end) if end == id) {
            self.0.insert(id.clone(), end);
        }
    }

    /// The type that a reference leads to.
    pub fn resolve<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        let mut ty = ty;
        while let TypeRef::Named(id) = ty
            && let Some(next) = self.0.get(id)
        {
            ty = next;
        }
        ty
    }
}
