//! The facts form: the interface without prose and samples, in one order and one style.
//!
//! Upstream's text is not ours to keep, and most of its changes are to the text. What is left changes only
//! when the interface does, and then by the lines that changed. The walk goes by role and not by key, so that
//! a property that is named `description` stays.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::error::{Error, Result};
use crate::openapi::{Class, Keyword, Role, Shape, is_extension, reason_phrase};

mod scalars;

/// The first lines of a file in facts form.
pub const HEADER: &str = "\
# The facts of an Intercom API description, written by `cargo xtask vendor`. Do not edit:
# corrections and additions belong in spec/overlays.
";

/// What was left out, by keyword; extensions are counted together as `x-…`.
pub type Dropped = BTreeMap<String, usize>;

/// The facts form of a description that passed the check of keywords, and what was left out.
pub fn facts(root: &Value, keep_prose: bool) -> (Value, Dropped) {
    let mut form = Form { keep_prose: Some(keep_prose), dropped: Dropped::new() };
    let facts = form.object(Role::Root, root, None);
    (facts, form.dropped)
}

/// The same description with its keys in canonical order; nothing is left out.
pub fn sorted(root: &Value) -> Value {
    Form { keep_prose: None, dropped: Dropped::new() }.object(Role::Root, root, None)
}

/// A description as YAML. The text is read again and compared, so that no value can change its meaning by
/// the way in which it is written.
pub fn write(file: &str, root: &Value) -> Result<String> {
    let yaml = serde_yaml::to_string(&scalars::marked(root))
        .map_err(|error| Error::file(file, format!("cannot be written as YAML: {error}")))?;
    let text = format!("{HEADER}{}", scalars::quoted(&yaml));
    if Document::parse(file, &text)?.root == *root {
        return Ok(text);
    }
    Err(Error::file(file, "a value would be read back as another one")
        .hint("look for unusual characters in the names and defaults of the description"))
}

struct Form {
    /// `None` keeps everything.
    keep_prose: Option<bool>,
    dropped: Dropped,
}

impl Form {
    /// `name` is the key of a response: its status code, or its name among the components.
    fn object(&mut self, role: Role, value: &Value, name: Option<&str>) -> Value {
        let Value::Object(map) = value else { return value.clone() };
        let mut result = Map::new();
        for keyword in role.keywords() {
            match (map.get(keyword.name), name) {
                _ if keyword.name == "description" && role == Role::Response && self.keep_prose.is_some() => {
                    self.response_description(map, name, &mut result);
                }
                (Some(value), _) if self.keeps(keyword) => {
                    result.insert(keyword.name.to_owned(), self.value(keyword.shape, value));
                }
                (Some(_), _) => self.drop(keyword.name),
                (None, _) => {}
            }
        }
        let mut others: Vec<_> = map.iter().filter(|(key, _)| role.keyword(key).is_none()).collect();
        others.sort_by_key(|(key, _)| *key);
        for (key, value) in others {
            if is_extension(key) && self.keep_prose.is_some() {
                self.drop("x-…");
            } else {
                result.insert(key.clone(), value.clone());
            }
        }
        Value::Object(result)
    }

    fn keeps(&self, keyword: &Keyword) -> bool {
        match (self.keep_prose, keyword.class) {
            (None, _) | (Some(_), Class::Fact) => true,
            (Some(keep), Class::Prose) => keep,
            (Some(_), Class::Sample) => false,
        }
    }

    fn drop(&mut self, keyword: &str) {
        *self.dropped.entry(keyword.to_owned()).or_default() += 1;
    }

    /// OpenAPI demands a description of a response: the reason phrase says what the status code says.
    fn response_description(&mut self, map: &Map<String, Value>, name: Option<&str>, result: &mut Map<String, Value>) {
        let old = map.get("description").and_then(Value::as_str).filter(|text| !text.is_empty());
        let phrase = name.map(|name| reason_phrase(name).unwrap_or(name)).unwrap_or_default();
        let new = match old {
            _ if map.contains_key("$ref") => None,
            Some(text) if self.keep_prose == Some(true) => Some(text),
            _ => Some(phrase),
        };
        if old.is_some() && old != new {
            self.drop("description");
        }
        if let Some(text) = new {
            result.insert("description".into(), text.into());
        }
    }

    fn value(&mut self, shape: Shape, value: &Value) -> Value {
        match (shape, value) {
            (Shape::Object(role), _) => self.object(role, value, None),
            (Shape::SchemaOrFlag, _) => self.object(Role::Schema, value, None),
            (Shape::Objects(role), Value::Array(list)) => {
                list.iter().map(|value| self.object(role, value, None)).collect()
            }
            (Shape::Map(role), Value::Object(map)) => {
                self.map(map, false, |form, name, value| form.object(role, value, Some(name)))
            }
            (Shape::Paths, Value::Object(map)) => {
                self.map(map, true, |form, _, value| form.object(Role::PathItem, value, None))
            }
            (Shape::Responses, Value::Object(map)) => {
                self.map(map, true, |form, status, value| form.object(Role::Response, value, Some(status)))
            }
            (Shape::Callbacks, Value::Object(map)) => {
                self.map(map, false, |form, _, value| form.value(Shape::Paths, value))
            }
            (Shape::TextMap, Value::Object(map)) => self.map(map, false, |_, _, value| value.clone()),
            _ => value.clone(),
        }
    }

    /// A map of names, sorted. Where the specification allows extensions among the names, they are dropped.
    fn map(
        &mut self,
        map: &Map<String, Value>,
        extensions: bool,
        mut each: impl FnMut(&mut Self, &str, &Value) -> Value,
    ) -> Value {
        let mut entries: Vec<_> = map.iter().collect();
        entries.sort_by_key(|(name, _)| *name);
        let mut result = Map::new();
        for (name, value) in entries {
            if !(extensions && is_extension(name)) {
                result.insert(name.clone(), each(self, name, value));
            } else if self.keep_prose.is_some() {
                self.drop("x-…");
            } else {
                result.insert(name.clone(), value.clone());
            }
        }
        Value::Object(result)
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod yaml_1_1_tests;
