//! The registry of public names, `spec/names.yaml`.
//!
//! A name that has been published does not move when upstream words something differently. `regen`
//! adds what is new and neither changes nor removes an entry; a maintainer may, on purpose.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ident;
use crate::document::{self, Document};
use crate::error::{Error, Errors, Result};

/// Where the registry is.
pub const FILE: &str = "spec/names.yaml";

const HEAD: &str = "\
# The public names of the crate, by identity on the wire. `cargo xtask regen` adds what is new and
# never changes or removes an entry. Change one by hand to rename a public item on purpose.
";

/// Names by identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Registry {
    /// `GET /contacts/{}`: `contacts.get`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<String, String>,
    /// `contact`: `Contact`; bodies of operations have entries of their own, and inline types where the rule makes poor
    /// names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub schemas: BTreeMap<String, String>,
    /// Names of an enum's values, where the rule makes poor ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Names of a union's arms, where the rule makes poor ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub arms: BTreeMap<String, BTreeMap<String, String>>,
}

impl Registry {
    /// Reads the registry; one that does not exist yet is empty.
    pub fn parse(text: Option<&str>) -> Result<Self> {
        let Some(text) = text.filter(|text| text.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#')))
        else {
            return Ok(Self::default());
        };
        let document = Document::parse(FILE, text)?;
        let registry: Self = document.decode().map_err(|error| {
            error.hint(
                "`operations` and `schemas` map identities to names, `values` and `arms` map them to maps of names",
            )
        })?;
        registry.check()?;
        Ok(registry)
    }

    /// Refuses names that cannot be names where they are used.
    fn check(&self) -> Result<()> {
        let mut errors = Errors::default();
        check_names(&["operations"], &self.operations, &METHOD, &mut errors);
        check_names(&["schemas"], &self.schemas, &TYPE, &mut errors);
        for (section, entries) in [("values", &self.values), ("arms", &self.arms)] {
            for (id, names) in entries {
                check_names(&[section, id], names, &VARIANT, &mut errors);
            }
        }
        errors.into_result()
    }

    /// The registry's text.
    pub fn render(&self) -> Result<String> {
        document::render(FILE, HEAD, self)
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

fn check_names(section: &[&str], names: &BTreeMap<String, String>, form: &Form, errors: &mut Errors) {
    for (id, name) in names.iter().filter(|(_, name)| !(form.fits)(name)) {
        let place = document::child(&document::pointer(section), id);
        errors.push(Error::at(FILE, place, format!("`{name}` cannot be a name here")).hint(form.says));
    }
}
