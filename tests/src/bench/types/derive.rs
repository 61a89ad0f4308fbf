//! The derive trial: the types as a good generator on serde's derives would emit them.
//!
//! Nothing is done to make it slow. Undeclared keys are dropped, because keeping them takes `flatten`, which costs derives
//! more than anything else; listed values have a variant each, and one that is not listed survives, because the emitted
//! types keep it too.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Subject;
use super::rust::{Member, Presence, raw};
use xtask::api::{Kind, Struct, Type, Union};
use xtask::error::{Error, Result};

/// The files of the types, by their path below the version's module.
pub(super) fn files(subject: &Subject) -> Result<BTreeMap<String, String>> {
    let mut modules: BTreeMap<String, Vec<TokenStream>> = BTreeMap::new();
    let mut index = BTreeMap::new();
    for ty in subject.api.types.values() {
        let found = subject.names.ty(&ty.id);
        let (home, name) = (raw(&found.module), format_ident!("{}", found.name));
        let public = ty.id.path.is_empty().then(|| quote!(pub use #home::#name;));
        index.entry(found.module.clone()).or_insert_with(|| quote!(pub mod #home;)).extend(public);
        modules.entry(found.module).or_default().push(subject.derived(ty));
    }
    let version = raw(&subject.version.module);
    let mut files = BTreeMap::new();
    for (module, items) in modules {
        let file = format!("types/{module}.rs");
        let text = render(&file, quote!(use crate::prelude::*; use crate::#version::types; #(#items)*))?;
        files.insert(file, text);
    }
    let modules = index.into_values();
    files.insert("types/mod.rs".to_owned(), render("types/mod.rs", quote!(#(#modules)*))?);
    Ok(files)
}

impl Subject {
    fn derived(&self, ty: &Type) -> TokenStream {
        let found = self.names.ty(&ty.id);
        let name = format_ident!("{}", found.name);
        match &ty.kind {
            Kind::Struct(structure) => self.derived_struct(ty, structure),
            Kind::OpenEnum(values) => self.derived_enum(ty, values),
            Kind::Union(union) => self.derived_union(ty, union),
            Kind::Alias(target) => {
                let target = self.rust(target, Some(&found.module));
                quote!(pub type #name = #target;)
            }
        }
    }

    fn derived_struct(&self, ty: &Type, structure: &Struct) -> TokenStream {
        let name = format_ident!("{}", self.names.ty(&ty.id).name);
        let fields = self.members(ty, structure).into_iter().map(|member| {
            let attributes = attributes(&member);
            let (ident, rust) = (&member.ident, &member.rust);
            quote!(#attributes pub #ident: #rust,)
        });
        quote! {
            #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
            pub struct #name { #(#fields)* }
        }
    }

    fn derived_enum(&self, ty: &Type, values: &[String]) -> TokenStream {
        let name = format_ident!("{}", self.names.ty(&ty.id).name);
        let variants = self.names.variants(&ty.id).iter().zip(values).map(|(variant, value)| {
            let variant = format_ident!("{variant}");
            quote!(#[serde(rename = #value)] #variant,)
        });
        quote! {
            #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
            pub enum #name {
                #(#variants)*
                #[serde(untagged)]
                Unknown(String),
            }
            impl Default for #name {
                fn default() -> Self {
                    Self::Unknown(String::new())
                }
            }
        }
    }

    fn derived_union(&self, ty: &Type, union: &Union) -> TokenStream {
        let found = self.names.ty(&ty.id);
        let name = format_ident!("{}", found.name);
        let arms = self.names.variants(&ty.id).iter().zip(&union.arms).map(|(variant, arm)| {
            let (variant, rust) = (format_ident!("{variant}"), self.rust(&arm.ty, Some(&found.module)));
            quote!(#variant(#rust),)
        });
        quote! {
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[serde(untagged)]
            pub enum #name {
                #(#arms)*
                Other(Json),
            }
            impl Default for #name {
                fn default() -> Self {
                    Self::Other(Json::Null)
                }
            }
        }
    }
}

fn attributes(member: &Member<'_>) -> TokenStream {
    let wire = member.wire;
    let rename = (member.ident.to_string().trim_start_matches("r#") != wire).then(|| quote!(rename = #wire,));
    let presence = match member.presence {
        Presence::Always => None,
        Presence::Constant => Some(quote!(default)),
        Presence::Optional => Some(quote!(default, skip_serializing_if = "Option::is_none")),
        Presence::Nullable => {
            Some(quote!(default, skip_serializing_if = "Option::is_none", deserialize_with = "present"))
        }
        Presence::List => Some(quote!(default, skip_serializing_if = "Vec::is_empty")),
        Presence::NullableList => {
            Some(quote!(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_empty"))
        }
    };
    match (rename, presence) {
        (None, None) => TokenStream::new(),
        (rename, presence) => quote!(#[serde(#rename #presence)]),
    }
}

/// The text of a file.
pub(super) fn render(file: &str, items: TokenStream) -> Result<String> {
    let parsed = syn::parse2(items).map_err(|error| {
        Error::file(file, format!("what the benchmark emits is no Rust: {error}"))
            .hint("this is a fault of the benchmark")
    })?;
    Ok(prettyplease::unparse(&parsed))
}
