//! How types and fields are spelled in the derive trial: as the emitted crate spells them, so that both are the same types.
//!
//! Worked out from the model a second time, apart from the emitter; a test compares the two.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Subject;
use xtask::api::{Field, Scalar, Struct, Type, TypeRef};
use xtask::names::ident;

/// A field of a struct.
pub(super) struct Member<'a> {
    pub(super) wire: &'a str,
    pub(super) ident: Ident,
    pub(super) rust: TokenStream,
    pub(super) presence: Presence,
}

/// When a field's key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Always,
    /// Left out where it is `None`.
    Optional,
    /// Left out where it is `None`, and `Some(None)` is `null`.
    Nullable,
    /// Left out where it is empty.
    List,
    /// Left out where it is empty, and `null` is empty too.
    NullableList,
    /// Sent by itself; the emitted crate has no field for it, a derive needs one.
    Constant,
}

impl Subject {
    /// The Rust type of `ty`, seen from the file of `module`.
    pub(super) fn rust(&self, ty: &TypeRef, module: Option<&str>) -> TokenStream {
        let inner = |ty: &TypeRef| self.rust(ty, module);
        match ty {
            TypeRef::Scalar(scalar) => scalar_type(*scalar),
            TypeRef::List(ty) => {
                let inner = inner(ty);
                quote!(Vec<#inner>)
            }
            TypeRef::Map(ty) => {
                let inner = inner(ty);
                quote!(Map<#inner>)
            }
            TypeRef::Nullable(ty) => {
                let inner = inner(ty);
                quote!(Option<#inner>)
            }
            TypeRef::Boxed(ty) => {
                let inner = inner(ty);
                quote!(Box<#inner>)
            }
            TypeRef::Named(id) => {
                let found = self.names.ty(id);
                let (name, home) = (format_ident!("{}", found.name), raw(&found.module));
                match module {
                    Some(module) if module == found.module => quote!(#name),
                    _ if id.path.is_empty() => quote!(types::#name),
                    _ => quote!(types::#home::#name),
                }
            }
        }
    }

    /// The fields of a struct, in its order.
    pub(super) fn members<'a>(&self, ty: &'a Type, structure: &'a Struct) -> Vec<Member<'a>> {
        let module = self.names.ty(&ty.id).module;
        let member = |field: &'a Field| {
            let (presence, wrapper) = presence(ty, field);
            let inner = self.rust(&field.ty, Some(&module));
            let rust = match wrapper {
                Wrapper::None => inner,
                Wrapper::Option => quote!(Option<#inner>),
                Wrapper::Nullable => quote!(Nullable<#inner>),
                Wrapper::OptionNullable => quote!(Option<Nullable<#inner>>),
            };
            let name = match ident::snake(&field.wire) {
                reserved if ["extra", "new"].contains(&reserved.as_str()) => format!("{reserved}_"),
                name => name,
            };
            Member { wire: &field.wire, ident: raw(&name), rust, presence }
        };
        structure.fields.iter().map(member).collect()
    }
}

enum Wrapper {
    None,
    Option,
    Nullable,
    OptionNullable,
}

fn presence(ty: &Type, field: &Field) -> (Presence, Wrapper) {
    let (usage, required) = (ty.usage, field.required.is_some());
    let tag = ["type", "message_type", "data_type"].contains(&field.wire.as_str());
    if field.constant.is_some() && usage.request && !usage.response && (required || tag) {
        return (Presence::Constant, Wrapper::None);
    }
    let is_list = matches!(field.ty, TypeRef::List(_));
    match (usage.request, required, field.nullable) {
        (true, true, true) => (Presence::Always, Wrapper::Nullable),
        (true, false, true) => (Presence::Nullable, Wrapper::OptionNullable),
        (false, _, true) if is_list => (Presence::NullableList, Wrapper::None),
        (false, false, false) if is_list => (Presence::List, Wrapper::None),
        (_, true, false) => (Presence::Always, Wrapper::None),
        _ => (Presence::Optional, Wrapper::Option),
    }
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String | Scalar::Binary => quote!(String),
        Scalar::Integer => quote!(i64),
        Scalar::Number => quote!(Number),
        Scalar::Bool => quote!(bool),
        Scalar::Id => quote!(Id),
        Scalar::Timestamp | Scalar::TimestampText => quote!(Timestamp),
        Scalar::Json => quote!(Json),
    }
}

/// An identifier that may be a keyword.
pub(super) fn raw(name: &str) -> Ident {
    let escaped = ident::escaped(name);
    match escaped.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, proc_macro2::Span::call_site()),
        None => format_ident!("{escaped}"),
    }
}
