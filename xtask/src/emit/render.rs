//! From tokens to the text of a file.

use proc_macro2::TokenStream;
use quote::quote;

use crate::error::{Error, Result};
use crate::output::GENERATED;

/// The text of a Rust file: header, then items with an empty line between them.
pub fn file(path: &str, source: &str, docs: &[String], items: &[TokenStream]) -> Result<String> {
    let mut text = format!("// {GENERATED} from {source}. Do not edit.\n");
    if !docs.is_empty() {
        text.push('\n');
    }
    for line in docs {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    let mut previous = Spacing::Apart;
    for item in items {
        let formatted = item_text(path, item)?;
        let spacing = Spacing::of(&formatted);
        if spacing == Spacing::Apart || previous != spacing {
            text.push('\n');
        }
        text.push_str(&formatted);
        previous = spacing;
    }
    Ok(text)
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
    fn of(text: &str) -> Self {
        let one_line = text.trim_end().lines().count() == 1;
        if !one_line {
            Self::Apart
        } else if text.starts_with("use ") {
            Self::Import
        } else if ["pub mod ", "pub use ", "mod "].iter().any(|start| text.starts_with(start)) {
            Self::Module
        } else if text.contains("!(") {
            Self::Macro
        } else {
            Self::Apart
        }
    }
}

fn item_text(path: &str, item: &TokenStream) -> Result<String> {
    let file: syn::File = syn::parse2(item.clone()).map_err(|error| {
        Error::file(path, format!("the emitted code is no Rust: {error}\n{item}"))
            .hint("this is a fault of the generator")
    })?;
    let text = prettyplease::unparse(&file);
    match file.items.as_slice() {
        [syn::Item::Macro(_)] => return Ok(tight(&text)),
        [syn::Item::Fn(_)] => return Ok(text),
        _ => {}
    }
    let mut spaced = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let ends_function = line == "    }";
        if ends_function && lines.peek().is_some_and(|next| *next != "}" && !next.is_empty()) {
            spaced.push('\n');
        }
    }
    Ok(spaced)
}

/// The text of a type as people write it: tokens come with spaces between them.
pub fn tight(text: &str) -> String {
    [(" :: ", "::"), (" < ", "<"), (" >", ">"), (" ,", ",")]
        .iter()
        .fold(text.to_owned(), |text, (loose, tight)| text.replace(loose, tight))
}

/// Documentation, a line each.
pub fn doc<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines = lines
        .iter()
        .flat_map(|line| line.as_ref().trim_end().split('\n'))
        .map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}
