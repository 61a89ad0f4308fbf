//! What makes the derived types compile their reading and writing: a function that is not generic for each response and
//! each body. The crate has its table of codecs for that, with the feature `dynamic`.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Subject;
use super::rust::raw;
use xtask::api::{Answer, TypeRef};

impl Subject {
    /// `decode_…` and `encode_…` of the derive trial.
    pub(super) fn derived_codecs(&self) -> TokenStream {
        let decode = self.functions(self.answers(), "decode", |name, ty| {
            quote! {
                pub fn #name(json: &str) -> Result<#ty, serde_json::Error> {
                    serde_json::from_str(json)
                }
            }
        });
        let encode = self.functions(self.bodies(), "encode", |name, ty| {
            quote! {
                pub fn #name(value: &#ty) -> Result<String, serde_json::Error> {
                    serde_json::to_string(value)
                }
            }
        });
        let version = raw(&self.version.module);
        quote!(use crate::prelude::*; use crate::#version::types; #decode #encode)
    }

    /// The types that calls are answered with.
    pub(super) fn answers(&self) -> impl Iterator<Item = &TypeRef> {
        self.api.operations.values().filter_map(|operation| match &operation.answer {
            Answer::Json(ty) => Some(ty),
            _ => None,
        })
    }

    /// The types that calls send.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &TypeRef> {
        self.api.operations.values().filter_map(|operation| operation.body.as_ref())
    }

    /// The function of `role` for a type.
    pub(super) fn function(&self, role: &str, ty: &TypeRef) -> proc_macro2::Ident {
        let path = self.rust(ty, None).to_string().replace("types :: ", "");
        format_ident!("{role}_{}", path.to_snake_case())
    }

    /// One function for each of the types; operations share them.
    fn functions<'a>(
        &self,
        types: impl Iterator<Item = &'a TypeRef>,
        role: &str,
        make: impl Fn(proc_macro2::Ident, TokenStream) -> TokenStream,
    ) -> TokenStream {
        let by_name: BTreeMap<_, _> = types.map(|ty| (self.function(role, ty), self.rust(ty, None))).collect();
        by_name.into_iter().map(|(name, ty)| make(name, ty)).collect()
    }
}
