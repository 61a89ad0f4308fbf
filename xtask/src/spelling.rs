//! How the names of a description may be spelled.
//!
//! A name ends up in code, in documentation, in messages and in the text of pull requests. A name that a reader cannot see
//! whole, or that spans lines, can only mislead there, so it is refused where it stands.

use serde_json::{Map, Value};

use crate::document::{Document, pointer};
use crate::error::{Errors, Result};
use crate::escape::{excerpt, is_invisible};
use crate::openapi::{Class, Role, Shape};

/// The longest name, in characters. The longest that upstream has is a third of it.
const LONGEST_NAME: usize = 200;

/// The longest of other texts that are facts, such as patterns and addresses, in characters.
const LONGEST_TEXT: usize = 2000;

/// Checks every name and every other text of a description but its prose and its samples.
pub fn check(document: &Document) -> Result<()> {
    let mut spelling = Spelling { document, place: Vec::new(), errors: Errors::default() };
    spelling.object(Role::Root, &document.root);
    spelling.errors.into_result()
}

/// A step on the way to a value.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

struct Spelling<'a> {
    document: &'a Document,
    /// The way to the value that is looked at; rendered for messages only.
    place: Vec<Step<'a>>,
    errors: Errors,
}

impl<'a> Spelling<'a> {
    fn object(&mut self, role: Role, value: &'a Value) {
        self.entries(value, |spelling, key, value| match role.keyword(key) {
            Some(keyword) if keyword.class == Class::Fact => spelling.keyword(role, keyword.name, keyword.shape, value),
            Some(_) => {}
            None => {
                spelling.name(key);
                spelling.any(value);
            }
        });
    }

    fn keyword(&mut self, role: Role, keyword: &str, shape: Shape, value: &'a Value) {
        match (shape, value) {
            (_, Value::String(text)) if keyword == "$ref" => {
                self.text(text);
                self.name(text.rsplit('/').next().unwrap_or(text));
            }
            (_, Value::String(text)) if is_name(role, keyword) => self.name(text),
            (Shape::Texts | Shape::Anys, Value::Array(list)) => self.list(list, |spelling, value| match value {
                Value::String(text) => spelling.name(text),
                other => spelling.any(other),
            }),
            _ => self.value(shape, value),
        }
    }

    fn value(&mut self, shape: Shape, value: &'a Value) {
        match (shape, value) {
            (Shape::Object(role), _) => self.object(role, value),
            (Shape::SchemaOrFlag, _) => self.object(Role::Schema, value),
            (Shape::Objects(role), Value::Array(list)) => {
                self.list(list, |spelling, value| spelling.object(role, value))
            }
            (Shape::Map(role), _) => self.named(value, |spelling, value| spelling.object(role, value)),
            (Shape::Paths, _) => self.named(value, |spelling, value| spelling.object(Role::PathItem, value)),
            (Shape::Responses, _) => self.named(value, |spelling, value| spelling.object(Role::Response, value)),
            (Shape::Callbacks, _) => self.named(value, |spelling, value| spelling.value(Shape::Paths, value)),
            (Shape::Security, Value::Array(list)) => self.list(list, |spelling, schemes| {
                spelling.named(schemes, |spelling, scopes| spelling.any(scopes));
            }),
            _ => self.any(value),
        }
    }

    /// A map whose keys are names.
    fn named(&mut self, value: &'a Value, mut each: impl FnMut(&mut Self, &'a Value)) {
        self.entries(value, |spelling, name, value| {
            spelling.name(name);
            each(spelling, value);
        });
    }

    /// A value of any form.
    fn any(&mut self, value: &'a Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => self.list(list, Self::any),
            Value::Object(_) => self.named(value, Self::any),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn entries(&mut self, value: &'a Value, mut each: impl FnMut(&mut Self, &'a str, &'a Value)) {
        for (key, value) in value.as_object().into_iter().flat_map(Map::iter) {
            self.place.push(Step::Key(key));
            each(self, key, value);
            self.place.pop();
        }
    }

    fn list(&mut self, list: &'a [Value], mut each: impl FnMut(&mut Self, &'a Value)) {
        for (index, value) in list.iter().enumerate() {
            self.place.push(Step::Index(index));
            each(self, value);
            self.place.pop();
        }
    }

    fn name(&mut self, name: &str) {
        self.spelled("name", name, LONGEST_NAME);
    }

    fn text(&mut self, text: &str) {
        self.spelled("text", text, LONGEST_TEXT);
    }

    fn spelled(&mut self, noun: &str, text: &str, longest: usize) {
        let shown = excerpt(text);
        if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
            let what = format!("expected a {noun} of visible characters, found U+{:04X} in `{shown}`", u32::from(c));
            self.refuse(what);
        } else if text.len() > longest && text.chars().count() > longest {
            self.refuse(format!("expected a {noun} of at most {longest} characters, found `{shown}`"));
        }
    }

    fn refuse(&mut self, what: String) {
        let tokens: Vec<String> = self
            .place
            .iter()
            .map(|step| match step {
                Step::Key(key) => (*key).to_owned(),
                Step::Index(index) => index.to_string(),
            })
            .collect();
        let pointer = pointer(&tokens.iter().map(String::as_str).collect::<Vec<_>>());
        let hint = "nothing was written; correct the description where it comes from, or the overlay that adds this";
        self.errors.push(self.document.error(pointer, what).hint(hint));
    }
}

/// Whether a text is the name of something.
fn is_name(role: Role, keyword: &str) -> bool {
    match role {
        Role::Operation | Role::Link => keyword == "operationId",
        Role::Parameter | Role::Tag | Role::SecurityScheme | Role::Xml => keyword == "name",
        Role::Discriminator => keyword == "propertyName",
        Role::Encoding => keyword == "contentType",
        Role::Schema => keyword == "format",
        Role::Root => keyword == "openapi",
        Role::Info => keyword == "version",
        _ => false,
    }
}

#[cfg(test)]
#[path = "spelling_tests.rs"]
mod tests;
