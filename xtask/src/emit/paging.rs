//! The streams of operations whose lists come in pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;
use super::types::Form;
use crate::api::{Answer, Kind, Operation, Paging, PagingStyle, Type, TypeRef};
use crate::error::Result;

impl Emitter<'_> {
    /// The streams of an operation's request, which is of type `name`.
    pub fn streams(&self, operation: &Operation, name: &TokenStream) -> Result<Option<TokenStream>> {
        let (Some(paging), Answer::Json(answer)) = (&operation.paging, &operation.answer) else { return Ok(None) };
        let page = self.rust(answer, None);
        let item = self.rust(item(paging), None);
        // A parameter of that name has a setter of its own.
        let sized = !operation.query.iter().any(|parameter| parameter.wire == "per_page");
        let style = style(paging.style, sized);
        let keys = paging.items.iter().map(|keys| quote!([#(#keys),*]));
        let items = self.opened(answer, paging)?;
        Ok(Some(quote!(paged!(#name, #page, #item, #style, #(#keys) or *, |page| #items);)))
    }

    /// What the method's documentation says of the pages.
    pub fn paging_docs(&self, operation: &Operation) -> Vec<String> {
        if operation.paging.is_none() {
            return Vec::new();
        }
        let text = "Comes in pages: `.items()` gives all items as a stream, `.pages()` the pages.";
        vec![String::new(), text.to_owned()]
    }

    /// The expression that takes the items out of `page`.
    fn opened(&self, answer: &TypeRef, paging: &Paging) -> Result<TokenStream> {
        let mut lists = Vec::new();
        for keys in &paging.items {
            let mut expression = quote!(page);
            let mut ty = answer.clone();
            for key in keys {
                (ty, expression) = self.field_of(&ty, key, &expression)?;
            }
            lists.push(expression);
        }
        let expression = match lists.as_slice() {
            [list] => list.clone(),
            _ => quote!(first([#(#lists),*])),
        };
        Ok(if matches!(paging.item, TypeRef::Nullable(_)) {
            quote!(#expression.into_iter().flatten().collect())
        } else {
            expression
        })
    }

    /// The type of a field, and the expression that takes its value, or the default, out of `owner`.
    fn field_of(&self, ty: &TypeRef, key: &str, owner: &TokenStream) -> Result<(TypeRef, TokenStream)> {
        let gone =
            || self.error("", format!("`{key}` is no field of a page")).hint("correct the `items` of its paging");
        let TypeRef::Named(id) = self.resolved(ty) else { return Err(gone()) };
        let Some(ty @ Type { kind: Kind::Struct(structure), .. }) = self.api.types.get(id) else { return Err(gone()) };
        let members = self.members(ty, structure)?;
        let member = members.iter().find(|member| member.field.wire == key).ok_or_else(gone)?;
        let ident = &member.ident;
        let value = match &member.form {
            Form::Plain | Form::Constant(_) => quote!(#owner.#ident),
            Form::Optional => quote!(#owner.#ident.unwrap_or_default()),
            Form::Nullable => quote!(#owner.#ident.into_value().unwrap_or_default()),
            Form::OptionalNullable => quote!(#owner.#ident.and_then(Nullable::into_value).unwrap_or_default()),
        };
        let inner = match &member.field.ty {
            TypeRef::Boxed(inner) => inner.as_ref(),
            ty => ty,
        };
        Ok((inner.clone(), value))
    }
}

/// The type of an item; one that may be null is left out where it is.
pub fn item(paging: &Paging) -> &TypeRef {
    match &paging.item {
        TypeRef::Nullable(inner) => inner,
        item => item,
    }
}

/// The style as the runtime knows it; `sized` adds the object of the body that holds the size of a page.
fn style(style: PagingStyle, sized: bool) -> TokenStream {
    let name = format_ident!("{style:?}");
    match style {
        PagingStyle::CursorInBody if sized => quote!(#name in ["pagination"]),
        PagingStyle::PageInBody if sized => quote!(#name in []),
        _ => quote!(#name),
    }
}
