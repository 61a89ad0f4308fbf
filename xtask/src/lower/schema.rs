//! From a schema to a reference to a type, registering the inline types on the way.

use openapiv3::{AdditionalProperties, Schema};

use super::Lowerer;
use super::inherit::name_of;
use super::node::{Node, Source};
use super::object::is_struct;
use super::scope::Scope;
use crate::api::{Kind, Scalar, Type, TypeId, TypeRef, Usage};
use crate::error::Result;

/// What stands at a place that refers to a type.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The type.
    pub ty: TypeRef,
    /// Whether null is a value here.
    pub nullable: bool,
    /// The only value that is permitted.
    pub constant: Option<String>,
    /// What it is, in our words.
    pub doc: Option<String>,
    /// Whether the description advises against it.
    pub deprecated: bool,
}

impl Lowered {
    fn new(ty: TypeRef, node: &Node<'_>) -> Self {
        Self {
            ty,
            nullable: node.nullable(),
            constant: None,
            doc: node.data.description.clone(),
            deprecated: node.data.deprecated,
        }
    }

    /// The type as an element of a list or map, where nullability has no field to belong to.
    pub fn element(self) -> TypeRef {
        if self.nullable && self.ty != TypeRef::Scalar(Scalar::Json) {
            TypeRef::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

impl Lowerer<'_> {
    /// The type at `scope`.
    pub fn lower(&mut self, source: Source<'_>, scope: &Scope) -> Result<Lowered> {
        match source {
            Source::Reference(reference) => self.reference(reference, scope),
            Source::Inline(schema) => self.inline(schema, scope),
        }
    }

    fn reference(&mut self, reference: &str, scope: &Scope) -> Result<Lowered> {
        let name = self.schema(reference, scope)?;
        let ty = TypeRef::Named(TypeId::root(name));
        let nullable = self.nullable.contains(name);
        Ok(Lowered { ty, nullable, constant: None, doc: None, deprecated: false })
    }

    fn inline(&mut self, schema: &Schema, scope: &Scope) -> Result<Lowered> {
        let node = Node::new(schema);
        if node.negated {
            return Err(self.error(scope, "`not` cannot be expressed as a type").hint("remove it in an overlay"));
        }
        if let Some(inner) = only_child(&node) {
            let mut lowered = self.lower(inner, scope)?;
            lowered.nullable |= node.nullable();
            lowered.deprecated |= node.data.deprecated;
            lowered.doc = node.data.description.clone().or(lowered.doc);
            return Ok(lowered);
        }
        if is_struct(&node) {
            return self.structure(&node, scope);
        }
        if !node.arms.is_empty() {
            return self.union(&node, scope);
        }
        self.plain(&node, scope)
    }

    fn plain(&mut self, node: &Node<'_>, scope: &Scope) -> Result<Lowered> {
        match node.typ {
            Some("array") => self.list(node, scope),
            Some("object") => self.map(node, scope),
            None if node.additional.is_some() => self.map(node, scope),
            None | Some("string") if node.strings().is_some() => self.open_enum(node, scope),
            Some("string") => Ok(Lowered::new(TypeRef::Scalar(string(node, scope)), node)),
            Some("integer") => Ok(Lowered::new(TypeRef::Scalar(integer(node, scope)), node)),
            Some("number") => Ok(Lowered::new(TypeRef::Scalar(Scalar::Number), node)),
            Some("boolean") => Ok(Lowered::new(TypeRef::Scalar(Scalar::Bool), node)),
            None => Ok(Lowered::new(TypeRef::Scalar(Scalar::Json), node)),
            Some(other) => Err(self.error(scope, format!("`{other}` is no type of OpenAPI 3.0"))),
        }
    }

    fn list(&mut self, node: &Node<'_>, scope: &Scope) -> Result<Lowered> {
        let item = match node.items {
            Some(items) => self.lower(items, &scope.items())?.element(),
            None => TypeRef::Scalar(Scalar::Json),
        };
        Ok(Lowered::new(TypeRef::List(Box::new(item)), node))
    }

    fn map(&mut self, node: &Node<'_>, scope: &Scope) -> Result<Lowered> {
        let value = match node.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                self.lower(Source::from(schema.as_ref()), &scope.values())?.element()
            }
            _ => TypeRef::Scalar(Scalar::Json),
        };
        Ok(Lowered::new(TypeRef::Map(Box::new(value)), node))
    }

    fn open_enum(&mut self, node: &Node<'_>, scope: &Scope) -> Result<Lowered> {
        let values = node.strings().unwrap_or_default();
        if let [only] = values.as_slice() {
            let mut lowered = Lowered::new(TypeRef::Scalar(Scalar::String), node);
            lowered.constant = Some(only.clone());
            return Ok(lowered);
        }
        Ok(self.register(Kind::OpenEnum(values), node, scope))
    }

    /// Gives the type at `scope` its place in the model.
    pub fn register(&mut self, kind: Kind, node: &Node<'_>, scope: &Scope) -> Lowered {
        let id = scope.id.clone();
        let lowered = Lowered::new(TypeRef::Named(id.clone()), node);
        let ty = Type {
            id: id.clone(),
            pointer: scope.pointer.clone(),
            doc: lowered.doc.clone(),
            deprecated: lowered.deprecated,
            kind,
            usage: Usage::default(),
        };
        self.types.insert(id, ty);
        lowered
    }

    /// The name of the schema that a reference leads to.
    pub fn schema<'r>(&self, reference: &'r str, scope: &Scope) -> Result<&'r str> {
        name_of(reference).filter(|name| self.schemas.contains_key(*name)).ok_or_else(|| {
            self.error(scope, format!("unresolved reference `{reference}`"))
                .hint("only references to #/components/schemas/… of the same file can be followed")
        })
    }
}

/// The one schema that a node wraps without adding to it.
pub fn only_child<'a>(node: &Node<'a>) -> Option<Source<'a>> {
    if !node.properties.is_empty() || !node.required.is_empty() {
        return None;
    }
    match (node.all_of, node.arms.as_slice()) {
        ([one], []) => Some(Source::from(one)),
        ([], [(_, one)]) => Some(*one),
        _ => None,
    }
}

/// Every id is an [`Scalar::Id`]: the API writes them as text and as numbers, whatever it declares.
pub fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("_ids")
}

fn string(node: &Node<'_>, scope: &Scope) -> Scalar {
    match node.format.as_deref() {
        Some("date-time") => Scalar::TimestampText,
        _ if is_id(scope.name()) => Scalar::Id,
        _ => Scalar::String,
    }
}

fn integer(node: &Node<'_>, scope: &Scope) -> Scalar {
    match node.format.as_deref() {
        Some("date-time" | "timestamp") => Scalar::Timestamp,
        _ if scope.name().ends_with("_at") => Scalar::Timestamp,
        _ if is_id(scope.name()) => Scalar::Id,
        _ => Scalar::Integer,
    }
}
