//! The ledger of public names, `spec/names.yaml`.
//!
//! A name that has been published does not move when upstream words something differently. `regen`
//! adds what is new and neither changes nor removes an entry; a maintainer may, on purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::ident;
use crate::document::{self, Document};
use crate::error::{Error, Errors, Result};

/// Where the ledger is.
pub const FILE: &str = "spec/names.yaml";

/// Names by identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// `GET /contacts/{}`: `contacts.get`.
    pub operations: BTreeMap<String, String>,
    /// `contact`: `Contact`; bodies of operations have entries of their own, and inline types where the rule makes poor
    /// names.
    pub schemas: BTreeMap<String, String>,
    /// Names of an enum's values, where the rule makes poor ones.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Names of a union's arms, where the rule makes poor ones.
    pub arms: BTreeMap<String, BTreeMap<String, String>>,
}

impl Ledger {
    /// Reads the ledger; one that does not exist yet is empty.
    pub fn parse(text: Option<&str>) -> Result<Self> {
        let Some(text) = text.filter(|text| text.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#')))
        else {
            return Ok(Self::default());
        };
        let document = Document::parse(FILE, text)?;
        let mut ledger = Self::default();
        for (section, entries) in document.root.as_object().into_iter().flatten() {
            let pointer = document::pointer(&[section]);
            match section.as_str() {
                "operations" => ledger.operations = names(&document, &pointer, entries, &METHOD)?,
                "schemas" => ledger.schemas = names(&document, &pointer, entries, &TYPE)?,
                "values" => ledger.values = nested(&document, &pointer, entries)?,
                "arms" => ledger.arms = nested(&document, &pointer, entries)?,
                _ => {
                    return Err(document
                        .error(pointer, "the ledger has no such section")
                        .hint("it has operations, schemas, values and arms"));
                }
            }
        }
        Ok(ledger)
    }

    /// The ledger's text.
    pub fn render(&self) -> String {
        let mut text = String::from(
            "# The public names of the crate, by identity on the wire. `cargo xtask regen` adds what is new and\n\
             # never changes or removes an entry. Change one by hand to rename a public item on purpose.\n",
        );
        section(&mut text, "operations", &self.operations);
        section(&mut text, "schemas", &self.schemas);
        for (name, entries) in [("values", &self.values), ("arms", &self.arms)] {
            if entries.is_empty() {
                continue;
            }
            let _ = writeln!(text, "{name}:");
            for (id, names) in entries {
                let _ = writeln!(text, "  {}:", quoted(id));
                for (wire, name) in names {
                    let _ = writeln!(text, "    {}: {name}", quoted(wire));
                }
            }
        }
        text
    }

    /// The pointers of the entries that stand in place of a name by rule: of values, arms and inline types. Unlike those of
    /// operations and schemas they reserve nothing, so one that names nothing is misspelt or forgotten.
    pub fn refinements(&self) -> BTreeSet<String> {
        let is_inline = |id: &&String| id.rsplit(' ').next().is_some_and(|last| last.contains('/'));
        let inline = self.schemas.keys().filter(is_inline).map(|id| document::pointer(&["schemas", id]));
        let variants = [("values", &self.values), ("arms", &self.arms)].into_iter().flat_map(|(section, entries)| {
            entries
                .iter()
                .flat_map(move |(id, names)| names.keys().map(move |wire| document::pointer(&[section, id, wire])))
        });
        inline.chain(variants).collect()
    }

    /// Refuses operations that were given a name which `before` has for another, present or removed: code that
    /// called the one would call the other. A maintainer may share a name on purpose, by an entry.
    pub fn check_additions(&self, before: &Self) -> Result<()> {
        let mut errors = Errors::default();
        let owners: BTreeMap<&String, &String> = before.operations.iter().map(|(key, name)| (name, key)).collect();
        for (key, name) in self.operations.iter().filter(|(key, _)| !before.operations.contains_key(*key)) {
            if let Some(owner) = owners.get(name) {
                errors.push(Self::collision(format!("`{name}` of `{key}` is reserved for `{owner}`"), "operations"));
            }
        }
        errors.into_result()
    }

    /// An error that sends the maintainer here.
    pub fn collision(what: String, entry: &str) -> Error {
        Error::file(FILE, what).hint(format!("give one of them another name under `{entry}` in {FILE}"))
    }
}

fn section(text: &mut String, name: &str, entries: &BTreeMap<String, String>) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(text, "{name}:");
    for (id, name) in entries {
        let _ = writeln!(text, "  {}: {name}", quoted(id));
    }
}

/// Identities hold braces and colons; one style of quoting for all that need it.
fn quoted(key: &str) -> String {
    let plain = key.chars().next().is_some_and(|c| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&key.to_lowercase().as_str());
    if plain { key.to_owned() } else { Value::String(key.to_owned()).to_string() }
}

/// What a name has to look like.
struct Form {
    fits: fn(&str) -> bool,
    says: &'static str,
}

const TYPE: Form = Form { fits: |name| ident::is_type_name(name) && !ident::is_taken_in_types(name), says: TYPE_RULE };
const VARIANT: Form = Form { fits: ident::is_type_name, says: VARIANT_RULE };
const METHOD: Form = Form {
    fits: |name| {
        name.split_once('.').is_some_and(|(group, method)| [group, method].into_iter().all(ident::is_method_name))
    },
    says: "an operation is `group.method`, both in snake case",
};
const TYPE_RULE: &str = "a type is one word in upper camel case, and none that emitted code uses for something else";
const VARIANT_RULE: &str = "a variant is one word in upper camel case";

fn names(document: &Document, pointer: &str, value: &Value, form: &Form) -> Result<BTreeMap<String, String>> {
    let refused = |place: &str, what: String| document.error(place, what).hint(form.says);
    let entries = value.as_object().ok_or_else(|| refused(pointer, "not a map of names".to_owned()))?;
    entries
        .iter()
        .map(|(id, name)| {
            let place = document::child(pointer, id);
            match name.as_str() {
                Some(name) if (form.fits)(name) => Ok((id.clone(), name.to_owned())),
                Some(name) => Err(refused(&place, format!("`{name}` cannot be a name here"))),
                None => Err(refused(&place, "not a name".to_owned())),
            }
        })
        .collect()
}

fn nested(document: &Document, pointer: &str, value: &Value) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let entries = value.as_object().ok_or_else(|| {
        document.error(pointer, "not a map").hint("give the type's identity, then a name for each value")
    })?;
    entries
        .iter()
        .map(|(id, inner)| Ok((id.clone(), names(document, &document::child(pointer, id), inner, &VARIANT)?)))
        .collect()
}
