//! What the model says that the files of a version declare.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use crate::api::{Api, Kind, Operation, Type};
use crate::emit::HOME;
use crate::emit::operations::{has_type, optional, setter_name};
use crate::emit::structs::field_name;
use crate::emit::types::{Form, raw};
use crate::manifest::{FILE, Manifest, Version};
use crate::names::{Names, ident};

const PRELUDE: &str = "use crate::runtime::prelude::*";

/// The files of a version, or those that all versions have in common.
#[derive(Debug, Default)]
pub struct Expected {
    /// What the files are made from.
    pub(super) source: String,
    /// The version's module, which its files may name.
    pub(super) module: Option<String>,
    pub(super) files: BTreeMap<String, File>,
    /// What follows `cfg`.
    pub(super) features: BTreeSet<String>,
    /// What follows `path =`.
    pub(super) paths: BTreeSet<String>,
}

impl Expected {
    /// The file that lists the versions.
    pub fn versions(manifest: &Manifest) -> Self {
        let mut expected = Self { source: FILE.to_owned(), ..Self::default() };
        let file = expected.files.entry(format!("{HOME}/versions.rs")).or_default();
        file.needs(["static VERSIONS".to_owned()]);
        expected.features.insert(feature("dynamic"));
        for version in &manifest.versions {
            let module = raw(&version.module);
            file.needs([format!("pub mod {module}")]);
            for alias in &version.aliases {
                let alias = raw(&alias.replace('-', "_"));
                file.needs([format!("pub mod {alias}"), format!("{alias}: pub use super::{module}::*")]);
            }
            expected.features.insert(feature(&version.feature));
            expected.paths.insert(format!("{:?}", format!("{}/mod.rs", version.module)));
        }
        expected
    }

    /// The files of `version`, made from `source`.
    pub fn version(source: &str, api: &Api, names: &Names, version: &Version) -> Self {
        let features = ["dynamic", "webhooks"].map(feature).into_iter().collect();
        let module = Some(version.module.clone());
        let expected = Self { source: source.to_owned(), module, features, ..Self::default() };
        let mut model = Model { api, names, version, expected };
        model.types();
        model.groups();
        model.tables();
        model.webhooks();
        model.expected
    }
}

/// `feature` as the tokens of a condition are spaced.
fn feature(name: &str) -> String {
    format!("feature = {name:?}")
}

impl File {
    fn needs(&mut self, declarations: impl IntoIterator<Item = String>) {
        self.needed.extend(declarations);
    }

    fn permits(&mut self, declarations: impl IntoIterator<Item = String>) {
        self.possible.extend(declarations);
    }
}

struct Model<'a> {
    api: &'a Api,
    names: &'a Names,
    version: &'a Version,
    expected: Expected,
}

impl Model<'_> {
    fn file(&mut self, name: &str) -> &mut File {
        self.expected.files.entry(format!("{HOME}/{}/{name}", self.version.module)).or_default()
    }

    /// What files use that name the runtime and types as they need them.
    fn uses(&self) -> [String; 2] {
        [PRELUDE.to_owned(), format!("use crate::{}::types", raw(&self.version.module))]
    }

    fn types(&mut self) {
        self.file("types/mod.rs");
        for ty in self.api.types.values() {
            let (found, uses) = (self.names.ty(&ty.id), self.uses());
            let home = raw(&found.module);
            let index = self.file("types/mod.rs");
            index.needs([format!("pub mod {home}")]);
            if ty.id.path.is_empty() {
                index.needs([format!("pub use {home}::{}", found.name)]);
            }
            let variants = self.names.variants(&ty.id).to_vec();
            let api = self.api;
            let file = self.file(&format!("types/{}.rs", found.module));
            file.permits(uses);
            of_type(api, ty, &found.name, &variants, file);
        }
    }

    fn groups(&mut self) {
        for name in ["api/mod.rs", "by_name/mod.rs"] {
            self.file(name);
        }
        self.file("by_name/mod.rs").needs(["use crate::runtime::dynamic::Group", "const GROUPS"].map(str::to_owned));
        for operation in self.api.operations.values() {
            let (name, uses) = (self.names.method(&operation.key), self.uses());
            let (module, group) = (raw(&name.group), ident::group(&name.group));
            self.file("api/mod.rs").needs([format!("pub mod {module}"), format!("pub use {module}::{group}")]);
            self.file("by_name/mod.rs").needs([format!("mod {module}")]);
            let calls = self.file(&format!("api/{}.rs", name.group));
            calls.permits(uses.clone());
            calls.needs([format!("struct {group}"), format!("struct {group}.client")]);
            calls.needs([format!("fn {group}::{}", raw(&name.method))]);
            if has_type(operation) {
                of_request(operation, &ident::camel(&name.method), calls);
            }
            let api = format!("use crate::{}::api", raw(&self.version.module));
            let rows = self.file(&format!("by_name/{}.rs", name.group));
            rows.permits(uses);
            let own = ["use crate::runtime::dynamic::{Arguments, Made, Row}", "const ROWS"].map(str::to_owned);
            rows.needs(own.into_iter().chain([api, format!("fn {}", raw(&name.method))]));
        }
    }

    fn tables(&mut self) {
        let groups: BTreeSet<String> = self
            .api
            .operations
            .keys()
            .map(|key| format!("fn Client::{}", raw(&self.names.method(key).group)))
            .collect();
        let uses = self.uses();
        let root = self.file("mod.rs");
        let modules = ["pub mod api", "mod by_name", "pub mod codecs", "mod operations", "pub mod types"];
        root.needs(modules.map(str::to_owned).into_iter().chain(groups));
        root.needs([PRELUDE.to_owned(), "pub use operations::OPERATIONS".to_owned()]);
        let header = format!("client!({:?})", self.version.header);
        self.file("mod.rs").needs([header]);
        self.file("operations.rs").needs([PRELUDE, "static OPERATIONS"].map(str::to_owned));
        let codecs = self.file("codecs.rs");
        codecs.permits(uses);
        let tables = ["use crate::runtime::Codec", "static BODIES", "static ANSWERS", "static SCHEMAS"];
        codecs.needs(tables.map(str::to_owned));
    }

    fn webhooks(&mut self) {
        let kinds = [
            ("Topic", "Notification", &self.api.topics, self.names.topics().to_vec()),
            ("FinEvent", "FinNotification", &self.api.events, self.names.events().to_vec()),
        ];
        let kinds: Vec<_> = kinds.into_iter().filter(|(_, _, events, _)| !events.is_empty()).collect();
        if kinds.is_empty() {
            return;
        }
        let mut public: Vec<&str> = kinds.iter().flat_map(|(name, envelope, _, _)| [*name, *envelope]).collect();
        public.sort_unstable();
        self.file("mod.rs").needs(["mod webhooks".to_owned(), format!("pub use webhooks::{{{}}}", public.join(", "))]);
        let uses = self.uses();
        let file = self.file("webhooks.rs");
        file.permits(uses);
        file.needs(["use crate::runtime::webhooks::{Event, Item}".to_owned()]);
        for (name, envelope, _, events) in kinds {
            file.needs([format!("type {envelope}"), format!("enum {name}"), format!("impl Event for {name}")]);
            file.needs(
                events.iter().map(String::as_str).chain(["Unknown"]).map(|event| format!("enum {name}::{event}")),
            );
        }
    }
}

fn of_type(api: &Api, ty: &Type, name: &str, variants: &[String], file: &mut File) {
    match &ty.kind {
        Kind::Struct(structure) => {
            let fields =
                structure.fields.iter().filter(|field| !matches!(Form::of(field, ty.usage), Form::Constant(_)));
            let fields: Vec<_> = fields.map(|field| raw(&field_name(&field.wire)).to_string()).collect();
            file.needs([format!("struct {name}"), format!("impl Object for {name}"), format!("object!({name})")]);
            file.needs(
                fields.iter().map(String::as_str).chain(["extra"]).map(|field| format!("struct {name}.{field}")),
            );
            if structure.fields.iter().any(|field| api.hides(field)) {
                file.needs([format!("impl std::fmt::Debug for {name}")]);
            }
            file.permits([format!("searched!({name})")]);
            if ty.usage.request {
                file.needs([format!("fn {name}::new")]);
                let singular =
                    structure.fields.iter().map(|field| raw(&field_name(&ident::singular(&field.wire))).to_string());
                let setters =
                    fields.iter().flat_map(|field| [field.clone(), format!("{}_", field.trim_start_matches("r#"))]);
                file.permits(setters.chain(singular).map(|setter| format!("fn {name}::{setter}")));
            }
        }
        Kind::OpenEnum(_) => {
            file.needs([format!("enum {name}"), format!("impl OpenEnum for {name}"), format!("open_enum!({name})")]);
            file.needs(
                variants.iter().map(String::as_str).chain(["Unknown"]).map(|value| format!("enum {name}::{value}")),
            );
            file.permits([format!("impl From for {name}")]);
        }
        Kind::Union(_) => {
            file.needs([format!("enum {name}"), format!("impl Union for {name}"), format!("union!({name})")]);
            file.needs(variants.iter().map(String::as_str).chain(["Other"]).map(|arm| format!("enum {name}::{arm}")));
            file.permits([format!("impl From for {name}")]);
        }
        Kind::Alias(_) => file.needs([format!("type {name}")]),
    }
}

/// The type of an operation's request.
fn of_request(operation: &Operation, name: &str, file: &mut File) {
    file.needs([format!("struct {name}"), format!("request!({name})")]);
    file.needs(optional(operation).map(|(parameter, _)| format!("fn {name}::{}", raw(&setter_name(parameter)))));
    if operation.paging.is_some() {
        file.needs([format!("paged!({name})")]);
    }
    if operation.states.is_some() {
        file.needs([format!("const {name}::STATES"), format!("watched!({name})")]);
    }
    if operation.job.is_some() {
        file.needs([format!("fn {name}::job")]);
    }
}
