//! Choices between types: which arms there are. How they are told apart is decided when all types are known.

use super::Lowerer;
use super::node::{Node, Source};
use super::object::constants;
use super::schema::{Lowered, is_id};
use super::scope::Scope;
use crate::api::{Arm, Choice, Kind, Scalar, TypeRef, Union};
use crate::error::Result;

impl Lowerer<'_> {
    /// The choice at `scope`.
    pub fn union(&mut self, node: &Node<'_>, scope: &Scope) -> Result<Lowered> {
        if let Some(scalar) = scalar(node, scope) {
            let mut lowered = self.register(Kind::Alias(TypeRef::Scalar(scalar)), node, scope);
            self.types.remove(&scope.id);
            lowered.ty = TypeRef::Scalar(scalar);
            return Ok(lowered);
        }
        let mut arms = Vec::new();
        let mut nullable = false;
        for (keyword, source) in &node.arms {
            let label = label(*source);
            let lowered = self.lower(*source, &scope.arm(&label, keyword))?;
            nullable |= lowered.nullable;
            arms.push(Arm { label, ty: lowered.ty });
        }
        let union = Union { arms, choice: Choice::Shape(Vec::new()) };
        let mut lowered = self.register(Kind::Union(union), node, scope);
        self.discriminators.extend(node.data.discriminator.clone().map(|found| (scope.id.clone(), found)));
        lowered.nullable |= nullable;
        Ok(lowered)
    }
}

/// Choices that a scalar of the runtime already covers.
fn scalar(node: &Node<'_>, scope: &Scope) -> Option<Scalar> {
    let nodes: Option<Vec<Node<'_>>> = node
        .arms
        .iter()
        .map(|(_, arm)| match arm {
            Source::Inline(schema) => Some(Node::new(schema)).filter(|arm| arm.values.is_empty()),
            Source::Reference(_) => None,
        })
        .collect();
    let nodes = nodes?;
    let types: Vec<&str> = nodes.iter().map(|node| node.typ.unwrap_or_default()).collect();
    if types.iter().all(|typ| matches!(*typ, "string" | "integer" | "number")) {
        if nodes.iter().any(|node| matches!(node.format.as_deref(), Some("date-time" | "timestamp")))
            || scope.name().ends_with("_at")
        {
            return Some(Scalar::Timestamp);
        }
        if is_id(scope.name()) {
            return Some(Scalar::Id);
        }
    }
    types.iter().all(|typ| matches!(*typ, "integer" | "number")).then_some(Scalar::Number)
}

/// What an arm is called: by its schema, its constant or its kind.
fn label(source: Source<'_>) -> String {
    match source {
        Source::Reference(reference) => reference.rsplit('/').next().unwrap_or(reference).to_owned(),
        Source::Inline(schema) => {
            let node = Node::new(schema);
            match (node.typ, node.items, constants(&node).first()) {
                (_, _, Some((_, value))) => value.clone(),
                (Some("array"), Some(items), _) => plural(&label(items)),
                (Some("array"), None, _) => "list".to_owned(),
                (Some("integer" | "number"), _, _) => "number".to_owned(),
                (Some("boolean"), _, _) => "bool".to_owned(),
                (Some("string"), _, _) => "text".to_owned(),
                (None, ..) if !node.arms.is_empty() => "item".to_owned(),
                _ => "object".to_owned(),
            }
        }
    }
}

/// Several of what the label names.
fn plural(label: &str) -> String {
    match label.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if label.ends_with('s') => format!("{label}es"),
        None => format!("{label}s"),
    }
}
