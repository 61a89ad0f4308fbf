//! What belongs to a version as a whole: its client, its table of operations, the list of its modules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;
use super::render::doc;
use super::types::raw;
use crate::api::{Answer, Operation, TypeRef};
use crate::manifest::Version;
use crate::names::ident;

impl Emitter<'_> {
    /// The items of the version's `mod.rs`.
    pub fn version_module(&self) -> Vec<TokenStream> {
        let header = &self.version.header;
        let accessors = self.groups().into_keys().map(|group| {
            let method = raw(&group);
            let name = format_ident!("{}", ident::group(&group));
            let docs = doc(&[self.group_docs(&group)]);
            quote! {
                #docs
                pub fn #method(&self) -> api::#name<'_> {
                    api::#name { client: self.core() }
                }
            }
        });
        let (webhooks, events) = self.webhooks_module();
        let mut items = vec![
            quote!(
                use crate::runtime::prelude::*;
            ),
            quote!(
                pub mod api;
            ),
            quote!(
                #[cfg(feature = "dynamic")]
                mod by_name;
            ),
            quote!(
                #[cfg(feature = "dynamic")]
                pub mod codecs;
            ),
            quote!(
                mod operations;
            ),
            quote!(
                pub mod types;
            ),
        ];
        items.extend(webhooks);
        items.push(quote!(
            pub use operations::OPERATIONS;
        ));
        items.extend(events);
        items.push(quote!(client!(#header);));
        items.push(quote!(impl Client { #(#accessors)* }));
        items
    }

    /// The items of `operations.rs`.
    pub fn operation_table(&self) -> Vec<TokenStream> {
        let rows = self.api.operations.values().map(|operation| {
            let name = self.names.method(&operation.key);
            let (id, http, path, group, method) =
                (&operation.id, &operation.method, &operation.path, name.group, name.method);
            let (idempotent, signature) = (operation.idempotent, self.signature(operation));
            quote!(Operation {
                id: #id, method: #http, path: #path, group: #group, name: #method, idempotent: #idempotent,
                #signature
            })
        });
        vec![
            quote!(
                use crate::runtime::prelude::*;
            ),
            quote! {
                /// Every operation of this version, by method and path.
                pub static OPERATIONS: &[Operation] = &[#(#rows),*];
            },
        ]
    }
}

impl Emitter<'_> {
    /// The items of `codecs.rs`: what reads and writes values for callers that know a name only.
    pub fn codecs(&self) -> Vec<TokenStream> {
        let operations = || self.api.operations.values();
        let bodies = operations().filter_map(|operation| {
            let (id, ty) = (codec_name(operation), self.rust(operation.body.as_ref()?, None));
            Some(quote!(Codec::of::<#ty>(#id)))
        });
        let answers = operations().filter_map(|operation| match &operation.answer {
            Answer::Json(ty) => {
                let (id, ty) = (codec_name(operation), self.rust(ty, None));
                Some(quote!(Codec::of::<#ty>(#id)))
            }
            _ => None,
        });
        let schemas = self.api.types.keys().filter(|id| id.path.is_empty() && !id.root.contains(' ')).map(|id| {
            let (name, ty) = (&id.root, self.rust(&TypeRef::Named(id.clone()), None));
            quote!(Codec::of::<#ty>(#name))
        });
        let items = [
            quote! {
                /// The bodies of requests, by operation id; the job follows where it answers otherwise than described.
                pub static BODIES: &[Codec] = &[#(#bodies),*];
            },
            quote! {
                /// The answers of successful calls, by operation id; the job follows where it answers otherwise than described.
                pub static ANSWERS: &[Codec] = &[#(#answers),*];
            },
            quote! {
                /// The schemas of the description, by name.
                pub static SCHEMAS: &[Codec] = &[#(#schemas),*];
            },
        ];
        let mut imports = vec![quote!(
            use crate::runtime::Codec;
        )];
        imports.extend(self.imports(&items));
        imports.into_iter().chain(items).collect()
    }
}

/// The id of an operation, and which of its jobs where that one answers otherwise than described.
fn codec_name(operation: &Operation) -> String {
    match operation.key.purpose().filter(|_| operation.answers_otherwise) {
        Some(purpose) => format!("{} {purpose}", operation.id),
        None => operation.id.clone(),
    }
}

/// What the lints of the crate would say of a version, and need not.
pub fn lints() -> TokenStream {
    quote! {
        #![allow(deprecated, reason = "what the description advises against is still read and written")]
        #![allow(missing_docs, reason = "a variant's name is its value")]
        #![allow(
            clippy::large_enum_variant,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            reason = "names, arms and arguments are what the API makes them"
        )]
    }
}

/// The items of `versions.rs`: every version behind its feature, its aliases, and the table of all.
pub fn versions_module(versions: &[Version]) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for version in versions {
        let module = raw(&version.module);
        let (feature, path) = (&version.feature, format!("{}/mod.rs", version.module));
        items.push(quote! {
            #[cfg(feature = #feature)]
            #[path = #path]
            pub mod #module;
        });
        for alias in &version.aliases {
            let name = raw(&alias.replace('-', "_"));
            let docs = doc(&[format!("Another name of [`{0}`](crate::{0}).", version.module)]);
            items.push(quote! {
                #docs
                #[cfg(feature = #feature)]
                pub mod #name {
                    #[doc(no_inline)]
                    pub use super::#module::*;
                }
            });
        }
    }
    let rows = versions.iter().map(|version| {
        let module = raw(&version.module);
        let Version { name, aliases, feature, header, .. } = version;
        quote! {
            #[cfg(feature = #feature)]
            crate::ApiVersion {
                name: #name,
                aliases: &[#(#aliases),*],
                feature: #feature,
                header: #header,
                operations: #module::OPERATIONS,
                bodies: #module::codecs::BODIES,
                answers: #module::codecs::ANSWERS,
                schemas: #module::codecs::SCHEMAS,
                client: |core| #module::Client::from(core).dynamic(),
            }
        }
    });
    items.push(quote! {
        /// Every version that the crate was built with.
        #[cfg(feature = "dynamic")]
        pub static VERSIONS: &[crate::ApiVersion] = &[#(#rows),*];
    });
    items
}
