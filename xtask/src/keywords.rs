//! The check of a description before anything is made of it.
//!
//! The parser that follows takes `type: strin` for a type that it does not know, drops keywords that it does
//! not know, and says "data did not match any variant" of everything else. Here every object is held to the
//! table of its role, so that a mistake is named where it is, with the keyword that was probably meant.

use serde_json::{Map, Value};

use crate::document::{Document, child, kind};
use crate::error::{Errors, Result};
use crate::openapi::extension::{OF_OPERATIONS, SECRET};
use crate::openapi::{METHODS, Role, Shape, is_extension, reason_phrase};

mod hint;
mod links;
mod schema;

pub use links::check_links;

/// Checks a description that is to become code: [`check_structure`] and [`check_links`].
///
/// A provisional version may refer to schemas that are not there, as several of upstream's did: the pointers of
/// those references are given back, to be treated as any JSON. In any other version they are mistakes.
pub fn check(document: &Document, provisional: bool) -> Result<Vec<String>> {
    check_form(document, true)?;
    links::check(document, provisional)
}

/// Checks that every object has the keywords of its role, and every keyword a value of its kind.
pub fn check_structure(document: &Document) -> Result<()> {
    check_form(document, false)
}

/// `complete` also asks for what `vendor` adds.
fn check_form(document: &Document, complete: bool) -> Result<()> {
    let mut check = Check { document, complete, errors: Errors::default() };
    check.object(Role::Root, &document.root, "#");
    check.errors.into_result()
}

struct Check<'a> {
    document: &'a Document,
    complete: bool,
    errors: Errors,
}

impl Check<'_> {
    fn mistake(&mut self, pointer: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.errors.push(self.document.error(pointer, what).hint(hint));
    }

    fn object(&mut self, role: Role, value: &Value, pointer: &str) {
        let Value::Object(map) = value else {
            let what = format!("{} where {} belongs", kind(value), role.noun());
            return self.mistake(pointer, what, hint::no_object(role, pointer));
        };
        for (key, value) in map {
            let place = child(pointer, key);
            match role.keyword(key) {
                Some(keyword) => self.value(role, keyword.name, keyword.shape, value, &place),
                None if is_extension(key) => self.extension(role, key, map, &place),
                None => {
                    let what = format!("`{key}` is no keyword of {}", role.noun());
                    self.mistake(&place, what, hint::unknown_keyword(role, key, value));
                }
            }
        }
        if !map.contains_key("$ref") {
            self.required(role, map, pointer);
        }
        if role == Role::Schema {
            self.schema(map, pointer);
        }
    }

    /// What overlays say of operations, or of properties, says nothing anywhere else.
    fn extension(&mut self, role: Role, key: &str, map: &Map<String, Value>, place: &str) {
        let what = format!("`{key}` at {}", role.noun());
        if self.complete && role != Role::Operation && OF_OPERATIONS.contains(&key) {
            self.mistake(place, what, "it is said of an operation: give its action an `x-operation` for target");
        } else if self.complete && key == SECRET && place.rsplit('/').nth(2) != Some("properties") {
            self.mistake(place, what, "it is said of a property of a schema");
        } else if self.complete && key == SECRET && map.contains_key("$ref") {
            let what = format!("`{key}` beside a `$ref`, where it says nothing");
            self.mistake(place, what, "say it of the properties of the schema that is referred to");
        }
    }

    fn required(&mut self, role: Role, map: &Map<String, Value>, pointer: &str) {
        let needed: &[&str] = match role {
            Role::Root => &["openapi", "info", "paths"],
            Role::Info => &["title", "version"],
            Role::License | Role::Tag => &["name"],
            Role::Server => &["url"],
            Role::ServerVariable => &["default"],
            Role::Operation => &["responses"],
            Role::Parameter => &["name", "in"],
            Role::RequestBody => &["content"],
            Role::Response if self.complete => &["description"],
            Role::Discriminator => &["propertyName"],
            Role::SecurityScheme => &["type"],
            Role::OAuthFlow => &["scopes"],
            _ => &[],
        };
        for keyword in needed.iter().filter(|keyword| !map.contains_key(**keyword)) {
            let what = format!("{} without `{keyword}`", role.noun());
            self.mistake(pointer, what, format!("add `{keyword}`; if it is there, check its indentation"));
        }
        let typed = map.contains_key("schema") != map.contains_key("content");
        if matches!(role, Role::Parameter | Role::Header) && !typed {
            let what = format!("{} has either `schema` or `content`", role.noun());
            self.mistake(pointer, what, "describe the value by one of the two");
        }
        if role == Role::Root
            && let Some(version) = map.get("openapi").and_then(Value::as_str)
            && !version.starts_with("3.0.")
        {
            let what = format!("the description is OpenAPI {version}");
            self.mistake("#/openapi", what, "only OpenAPI 3.0 is understood");
        }
    }

    fn value(&mut self, role: Role, keyword: &str, shape: Shape, value: &Value, pointer: &str) {
        match (shape, value) {
            (Shape::Object(child), _) => self.object(child, value, pointer),
            (Shape::SchemaOrFlag, Value::Bool(_)) | (Shape::Any, _) => {}
            (Shape::SchemaOrFlag, _) => self.object(Role::Schema, value, pointer),
            (Shape::Objects(child), Value::Array(list)) => self.list(child, keyword, list, pointer),
            (Shape::Map(child), Value::Object(map)) => {
                map.iter().for_each(|(name, value)| self.object(child, value, &self::child(pointer, name)));
            }
            (Shape::Paths, Value::Object(map)) => self.paths(map, pointer),
            (Shape::Responses, Value::Object(map)) => self.responses(map, pointer),
            (Shape::Callbacks, Value::Object(map)) => self.callbacks(map, pointer),
            (Shape::Security, Value::Array(list)) => self.security(list, pointer),
            (Shape::TextMap, Value::Object(map)) => {
                for (name, value) in map {
                    self.value(role, name, Shape::Text, value, &child(pointer, name));
                }
            }
            (Shape::Texts, Value::Array(list)) => {
                for (index, value) in list.iter().enumerate() {
                    self.value(role, keyword, Shape::Text, value, &format!("{pointer}/{index}"));
                }
            }
            (Shape::Choice(known), Value::String(text)) => {
                if !known.contains(&text.as_str()) {
                    let what = format!("`{text}` is no `{keyword}` of {}", role.noun());
                    self.mistake(pointer, what, hint::closest(text, known));
                }
            }
            (Shape::Text, Value::String(_))
            | (Shape::Flag, Value::Bool(_))
            | (Shape::Number, Value::Number(_))
            | (Shape::Anys, Value::Array(_)) => {}
            (Shape::Count, Value::Number(number)) if number.is_u64() => {}
            _ => {
                let what = format!("`{keyword}` is {}, not {}", kind(value), hint::expected(shape));
                self.mistake(pointer, what, hint::wrong_kind(role, keyword, shape, value));
            }
        }
    }

    fn list(&mut self, role: Role, keyword: &str, list: &[Value], pointer: &str) {
        if list.is_empty() && role == Role::Schema {
            self.mistake(pointer, format!("`{keyword}` is empty"), "list at least one schema, or remove it");
        }
        for (index, value) in list.iter().enumerate() {
            self.object(role, value, &format!("{pointer}/{index}"));
        }
    }

    fn paths(&mut self, map: &Map<String, Value>, pointer: &str) {
        for (path, item) in map.iter().filter(|(path, _)| !is_extension(path)) {
            let place = child(pointer, path);
            if !path.starts_with('/') {
                self.mistake(&place, format!("`{path}` is no path"), "a path starts with `/`; check the indentation");
            } else if !is_template(path) {
                self.mistake(&place, format!("the braces of `{path}` do not match"), "write variables as `{id}`");
            }
            self.object(Role::PathItem, item, &place);
            if item.get("$ref").is_some() {
                self.mistake(&place, "a path that is a reference", "write the operations out under the path");
            }
        }
    }

    fn responses(&mut self, map: &Map<String, Value>, pointer: &str) {
        for (status, response) in map.iter().filter(|(status, _)| !is_extension(status)) {
            let place = child(pointer, status);
            if reason_phrase(status).is_some() {
                self.object(Role::Response, response, &place);
            } else {
                let what = format!("`{status}` is no status code");
                self.mistake(&place, what, "write `200`, `4XX` or `default`; check the indentation");
            }
        }
        if map.keys().all(|status| is_extension(status)) {
            self.mistake(pointer, "`responses` is empty", "describe at least one response");
        }
    }

    fn callbacks(&mut self, map: &Map<String, Value>, pointer: &str) {
        for (name, callback) in map {
            let place = child(pointer, name);
            let Value::Object(expressions) = callback else {
                self.mistake(&place, "a callback is a map of expressions to paths", "see the OpenAPI specification");
                continue;
            };
            for (expression, item) in expressions.iter().filter(|(key, _)| !is_extension(key) && *key != "$ref") {
                self.object(Role::PathItem, item, &child(&place, expression));
            }
        }
    }

    fn security(&mut self, list: &[Value], pointer: &str) {
        for (index, requirement) in list.iter().enumerate() {
            let place = format!("{pointer}/{index}");
            match requirement {
                Value::Object(schemes) => schemes.iter().for_each(|(name, scopes)| {
                    self.value(Role::Operation, name, Shape::Texts, scopes, &child(&place, name));
                }),
                other => {
                    let what = format!("{} where a map of security schemes belongs", kind(other));
                    self.mistake(&place, what, "write `- bearerAuth: []`");
                }
            }
        }
    }
}

/// Whether every brace of a path template opens or closes a variable.
fn is_template(path: &str) -> bool {
    path.split('{').enumerate().all(|(index, part)| match part.split_once('}') {
        None => index == 0,
        Some((variable, rest)) => index > 0 && !variable.is_empty() && !rest.contains('}'),
    })
}

/// The operations of a description: path, method, pointer and value.
fn operations(document: &Document) -> impl Iterator<Item = (&str, &'static str, String, &Value)> {
    let paths = document.root.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.filter(|(path, _)| !is_extension(path)).flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| {
            let pointer = crate::document::pointer(&["paths", path, method]);
            item.get(method).map(|operation| (path.as_str(), method, pointer, operation))
        })
    })
}

#[cfg(test)]
mod tests;
