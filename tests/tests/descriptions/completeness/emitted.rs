//! The facts of the emitted crate: from every operation and schema down through the types of fields.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use syn::Type;

use super::calls::{self, Operation};
use super::code::{argument_of, path_of};
use super::fact::{FILE, Fact, Facts, Kind, Place};
use super::source::{Declared, Key, Shape, Types, files};

/// What the types of the runtime are called that hold no facts.
const SCALARS: [&str; 8] = ["String", "Id", "Timestamp", "Number", "Json", "Download", "bool", "i64"];

/// The source of one version.
#[derive(Debug)]
pub struct Crate {
    pub types: Types,
    pub operations: Vec<Operation>,
}

/// What the source of one version states.
#[derive(Debug, Default)]
pub struct Emitted {
    pub facts: Facts,
    /// Enum values that are the only one of their key, which has no field.
    pub constants: BTreeSet<Fact>,
    /// Enum values of which only a field's documentation knows: the field takes others too.
    pub documented: BTreeSet<Fact>,
    /// Places that take any text.
    pub open: BTreeSet<Place>,
    /// Places that take true and false.
    pub booleans: BTreeSet<Place>,
    /// Places that can hold nothing.
    pub optional: BTreeSet<Place>,
    /// Types that no operation and no schema leads to.
    pub unreached: Vec<String>,
}

impl Crate {
    /// Reads the folder of a version.
    pub fn read(folder: &Path) -> Self {
        Self::parse(&files(&folder.join("types")), &files(&folder.join("api")))
    }

    /// Parses the files of types and of operations, by their modules.
    pub fn parse(types: &BTreeMap<String, String>, api: &BTreeMap<String, String>) -> Self {
        Self { types: Types::parse(types), operations: calls::operations(api) }
    }

    /// Everything that the source states.
    pub fn facts(&self) -> Emitted {
        let mut walk = Walk { types: &self.types, reached: BTreeSet::new(), emitted: Emitted::default() };
        for declared in self.types.declared.values() {
            if let Some(schema) = &declared.schema {
                let place = Place::root(schema);
                walk.emitted.facts.add(Kind::Schema, &place, "");
                walk.declared(declared, &place);
            }
        }
        self.operations.iter().for_each(|operation| walk.operation(operation));
        let Walk { reached, mut emitted, .. } = walk;
        let missed =
            self.types.declared.iter().filter(|(key, declared)| declared.schema.is_none() && !reached.contains(*key));
        emitted.unreached = missed.map(|((module, name), _)| format!("types::{module}::{name}")).collect();
        emitted
    }
}

struct Walk<'a> {
    types: &'a Types,
    reached: BTreeSet<(String, String)>,
    emitted: Emitted,
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Operation) {
        let name = format!("{} {}", operation.method, operation.path);
        let facts = &mut self.emitted.facts;
        facts.add(Kind::Operation, &Place::root(&name), &operation.id);
        for parameter in &operation.path_parameters {
            facts.add(Kind::PathParameter, &Place::root(format!("{name} {}", Kind::PathParameter)).key(parameter), "");
        }
        for (parameter, ty) in &operation.sent.query {
            let place = Place::root(format!("{name} {}", Kind::QueryParameter)).key(parameter);
            self.emitted.facts.add(Kind::QueryParameter, &place, "");
            self.ty(ty, "", &place);
        }
        for (part, ty) in &operation.sent.form {
            let place = Place::root(format!("{name} {}", Kind::FormPart)).key(part);
            self.emitted.facts.add(Kind::FormPart, &place, if ty.is_none() { FILE } else { "" });
            ty.iter().for_each(|ty| self.ty(ty, "", &place));
        }
        operation.body.iter().for_each(|body| self.ty(body, "", &Place::root(format!("{name} body"))));
        operation.answer.iter().for_each(|answer| self.ty(answer, "", &Place::root(format!("{name} answer"))));
    }

    /// The facts of a type that is named in the file of `module`.
    fn ty(&mut self, ty: &Type, module: &str, place: &Place) {
        let path = match ty {
            Type::Path(path) => &path.path,
            Type::Tuple(unit) if unit.elems.is_empty() => return,
            _ => panic!("{place}: a type that is neither a path nor `()`"),
        };
        let names = path_of(ty).unwrap_or_default();
        match (names.last().map(String::as_str), argument_of(path)) {
            (Some("Option" | "Nullable"), Some(inner)) => {
                self.emitted.optional.insert(place.clone());
                return self.ty(inner, module, place);
            }
            (Some("Box"), Some(inner)) => return self.ty(inner, module, place),
            (Some("Vec"), Some(inner)) => return self.ty(inner, module, &place.items()),
            (Some("Map"), Some(inner)) => return self.ty(inner, module, &place.values()),
            _ => {}
        }
        match self.types.find(module, &names) {
            Some(declared) => match &declared.schema {
                Some(schema) => self.emitted.facts.add(Kind::Reference, place, schema),
                None => self.declared(declared, place),
            },
            None if names.len() == 1 && SCALARS.contains(&names[0].as_str()) => match names[0].as_str() {
                "String" => drop(self.emitted.open.insert(place.clone())),
                "bool" => drop(self.emitted.booleans.insert(place.clone())),
                _ => {}
            },
            None => panic!("{place}: the type {} is not declared", names.join("::")),
        }
    }

    fn declared(&mut self, declared: &Declared, place: &Place) {
        self.reached.insert((declared.module.clone(), declared.name.clone()));
        match &declared.shape {
            Shape::Alias(ty) => self.ty(ty, &declared.module, place),
            Shape::OpenEnum(values) => {
                values.iter().for_each(|value| self.emitted.facts.add(Kind::EnumValue, place, json(value)))
            }
            Shape::Union(arms) => {
                arms.iter().enumerate().for_each(|(index, arm)| self.ty(arm, &declared.module, &place.arm(index)))
            }
            Shape::Struct { fields, keys } => {
                for (wire, key) in keys {
                    let place = place.key(wire);
                    self.emitted.facts.add(Kind::Property, &place, "");
                    match key {
                        Key::Constant(value) => {
                            self.emitted.facts.add(Kind::EnumValue, &place, json(value));
                            self.emitted.constants.insert(Fact { kind: Kind::EnumValue, place, value: json(value) });
                        }
                        Key::Field(name) => {
                            let Some((ty, lines)) = fields.get(name) else { continue };
                            self.always(lines, &place);
                            self.ty(ty, &declared.module, &place);
                        }
                    }
                }
            }
        }
    }

    /// A field says which text it always holds, in backquotes, or which of true and false.
    fn always(&mut self, lines: &[String], place: &Place) {
        let said = lines.iter().filter_map(|line| line.strip_prefix("Always ")?.strip_suffix('.'));
        let value = said.map(|said| said.trim_end_matches(", or null")).find_map(|said| match said {
            flag @ ("true" | "false") => Some(flag.to_owned()),
            text => text.strip_prefix('`')?.strip_suffix('`').map(json),
        });
        self.emitted.documented.extend(value.map(|value| Fact { kind: Kind::EnumValue, place: place.clone(), value }));
    }
}

fn json(text: &str) -> String {
    Value::from(text).to_string()
}
