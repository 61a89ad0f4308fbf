//! What makes both sides compile their reading and writing: a function that is not generic for each answer and each body.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Subject;
use super::rust::raw;
use crate::api::{Answer, TypeRef};

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

    /// `decode_…` and `encode_…` of the emitted types, and `misfits_…` for the pages that are read.
    pub(super) fn own_codecs(&self, pages: &[&TypeRef]) -> TokenStream {
        let decode = self.functions(self.answers(), "decode", |name, ty| {
            quote! {
                pub fn #name(json: &str) -> crate::Result<#ty> {
                    let mut value = <#ty>::default();
                    crate::runtime::json::from_json(&mut value, json)?;
                    Ok(value)
                }
            }
        });
        let encode = self.functions(self.bodies(), "encode", |name, ty| {
            quote! {
                pub fn #name(value: &#ty) -> String {
                    crate::runtime::json::to_text(value)
                }
            }
        });
        let misfits = self.functions(pages.iter().copied(), "misfits", |name, ty| {
            quote! {
                /// How many values did not fit, and how many were not declared.
                pub fn #name(json: &str) -> (usize, usize) {
                    let mut value = <#ty>::default();
                    let mut reader = Reader::with_additions(json);
                    let read = reader.root(&mut value);
                    let (drift, additions) = reader.into_reports();
                    (drift.len() + usize::from(read.is_err()), additions.len())
                }
            }
        });
        let version = raw(&self.version.module);
        quote!(use crate::runtime::prelude::*; use crate::#version::types; #decode #encode #misfits)
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
