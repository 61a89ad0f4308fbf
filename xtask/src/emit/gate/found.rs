//! What a file declares.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, Visibility};

use super::super::render::type_text;
use super::{DERIVES, Expected, LINTS, MACROS, MARKS, OF_CRATE, OF_STD};

/// The declarations of a file, and what is in it that no emitted file has.
pub(super) struct Found<'a> {
    expected: &'a Expected,
    /// `struct Contact`, `pub use contact::Contact`, `object!(Contact)`.
    pub(super) declared: Vec<String>,
    /// What is refused wherever it stands.
    pub(super) refused: Vec<String>,
}

impl<'a> Found<'a> {
    pub(super) fn of(file: &syn::File, expected: &'a Expected) -> Self {
        let mut found = Self { expected, declared: Vec::new(), refused: Vec::new() };
        file.attrs.iter().for_each(|attribute| found.visit_attribute(attribute));
        file.items.iter().for_each(|item| found.item(item, ""));
        found
    }

    /// An item of the file, or of a module in it, whose name leads to it.
    fn item(&mut self, item: &Item, home: &str) {
        let mut declare = |text: String| self.declared.push(format!("{home}{text}"));
        match item {
            Item::Use(item) => declare(format!("{}use {}", seen(&item.vis), text(&item.tree))),
            Item::Mod(item) => {
                declare(format!("{}mod {}", seen(&item.vis), item.ident));
                item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
                let home = format!("{home}{}: ", item.ident);
                return item.content.iter().flat_map(|(_, items)| items).for_each(|item| self.item(item, &home));
            }
            Item::Struct(item) => {
                declare(format!("struct {}", item.ident));
                item.fields.iter().filter_map(|field| field.ident.as_ref()).for_each(|field| {
                    declare(format!("struct {}.{field}", item.ident));
                });
            }
            Item::Enum(item) => {
                declare(format!("enum {}", item.ident));
                item.variants.iter().for_each(|variant| declare(format!("enum {}::{}", item.ident, variant.ident)));
            }
            Item::Type(item) => declare(format!("type {}", item.ident)),
            Item::Const(item) => declare(format!("const {}", item.ident)),
            Item::Static(item) => declare(format!("static {}", item.ident)),
            Item::Fn(item) => declare(format!("fn {}", item.sig.ident)),
            Item::Macro(item) => {
                let subject = item.mac.tokens.clone().into_iter().next();
                let subject = subject.map_or_else(String::new, |token| token.to_string());
                declare(format!("{}!({subject})", text(&item.mac.path)));
                return self.arguments(item.mac.tokens.clone(), &item.attrs);
            }
            Item::Impl(item) => declare_impl(item, &mut declare),
            other => self.refused.push(format!("the item `{}`", text(other))),
        }
        visit::visit_item(self, item);
    }

    /// The arguments of a macro of ours are types, literals, names and a closure without a block.
    fn arguments(&mut self, tokens: TokenStream, attributes: &[Attribute]) {
        attributes.iter().for_each(|attribute| self.visit_attribute(attribute));
        for token in tokens {
            match token {
                TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => self.arguments(group.stream(), &[]),
                TokenTree::Group(group) => self.refused.push(format!("the block `{group}` in a macro's arguments")),
                TokenTree::Punct(punct) if "#!;".contains(punct.as_char()) => {
                    self.refused.push(format!("`{punct}` in a macro's arguments"));
                }
                _ => {}
            }
        }
    }

    fn is_permitted(&self, attribute: &Attribute) -> bool {
        let Some(name) = attribute.path().get_ident().map(ToString::to_string) else { return false };
        match (name.as_str(), &attribute.meta) {
            ("doc" | "deprecated" | "must_use", Meta::NameValue(pair)) => is_text(&pair.value),
            ("doc", Meta::List(list)) => {
                let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
                match tokens.as_slice() {
                    [TokenTree::Ident(word)] => word == "no_inline",
                    [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Literal(_)] => word == "alias",
                    _ => false,
                }
            }
            ("derive", Meta::List(list)) => names(&list.tokens).iter().all(|name| DERIVES.contains(&name.as_str())),
            ("allow", Meta::List(list)) => {
                let reason = |part: &String| part.starts_with("reason = \"");
                names(&list.tokens).iter().all(|part| LINTS.contains(&part.as_str()) || reason(part))
            }
            ("cfg", Meta::List(list)) => self.expected.features.contains(&list.tokens.to_string()),
            ("path", Meta::NameValue(pair)) => self.expected.paths.contains(&text(&pair.value)),
            (mark, Meta::Path(_)) => MARKS.contains(&mark),
            _ => false,
        }
    }
}

impl<'ast> Visit<'ast> for Found<'_> {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if !self.is_permitted(attribute) {
            self.refused.push(format!("the attribute `{}`", text(attribute)));
        }
    }

    /// Items of the file are taken one by one, so this one stands inside another.
    fn visit_item(&mut self, item: &'ast Item) {
        self.refused.push(format!("an item inside another, `{}`", text(item)));
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if !MACROS.iter().any(|name| call.path.is_ident(name)) {
            self.refused.push(format!("the macro `{}!`", text(&call.path)));
        }
        self.arguments(call.tokens.clone(), &[]);
    }

    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {
        self.refused.push("an unsafe block".to_owned());
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if signature.abi.is_some() || text(signature).starts_with("unsafe") {
            self.refused.push(format!("the signature `{}`", text(signature)));
        }
        visit::visit_signature(self, signature);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let is_ours = match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["std" | "core" | "alloc", _, ..] => OF_STD.contains(&segments.join("::").as_str()),
            ["crate", place, ..] => OF_CRATE.contains(place) || self.expected.module.as_deref() == Some(place),
            _ => true,
        };
        if !is_ours || path.leading_colon.is_some() {
            self.refused.push(format!("the path `{}`", segments.join("::")));
        }
        visit::visit_path(self, path);
    }
}

fn declare_impl(item: &syn::ItemImpl, declare: &mut impl FnMut(String)) {
    let owner = match &*item.self_ty {
        syn::Type::Path(ty) => ty.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
        other => text(other),
    };
    match &item.trait_ {
        Some((path, _)) => {
            // What an enum is made of is the emitter's to decide, and harmless.
            let of = path
                .segments
                .last()
                .filter(|segment| segment.ident == "From")
                .map_or_else(|| text(path), |_| "From".into());
            declare(format!("impl {of} for {owner}"));
        }
        None => item.items.iter().for_each(|item| match item {
            ImplItem::Fn(item) => declare(format!("fn {owner}::{}", item.sig.ident)),
            ImplItem::Const(item) => declare(format!("const {owner}::{}", item.ident)),
            other => declare(format!("in impl {owner}: {}", text(other))),
        }),
    }
}

fn text(tokens: &impl ToTokens) -> String {
    type_text(&tokens.to_token_stream())
}

fn seen(visibility: &Visibility) -> &'static str {
    match visibility {
        Visibility::Public(_) => "pub ",
        _ => "",
    }
}

/// What stands between the commas.
fn names(tokens: &TokenStream) -> Vec<String> {
    let mut names = vec![TokenStream::new()];
    for token in tokens.clone() {
        match (&token, names.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => names.push(TokenStream::new()),
            (_, Some(last)) => last.extend([token]),
            (_, None) => {}
        }
    }
    let is_word = |name: &TokenStream| name.clone().into_iter().any(|token| matches!(token, TokenTree::Literal(_)));
    names
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| if is_word(name) { name.to_string() } else { type_text(name) })
        .collect()
}

fn is_text(value: &Expr) -> bool {
    matches!(value, Expr::Lit(ExprLit { lit: Lit::Str(_), .. }))
}
