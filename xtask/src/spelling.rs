//! How the names of a description may be spelled.
//!
//! A name ends up in code, in documentation, in messages and in the text of pull requests. A name that a reader cannot see
//! whole, or that spans lines, can only mislead there, so it is refused where it stands.

use serde_json::{Map, Value};

use crate::document::{Document, pointer};
use crate::error::{Errors, Result};
use crate::escape::{excerpt, is_invisible};
use crate::openapi::{Class, Role, Shape, is_extension};

/// The longest name, in characters. The longest that upstream has, a path, is less than half of it.
const LONGEST_NAME: usize = 200;

/// The longest of other texts that are facts, such as patterns and addresses, in characters.
const LONGEST_TEXT: usize = 2000;

/// Checks every name and every other text of a description but its prose and its samples.
pub fn check(document: &Document) -> Result<()> {
    Spelling::new(document, true).check()
}

/// [`check()`] of a description whose extensions are not kept.
pub fn check_facts(document: &Document) -> Result<()> {
    Spelling::new(document, false).check()
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
    has_extensions: bool,
    /// Texts of extensions may have several lines: overlays document methods there.
    in_extension: bool,
    errors: Errors,
}

impl<'a> Spelling<'a> {
    fn new(document: &'a Document, has_extensions: bool) -> Self {
        Self { document, place: Vec::new(), has_extensions, in_extension: false, errors: Errors::default() }
    }

    fn check(mut self) -> Result<()> {
        self.object(Role::Root, &self.document.root);
        self.errors.into_result()
    }

    fn object(&mut self, role: Role, value: &'a Value) {
        self.entries(value, |spelling, key, value| match role.keyword(key) {
            Some(keyword) if keyword.class == Class::Fact => spelling.keyword(role, keyword.name, keyword.shape, value),
            Some(_) => {}
            None if is_extension(key) && !spelling.has_extensions => {}
            None => {
                spelling.name(key);
                spelling.in_extension = true;
                spelling.any(value);
                spelling.in_extension = false;
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
        self.spelled("name", name, LONGEST_NAME, is_invisible);
    }

    fn text(&mut self, text: &str) {
        let may_span_lines = self.in_extension;
        self.spelled("text", text, LONGEST_TEXT, |c| is_invisible(c) && !(c == '\n' && may_span_lines));
    }

    fn spelled(&mut self, noun: &str, text: &str, longest: usize, is_refused: impl Fn(char) -> bool) {
        if let Some(c) = text.chars().find(|c| is_refused(*c)) {
            let what =
                format!("expected a {noun} of visible characters, found U+{:04X} in `{}`", u32::from(c), excerpt(text));
            self.refuse(what);
        } else if text.len() > longest && text.chars().count() > longest {
            self.refuse(format!("expected a {noun} of at most {longest} characters, found `{}`", excerpt(text)));
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
