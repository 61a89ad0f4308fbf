//! From tokens to the text of a file.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::{ImplItem, Item, Visibility};

use crate::error::{Error, Result};
use crate::escape;
use crate::output::GENERATED;

/// What a file holds before its items.
#[derive(Default)]
pub struct Head<'a> {
    /// Its documentation.
    pub docs: &'a [String],
    /// Inner attributes beside it.
    pub attributes: TokenStream,
}

/// The first line of a file that is made from `source`.
pub fn header(source: &str) -> String {
    format!("// {GENERATED} from {source}. Do not edit.\n")
}

/// The text of a Rust file. All of it but [`header()`] is printed from one syntax tree, so that no text of a description
/// is more than the token that it became.
pub fn file(path: &str, source: &str, head: &Head<'_>, items: &[TokenStream]) -> Result<String> {
    let (docs, attributes) = (doc_lines(head.docs), &head.attributes);
    let tokens = quote!(#(#![doc = #docs])* #attributes #(#items)*);
    let mut file: syn::File = syn::parse2(tokens).map_err(|error| {
        Error::file(path, format!("the emitted code is not Rust: {error}"))
            .hint("this is a fault of the generator; nothing was written")
    })?;
    space(&mut file);
    Ok(format!("{}\n{}", header(source), prettyplease::unparse(&file)))
}

/// Declarations of one kind stand together, everything else stands apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Import,
    Module,
    Macro,
    Apart,
}

impl Spacing {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(item) if !item.attrs.is_empty() => Self::Apart,
            Item::Use(item) if matches!(item.vis, Visibility::Inherited) => Self::Import,
            Item::Use(_) => Self::Module,
            Item::Mod(item) if item.attrs.is_empty() && item.content.is_none() => Self::Module,
            Item::Macro(_) => Self::Macro,
            _ => Self::Apart,
        }
    }
}

/// Puts empty lines between items and after methods: prettyplease prints an empty line for an item without tokens.
fn space(file: &mut syn::File) {
    let mut previous = if file.attrs.is_empty() { None } else { Some(Spacing::Apart) };
    for mut item in std::mem::take(&mut file.items) {
        let spacing = Spacing::of(&item);
        if previous.is_some_and(|previous| previous != spacing || spacing == Spacing::Apart) {
            file.items.push(Item::Verbatim(TokenStream::new()));
        }
        if let Item::Impl(item) = &mut item {
            space_methods(&mut item.items);
        }
        file.items.push(item);
        previous = Some(spacing);
    }
}

fn space_methods(items: &mut Vec<ImplItem>) {
    let mut after_method = false;
    for item in std::mem::take(items) {
        if after_method {
            items.push(ImplItem::Verbatim(TokenStream::new()));
        }
        after_method = matches!(item, ImplItem::Fn(_));
        items.push(item);
    }
}

/// The text of a type as people write it: tokens come with spaces between them.
pub fn type_text(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in tokens.clone() {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if after_word && is_word {
            text.push(' ');
        }
        after_word = is_word;
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => text.push_str(", "),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&type_text(&group.stream()));
                text.push_str(close);
            }
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

/// Documentation, a line each.
pub fn doc<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines = doc_lines(lines);
    quote!(#(#[doc = #lines])*)
}

/// What `///` and `//!` are followed by. A line that prettyplease would have to print as a block comment, or that Rust
/// refuses in a comment, does not occur.
fn doc_lines<S: AsRef<str>>(lines: &[S]) -> Vec<String> {
    let lines = lines.iter().flat_map(|text| text.as_ref().trim_end().split('\n'));
    let lines = lines.map(|line| escape::doc_line(line.strip_suffix('\r').unwrap_or(line)));
    lines.map(|line| if line.is_empty() { line } else { format!(" {line}") }).collect()
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
