//! Public names, given in one pass over the model: from the registry where it has one, else by rule.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::api::{Api, Event, Kind, Operation, OperationKey, Type, TypeId};
use crate::document::pointer;
use crate::error::{Errors, Result};

pub mod ident;
mod operation;
mod registry;
pub mod vocabulary;

pub use operation::set_apart;
pub use registry::{FILE as REGISTRY, Registry};

/// Where the registry has the names of topics, among the values.
const TOPICS: &str = "webhooks/topics";

/// Where the registry has the names of the events of Fin, among the values.
const EVENTS: &str = "webhooks/events";

/// Where a type is found in Rust: `types::<module>::<name>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The module, which is the file too.
    pub module: String,
    /// The type.
    pub name: String,
}

/// Where an operation is found in Rust: `client.<group>().<method>(…)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Method {
    /// The group, in snake case.
    pub group: String,
    /// The method.
    pub method: String,
}

/// Every public name of one version.
#[derive(Debug, Default)]
pub struct Names {
    types: BTreeMap<TypeId, TypeName>,
    methods: BTreeMap<OperationKey, Method>,
    variants: BTreeMap<TypeId, Vec<String>>,
    topics: Vec<String>,
    events: Vec<String>,
    refined: BTreeSet<String>,
}

impl Names {
    /// Names everything in `api`, and adds what is new to the registry.
    pub fn give(api: &Api, registry: &mut Registry) -> Result<Self> {
        let (names, errors) = Self::propose(api, registry);
        errors.into_result()?;
        Ok(names)
    }

    /// The names, with what keeps them from being published: two things of one name.
    pub fn propose(api: &Api, registry: &mut Registry) -> (Self, Errors) {
        let mut errors = Errors::default();
        let mut names = Self::default();
        names.name_operations(api, registry, &mut errors);
        names.name_types(api, registry, &mut errors);
        names.name_variants(api, registry, &mut errors);
        names.topics = names.name_events(TOPICS, &api.topics, registry, &mut errors);
        names.events = names.name_events(EVENTS, &api.events, registry, &mut errors);
        (names, errors)
    }

    /// The name of a type of the same model.
    pub fn ty(&self, id: &TypeId) -> TypeName {
        self.types
            .get(id)
            .cloned()
            .unwrap_or_else(|| TypeName { module: ident::snake(&id.root), name: ident::camel(&id.root) })
    }

    /// The name of an operation of the same model.
    pub fn method(&self, key: &OperationKey) -> Method {
        self.methods
            .get(key)
            .cloned()
            .unwrap_or_else(|| Method { group: "default".to_owned(), method: "call".to_owned() })
    }

    /// The names of an enum's values or a union's arms, in their order.
    pub fn variants(&self, id: &TypeId) -> &[String] {
        self.variants.get(id).map_or(&[], Vec::as_slice)
    }

    /// The names of the topics of webhook notifications, in their order.
    pub fn topics(&self) -> &[String] {
        &self.topics
    }

    /// The names of the events of Fin, in their order.
    pub fn events(&self) -> &[String] {
        &self.events
    }

    /// The pointers of the registry's entries that stand in place of a name by rule ([`Registry::refinements`]).
    pub fn refined(&self) -> &BTreeSet<String> {
        &self.refined
    }

    fn name_operations(&mut self, api: &Api, registry: &mut Registry, errors: &mut Errors) {
        let mut taken: BTreeMap<Method, &OperationKey> = BTreeMap::new();
        for (key, operation) in &api.operations {
            let entry = registry.operations.entry(key.to_string()).or_insert_with(|| operation::propose(operation));
            let (group, method) = entry.split_once('.').unwrap_or(("default", entry));
            if vocabulary::is_of_clients(group) {
                errors.push(Registry::collision(
                    format!("the group of `{key}` and a method of every client are both `{group}`"),
                    "operations",
                ));
            }
            let name = Method { group: group.to_owned(), method: method.to_owned() };
            if let Some(other) = taken.insert(name.clone(), key) {
                errors.push(Registry::collision(format!("`{key}` and `{other}` are both `{entry}`"), "operations"));
            }
            self.methods.insert(key.clone(), name);
        }
    }

    fn name_types(&mut self, api: &Api, registry: &mut Registry, errors: &mut Errors) {
        let operations: HashMap<String, &Operation> =
            api.operations.iter().map(|(key, operation)| (key.to_string(), operation)).collect();
        let mut roots: BTreeMap<String, String> = BTreeMap::new();
        let mut taken: BTreeMap<(String, String), &TypeId> = BTreeMap::new();
        for ty in api.types.values() {
            let root = roots.entry(ty.id.root.clone()).or_insert_with(|| {
                registry.schemas.entry(ty.id.root.clone()).or_insert_with(|| propose_root(&operations, ty)).clone()
            });
            let module = ident::snake(root);
            let name = match registry.schemas.get(&ty.id.to_string()) {
                Some(name) => {
                    self.refined.insert(pointer(&["schemas", &ty.id.to_string()]));
                    name.clone()
                }
                None => inline(&ty.id, root),
            };
            if let Some(other) = taken.insert((module.clone(), name.clone()), &ty.id) {
                errors.push(Registry::collision(
                    format!("`{}` and `{other}` are both `types::{module}::{name}`", ty.id),
                    "schemas",
                ));
            }
            self.types.insert(ty.id.clone(), TypeName { module, name });
        }
        let mut modules: BTreeMap<String, &String> = BTreeMap::new();
        for (root, name) in &roots {
            if let Some(other) = modules.insert(ident::snake(name), root) {
                errors
                    .push(Registry::collision(format!("`{root}` and `{other}` are both the type `{name}`"), "schemas"));
            }
        }
    }

    fn name_variants(&mut self, api: &Api, registry: &Registry, errors: &mut Errors) {
        for ty in api.types.values() {
            let (section, wires): (_, Vec<&str>) = match &ty.kind {
                Kind::OpenEnum(values) => ("values", values.iter().map(String::as_str).collect()),
                Kind::Union(union) => ("arms", union.arms.iter().map(|arm| arm.label.as_str()).collect()),
                Kind::Struct(_) | Kind::Alias(_) => continue,
            };
            let published = if section == "values" { &registry.values } else { &registry.arms };
            let published = published.get(&ty.id.to_string());
            let fallback = if section == "values" { "Unknown" } else { "Other" };
            let mut taken = BTreeSet::from([fallback.to_owned()]);
            let rules = match section {
                "values" => wires.iter().map(|wire| ident::variant(wire)).collect(),
                _ => arms(&wires),
            };
            let mut names = Vec::new();
            for (wire, rule) in wires.iter().zip(rules) {
                let rule = || if rule == fallback { rule + "Value" } else { rule };
                let own = published.and_then(|names| names.get(*wire)).cloned();
                if own.is_some() {
                    self.refined.insert(pointer(&[section, &ty.id.to_string(), wire]));
                }
                let name = own.unwrap_or_else(rule);
                if !taken.insert(name.clone()) {
                    let entry = format!("{section}: {}", ty.id);
                    errors.push(Registry::collision(format!("two of {} are both `{name}`", ty.id), &entry));
                }
                names.push(name);
            }
            self.variants.insert(ty.id.clone(), names);
        }
    }

    /// The names of events, which are values in the registry.
    fn name_events(
        &mut self,
        section: &str,
        events: &[Event],
        registry: &Registry,
        errors: &mut Errors,
    ) -> Vec<String> {
        let published = registry.values.get(section);
        let mut taken = BTreeSet::from(["Unknown".to_owned()]);
        let mut names = Vec::new();
        for event in events {
            let own = published.and_then(|names| names.get(&event.wire)).cloned();
            if own.is_some() {
                self.refined.insert(pointer(&["values", section, &event.wire]));
            }
            let name = own.unwrap_or_else(|| ident::variant(&event.wire));
            if !taken.insert(name.clone()) {
                let what = format!("`{}` of {section} has the name of another, `{name}`", event.wire);
                errors.push(Registry::collision(what, &format!("values: {section}")));
            }
            names.push(name);
        }
        names
    }
}

/// A schema keeps its name; a body is called after its operation.
fn propose_root(operations: &HashMap<String, &Operation>, ty: &Type) -> String {
    let body = ty.id.root.rsplit_once(' ').and_then(|(key, role)| Some((operations.get(key)?, role)));
    match body {
        Some((operation, role)) => ident::camel(&operation.id) + &ident::camel(role),
        None => ident::schema(&ty.id.root),
    }
}

/// An inline type is named after the fields that lead to it.
fn inline(id: &TypeId, root: &str) -> String {
    let words: Vec<String> = id
        .path
        .iter()
        .map(|step| {
            let bare = step.trim_end_matches("[]").trim_end_matches("{}");
            let of_many = bare.len() < step.len();
            match (bare, of_many) {
                ("", _) => "Item".to_owned(),
                (word, true) => ident::camel(&ident::singular(word)),
                (word, false) => ident::camel(word),
            }
        })
        .collect();
    let name = words.concat();
    if ident::is_taken_in_types(&name) || name == root { format!("{root}{name}") } else { name }
}

/// Arms are named after their labels, without the words that all labels share at their head and end.
fn arms(labels: &[&str]) -> Vec<String> {
    let all: Vec<Vec<&str>> = labels.iter().map(|label| label.split([' ', '_', '-', '.']).collect()).collect();
    let shortest = all.iter().map(Vec::len).min().unwrap_or_default();
    let first = all.first().map_or(&[][..], Vec::as_slice);
    let at_head = |index: &usize| all.iter().all(|words| words.get(*index) == first.get(*index));
    let at_end =
        |index: &usize| all.iter().all(|words| words.iter().rev().nth(*index) == first.iter().rev().nth(*index));
    let head = (0..shortest).take_while(at_head).count();
    let end = (0..shortest.saturating_sub(head)).take_while(at_end).count();
    let name = |(label, words): (&&str, &Vec<&str>)| {
        let rest = words.get(head..words.len().saturating_sub(end)).unwrap_or_default();
        if all.len() < 2 || rest.is_empty() { ident::camel(label) } else { ident::camel(&rest.join("_")) }
    };
    labels.iter().zip(&all).map(name).collect()
}

#[cfg(test)]
mod tests;
