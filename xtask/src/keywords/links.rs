//! What the parts of a description say of each other: references, parameters and identities.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::operations;
use crate::document::{self, Document, child, pointer};
use crate::error::{Errors, Result};
use crate::graph::{self, Edges};
use crate::openapi::{Role, Shape, identity, variables};

/// Checks that references lead somewhere, that the variables of paths are declared, and that nothing that has to
/// be unique is there twice. Overlays may mend these.
pub fn check_links(document: &Document) -> Result<()> {
    check(document, false).map(drop)
}

pub(super) fn check(document: &Document, provisional: bool) -> Result<Vec<String>> {
    let mut links =
        Links { document, provisional, errors: Errors::default(), dangling: Vec::new(), shortcuts: BTreeMap::new() };
    links.object(Role::Root, &document.root, "#");
    links.cycles();
    links.operations();
    links.errors.into_result()?;
    Ok(links.dangling)
}

struct Links<'a> {
    document: &'a Document,
    provisional: bool,
    errors: Errors,
    /// Pointers of schema references that lead nowhere, in a provisional version.
    dangling: Vec<String>,
    /// Which component schemas a component schema refers to with no property or list between.
    shortcuts: Edges<&'a str>,
}

impl<'a> Links<'a> {
    fn mistake(&mut self, pointer: &str, what: impl Into<String>, hint: &str) {
        self.errors.push(self.document.error(pointer, what).hint(hint));
    }

    fn object(&mut self, role: Role, value: &'a Value, pointer: &str) {
        let Value::Object(map) = value else { return };
        if let Some(Value::String(reference)) = map.get("$ref") {
            self.reference(role, reference, pointer);
        }
        if role == Role::Discriminator {
            self.mapping(value, pointer);
        }
        for (key, value) in map {
            if let Some(keyword) = role.keyword(key) {
                self.value(keyword.shape, value, &child(pointer, key));
            }
        }
    }

    fn value(&mut self, shape: Shape, value: &'a Value, pointer: &str) {
        match (shape, value) {
            (Shape::Object(role), _) => self.object(role, value, pointer),
            (Shape::SchemaOrFlag, _) => self.object(Role::Schema, value, pointer),
            (Shape::Objects(role), Value::Array(list)) => {
                for (index, value) in list.iter().enumerate() {
                    self.object(role, value, &format!("{pointer}/{index}"));
                }
            }
            (Shape::Map(role), _) => self.map(value, pointer, |links, value, place| links.object(role, value, place)),
            (Shape::Paths, _) => {
                self.map(value, pointer, |links, value, place| links.object(Role::PathItem, value, place));
            }
            (Shape::Responses, _) => {
                self.map(value, pointer, |links, value, place| links.object(Role::Response, value, place));
            }
            (Shape::Callbacks, _) => {
                self.map(value, pointer, |links, value, place| links.value(Shape::Paths, value, place));
            }
            (Shape::Security, Value::Array(list)) => self.security(list, pointer),
            _ => {}
        }
    }

    fn map(&mut self, value: &'a Value, pointer: &str, mut each: impl FnMut(&mut Self, &'a Value, &str)) {
        for (name, value) in value.as_object().into_iter().flatten() {
            each(self, value, &child(pointer, name));
        }
    }

    fn reference(&mut self, role: Role, reference: &'a str, pointer: &str) {
        let place = child(pointer, "$ref");
        let Some(section) = section(role) else { return };
        let name = reference.strip_prefix("#/components/").and_then(|rest| rest.strip_prefix(section));
        let name = name.and_then(|rest| rest.strip_prefix('/')).filter(|name| !name.contains('/'));
        if name.is_none() {
            let what = format!("`{reference}` is no reference to {}", role.noun());
            return self.mistake(&place, what, &format!("refer to `#/components/{section}/…` of this file"));
        }
        if self.document.resolve(reference).is_none() {
            if self.provisional && role == Role::Schema {
                return self.dangling.push(pointer.to_owned());
            }
            let what = format!("unresolved reference `{reference}`");
            let hint = format!(
                "add it under `components.{section}` (by an overlay if upstream lacks it), or correct the name"
            );
            return self.mistake(&place, what, &hint);
        }
        if let (Role::Schema, Some(from), Some(to)) = (role, shortcut(pointer), name) {
            // The names borrow from the document and not from the pointer, which is ours.
            let schemas = self.document.root.pointer("/components/schemas").and_then(Value::as_object);
            let from = schemas.and_then(|schemas| schemas.get_key_value(&from)).map(|(name, _)| name.as_str());
            if let Some(from) = from {
                self.shortcuts.entry(from).or_default().insert(to);
            }
        }
    }

    /// The values of a discriminator's mapping are references or names of schemas.
    fn mapping(&mut self, discriminator: &'a Value, pointer: &str) {
        for (value, target) in discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten() {
            let target = target.as_str().unwrap_or_default();
            let reference = match target.starts_with('#') {
                true => target.to_owned(),
                false => document::pointer(&["components", "schemas", target]),
            };
            if self.document.resolve(&reference).is_none() {
                let place = child(&child(pointer, "mapping"), value);
                self.mistake(
                    &place,
                    format!("unresolved reference `{target}`"),
                    "map the value to a schema of this file",
                );
            }
        }
    }

    fn security(&mut self, list: &[Value], pointer: &str) {
        for (index, requirement) in list.iter().enumerate() {
            for name in requirement.as_object().into_iter().flat_map(|schemes| schemes.keys()) {
                let scheme = document::pointer(&["components", "securitySchemes", name]);
                if self.document.resolve(&scheme).is_none() {
                    let place = child(&format!("{pointer}/{index}"), name);
                    let what = format!("there is no security scheme `{name}`");
                    self.mistake(&place, what, "add it under `components.securitySchemes`, or correct the name");
                }
            }
        }
    }

    /// A schema that is itself, with no property or list between, describes nothing and would be followed for ever.
    fn cycles(&mut self) {
        let shortcuts = std::mem::take(&mut self.shortcuts);
        let components = graph::components(&shortcuts);
        let cyclic = components.into_iter().filter(|component| graph::is_cycle(&shortcuts, component)).flatten();
        for name in cyclic.collect::<BTreeSet<_>>() {
            let what = format!("the schema `{name}` refers to itself with no property or list between");
            let place = pointer(&["components", "schemas", name]);
            self.mistake(&place, what, "break the chain of `$ref`, `allOf`, `anyOf` or `oneOf`");
        }
    }

    fn operations(&mut self) {
        let document = self.document;
        let mut identities: BTreeMap<String, String> = BTreeMap::new();
        let mut ids: BTreeMap<&str, String> = BTreeMap::new();
        for (path, method, place, operation) in operations(document) {
            if let Some(other) = identities.insert(identity(method, path), place.clone()) {
                self.mistake(&place, format!("the same operation as {other}"), "remove one of the two");
            }
            let id = operation.get("operationId").and_then(Value::as_str);
            if let Some((id, other)) = id.and_then(|id| Some((id, ids.insert(id, place.clone())?))) {
                let what = format!("the operation id `{id}` is that of {other} too");
                self.mistake(&child(&place, "operationId"), what, "give one of the two another id");
            }
            let item = document.root.get("paths").and_then(|paths| paths.get(path));
            let shared = item.and_then(|item| item.get("parameters"));
            let shared_place = pointer(&["paths", path, "parameters"]);
            let mut declared = self.parameters(shared, &shared_place);
            declared.append(&mut self.parameters(operation.get("parameters"), &child(&place, "parameters")));
            self.variables(path, &place, &declared);
        }
    }

    /// The parameters of one list, by place (`query`) and name.
    fn parameters(&mut self, list: Option<&Value>, pointer: &str) -> BTreeSet<(String, String)> {
        let mut declared = BTreeSet::new();
        for (index, parameter) in list.and_then(Value::as_array).into_iter().flatten().enumerate() {
            let reference = parameter.get("$ref").and_then(Value::as_str);
            let parameter = reference.and_then(|reference| self.document.resolve(reference)).unwrap_or(parameter);
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).map(str::to_owned);
            let (Some(place), Some(name)) = (text("in"), text("name")) else { continue };
            if !declared.insert((place.clone(), name.clone())) {
                let what = format!("the {place} parameter `{name}` is declared twice");
                self.mistake(&format!("{pointer}/{index}"), what, "remove one of the two");
            }
        }
        declared
    }

    fn variables(&mut self, path: &str, place: &str, declared: &BTreeSet<(String, String)>) {
        let mut seen = BTreeSet::new();
        for variable in variables(path) {
            if !seen.insert(variable) {
                self.mistake(place, format!("the path has `{{{variable}}}` twice"), "give one another name");
            }
            if !declared.contains(&("path".to_owned(), variable.to_owned())) {
                let what = format!("the path has `{{{variable}}}`, and no parameter declares it");
                self.mistake(place, what, "add a parameter with `in: path` (by an overlay), or correct `in` or `name`");
            }
        }
        for (_, name) in declared.iter().filter(|(place, _)| place == "path") {
            if !seen.contains(name.as_str()) {
                let what = format!("the path parameter `{name}` is not in the path");
                self.mistake(place, what, "correct its name or its `in`");
            }
        }
    }
}

/// Where a reference of this role has to lead; `None` where references are refused elsewhere.
fn section(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Schema => "schemas",
        Role::Parameter => "parameters",
        Role::RequestBody => "requestBodies",
        Role::Response => "responses",
        Role::Header => "headers",
        Role::Link => "links",
        Role::SecurityScheme => "securitySchemes",
        _ => return None,
    })
}

/// The component schema in which a reference stands, if only `allOf`, `anyOf` or `oneOf` are between.
fn shortcut(pointer: &str) -> Option<String> {
    let mut tokens = pointer.strip_prefix("#/components/schemas/")?.split('/');
    let name = tokens.next()?.replace("~1", "/").replace("~0", "~");
    let direct = |token: &str| matches!(token, "allOf" | "anyOf" | "oneOf") || token.parse::<usize>().is_ok();
    tokens.all(direct).then_some(name)
}
