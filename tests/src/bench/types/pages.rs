//! Pages to read: made from the model, never from samples, and the same in every run.
//!
//! Every declared key is there. Keys do not come in the order of the declaration, and nulls come only where the description
//! permits them. On a page with undeclared keys every second key that is not required has a name which nothing declares. On
//! pages with misfits scalars are of another kind than described: one in each element, or so many that hardly a body is
//! like it.

use serde_json::{Map, Value, json};

use xtask::api::{Api, Choice, Field, JsonKind, Kind, Scalar, Struct, Test, TypeRef, Union};

/// Elements of the list that the page is about; lists further down have a few.
const ELEMENTS: usize = 50;
const FEW: usize = 2;

/// Where recursion ends: values that may be left out are left out from here on.
const DEEP: usize = 9;

const WORDS: [&str; 8] =
    ["Ada", "order 1843", "Zoë Müller", "ada@example.com", "en", "Berlin", "2.4.1", "a question of price"];
const LONG: &str = "<p>Hello,</p>\n<p>we looked at your \"order\" again and found that it left on Tuesday. \
    You can follow it at <a href=\"https://example.com/track?id=1843\">this address</a>.</p>\n<p>Best regards</p>";

/// On a page with many misfits this many scalars have one among them: four in a kilobyte.
const EVERY: usize = 8;

/// In what a page departs from the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    Conforming,
    Undeclared,
    OneMisfit,
    ManyMisfits,
}

impl Flavour {
    pub(super) const ALL: [Self; 4] = [Self::Conforming, Self::Undeclared, Self::OneMisfit, Self::ManyMisfits];

    /// The name of a page's file.
    pub(super) fn file(self, page: &str) -> String {
        match self {
            Self::Conforming => page.to_owned(),
            Self::Undeclared => format!("{page}-undeclared"),
            Self::OneMisfit => format!("{page}-misfit"),
            Self::ManyMisfits => format!("{page}-misfits"),
        }
    }

    /// Whether the derive trial can read such a page.
    pub(super) fn fits(self) -> bool {
        matches!(self, Self::Conforming | Self::Undeclared)
    }
}

/// The text of a page that is read as `ty`.
pub(super) fn page(api: &Api, ty: &TypeRef, flavour: Flavour) -> String {
    Maker { api, flavour, made: 0, scalars: 0 }.value(ty, 0).to_string()
}

struct Maker<'a> {
    api: &'a Api,
    flavour: Flavour,
    made: usize,
    /// Scalars that could have been misfits.
    scalars: usize,
}

impl Maker<'_> {
    fn value(&mut self, ty: &TypeRef, depth: usize) -> Value {
        self.made += 1;
        match ty {
            TypeRef::Scalar(scalar) => self.scalar(*scalar),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.value(inner, depth),
            TypeRef::List(inner) => {
                let length = if depth <= 1 { ELEMENTS } else { FEW };
                (0..length).map(|_| self.value(inner, depth + 1)).collect()
            }
            TypeRef::Map(inner) => {
                let entry = |index| (format!("attribute_{index}"), self.value(inner, depth + 1));
                Value::Object((0..FEW * 2).map(entry).collect())
            }
            TypeRef::Named(id) => match self.api.types.get(id).map(|ty| &ty.kind) {
                Some(Kind::Struct(structure)) => self.object(structure, depth),
                Some(Kind::OpenEnum(values)) => values.get(self.made % values.len().max(1)).cloned().into(),
                Some(Kind::Union(union)) => self.union(union, depth),
                Some(Kind::Alias(target)) => self.value(target, depth),
                None => Value::Null,
            },
        }
    }

    fn object(&mut self, structure: &Struct, depth: usize) -> Value {
        let mut fields: Vec<&Field> = structure.fields.iter().collect();
        // By their last letters: a reader may not count on the order of the declaration.
        fields.sort_by_key(|field| field.wire.chars().rev().collect::<String>());
        let mut object = Map::new();
        let mut optional = 0;
        let chosen = self.chosen(&fields, depth);
        for field in fields {
            optional += usize::from(field.required.is_none());
            if let Some(misfit) = self.misfit(field, chosen.as_deref()) {
                object.insert(field.wire.clone(), misfit);
                continue;
            }
            let renamed =
                self.flavour == Flavour::Undeclared && depth > 0 && field.required.is_none() && optional % 2 == 0;
            if let Some(value) = self.property(field, depth) {
                let key = if renamed { format!("new_{}", field.wire) } else { field.wire.clone() };
                object.insert(key, value);
            }
        }
        Value::Object(object)
    }

    /// Which field of an element of the page's list is the misfit, each in its turn.
    fn chosen(&self, fields: &[&Field], depth: usize) -> Option<String> {
        if depth != 2 || self.flavour != Flavour::OneMisfit {
            return None;
        }
        let candidates: Vec<&Field> = fields.iter().copied().filter(|field| misfit(field).is_some()).collect();
        candidates.get(self.made % candidates.len().max(1)).map(|field| field.wire.clone())
    }

    fn misfit(&mut self, field: &Field, chosen: Option<&str>) -> Option<Value> {
        let misfit = misfit(field)?;
        self.scalars += 1;
        let is_due = self.flavour == Flavour::ManyMisfits && self.scalars.is_multiple_of(EVERY);
        (is_due || chosen == Some(&field.wire)).then_some(misfit)
    }

    fn property(&mut self, field: &Field, depth: usize) -> Option<Value> {
        if let Some(constant) = &field.constant {
            return Some(json!(constant));
        }
        if field.nullable && self.made.is_multiple_of(3) {
            self.made += 1;
            return Some(Value::Null);
        }
        let deep = depth >= DEEP && field.required.is_none() && !matches!(field.ty, TypeRef::Scalar(_));
        (!deep).then(|| self.value(&field.ty, depth + 1))
    }

    fn scalar(&mut self, scalar: Scalar) -> Value {
        let made = self.made;
        match scalar {
            Scalar::String | Scalar::Binary if made.is_multiple_of(17) => json!(LONG),
            Scalar::String | Scalar::Binary => json!(WORDS.get(made % WORDS.len())),
            Scalar::Integer => json!(made * 37 % 100_000),
            Scalar::Number => json!((made % 1_000) as f64 / 4.0),
            Scalar::Bool => json!(made.is_multiple_of(2)),
            Scalar::Id => json!(format!("{}", 6_000_000_000_usize + made * 7_919)),
            Scalar::TimestampText => json!("2026-04-17T08:30:00Z"),
            Scalar::Timestamp => json!(1_700_000_000 + made * 61),
            Scalar::Json => match made % 4 {
                0 => json!(made),
                1 => json!(made.is_multiple_of(8)),
                _ => json!(WORDS.get(made % WORDS.len())),
            },
        }
    }

    /// A value of one of the arms, each in its turn, that is told to be of that arm.
    fn union(&mut self, union: &Union, depth: usize) -> Value {
        let count = union.arms.len().max(1);
        let first = self.made;
        for index in (0..count).map(|step| (first + step) % count) {
            let Some(arm) = union.arms.get(index) else { continue };
            let mut value = self.value(&arm.ty, depth);
            match &union.choice {
                Choice::Tag { property, values } => {
                    let tag = values.get(index).and_then(|values| values.first());
                    if let (Value::Object(object), Some(tag)) = (&mut value, tag) {
                        object.remove(&format!("new_{property}"));
                        object.insert(property.clone(), json!(tag));
                        return value;
                    }
                }
                Choice::Shape(tests) if told(tests, &value) == Some(index) => return value,
                Choice::Shape(_) => {}
            }
        }
        Value::Null
    }
}

/// A value that does not fit a field, where the field is a scalar that not every value fits.
fn misfit(field: &Field) -> Option<Value> {
    match field.ty {
        _ if field.constant.is_some() => None,
        TypeRef::Scalar(Scalar::String) => Some(json!(18)),
        TypeRef::Scalar(Scalar::Integer | Scalar::Number) => Some(json!("eighteen")),
        TypeRef::Scalar(Scalar::Bool) => Some(json!("yes")),
        TypeRef::Scalar(Scalar::Id) => Some(json!(true)),
        TypeRef::Scalar(Scalar::Timestamp | Scalar::TimestampText) => Some(json!("soon")),
        _ => None,
    }
}

/// The arm that a value is told to be of: the first whose test it passes, the least particular test last.
fn told(tests: &[Test], value: &Value) -> Option<usize> {
    let last = |test: &Test| matches!(test, Test::Object);
    let particular = tests.iter().position(|test| !last(test) && passes(test, value));
    particular.or_else(|| tests.iter().position(|test| last(test) && passes(test, value)))
}

fn passes(test: &Test, value: &Value) -> bool {
    match test {
        Test::Kind(kinds) => kinds.contains(&kind(value)),
        Test::Keys(keys) => keys.iter().any(|key| value.get(key).is_some()),
        Test::Object => value.is_object(),
        Test::First(inner) => value.get(0).is_some_and(|first| passes(inner, first)),
    }
}

fn kind(value: &Value) -> JsonKind {
    match value {
        Value::Bool(_) => JsonKind::Bool,
        Value::Number(number) if number.is_f64() => JsonKind::Number,
        Value::Number(_) => JsonKind::Integer,
        Value::Array(_) => JsonKind::Array,
        Value::Object(_) => JsonKind::Object,
        Value::Null | Value::String(_) => JsonKind::String,
    }
}

#[cfg(test)]
#[path = "pages_tests.rs"]
mod tests;
