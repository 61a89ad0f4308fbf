//! How the arm of a union is found, decided once every type is known.
//!
//! In this order: a discriminator, a property whose texts tell all arms apart, the kind of JSON, the
//! keys that only one arm declares. A choice that none of these settles becomes open JSON and a line
//! of the report: an arm is never taken because it happened to come first.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use openapiv3::Discriminator;

use super::usage::children;
use crate::api::{Api, Choice, JsonKind, KIND_PROPERTIES, Kind, Scalar, Struct, Test, Type, TypeId, TypeRef};
use crate::error::{Error, Result};
use crate::graph::{self, Edges};

/// More keys and values than are looked at to tell the arms of all unions of any description apart. Many unions of the same
/// large types look at far more than they are long.
const MOST_COMPARED: usize = 2_000_000;

/// How many lists within each other are looked into.
const DEEPEST: usize = 16;

/// Decides every union of `api`, each after those that are among its arms. `file` is used in messages only.
pub fn decide(file: &str, api: &mut Api, discriminators: &BTreeMap<TypeId, Discriminator>) -> Result<()> {
    let mut shapes = Shapes::new(file, api);
    let mut open: BTreeMap<TypeId, String> = BTreeMap::new();
    for component in graph::components(&references(api)) {
        // On a circle, which lists interrupt, the first shapes know nothing of the others, the second do.
        let rounds = if component.len() > 1 { 2 } else { 1 };
        for id in std::iter::repeat_n(&component, rounds).flatten() {
            let Some(ty) = api.types.get(id) else { continue };
            let shape = shapes.of_type(ty)?;
            shapes.known.insert(id.clone(), shape);
        }
        for id in component {
            let Some(ty) = api.types.get_mut(&id) else { continue };
            let Kind::Union(union) = &mut ty.kind else { continue };
            let labels: Vec<&str> = union.arms.iter().map(|arm| arm.label.as_str()).collect();
            let arms: Vec<Rc<Shape>> = union.arms.iter().map(|arm| shapes.of(&arm.ty)).collect();
            match choice(&labels, &arms, discriminators.get(&id)) {
                Ok(choice) => union.choice = choice,
                Err(why) => {
                    open.insert(id.clone(), format!("{}: open to any JSON: {why}", ty.pointer));
                    let target = TypeRef::Scalar(Scalar::Json);
                    shapes.known.insert(id.clone(), shapes.of(&target));
                    api.aliases.add(&id, &target);
                    ty.kind = Kind::Alias(target);
                }
            }
        }
    }
    api.report.extend(open.into_values());
    Ok(())
}

/// The types whose shapes the shape of a type is made of.
fn references(api: &Api) -> Edges<TypeId> {
    let needed = |ty: &Type| match &ty.kind {
        Kind::Union(_) | Kind::Alias(_) => children(&ty.kind).into_iter().filter_map(named).cloned().collect(),
        Kind::Struct(_) | Kind::OpenEnum(_) => BTreeSet::new(),
    };
    api.types.iter().map(|(id, ty)| (id.clone(), needed(ty))).collect()
}

fn named(ty: &TypeRef) -> Option<&TypeId> {
    match ty {
        TypeRef::Named(id) => Some(id),
        TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => named(inner),
        TypeRef::Map(_) | TypeRef::Scalar(_) => None,
    }
}

fn choice(labels: &[&str], shapes: &[Rc<Shape>], discriminator: Option<&Discriminator>) -> Result<Choice, String> {
    if let Some(discriminator) = discriminator {
        return by_discriminator(discriminator, labels, shapes);
    }
    match by_tag(shapes) {
        Some(choice) => Ok(choice),
        None => by_shape(labels, shapes),
    }
}

/// The shapes of the types that have been looked at.
struct Shapes<'a> {
    file: &'a str,
    known: BTreeMap<TypeId, Rc<Shape>>,
    /// The values of enums.
    values: BTreeMap<TypeId, Texts>,
    /// How many keys and values of arms were looked at.
    compared: usize,
}

/// The texts that a property may have. Many objects share the same enum.
type Texts = Rc<Vec<String>>;

impl<'a> Shapes<'a> {
    fn new(file: &'a str, api: &Api) -> Self {
        let values = |(id, ty): (&TypeId, &Type)| match &ty.kind {
            Kind::OpenEnum(values) => Some((id.clone(), Rc::new(values.clone()))),
            _ => None,
        };
        Self { file, known: BTreeMap::new(), values: api.types.iter().filter_map(values).collect(), compared: 0 }
    }

    fn of(&self, ty: &TypeRef) -> Rc<Shape> {
        match ty {
            TypeRef::Scalar(scalar) => Rc::new(Shape::scalar(*scalar)),
            TypeRef::Map(_) => Rc::new(Shape { open: true, ..Shape::kind(JsonKind::Object) }),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.of(inner),
            TypeRef::List(inner) => Rc::new(Shape::list(self.of(inner))),
            TypeRef::Named(id) => match self.known.get(id) {
                Some(shape) => Rc::clone(shape),
                None => Rc::new(Shape::anything()),
            },
        }
    }

    fn of_type(&mut self, ty: &Type) -> Result<Rc<Shape>> {
        Ok(match &ty.kind {
            Kind::Alias(target) => self.of(target),
            Kind::OpenEnum(_) => Rc::new(Shape::kind(JsonKind::String)),
            Kind::Struct(structure) => Rc::new(self.structure(structure)),
            Kind::Union(union) => {
                let arms: Vec<Rc<Shape>> = union.arms.iter().map(|arm| self.of(&arm.ty)).collect();
                self.compared += arms.iter().map(|shape| shape.size()).sum::<usize>();
                if self.compared > MOST_COMPARED {
                    let what = format!("the arms of unions have more than {MOST_COMPARED} keys and values in all");
                    return Err(Error::at(self.file, &ty.pointer, what)
                        .hint("simplify the unions of large types in an overlay"));
                }
                Rc::new(Shape::either(arms))
            }
        })
    }

    fn structure(&self, structure: &Struct) -> Shape {
        let mut shape = Shape::kind(JsonKind::Object);
        for field in &structure.fields {
            shape.keys.insert(field.wire.clone());
            if field.required.is_some() {
                shape.required.insert(field.wire.clone());
            }
            let texts = match (&field.constant, &field.ty) {
                (Some(only), _) => Some(Rc::new(vec![only.clone()])),
                (None, TypeRef::Named(id)) => self.values.get(id).cloned(),
                _ => None,
            };
            shape.texts.extend(texts.map(|texts| (field.wire.clone(), texts)));
        }
        shape
    }
}

/// What can be seen of a value from outside.
#[derive(Clone, Debug, Default)]
struct Shape {
    kinds: BTreeSet<JsonKind>,
    keys: BTreeSet<String>,
    required: BTreeSet<String>,
    texts: BTreeMap<String, Texts>,
    element: Option<Rc<Shape>>,
    /// How many lists are within each other.
    depth: usize,
    open: bool,
}

impl Shape {
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

    /// A list of elements. What is in a list of many lists is not looked at.
    fn list(element: Rc<Self>) -> Self {
        let element = if element.depth < DEEPEST { element } else { Rc::new(Self::anything()) };
        Self { depth: element.depth + 1, element: Some(element), ..Self::kind(JsonKind::Array) }
    }

    fn anything() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// The shape of a choice: what all of its arms have in common.
    fn either(shapes: Vec<Rc<Self>>) -> Self {
        let mut shapes = shapes.into_iter();
        let Some(mut all) = shapes.next().map(|first| Self::clone(&first)) else { return Self::default() };
        for shape in shapes {
            all.kinds.extend(&shape.kinds);
            all.keys.extend(shape.keys.iter().cloned());
            all.required.retain(|key| shape.required.contains(key));
            all.texts.retain(|property, _| shape.texts.contains_key(property));
            for (property, values) in &mut all.texts {
                let more = shape.texts.get(property).into_iter().flat_map(|texts| texts.iter().cloned());
                Rc::make_mut(values).extend(more);
            }
            all.open |= shape.open;
            (all.element, all.depth) = (None, 0);
        }
        all
    }

    /// How much there is to look at.
    fn size(&self) -> usize {
        1 + self.keys.len() + self.texts.values().map(|texts| texts.len()).sum::<usize>()
    }

    fn is_object(&self) -> bool {
        !self.open && self.kinds.len() == 1 && self.kinds.contains(&JsonKind::Object)
    }
}

fn by_discriminator(discriminator: &Discriminator, labels: &[&str], shapes: &[Rc<Shape>]) -> Result<Choice, String> {
    let property = &discriminator.property_name;
    let mut mapped: HashMap<&str, Vec<String>> = HashMap::new();
    for (value, target) in &discriminator.mapping {
        mapped.entry(target.rsplit('/').next().unwrap_or(target)).or_default().push(value.clone());
    }
    mapped.values_mut().for_each(|values| values.sort());
    let values = labels.iter().zip(shapes).map(|(label, shape)| {
        let texts = || shape.texts.get(property).map(Rc::as_ref);
        let found = mapped.get(label).or_else(texts).filter(|found| !found.is_empty());
        found.cloned().ok_or_else(|| format!("no value of the discriminator `{property}` leads to {label}"))
    });
    Ok(Choice::Tag { property: property.clone(), values: values.collect::<Result<_, _>>()? })
}

fn by_tag(shapes: &[Rc<Shape>]) -> Option<Choice> {
    if !shapes.iter().all(|shape| shape.is_object()) {
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

fn by_shape(labels: &[&str], shapes: &[Rc<Shape>]) -> Result<Choice, String> {
    let tests = tests(labels, shapes).into_iter().collect::<Result<Vec<_>, _>>()?;
    let last_resorts = tests.iter().filter(|test| matches!(test, Test::Object)).count();
    if last_resorts > 1 {
        Err(format!("{} have no keys of their own", labels.join(", ")))
    } else {
        Ok(Choice::Shape(tests))
    }
}

/// The test for each arm, or why there is none.
fn tests(labels: &[&str], shapes: &[Rc<Shape>]) -> Vec<Result<Test, String>> {
    let arms = Arms::new(shapes);
    let is_list = |shape: &Shape| shape.kinds.contains(&JsonKind::Array);
    // What the elements of the lists are told by; asked for only if the lists are not told apart otherwise.
    let of_elements = OnceCell::new();
    let of_elements = || {
        of_elements.get_or_init(|| {
            let lists = || labels.iter().zip(shapes).filter(|(_, shape)| is_list(shape));
            let labels: Vec<&str> = lists().map(|(label, _)| *label).collect();
            let elements: Option<Vec<Rc<Shape>>> = lists().map(|(_, shape)| shape.element.clone()).collect();
            elements.map(|elements| tests(&labels, &elements))
        })
    };
    let mut lists = 0;
    let test = |(label, shape): (&&str, &Rc<Shape>)| {
        let place = lists;
        lists += usize::from(is_list(shape));
        arms.test(label, shape, || of_elements().as_ref().and_then(|tests| tests.get(place).cloned()))
    };
    labels.iter().zip(shapes).map(test).collect()
}

/// The arms of a union, with what has to be known of all of them to test for one.
struct Arms<'a> {
    /// How many arms may be of a kind.
    of_kind: BTreeMap<JsonKind, usize>,
    /// Whether all arms that may be objects are nothing else.
    are_objects: bool,
    /// How many of the arms that may be objects have a key.
    with_key: HashMap<&'a str, usize>,
    /// How many of the arms that may be objects require a key that no other has.
    marked: usize,
}

impl<'a> Arms<'a> {
    fn new(shapes: &'a [Rc<Shape>]) -> Self {
        let mut of_kind = BTreeMap::new();
        shapes.iter().flat_map(|shape| &shape.kinds).for_each(|kind| *of_kind.entry(*kind).or_default() += 1);
        let objects = || shapes.iter().filter(|shape| shape.kinds.contains(&JsonKind::Object));
        let mut with_key: HashMap<&str, usize> = HashMap::new();
        objects().flat_map(|shape| &shape.keys).for_each(|key| *with_key.entry(key).or_default() += 1);
        let mut arms = Self { of_kind, are_objects: objects().all(|shape| shape.is_object()), with_key, marked: 0 };
        arms.marked = objects().filter(|shape| arms.marks(shape)).count();
        arms
    }

    /// The test for an arm. `of_element` is the test for the first element, where the arm is a list among lists.
    fn test(
        &self,
        label: &str,
        shape: &Shape,
        of_element: impl FnOnce() -> Option<Result<Test, String>>,
    ) -> Result<Test, String> {
        if shape.open && shape.kinds.is_empty() {
            return Err(format!("{label} admits anything"));
        }
        if shape.kinds.iter().all(|kind| self.of_kind.get(kind) == Some(&1)) {
            return Ok(Test::Kind(shape.kinds.iter().copied().collect()));
        }
        if shape.is_object() && self.are_objects {
            return Ok(self.keys(shape).map_or(Test::Object, Test::Keys));
        }
        match shape.element.as_ref().and_then(|_| of_element()) {
            Some(test) => Ok(Test::First(Box::new(test?))),
            None => Err(format!("{label} looks like another arm")),
        }
    }

    /// The keys that only this arm declares: the required ones if there are any; none if the arm is known by
    /// the absence of the keys that every other arm requires.
    fn keys(&self, shape: &Shape) -> Option<Vec<String>> {
        let required = self.own(&shape.required);
        if !required.is_empty() {
            return Some(required);
        }
        let objects = self.of_kind.get(&JsonKind::Object).copied().unwrap_or_default();
        // This arm requires no key of its own, so all that do are others.
        if self.marked + 1 >= objects {
            return None;
        }
        let declared = self.own(&shape.keys);
        (!declared.is_empty()).then_some(declared)
    }

    /// Whether the arm requires a key that no other declares.
    fn marks(&self, shape: &Shape) -> bool {
        shape.required.iter().any(|key| self.is_own(key))
    }

    /// Those of the keys of an arm that no other declares.
    fn own(&self, keys: &BTreeSet<String>) -> Vec<String> {
        keys.iter().filter(|key| self.is_own(key)).cloned().collect()
    }

    fn is_own(&self, key: &str) -> bool {
        self.with_key.get(key) == Some(&1)
    }
}
