//! Which direction each type travels: requests and responses have different fields.

use std::collections::BTreeSet;

use crate::api::{Answer, Api, Kind, TypeId, TypeRef};

/// Marks every type that a body, parameter, answer or event reaches.
pub fn mark(api: &mut Api) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for operation in api.operations.values() {
        sent.extend(operation.body.iter());
        sent.extend(operation.query.iter().chain(&operation.form).map(|parameter| &parameter.ty));
        if let Answer::Json(ty) = &operation.answer {
            received.push(ty);
        }
    }
    received.extend(api.topics.iter().chain(&api.events).flat_map(|event| event.content.types()));
    let sent = reachable(api, &sent);
    let received = reachable(api, &received);
    for (id, ty) in &mut api.types {
        ty.usage.request = sent.contains(id);
        ty.usage.response = received.contains(id);
    }
}

fn reachable(api: &Api, from: &[&TypeRef]) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut left: Vec<&TypeRef> = from.to_vec();
    while let Some(ty) = left.pop() {
        match ty {
            TypeRef::Scalar(_) => {}
            TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                left.push(inner)
            }
            TypeRef::Named(id) => {
                if found.insert(id.clone())
                    && let Some(ty) = api.types.get(id)
                {
                    left.extend(children(&ty.kind));
                }
            }
        }
    }
    found
}

/// The types that a type is made of.
pub fn children(kind: &Kind) -> Vec<&TypeRef> {
    match kind {
        Kind::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
        Kind::Union(union) => union.arms.iter().map(|arm| &arm.ty).collect(),
        Kind::Alias(ty) => vec![ty],
        Kind::OpenEnum(_) => Vec::new(),
    }
}
