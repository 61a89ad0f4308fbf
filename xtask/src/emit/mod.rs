//! From the named model to the files of one version.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::api::{Api, Kind, Type, TypeRef};
use crate::error::{Error, Result};
use crate::escape::code;
use crate::manifest::{Manifest, Version};
use crate::names::{Names, ident, vocabulary};
use crate::samples::Counted;

mod choices;
mod dynamic;
pub mod gate;
mod jobs;
mod listing;
mod operations;
mod paging;
mod render;
mod structs;
mod types;
mod version;
mod webhooks;

use choices::Nested;
pub(crate) use operations::has_type;
use render::Head;
pub(crate) use structs::field_name;
pub(crate) use types::Form;
use types::raw;

/// Where emitted files go, below the root.
const HOME: &str = "generated/src";

/// The files of `versions.rs` and of the list of features in a manifest's text.
pub fn versions(manifest: &Manifest) -> Result<(String, String)> {
    let path = format!("{HOME}/versions.rs");
    let docs = ["The versions of the API, each behind its feature.".to_owned()];
    let head = Head { docs: &docs, ..Head::default() };
    let text = render::file(&path, crate::manifest::FILE, &head, &version::versions_module(&manifest.versions))?;
    Ok((path, text))
}

/// Every file of one version, by its path below the root. Its unions are shown with what was counted of samples.
pub fn version(
    file: &str,
    api: &Api,
    names: &Names,
    version: &Version,
    samples: Option<&Counted>,
) -> Result<BTreeMap<String, String>> {
    let emitter = Emitter::new(file, api, names, version);
    let mut files = BTreeMap::new();
    emitter.types_files(&mut files, samples)?;
    emitter.api_files(&mut files)?;
    emitter.by_name_files(&mut files)?;
    let has_unions = api.types.values().any(|ty| matches!(ty.kind, Kind::Union(_)));
    let table = if has_unions { ", with a table of those that are one of several" } else { "" };
    let mut docs = vec![
        format!("Version `{}` of the API.", version.name),
        String::new(),
        "[`Client`] is the way in: its methods lead to the operations, group by group. What they take and give is in"
            .to_owned(),
        format!("[`types`]{table}."),
    ];
    docs.extend(emitter.group_table());
    let head = Head { docs: &docs, attributes: version::lints() };
    emitter.add_with(&mut files, "mod.rs", &head, &emitter.version_module())?;
    emitter.add(&mut files, "operations.rs", &["The table of operations.".to_owned()], &emitter.operation_table())?;
    emitter.add(
        &mut files,
        "codecs.rs",
        &["Reading and writing values for callers that know a name only.".to_owned()],
        &emitter.codecs(),
    )?;
    if !api.topics.is_empty() || !api.events.is_empty() {
        let docs = ["What Intercom sends unasked: notifications by topic, and the events of Fin.".to_owned()];
        emitter.add(&mut files, "webhooks.rs", &docs, &emitter.webhooks())?;
    }
    files.insert(format!("generated/api/{}.txt", version.name), emitter.listing()?);
    Ok(files)
}

/// What emission works from.
pub(crate) struct Emitter<'a> {
    pub(crate) file: &'a str,
    pub(crate) api: &'a Api,
    pub(crate) names: &'a Names,
    pub(crate) version: &'a Version,
    lookup: Lookup<'a>,
}

impl<'a> Emitter<'a> {
    pub(crate) fn new(file: &'a str, api: &'a Api, names: &'a Names, version: &'a Version) -> Self {
        Self { file, api, names, version, lookup: Lookup::default() }
    }
}

/// What is gathered from the whole model once, when it is first asked for.
#[derive(Default)]
struct Lookup<'a> {
    /// The types that bodies of searches have.
    searched: OnceCell<HashSet<&'a TypeRef>>,
    /// What is known of each group.
    group_docs: OnceCell<BTreeMap<String, String>>,
    /// The types that convert to each union as variants of a variant, each with the place of that variant.
    nested: OnceCell<Nested<'a>>,
}

impl Emitter<'_> {
    fn error(&self, pointer: &str, what: impl Into<String>) -> Error {
        Error::at(self.file, pointer, what)
    }

    fn add(
        &self,
        files: &mut BTreeMap<String, String>,
        name: &str,
        docs: &[String],
        items: &[TokenStream],
    ) -> Result<()> {
        self.add_with(files, name, &Head { docs, ..Head::default() }, items)
    }

    fn add_with(
        &self,
        files: &mut BTreeMap<String, String>,
        name: &str,
        head: &Head<'_>,
        items: &[TokenStream],
    ) -> Result<()> {
        let path = format!("{HOME}/{}/{name}", self.version.module);
        let text = render::file(&path, self.file, head, items)?;
        files.insert(path, text);
        Ok(())
    }

    fn types_files(&self, files: &mut BTreeMap<String, String>, samples: Option<&Counted>) -> Result<()> {
        let mut modules: BTreeMap<String, Vec<&Type>> = BTreeMap::new();
        for ty in self.api.types.values() {
            modules.entry(self.names.ty(&ty.id).module).or_default().push(ty);
        }
        let mut index = Vec::new();
        for (module, members) in &modules {
            let mut items = Vec::new();
            for ty in members {
                items.extend(self.type_items(ty)?);
            }
            let items: Vec<TokenStream> = self.imports(&items).into_iter().chain(items).collect();
            let docs = [self.module_docs(members)];
            self.add(files, &format!("types/{module}.rs"), &docs, &items)?;
            let home = raw(module);
            index.push(quote!(pub mod #home;));
            index.extend(members.iter().filter(|ty| ty.id.path.is_empty()).map(|ty| {
                let name = format_ident!("{}", self.names.ty(&ty.id).name);
                quote!(pub use #home::#name;)
            }));
        }
        let mut docs = vec!["The types of requests and answers, a module per schema with its inline types.".to_owned()];
        docs.extend(self.union_table(samples));
        self.add(files, "types/mod.rs", &docs, &index)
    }

    fn api_files(&self, files: &mut BTreeMap<String, String>) -> Result<()> {
        let mut index = Vec::new();
        for (group, operations) in self.groups() {
            let items = self.group(&group, &operations)?;
            let docs = [format!("Operations of `client.{group}()`.")];
            self.add(files, &format!("api/{group}.rs"), &docs, &items)?;
            let (module, name) = (raw(&group), format_ident!("{}", ident::group(&group)));
            index.push(quote!(pub mod #module;));
            index.push(quote!(pub use #module::#name;));
        }
        let docs = ["The operations, a group per tag.".to_owned()];
        self.add(files, "api/mod.rs", &docs, &index)
    }

    fn type_items(&self, ty: &Type) -> Result<Vec<TokenStream>> {
        Ok(match &ty.kind {
            Kind::Struct(structure) => self.structure(ty, structure)?,
            Kind::OpenEnum(values) => self.open_enum(ty, values),
            Kind::Union(union) => self.union(ty, union),
            Kind::Alias(target) => {
                let found = self.names.ty(&ty.id);
                let (name, target) = (format_ident!("{}", found.name), self.rust(target, Some(&found.module)));
                let docs = render::doc(&self.type_docs(ty, &[]));
                vec![quote!(#docs pub type #name = #target;)]
            }
        })
    }

    /// The imports that `items` need.
    fn imports(&self, items: &[TokenStream]) -> Vec<TokenStream> {
        let version = raw(&self.version.module);
        let runtime = items.iter().any(mentions).then(|| {
            quote!(
                use crate::runtime::prelude::*;
            )
        });
        let types = items.iter().any(leads_to_types).then(|| quote!(use crate::#version::types;));
        runtime.into_iter().chain(types).collect()
    }

    fn module_docs(&self, members: &[&Type]) -> String {
        let root = members.iter().find(|ty| ty.id.path.is_empty()).or(members.first());
        root.map_or_else(String::new, |ty| format!("{}.", self.source(ty)))
    }

    /// What a type is, what its schema demands, and where it comes from.
    fn type_docs(&self, ty: &Type, rules: &[String]) -> Vec<String> {
        let mut lines: Vec<String> = ty.doc.iter().map(|text| text.trim().to_owned()).collect();
        for rule in rules {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(rule.clone());
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{}.", self.source(ty)));
        lines
    }

    fn source(&self, ty: &Type) -> String {
        let body = ty.id.root.rsplit_once(' ').filter(|(operation, _)| operation.contains(' '));
        match (body, ty.id.path.as_slice()) {
            (Some((operation, "query")), path) => {
                format!("Query parameter {} of {}", code(&path.join("/")), code(operation))
            }
            (Some((operation, role)), []) => {
                format!("{} of {}", if role == "request" { "Body" } else { "Answer" }, code(operation))
            }
            (Some((operation, role)), path) => {
                format!("{} in the {role} of {}", code(&path.join("/")), code(operation))
            }
            (None, []) => format!("Schema {}", code(&ty.id.root)),
            (None, _) => code(&ty.id.to_string()),
        }
    }
}

/// Whether the tokens have a path that begins with `types::`.
fn leads_to_types(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) if ident == "types" => {
                matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
            }
            TokenTree::Group(group) => leads_to_types(&group.stream()),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

/// Whether the tokens name something of the prelude without a path before it.
fn mentions(tokens: &TokenStream) -> bool {
    let mut colons = 0;
    tokens.clone().into_iter().any(|token| {
        let before = colons;
        colons = if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':') { before + 1 } else { 0 };
        match token {
            TokenTree::Ident(ident) => before < 2 && vocabulary::prelude().any(|name| ident == name),
            TokenTree::Group(group) => mentions(&group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        }
    })
}
