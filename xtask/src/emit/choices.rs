//! Open enums and unions.

use std::collections::{BTreeMap, HashMap, HashSet};

use heck::ToSnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emitter;
use super::render::doc;
use crate::api::{Choice, JsonKind, Kind, Test, Type, TypeId, TypeRef, Union};
use crate::escape::code;
use crate::samples::{self, Counted, OTHER};

impl<'a> Emitter<'a> {
    /// The items of an open enum.
    pub fn open_enum(&self, ty: &Type, values: &[String]) -> Vec<TokenStream> {
        let name = format_ident!("{}", self.names.ty(&ty.id).name);
        let docs = doc(&self.type_docs(ty, &[]));
        let variants: Vec<_> = self.names.variants(&ty.id).iter().map(|variant| format_ident!("{variant}")).collect();
        // `in_app` and `inapp` look alike as variants.
        let look = |variant: &Ident| variant.to_string().to_ascii_lowercase();
        let mut alike: HashMap<String, usize> = HashMap::new();
        variants.iter().for_each(|variant| *alike.entry(look(variant)).or_default() += 1);
        let documented = variants.iter().zip(values).map(|(variant, value)| {
            let plain = variant.to_string().to_snake_case() == *value;
            let is_alone = alike.get(&look(variant)) == Some(&1);
            let docs = (!plain || !is_alone).then(|| doc(&[code(value)]));
            quote!(#docs #variant)
        });
        vec![
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                pub enum #name {
                    #(#documented,)*
                    /// A value that the description does not list.
                    Unknown(String),
                }
            },
            quote! {
                impl OpenEnum for #name {
                    const ALL: &'static [Self] = &[#(Self::#variants),*];
                    fn listed(text: &str) -> Option<Self> {
                        match text {
                            #(#values => Some(Self::#variants),)*
                            _ => None,
                        }
                    }
                    fn spelling(&self) -> &str {
                        match self {
                            #(Self::#variants => #values,)*
                            Self::Unknown(text) => text,
                        }
                    }
                }
            },
            quote!(open_enum!(#name);),
        ]
        .into_iter()
        .chain(from_bool(&name, &variants, values))
        .collect()
    }

    /// A table of all unions, for the documentation of the types: how the arm of each is found, and how many of
    /// upstream's samples are read as it.
    pub fn union_table(&self, counted: Option<&Counted>) -> Vec<String> {
        let mut lines = vec![
            String::new(),
            "# Choices".to_owned(),
            String::new(),
            "Types that are one of several, and when a value is which. Every one of them is open: what is none of its"
                .to_owned(),
            "arms is kept as JSON.".to_owned(),
        ];
        if counted.is_some() {
            lines.push(
                "The number is how many of upstream's samples were read as the arm when they were counted.".to_owned(),
            );
        }
        lines.extend(["", "| type | arms |", "| --- | --- |"].map(str::to_owned));
        let head = lines.len();
        for ty in self.api.types.values() {
            let Kind::Union(union) = &ty.kind else { continue };
            let path = self.text(&TypeRef::Named(ty.id.clone()));
            let path = path.strip_prefix("types::").unwrap_or(&path);
            let key = samples::key(self.names, &ty.id);
            let hits = |arm: &str| counted.map_or(String::new(), |counted| format!(" ({})", counted.hits(&key, arm)));
            let arms = self.names.variants(&ty.id).iter().enumerate();
            let mut arms: Vec<String> =
                arms.map(|(index, arm)| format!("`{arm}`{}: {}", hits(arm), sentence(&union.choice, index))).collect();
            if counted.is_some_and(|counted| counted.hits(&key, OTHER) > 0) {
                arms.push(format!("`{OTHER}`{}", hits(OTHER)));
            }
            // A pipe ends a cell, even in code.
            lines.push(format!("| [`{path}`] | {} |", arms.join("<br>").replace('|', "\\|")));
        }
        if lines.len() == head { Vec::new() } else { lines }
    }

    /// The items of a union.
    pub fn union(&self, ty: &Type, union: &Union) -> Vec<TokenStream> {
        let found = self.names.ty(&ty.id);
        let name = format_ident!("{}", found.name);
        let docs = doc(&self.type_docs(ty, &[told_apart(&union.choice)]));
        let variants: Vec<_> = self.names.variants(&ty.id).iter().map(|variant| format_ident!("{variant}")).collect();
        let types: Vec<TokenStream> = union.arms.iter().map(|arm| self.rust(&arm.ty, Some(&found.module))).collect();
        let sentences: Vec<TokenStream> =
            (0..union.arms.len()).map(|index| doc(&[sentence(&union.choice, index)])).collect();
        let read = read(&union.choice, &variants);
        let mut items = vec![
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq)]
                #[non_exhaustive]
                pub enum #name {
                    #(#sentences #variants(#types),)*
                    /// None of these: kept as it came.
                    Other(Json),
                }
            },
            quote! {
                impl Union for #name {
                    fn read(r: &mut Reader<'_>) -> Option<Self> {
                        #read
                    }
                    fn write(&self, w: &mut Writer<'_>) {
                        match self {
                            #(Self::#variants(it) => w.value(it),)*
                            Self::Other(it) => w.value(it),
                        }
                    }
                }
            },
        ];
        items.extend(self.conversions(&name, union, &variants, &types));
        items.extend(self.nested_conversions(&name, &found.module, &ty.id, &variants));
        items.push(quote!(union!(#name);));
        items
    }

    /// `From` for every arm whose type no other arm has.
    fn conversions(&self, name: &Ident, union: &Union, variants: &[Ident], types: &[TokenStream]) -> Vec<TokenStream> {
        let resolved: Vec<&TypeRef> = union.arms.iter().map(|arm| self.resolved(&arm.ty)).collect();
        let count = counts(&resolved);
        let arms = resolved.iter().zip(variants).zip(types);
        arms.filter(|((resolved, _), _)| count.get(*resolved) == Some(&1))
            .flat_map(|((resolved, variant), ty)| {
                let text = (**resolved == TypeRef::Scalar(crate::api::Scalar::String)).then(|| {
                    quote! {
                        impl From<&str> for #name {
                            fn from(it: &str) -> Self {
                                Self::#variant(it.to_owned())
                            }
                        }
                    }
                });
                [
                    Some(quote! {
                        impl From<#ty> for #name {
                            fn from(it: #ty) -> Self {
                                Self::#variant(it)
                            }
                        }
                    }),
                    text,
                ]
            })
            .flatten()
            .collect()
    }

    /// `From` for the arms of an arm that is a union itself.
    fn nested_conversions(&self, name: &Ident, module: &str, id: &TypeId, variants: &[Ident]) -> Vec<TokenStream> {
        let nested = self.nested(id).iter().filter_map(|(arm, ty)| {
            let (variant, ty) = (variants.get(*arm)?, self.rust(ty, Some(module)));
            Some(quote! {
                impl From<#ty> for #name {
                    fn from(it: #ty) -> Self {
                        Self::#variant(it.into())
                    }
                }
            })
        });
        nested.collect()
    }

    /// The types that are no arms of the union and convert to it, as arms of an arm.
    pub fn converting(&self, id: &TypeId) -> impl Iterator<Item = &TypeRef> {
        self.nested(id).iter().map(|(_, ty)| *ty)
    }

    /// The types of the API that only one arm is made from, and that are no arms themselves, each with the arm.
    fn nested(&self, id: &TypeId) -> &[(usize, &'a TypeRef)] {
        self.lookup.nested.get_or_init(|| self.nested_of_all()).get(id).map_or(&[], Vec::as_slice)
    }

    /// Goes one level deeper at a time, so that no union is looked into more than once a level.
    fn nested_of_all(&self) -> Nested<'a> {
        let mut known = Nested::new();
        for _ in 0..DEEPEST {
            let unions = self.api.types.iter().filter_map(|(id, ty)| match &ty.kind {
                Kind::Union(union) => Some((id, self.nested_in(union, &known))),
                _ => None,
            });
            let deeper: Nested<'a> = unions.filter(|(_, nested)| !nested.is_empty()).collect();
            if deeper == known {
                break;
            }
            known = deeper;
        }
        known
    }

    /// What is nested in a union, given what is nested in its arms.
    fn nested_in(&self, union: &'a Union, known: &Nested<'a>) -> Vec<(usize, &'a TypeRef)> {
        let direct: Vec<&TypeRef> = union.arms.iter().map(|arm| self.resolved(&arm.ty)).collect();
        let mut found = Vec::new();
        for (index, arm) in direct.iter().enumerate() {
            let TypeRef::Named(id) = arm else { continue };
            let Some(Kind::Union(inner)) = self.api.types.get(id).map(|ty| &ty.kind) else { continue };
            found.extend(inner.arms.iter().map(|arm| (index, self.resolved(&arm.ty))));
            found.extend(known.get(id).into_iter().flatten().map(|(_, ty)| (index, *ty)));
        }
        if found.len() > MOST_NESTED {
            return Vec::new();
        }
        let count = counts(&found.iter().map(|(_, ty)| *ty).collect::<Vec<_>>());
        let direct: HashSet<&TypeRef> = direct.into_iter().collect();
        found.retain(|(_, ty)| matches!(ty, TypeRef::Named(_)) && !direct.contains(ty) && count.get(ty) == Some(&1));
        found
    }
}

/// The types that convert to each union as arms of an arm, each with the place of that arm.
pub(super) type Nested<'a> = BTreeMap<&'a TypeId, Vec<(usize, &'a TypeRef)>>;

/// How deep an arm is looked for in arms.
const DEEPEST: usize = 9;

/// A union with more arms of arms than this has no conversions from them: all unions that hold it would repeat them.
const MOST_NESTED: usize = 100;

/// How often each type is among `types`.
fn counts<'t>(types: &[&'t TypeRef]) -> HashMap<&'t TypeRef, usize> {
    let mut counts = HashMap::new();
    types.iter().for_each(|ty| *counts.entry(*ty).or_default() += 1);
    counts
}

/// Whether an enum is a boolean spelled as text.
pub fn is_boolean(values: &[String]) -> bool {
    values.len() == 2 && ["true", "false"].iter().all(|value| values.iter().any(|listed| listed == value))
}

/// `From<bool>` for an enum that is a boolean spelled as text.
fn from_bool(name: &Ident, variants: &[Ident], values: &[String]) -> Option<TokenStream> {
    let pairs = variants.iter().zip(values).filter(|_| is_boolean(values));
    let variant = |value: &str| pairs.clone().find_map(|(variant, listed)| (listed == value).then_some(variant));
    let (yes, no) = (variant("true")?, variant("false")?);
    Some(quote! {
        impl From<bool> for #name {
            fn from(it: bool) -> Self {
                if it { Self::#yes } else { Self::#no }
            }
        }
    })
}

fn read(choice: &Choice, variants: &[Ident]) -> TokenStream {
    match choice {
        Choice::Tag { property, values } => quote! {
            match r.tag(#property) {
                #(Some(#(#values)|*) => r.arm(Self::#variants),)*
                _ => r.other(Self::Other),
            }
        },
        Choice::Shape(tests) => {
            // The test for an object with no key of the other arms comes last, whatever the order of the arms.
            let mut ordered: Vec<(&Test, &Ident)> = tests.iter().zip(variants).collect();
            ordered.sort_by_key(|(test, _)| is_last_resort(test));
            let tests = ordered.iter().map(|(test, _)| condition(test));
            let variants = ordered.iter().map(|(_, variant)| variant);
            quote! {
                #(if #tests { return r.arm(Self::#variants); })*
                r.other(Self::Other)
            }
        }
    }
}

fn condition(test: &Test) -> TokenStream {
    match test {
        Test::Kind(kinds) => {
            let kinds = kinds.iter().map(kind);
            quote!(matches!(r.kind(), #(#kinds)|*))
        }
        Test::Keys(keys) => quote!(#(r.has(#keys))||*),
        Test::Object => quote!(matches!(r.kind(), Kind::Object)),
        Test::First(inner) => match inner.as_ref() {
            Test::Kind(kinds) => {
                let kinds = kinds.iter().map(kind);
                quote!(matches!(r.first_kind(), #(Some(#kinds))|*))
            }
            Test::Keys(keys) => quote!(#(r.first_has(#keys))||*),
            Test::Object => quote!(matches!(r.first_kind(), Some(Kind::Object))),
            Test::First(_) => quote!(matches!(r.first_kind(), Some(Kind::Array))),
        },
    }
}

fn is_last_resort(test: &Test) -> bool {
    match test {
        Test::First(inner) => is_last_resort(inner),
        other => matches!(other, Test::Object),
    }
}

fn kind(kind: &JsonKind) -> TokenStream {
    match kind {
        JsonKind::Bool => quote!(Kind::Bool),
        JsonKind::Integer => quote!(Kind::Integer),
        JsonKind::Number => quote!(Kind::Number),
        JsonKind::String => quote!(Kind::String),
        JsonKind::Array => quote!(Kind::Array),
        JsonKind::Object => quote!(Kind::Object),
    }
}

fn told_apart(choice: &Choice) -> String {
    match choice {
        Choice::Tag { property, .. } => format!("Told apart by {}.", code(property)),
        Choice::Shape(tests) if tests.iter().all(|test| matches!(test, Test::Kind(_))) => {
            "Told apart by the kind of JSON.".to_owned()
        }
        Choice::Shape(_) => "Told apart by the keys that are there.".to_owned(),
    }
}

/// When a value belongs to an arm, in words.
fn sentence(choice: &Choice, index: usize) -> String {
    let list = |items: &[String]| items.iter().map(|item| code(item)).collect::<Vec<_>>().join(" or ");
    match choice {
        Choice::Tag { property, values } => {
            format!("{} is {}.", code(property), values.get(index).map_or_else(String::new, |values| list(values)))
        }
        Choice::Shape(tests) => tests.get(index).map_or_else(String::new, words),
    }
}

fn words(test: &Test) -> String {
    let list = |items: &[String]| items.iter().map(|item| code(item)).collect::<Vec<_>>().join(" or ");
    match test {
        Test::Kind(kinds) => {
            // Every whole number is a number.
            let told = kinds.iter().filter(|kind| **kind != JsonKind::Integer || !kinds.contains(&JsonKind::Number));
            let names: Vec<&str> = told.map(kind_name).collect();
            format!("{}.", capital(&names.join(" or ")))
        }
        Test::Keys(keys) => format!("An object with {}.", list(keys)),
        Test::Object => "An object with none of the keys that mark the others.".to_owned(),
        Test::First(inner) => format!("A list whose first element is: {}", words(inner)),
    }
}

fn kind_name(kind: &JsonKind) -> &'static str {
    match kind {
        JsonKind::Bool => "a boolean",
        JsonKind::Integer => "a whole number",
        JsonKind::Number => "a number",
        JsonKind::String => "text",
        JsonKind::Array => "a list",
        JsonKind::Object => "an object",
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
