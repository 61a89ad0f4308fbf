//! How the arm of a union is found, decided once every type is known.
//!
//! In this order: a discriminator, a property whose texts tell all arms apart, the kind of JSON, the
//! keys that only one arm declares. A choice that none of these settles becomes open JSON and a line
//! of the report: an arm is never taken because it happened to come first.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Discriminator;

use crate::api::{Api, Choice, JsonKind, KIND_PROPERTIES, Kind, Scalar, Test, TypeId, TypeRef};

/// Decides every union of `api`.
pub fn decide(api: &mut Api, discriminators: &BTreeMap<TypeId, Discriminator>) {
    let unions: Vec<TypeId> =
        api.types.values().filter(|ty| matches!(ty.kind, Kind::Union(_))).map(|ty| ty.id.clone()).collect();
    for id in unions {
        let decided = choice(api, &id, discriminators.get(&id));
        let Some(ty) = api.types.get_mut(&id) else { continue };
        let Kind::Union(union) = &mut ty.kind else { continue };
        match decided {
            Ok(choice) => union.choice = choice,
            Err(why) => {
                api.report.push(format!("{}: open to any JSON: {why}", ty.pointer));
                ty.kind = Kind::Alias(TypeRef::Scalar(Scalar::Json));
            }
        }
    }
}

fn choice(api: &Api, id: &TypeId, discriminator: Option<&Discriminator>) -> Result<Choice, String> {
    let Some(Kind::Union(union)) = api.types.get(id).map(|ty| &ty.kind) else {
        return Err("it is no choice".to_owned());
    };
    let labels: Vec<&str> = union.arms.iter().map(|arm| arm.label.as_str()).collect();
    let shapes: Vec<Shape> = union.arms.iter().map(|arm| Shape::of(api, &arm.ty, 0)).collect();
    if let Some(discriminator) = discriminator {
        return by_discriminator(discriminator, &labels, &shapes);
    }
    match by_tag(&shapes) {
        Some(choice) => Ok(choice),
        None => by_shape(&labels, &shapes),
    }
}

/// What can be seen of a value from outside.
#[derive(Clone, Debug, Default)]
struct Shape {
    kinds: BTreeSet<JsonKind>,
    keys: BTreeSet<String>,
    required: BTreeSet<String>,
    texts: BTreeMap<String, Vec<String>>,
    element: Option<Box<Shape>>,
    open: bool,
}

impl Shape {
    fn of(api: &Api, ty: &TypeRef, depth: usize) -> Self {
        if depth > 16 {
            return Self { open: true, ..Self::default() };
        }
        match ty {
            TypeRef::Scalar(scalar) => Self::scalar(*scalar),
            TypeRef::Map(_) => Self { kinds: [JsonKind::Object].into(), open: true, ..Self::default() },
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => Self::of(api, inner, depth + 1),
            TypeRef::List(inner) => Self {
                kinds: [JsonKind::Array].into(),
                element: Some(Box::new(Self::of(api, inner, depth + 1))),
                ..Self::default()
            },
            TypeRef::Named(id) => match api.types.get(id).map(|ty| &ty.kind) {
                Some(Kind::Alias(target)) => Self::of(api, target, depth + 1),
                Some(Kind::OpenEnum(_)) => Self::kind(JsonKind::String),
                Some(Kind::Struct(structure)) => Self::structure(api, structure),
                Some(Kind::Union(union)) => {
                    Self::either(union.arms.iter().map(|arm| Self::of(api, &arm.ty, depth + 1)).collect())
                }
                None => Self { open: true, ..Self::default() },
            },
        }
    }

    fn kind(kind: JsonKind) -> Self {
        Self { kinds: [kind].into(), ..Self::default() }
    }

    fn scalar(scalar: Scalar) -> Self {
        let kinds = match scalar {
            Scalar::String | Scalar::Binary => [JsonKind::String].into(),
            Scalar::Integer => [JsonKind::Integer].into(),
            Scalar::Number => [JsonKind::Integer, JsonKind::Number].into(),
            Scalar::Bool => [JsonKind::Bool].into(),
            Scalar::Id | Scalar::Timestamp | Scalar::TimestampText => [JsonKind::String, JsonKind::Integer].into(),
            Scalar::Json => return Self { open: true, ..Self::default() },
        };
        Self { kinds, ..Self::default() }
    }

    fn structure(api: &Api, structure: &crate::api::Struct) -> Self {
        let mut shape = Self::kind(JsonKind::Object);
        for field in &structure.fields {
            shape.keys.insert(field.wire.clone());
            if field.required.is_some() {
                shape.required.insert(field.wire.clone());
            }
            let texts = match (&field.constant, &field.ty) {
                (Some(only), _) => Some(vec![only.clone()]),
                (None, TypeRef::Named(id)) => match api.types.get(id).map(|ty| &ty.kind) {
                    Some(Kind::OpenEnum(values)) => Some(values.clone()),
                    _ => None,
                },
                _ => None,
            };
            shape.texts.extend(texts.map(|texts| (field.wire.clone(), texts)));
        }
        shape
    }

    /// The shape of a choice: what all of its arms have in common.
    fn either(shapes: Vec<Self>) -> Self {
        let mut shapes = shapes.into_iter();
        let Some(mut all) = shapes.next() else { return Self::default() };
        for shape in shapes {
            all.kinds.extend(shape.kinds);
            all.keys.extend(shape.keys);
            all.required.retain(|key| shape.required.contains(key));
            all.texts.retain(|property, _| shape.texts.contains_key(property));
            for (property, values) in &mut all.texts {
                values.extend(shape.texts.get(property).into_iter().flatten().cloned());
            }
            all.open |= shape.open;
            all.element = None;
        }
        all
    }

    fn is_object(&self) -> bool {
        !self.open && self.kinds.len() == 1 && self.kinds.contains(&JsonKind::Object)
    }
}

fn by_discriminator(discriminator: &Discriminator, labels: &[&str], shapes: &[Shape]) -> Result<Choice, String> {
    let property = &discriminator.property_name;
    let values = labels.iter().zip(shapes).map(|(label, shape)| {
        let mapped = discriminator.mapping.iter().filter(|(_, target)| target.rsplit('/').next() == Some(label));
        let mut mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        mapped.sort();
        let found = if mapped.is_empty() { shape.texts.get(property).cloned().unwrap_or_default() } else { mapped };
        if found.is_empty() {
            Err(format!("no value of the discriminator `{property}` leads to {label}"))
        } else {
            Ok(found)
        }
    });
    Ok(Choice::Tag { property: property.clone(), values: values.collect::<Result<_, _>>()? })
}

fn by_tag(shapes: &[Shape]) -> Option<Choice> {
    if !shapes.iter().all(Shape::is_object) {
        return None;
    }
    let mut candidates: Vec<&String> = shapes.first()?.texts.keys().collect();
    candidates.sort_by_key(|name| (!KIND_PROPERTIES.contains(&name.as_str()), name.as_str()));
    candidates.into_iter().find_map(|property| {
        let values: Option<Vec<Vec<String>>> =
            shapes.iter().map(|shape| shape.texts.get(property).map(|values| deduplicated(values))).collect();
        let values = values?;
        let all: Vec<&String> = values.iter().flatten().collect();
        let distinct: BTreeSet<&String> = all.iter().copied().collect();
        (distinct.len() == all.len()).then(|| Choice::Tag { property: property.clone(), values })
    })
}

fn deduplicated(values: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.iter().filter(|value| seen.insert(*value)).cloned().collect()
}

fn by_shape(labels: &[&str], shapes: &[Shape]) -> Result<Choice, String> {
    let tests = (0..shapes.len()).map(|index| test(index, labels, shapes)).collect::<Result<Vec<_>, _>>()?;
    let last_resorts = tests.iter().filter(|test| matches!(test, Test::Object)).count();
    if last_resorts > 1 {
        Err(format!("{} have no keys of their own", labels.join(", ")))
    } else {
        Ok(Choice::Shape(tests))
    }
}

fn test(index: usize, labels: &[&str], shapes: &[Shape]) -> Result<Test, String> {
    let Some(shape) = shapes.get(index) else { return Err("an arm is missing".to_owned()) };
    if shape.open && shape.kinds.is_empty() {
        return Err(format!("{} admits anything", labels.get(index).unwrap_or(&"an arm")));
    }
    let rivals: Vec<&Shape> = shapes
        .iter()
        .enumerate()
        .filter(|(other, rival)| *other != index && !rival.kinds.is_disjoint(&shape.kinds))
        .map(|(_, rival)| rival)
        .collect();
    if rivals.is_empty() {
        return Ok(Test::Kind(shape.kinds.iter().copied().collect()));
    }
    if shape.is_object() && rivals.iter().all(|rival| rival.is_object()) {
        return Ok(keys(shape, &rivals).map_or(Test::Object, Test::Keys));
    }
    let elements: Option<Vec<Shape>> = shapes
        .iter()
        .filter(|rival| rival.kinds.contains(&JsonKind::Array))
        .map(|rival| rival.element.as_deref().cloned())
        .collect();
    match (&shape.element, elements) {
        (Some(_), Some(elements)) => {
            let position = shapes.iter().take(index).filter(|rival| rival.kinds.contains(&JsonKind::Array)).count();
            let names: Vec<&str> = labels
                .iter()
                .zip(shapes)
                .filter(|(_, rival)| rival.kinds.contains(&JsonKind::Array))
                .map(|(label, _)| *label)
                .collect();
            Ok(Test::First(Box::new(test(position, &names, &elements)?)))
        }
        _ => Err(format!("{} looks like another arm", labels.get(index).unwrap_or(&"an arm"))),
    }
}

/// The keys that only this arm declares: the required ones if there are any; none if the arm is known by
/// the absence of the keys that every other arm requires.
fn keys(shape: &Shape, rivals: &[&Shape]) -> Option<Vec<String>> {
    let required = own(&shape.required, shape, rivals);
    if !required.is_empty() {
        return Some(required);
    }
    let others_are_marked = rivals.iter().all(|rival| {
        rival
            .required
            .iter()
            .any(|key| !shape.keys.contains(key) && rivals.iter().filter(|other| other.keys.contains(key)).count() == 1)
    });
    if others_are_marked {
        return None;
    }
    let declared = own(&shape.keys, shape, rivals);
    (!declared.is_empty()).then_some(declared)
}

/// Those of `keys` that no rival declares.
fn own(keys: &BTreeSet<String>, shape: &Shape, rivals: &[&Shape]) -> Vec<String> {
    keys.iter()
        .filter(|key| shape.keys.contains(*key) && !rivals.iter().any(|rival| rival.keys.contains(*key)))
        .cloned()
        .collect()
}
