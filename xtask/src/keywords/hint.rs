//! What to do about a mistake.

use serde_json::Value;

use crate::openapi::{Role, Shape};

/// The known word that was probably meant, or all of them.
pub(super) fn closest(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("one of: {}", known.join(", ")),
    }
}

fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distance = |known: &&str| strsim::osa_distance(&word, &known.to_lowercase());
    let nearest = known.iter().copied().min_by_key(distance)?;
    (distance(&nearest) <= 1 + word.len() / 4).then_some(nearest)
}

pub(super) fn unknown_keyword(role: Role, key: &str, value: &Value) -> String {
    let known: Vec<&str> = role.keywords().iter().map(|keyword| keyword.name).collect();
    match (nearest(key, &known), role, value) {
        (Some(nearest), ..) => format!("did you mean `{nearest}`?"),
        (None, Role::Schema, Value::Object(_)) => {
            format!("if `{key}` is a property, put it under `properties:`; else check the indentation")
        }
        (None, Role::PathItem, _) => "use one of the HTTP methods in lower case; else check the indentation".into(),
        (None, _, _) => "check the indentation; extensions start with `x-`".into(),
    }
}

pub(super) fn no_object(role: Role, pointer: &str) -> String {
    match (role, pointer.rsplit('/').next()) {
        (Role::Schema, Some("items")) => "`items` is one schema; several are `items: {oneOf: […]}`".into(),
        (Role::Schema, Some("required")) => {
            "`required` stands beside `properties` and lists names; under `properties` it is a property".into()
        }
        (Role::Schema, _) => "a schema is an object, such as `{type: string}`; check the indentation".into(),
        _ => "check the indentation".into(),
    }
}

pub(super) fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "anything",
        Shape::Anys => "a list of values",
        Shape::Text | Shape::Choice(_) => "a string",
        Shape::Flag => "a boolean",
        Shape::Number => "a number",
        Shape::Count => "a whole number that is not negative",
        Shape::Texts => "a list of strings",
        Shape::TextMap => "a map of strings",
        Shape::Object(role) => role.noun(),
        Shape::Objects(_) | Shape::Security => "a list of objects",
        Shape::Map(_) | Shape::Paths | Shape::Responses | Shape::Callbacks => "a map of names to objects",
        Shape::SchemaOrFlag => "a schema or a boolean",
    }
}

pub(super) fn wrong_kind(role: Role, keyword: &str, shape: Shape, value: &Value) -> String {
    match (role, keyword, value) {
        (Role::Schema, "type", Value::Array(_)) => {
            "that is OpenAPI 3.1: write one type, and `nullable: true` if null is among them".into()
        }
        (Role::Schema, "required", Value::Bool(_)) => {
            "the object that has the property lists its name in `required`; remove it here".into()
        }
        (Role::Schema, "exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
            "that is OpenAPI 3.1: put the number into `minimum` or `maximum` and write `true` here".into()
        }
        _ if matches!(shape, Shape::Text | Shape::Choice(_)) && !value.is_array() && !value.is_object() => {
            "write a string; quote it if it looks like a number, a boolean or null".into()
        }
        _ => format!("write {}", expected(shape)),
    }
}
