use std::collections::BTreeMap;
use std::path::Path;

use quote::ToTokens;

use super::{Subject, derive};

fn subject(version: &str) -> Subject {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    Subject::load(root, version).expect("a version of the workspace")
}

/// The emitted files of the types, by their path below the version's module.
fn emitted(subject: &Subject) -> Vec<(String, String)> {
    let home = format!("generated/src/{}/types/", subject.version.module);
    let files = xtask::emit::version(&subject.file, &subject.api, &subject.names, &subject.version, None);
    let files = files.expect("emitted types").into_iter();
    files.filter_map(|(path, text)| Some((format!("types/{}", path.strip_prefix(&home)?), text))).collect()
}

/// The public types of some files: their fields or variants with their types, and the keys that are sent by themselves.
fn types(files: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (file, text) in files {
        for item in syn::parse_file(&text).expect(&file).items {
            match item {
                syn::Item::Struct(item) => {
                    let fields = item.fields.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty)));
                    let fields = fields.map(|(name, ty)| format!("{name}: {}", ty.to_token_stream()));
                    found.insert(format!("{file} struct {}", item.ident), fields.collect());
                }
                syn::Item::Enum(item) => {
                    let variants = item.variants.iter();
                    let variants =
                        variants.map(|variant| format!("{} {}", variant.ident, variant.fields.to_token_stream()));
                    found.insert(format!("{file} enum {}", item.ident), variants.collect());
                }
                syn::Item::Type(item) => {
                    found.insert(format!("{file} type {}", item.ident), vec![item.ty.to_token_stream().to_string()]);
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn both_sides_have_the_same_types_with_the_same_fields() {
    for version in ["2.14", "unstable"] {
        let subject = subject(version);
        let mut own = types(emitted(&subject));
        let mut derived = types(derive::files(&subject).expect("derived types"));
        for fields in own.values_mut() {
            fields.retain(|field| field != "extra: Extra");
        }
        // A constant is no field of the emitted type, which sends it by itself.
        for ty in subject.api.types.values() {
            let xtask::api::Kind::Struct(structure) = &ty.kind else { continue };
            let found = subject.names.ty(&ty.id);
            let name = format!("types/{}.rs struct {}", found.module, found.name);
            for member in subject.members(ty, structure) {
                if member.presence == super::rust::Presence::Constant {
                    let constant = format!("{}: {}", member.ident, member.rust);
                    derived.entry(name.clone()).or_default().retain(|field| *field != constant);
                }
            }
        }
        assert!(own.len() > 100, "{}", own.len());
        assert_eq!(own, derived, "{version}");
    }
}

#[test]
fn both_sides_know_the_same_keys() {
    for version in ["2.14", "unstable"] {
        let subject = subject(version);
        let own = read_keys(emitted(&subject));
        let derived = derived_keys(derive::files(&subject).expect("derived types"));
        assert!(own.values().map(Vec::len).sum::<usize>() > 1_000);
        assert_eq!(own, derived, "{version}");
    }
}

/// The keys that emitted types match when they read, by type.
fn read_keys(files: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (file, text) in files {
        for item in syn::parse_file(&text).expect(&file).items {
            let syn::Item::Impl(item) = item else { continue };
            let is_object = |(path, _): &(syn::Path, _)| path.is_ident("Object");
            if item.trait_.as_ref().is_some_and(is_object) {
                found.insert(
                    format!("{file} {}", item.self_ty.to_token_stream()),
                    item.items.iter().flat_map(arms).collect(),
                );
            }
        }
    }
    found
}

/// The texts that `fn read` matches.
fn arms(item: &syn::ImplItem) -> Vec<String> {
    let syn::ImplItem::Fn(function) = item else { return Vec::new() };
    let expression = function.block.stmts.first().filter(|_| function.sig.ident == "read");
    let Some(syn::Stmt::Expr(syn::Expr::Match(expression), _)) = expression else { return Vec::new() };
    let text = |arm: &syn::Arm| match &arm.pat {
        syn::Pat::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    };
    expression.arms.iter().filter_map(text).collect()
}

/// The keys that derived types have, by type.
fn derived_keys(files: BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (file, text) in files {
        for item in syn::parse_file(&text).expect(&file).items {
            let syn::Item::Struct(item) = item else { continue };
            found.insert(format!("{file} {}", item.ident), item.fields.iter().map(key).collect());
        }
    }
    found
}

fn key(field: &syn::Field) -> String {
    let mut key =
        field.ident.as_ref().map_or(String::new(), |name| name.to_string().trim_start_matches("r#").to_owned());
    for attribute in &field.attrs {
        let read = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(|value| value.parse::<syn::LitStr>());
            if meta.path.is_ident("rename") {
                key = value?.value();
            }
            Ok(())
        });
        read.expect("an attribute of serde");
    }
    key
}

#[test]
fn every_response_and_every_body_has_a_function_among_the_derived_types() {
    let subject = subject("unstable");
    let file: syn::File = syn::parse2(subject.derived_codecs()).expect("Rust");
    let functions = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Fn(function) if function.sig.generics.params.is_empty() => Some(function.sig.ident.to_string()),
        _ => None,
    });
    let functions: Vec<String> = functions.collect();
    for (role, types) in [("decode", subject.answers().collect::<Vec<_>>()), ("encode", subject.bodies().collect())] {
        for ty in types {
            assert!(functions.contains(&subject.function(role, ty).to_string()));
        }
    }
}

#[test]
fn a_version_is_found_by_its_alias_and_an_unknown_one_is_refused_with_those_there_are() {
    assert_eq!(subject("preview").version.name, "unstable");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let error = Subject::load(root, "1.0").map(|_| ()).expect_err("no such version");
    assert!(error.to_string().contains("2.14"), "{error}");
}
