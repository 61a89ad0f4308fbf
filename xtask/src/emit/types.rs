//! The Rust type of a reference, and the form that a field takes in its struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Emitter, render};
use crate::api::{Field, KIND_PROPERTIES, Kind, Scalar, TypeRef, Usage};
use crate::names::ident;

/// How a field stands in its struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Always there: `T`.
    Plain,
    /// There or not: `Option<T>`.
    Optional,
    /// Always sent, null or a value: `Nullable<T>`.
    Nullable,
    /// Left out, null or a value: `Option<Nullable<T>>`.
    OptionalNullable,
    /// Written by itself, no field at all.
    Constant(String),
}

impl Form {
    /// The form of `field` in a struct that travels as `usage` says.
    pub fn of(field: &Field, usage: Usage) -> Self {
        let required = field.required.is_some();
        if let Some(value) = &field.constant
            && usage.request
            && !usage.response
            && (required || KIND_PROPERTIES.contains(&field.wire.as_str()))
        {
            return Self::Constant(value.clone());
        }
        let list = matches!(field.ty, TypeRef::List(_));
        match (usage.request, required, field.nullable) {
            (true, true, true) => Self::Nullable,
            (true, false, true) => Self::OptionalNullable,
            (false, _, _) if list => Self::Plain,
            (_, true, false) => Self::Plain,
            _ => Self::Optional,
        }
    }

    /// The type of the field, given that of its value.
    pub fn wrap(&self, ty: &TokenStream) -> TokenStream {
        match self {
            Self::Plain | Self::Constant(_) => ty.clone(),
            Self::Optional => quote!(Option<#ty>),
            Self::Nullable => quote!(Nullable<#ty>),
            Self::OptionalNullable => quote!(Option<Nullable<#ty>>),
        }
    }
}

impl<'a> Emitter<'a> {
    /// The Rust type of `ty`, seen from the file of `module` (`None`: from anywhere else).
    pub fn rust(&self, ty: &TypeRef, module: Option<&str>) -> TokenStream {
        match ty {
            TypeRef::Scalar(scalar) => scalar_type(*scalar),
            TypeRef::List(inner) => {
                let inner = self.rust(inner, module);
                quote!(Vec<#inner>)
            }
            TypeRef::Map(inner) => {
                let inner = self.rust(inner, module);
                quote!(Map<#inner>)
            }
            TypeRef::Nullable(inner) => {
                let inner = self.rust(inner, module);
                quote!(Option<#inner>)
            }
            TypeRef::Boxed(inner) => {
                let inner = self.rust(inner, module);
                quote!(Box<#inner>)
            }
            TypeRef::Named(id) => {
                let found = self.names.ty(id);
                let name = format_ident!("{}", found.name);
                if module == Some(found.module.as_str()) {
                    quote!(#name)
                } else if id.path.is_empty() {
                    quote!(types::#name)
                } else {
                    let home = raw(&found.module);
                    quote!(types::#home::#name)
                }
            }
        }
    }

    /// The Rust type of `ty` as text, for people.
    pub fn text(&self, ty: &TypeRef) -> String {
        render::type_text(&self.rust(ty, None))
    }

    /// The Rust type of a field in a struct that travels as `usage` says, as text.
    pub fn field_text(&self, field: &Field, usage: Usage) -> String {
        render::type_text(&Form::of(field, usage).wrap(&self.rust(&field.ty, None)))
    }

    /// The type of an argument that takes the value of `ty`, and the expression that converts it.
    pub fn argument(&self, ty: &TypeRef, name: &TokenStream, module: Option<&str>) -> (TokenStream, TokenStream) {
        match ty {
            TypeRef::Scalar(Scalar::TimestampText) => (quote!(impl Into<Timestamp>), quote!(#name.into().into_text())),
            TypeRef::List(inner) if self.converts(inner) => {
                let inner = self.rust(inner, module);
                (
                    quote!(impl IntoIterator<Item = impl Into<#inner>>),
                    quote!(#name.into_iter().map(Into::into).collect()),
                )
            }
            TypeRef::List(inner) => {
                let inner = self.rust(inner, module);
                (quote!(impl IntoIterator<Item = #inner>), quote!(#name.into_iter().collect()))
            }
            _ => {
                let rust = self.rust(ty, module);
                if self.converts(ty) { (quote!(impl Into<#rust>), quote!(#name.into())) } else { (rust, quote!(#name)) }
            }
        }
    }

    /// The type that a reference stands for once aliases are followed.
    pub fn resolved<'t>(&self, ty: &'t TypeRef) -> &'t TypeRef
    where
        'a: 't,
    {
        self.api.aliases.resolve(ty)
    }

    /// Whether callers have something else at hand than the type itself.
    pub fn converts(&self, ty: &TypeRef) -> bool {
        match self.resolved(ty) {
            TypeRef::Scalar(scalar) => !matches!(scalar, Scalar::Integer | Scalar::Bool),
            TypeRef::Boxed(_) => true,
            TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => false,
            TypeRef::Named(id) => {
                matches!(self.api.types.get(id).map(|ty| &ty.kind), Some(Kind::OpenEnum(_) | Kind::Union(_)))
            }
        }
    }
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote!(String),
        Scalar::Binary => quote!(Upload),
        Scalar::Integer => quote!(i64),
        Scalar::Number => quote!(Number),
        Scalar::Bool => quote!(bool),
        Scalar::Id => quote!(Id),
        Scalar::Timestamp | Scalar::TimestampText => quote!(Timestamp),
        Scalar::Json => quote!(Json),
    }
}

/// An identifier that may be a keyword.
pub fn raw(name: &str) -> proc_macro2::Ident {
    let escaped = ident::escaped(name);
    match escaped.strip_prefix("r#") {
        Some(keyword) => proc_macro2::Ident::new_raw(keyword, proc_macro2::Span::call_site()),
        None => format_ident!("{}", escaped),
    }
}
