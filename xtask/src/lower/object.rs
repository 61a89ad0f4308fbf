//! Objects: own properties, those of `allOf`, and the arms that only say which keys belong together.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;
use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::Lowerer;
use super::node::{Node, Source};
use super::schema::Lowered;
use super::scope::Scope;
use crate::api::{Field, Kind, Struct, TypeId, TypeRef};
use crate::document;
use crate::error::{Error, Result};
use crate::openapi::extension::SECRET;

/// More properties than the `allOf` of any description takes over in all. Each is written out in every object that has it,
/// so a long chain makes far more of them than it is long.
const MOST_INHERITED: usize = 50_000;

const CIRCLE: &str = "`allOf` leads back to the schema itself";

/// The fields of an object while they are gathered.
#[derive(Debug, Default)]
struct Parts {
    fields: BTreeMap<String, Field>,
    required: IndexSet<String>,
    rules: Vec<String>,
}

impl Lowerer<'_> {
    /// The object at `scope`.
    pub fn structure(&mut self, node: &Node<'_>, scope: &Scope) -> Result<Lowered> {
        let mut parts = Parts::default();
        self.gather(node, scope, &mut parts)?;
        let structure = self.finish(parts, scope);
        Ok(self.register(Kind::Struct(structure), node, scope))
    }

    fn gather(&mut self, node: &Node<'_>, scope: &Scope, parts: &mut Parts) -> Result<()> {
        for (index, part) in node.all_of.iter().enumerate() {
            let part_scope = scope.part(&format!("allOf/{index}"));
            match Source::from(part) {
                Source::Reference(reference) => self.inherit(reference, &part_scope, parts)?,
                Source::Inline(schema) => {
                    let part = Node::new(schema);
                    if matches!(part.typ, Some(typ) if typ != "object") {
                        return Err(self.not_an_object(&part_scope, "a part of `allOf`"));
                    }
                    self.gather(&part, &part_scope, parts)?;
                }
            }
        }
        for (name, source) in &node.properties {
            let field = self.field(name, *source, &scope.property(name))?;
            parts.insert(field, &mut self.report);
        }
        if matches!(node.additional, Some(AdditionalProperties::Schema(_))) && !node.properties.is_empty() {
            self.report.push(format!("{}: other keys than the declared ones are untyped, in `extra`", scope.pointer));
        }
        parts.required.extend(node.required.iter().cloned());
        if node.arms.is_empty() { Ok(()) } else { self.alternatives(node, scope, parts) }
    }

    /// Takes over what the referenced object has.
    fn inherit(&mut self, reference: &str, scope: &Scope, parts: &mut Parts) -> Result<()> {
        let name = self.schema(reference, scope)?;
        let Some(base) = self.base(name) else {
            return Err(match self.types.contains_key(&TypeId::root(name)) {
                true => self.not_an_object(scope, &format!("`{name}`, which `allOf` refers to,")),
                false => self
                    .error(&Scope::root(name, document::pointer(&["components", "schemas", name])), CIRCLE)
                    .hint("break the circle in an overlay"),
            });
        };
        let Struct { fields, rules } = base.clone();
        let mut ranked: Vec<&Field> = fields.iter().filter(|field| field.required.is_some()).collect();
        ranked.sort_by_key(|field| field.required);
        parts.required.extend(ranked.iter().map(|field| field.wire.clone()));
        parts.rules.extend(rules);
        self.inherited += fields.len();
        if self.inherited > MOST_INHERITED {
            let what = format!("`allOf` takes over more than {MOST_INHERITED} properties in all");
            return Err(self.error(scope, what).hint("shorten the chains of `allOf` in an overlay"));
        }
        for field in fields {
            parts.insert(field, &mut self.report);
        }
        Ok(())
    }

    /// The object that the schema `name` is, or is another name of.
    fn base(&self, name: &str) -> Option<&Struct> {
        self.structure_of(&TypeRef::Named(TypeId::root(name)))
    }

    fn not_an_object(&self, scope: &Scope, what: &str) -> Error {
        self.error(scope, format!("{what} is no object"))
            .hint("only objects can be combined; say what is meant in an overlay")
    }

    /// Arms that stand beside properties: which keys have to be there, or further optional keys.
    fn alternatives(&mut self, node: &Node<'_>, scope: &Scope, parts: &mut Parts) -> Result<()> {
        let mut sets: Vec<Vec<String>> = Vec::new();
        let mut found: BTreeMap<&str, Vec<(Source<'_>, Scope)>> = BTreeMap::new();
        for (keyword, arm) in &node.arms {
            let Source::Inline(schema) = *arm else {
                return Err(self
                    .error(&scope.part(keyword), "a reference as one of several arms beside `properties`")
                    .hint(
                        "move the properties into the arms, or the arms into a property, in spec/overlays/errata.yaml",
                    ));
            };
            let arm = Node::new(schema);
            for (name, source) in &arm.properties {
                found.entry(*name).or_default().push((*source, scope.part(keyword).property(name)));
            }
            if !arm.required.is_empty() {
                sets.push(arm.required.to_vec());
            }
        }
        for (name, sources) in found {
            let field = self.merged(name, &sources, scope)?;
            parts.put(field);
        }
        parts.demand(sets, node.arms.len());
        Ok(())
    }

    /// One field for a property that several arms declare.
    fn merged(&mut self, name: &str, sources: &[(Source<'_>, Scope)], scope: &Scope) -> Result<Field> {
        let mut field: Option<Field> = None;
        let mut values: Vec<String> = Vec::new();
        for (source, place) in sources {
            let place = Scope { id: scope.property(name).id, pointer: place.pointer.clone() };
            let next = self.field(name, *source, &place)?;
            values.extend(self.values(&next).unwrap_or_default());
            let same = field.as_ref().is_none_or(|first| {
                (&first.ty, &first.constant) == (&next.ty, &next.constant)
                    || (self.values(first).is_some() && self.values(&next).is_some())
            });
            if !same {
                return Err(self
                    .error(&place, format!("`{name}` has another type in another arm"))
                    .hint("give it one type in spec/overlays/errata.yaml"));
            }
            let secret = next.secret || field.is_some_and(|first| first.secret);
            field = Some(Field { secret, ..next });
        }
        let (Some(mut field), Some((source, place))) = (field, sources.first()) else {
            return Err(self.error(scope, format!("`{name}` stands in no arm")));
        };
        if values.len() > 1
            && sources.len() > 1
            && let Source::Inline(schema) = source
        {
            let place = Scope { id: scope.property(name).id, pointer: place.pointer.clone() };
            field.ty = self.register(Kind::OpenEnum(values), &Node::new(schema), &place).ty;
            field.constant = None;
        }
        Ok(field)
    }

    /// The listed values of a field that holds one of several texts.
    fn values(&self, field: &Field) -> Option<Vec<String>> {
        match (&field.constant, &field.ty) {
            (Some(only), _) => Some(vec![only.clone()]),
            (None, TypeRef::Named(id)) => match self.types.get(id).map(|ty| &ty.kind) {
                Some(Kind::OpenEnum(values)) => Some(values.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    fn field(&mut self, name: &str, source: Source<'_>, scope: &Scope) -> Result<Field> {
        let lowered = self.lower(source, scope)?;
        Ok(Field {
            wire: name.to_owned(),
            pointer: scope.pointer.clone(),
            ty: lowered.ty,
            described: source.described(),
            required: None,
            nullable: lowered.nullable,
            constant: lowered.constant,
            doc: lowered.doc,
            deprecated: lowered.deprecated,
            secret: self.is_secret(source, scope)?,
        })
    }

    /// Whether an overlay says that the value must not show in logs.
    pub fn is_secret(&self, source: Source<'_>, scope: &Scope) -> Result<bool> {
        match source.extension(SECRET) {
            None => Ok(false),
            Some(Value::Bool(true)) => Ok(true),
            Some(said) => Err(self
                .error(&scope.part(SECRET), format!("`{said}` says nothing"))
                .hint("it is `true`, or is left out")),
        }
    }

    fn finish(&mut self, parts: Parts, scope: &Scope) -> Struct {
        let Parts { mut fields, required, rules } = parts;
        for (rank, name) in required.iter().enumerate() {
            match fields.get_mut(name) {
                Some(field) => field.required = Some(rank),
                None => self.report.push(format!(
                    "{}: `{name}` is required and not declared; it can be set as an undeclared key",
                    scope.pointer
                )),
            }
        }
        let mut fields: Vec<Field> = fields.into_values().collect();
        fields.sort_by_key(|field| (field.wire != "type", field.wire != "id", field.wire.clone()));
        Struct { fields, rules }
    }
}

impl Parts {
    /// Adds a field; a later part of `allOf` speaks last.
    fn insert(&mut self, field: Field, report: &mut Vec<String>) {
        if let Some(earlier) = self.fields.get(&field.wire)
            && earlier.ty != field.ty
        {
            report.push(format!("{}: replaces `{}` of {}", field.pointer, field.wire, earlier.pointer));
        }
        self.put(field);
    }

    /// Puts a field in the place of the one of its name: what is secret once stays secret.
    fn put(&mut self, mut field: Field) {
        field.secret |= self.fields.get(&field.wire).is_some_and(|earlier| earlier.secret);
        self.fields.insert(field.wire.clone(), field);
    }

    /// What all arms demand is required; the rest becomes a sentence.
    fn demand(&mut self, sets: Vec<Vec<String>>, arms: usize) {
        let Some(first) = sets.first() else { return };
        let everywhere = sets.len() == arms;
        let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
        for name in sets.iter().flat_map(|set| set.iter().map(String::as_str).collect::<BTreeSet<_>>()) {
            *holders.entry(name).or_default() += 1;
        }
        let is_common = |name: &String| everywhere && holders.get(name.as_str()) == Some(&sets.len());
        self.required.extend(first.iter().filter(|name| is_common(name)).cloned());
        let rest: Vec<String> = sets
            .iter()
            .map(|set| {
                set.iter()
                    .filter(|name| !is_common(name))
                    .map(|name| crate::escape::code(name))
                    .collect::<Vec<_>>()
                    .join(" with ")
            })
            .filter(|set| !set.is_empty())
            .collect();
        match rest.as_slice() {
            [] => {}
            [only] if everywhere => self.rules.push(format!("{only} has to be given.")),
            [_] => {}
            [most @ .., last] => self.rules.push(format!("One of {} or {last} has to be given.", most.join(", "))),
        }
    }
}

/// Whether the node is one object, rather than a choice or a map.
pub fn is_struct(node: &Node<'_>) -> bool {
    if matches!(node.typ, Some(typ) if typ != "object") {
        return false;
    }
    if node.arms.is_empty() {
        return !node.properties.is_empty() || !node.all_of.is_empty();
    }
    !node.properties.is_empty() || merges(node)
}

/// Whether the arms describe one object: inline, and not told apart by a constant of their own.
fn merges(node: &Node<'_>) -> bool {
    let arms: Option<Vec<Node<'_>>> = node
        .arms
        .iter()
        .map(|(_, arm)| match arm {
            Source::Inline(schema) => Some(Node::new(schema)).filter(|arm| matches!(arm.typ, None | Some("object"))),
            Source::Reference(_) => None,
        })
        .collect();
    let Some(arms) = arms else { return false };
    let objects = arms.iter().all(|arm| arm.is_anything() || arm.only_required() || !arm.properties.is_empty());
    objects && !arms.iter().any(|arm| !constants(arm).is_empty())
}

/// The required properties of an object that permit one text only.
pub fn constants(node: &Node<'_>) -> Vec<(String, String)> {
    let required: BTreeSet<&str> = node.required.iter().map(String::as_str).collect();
    let constant = |(name, source): &(&str, Source<'_>)| match source {
        Source::Inline(schema) if required.contains(name) => match Node::new(schema).strings()?.as_slice() {
            [only] => Some(((*name).to_owned(), only.clone())),
            _ => None,
        },
        _ => None,
    };
    node.properties.iter().filter_map(constant).collect()
}
