//! One view of a schema, however openapiv3 happened to sort it.
//!
//! The descriptions mix `type`, `properties`, `oneOf` and `allOf` on one node. openapiv3 files such
//! a node under `Any` and a plain one under `Type`; lowering asks the same questions of both.

use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// A reference or a schema, boxed or not.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// `$ref`.
    Reference(&'a str),
    /// An inline schema.
    Inline(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for Source<'a> {
    fn from(from: &'a ReferenceOr<Schema>) -> Self {
        match from {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for Source<'a> {
    fn from(from: &'a ReferenceOr<Box<Schema>>) -> Self {
        match from {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

impl<'a> Source<'a> {
    /// What an overlay says of the schema, under a key of ours.
    pub fn extension(self, key: &str) -> Option<&'a Value> {
        match self {
            Self::Inline(schema) => schema.schema_data.extensions.get(key),
            Self::Reference(_) => None,
        }
    }

    /// What the schema calls the type, with its format; nothing where the type is that of a reference.
    pub fn described(self) -> String {
        let Self::Inline(schema) = self else { return String::new() };
        let node = Node::new(schema);
        match (node.typ, &node.format, node.items) {
            (Some("array"), _, Some(items)) => format!("array of {}", items.described()).trim_end().to_owned(),
            (Some(typ), Some(format), _) => format!("{typ} ({format})"),
            (Some(typ), None, _) => typ.to_owned(),
            (None, ..) => String::new(),
        }
    }
}

/// A schema's facts.
#[derive(Debug)]
pub struct Node<'a> {
    /// `nullable`, `description`, `deprecated`, `discriminator`, extensions.
    pub data: &'a SchemaData,
    /// `type`.
    pub typ: Option<&'a str>,
    /// `format`.
    pub format: Option<String>,
    /// `enum`, its null left out.
    pub values: Vec<Value>,
    /// Whether `enum` lists null.
    pub lists_null: bool,
    /// `properties`, by name.
    pub properties: Vec<(&'a str, Source<'a>)>,
    /// `required`, in the description's order.
    pub required: &'a [String],
    /// `additionalProperties`.
    pub additional: Option<&'a AdditionalProperties>,
    /// `items`.
    pub items: Option<Source<'a>>,
    /// `oneOf` and `anyOf`: the description uses them alike.
    pub arms: Vec<(String, Source<'a>)>,
    /// `allOf`.
    pub all_of: &'a [ReferenceOr<Schema>],
    /// `not`.
    pub negated: bool,
}

impl<'a> Node<'a> {
    /// The facts of `schema`.
    pub fn new(schema: &'a Schema) -> Self {
        let mut node = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(typ) => node.typed(typ),
            SchemaKind::OneOf { one_of } => node.arms = arms("oneOf", one_of),
            SchemaKind::AnyOf { any_of } => node.arms = arms("anyOf", any_of),
            SchemaKind::AllOf { all_of } => node.all_of = all_of,
            SchemaKind::Not { .. } => node.negated = true,
            SchemaKind::Any(any) => node.mixed(any),
        }
        node.properties.sort_by_key(|(name, _)| *name);
        node.lists_null = node.values.iter().any(Value::is_null);
        node.values.retain(|value| !value.is_null());
        node
    }

    /// Whether `null` is permitted.
    pub fn nullable(&self) -> bool {
        self.data.nullable || self.lists_null
    }

    /// The values of a string enum; none if there is no `enum` or one of its values is no string.
    pub fn strings(&self) -> Option<Vec<String>> {
        let values: Option<Vec<String>> = self.values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
        values.filter(|values| !values.is_empty())
    }

    /// Whether the node says nothing of the value but which keys it must have.
    pub fn only_required(&self) -> bool {
        !self.required.is_empty() && self.properties.is_empty() && self.is_bare()
    }

    /// Whether the node says nothing at all.
    pub fn is_anything(&self) -> bool {
        self.typ.is_none()
            && self.required.is_empty()
            && self.properties.is_empty()
            && self.values.is_empty()
            && self.is_bare()
    }

    fn is_bare(&self) -> bool {
        self.items.is_none()
            && self.additional.is_none()
            && self.arms.is_empty()
            && self.all_of.is_empty()
            && !self.negated
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            typ: None,
            format: None,
            values: Vec::new(),
            lists_null: false,
            properties: Vec::new(),
            required: &[],
            additional: None,
            items: None,
            arms: Vec::new(),
            all_of: &[],
            negated: false,
        }
    }

    fn typed(&mut self, typ: &'a Type) {
        match typ {
            Type::String(string) => {
                self.typ = Some("string");
                self.format = format(&string.format);
                self.values =
                    string.enumeration.iter().map(|value| value.clone().map_or(Value::Null, Value::String)).collect();
            }
            Type::Number(number) => {
                self.typ = Some("number");
                self.format = format(&number.format);
            }
            Type::Integer(integer) => {
                self.typ = Some("integer");
                self.format = format(&integer.format);
            }
            Type::Boolean(boolean) => {
                self.typ = Some("boolean");
                self.lists_null = boolean.enumeration.contains(&None);
            }
            Type::Array(array) => {
                self.typ = Some("array");
                self.items = array.items.as_ref().map(Source::from);
            }
            Type::Object(object) => {
                self.typ = Some("object");
                self.properties = properties(&object.properties);
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
        }
    }

    fn mixed(&mut self, any: &'a AnySchema) {
        self.typ = any.typ.as_deref();
        self.format.clone_from(&any.format);
        self.values.clone_from(&any.enumeration);
        self.properties = properties(&any.properties);
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref().map(Source::from);
        self.arms = arms("oneOf", &any.one_of);
        self.arms.extend(arms("anyOf", &any.any_of));
        self.all_of = &any.all_of;
        self.negated = any.not.is_some();
    }
}

fn properties<'a>(from: &'a indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>) -> Vec<(&'a str, Source<'a>)> {
    from.iter().map(|(name, schema)| (name.as_str(), Source::from(schema))).collect()
}

fn arms<'a>(keyword: &str, from: &'a [ReferenceOr<Schema>]) -> Vec<(String, Source<'a>)> {
    from.iter().enumerate().map(|(index, arm)| (format!("{keyword}/{index}"), Source::from(arm))).collect()
}

fn format<F: std::fmt::Debug + serde::Serialize>(from: &VariantOrUnknownOrEmpty<F>) -> Option<String> {
    match from {
        VariantOrUnknownOrEmpty::Item(known) => serde_json::to_value(known).ok()?.as_str().map(str::to_owned),
        VariantOrUnknownOrEmpty::Unknown(other) => Some(other.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
