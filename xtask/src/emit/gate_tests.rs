use super::*;
use crate::manifest;
use crate::output::Output;
use crate::pipeline::Inputs;
use crate::source::Source;

const DESCRIPTION: &str = "\
openapi: 3.0.1
info: {title: A, version: '1'}
paths:
  /books:
    get:
      operationId: listBooks
      tags: [Books]
      parameters: [{name: shelf, in: query, schema: {type: string}}]
      responses:
        '200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}}
    post:
      operationId: createBook
      tags: [Books]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}}
      responses: {'204': {description: No Content}}
components:
  schemas:
    book:
      type: object
      properties:
        state: {type: string, enum: [read, unread]}
        labels: {type: object, additionalProperties: {type: string}}
        type: {type: string}
";

const BOOK: &str = "generated/src/v1/types/book.rs";

const MANIFEST: &str = r#"[[version]]
name = "1"
module = "v1"
feature = "v1"
header = "1"
spec = "1.yaml"

[version.upstream]
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
date = "2026-08-21"
"#;

fn emitted() -> (BTreeMap<String, String>, Expected) {
    let mut files = Output::default();
    files.add(manifest::FILE, MANIFEST).unwrap();
    files.add("spec/1.yaml", DESCRIPTION).unwrap();
    let inputs = Inputs::read(Source::folder("no such folder").with(&files)).unwrap();
    let facts = inputs.facts(inputs.manifest.version("1").unwrap()).unwrap();
    let named = facts.correct().unwrap().model().unwrap().name(&mut inputs.registry.clone()).unwrap();
    let expected = Expected::version(&named.file, &named.api, &named.names, &named.version);
    (named.emit(None).unwrap(), expected)
}

/// What the gate says of the files with one of them changed.
fn verdict(path: &str, change: impl FnOnce(&str) -> String) -> String {
    let (mut files, expected) = emitted();
    let text = change(&files[path]);
    files.insert(path.to_owned(), text);
    check(&files, &expected).map_or_else(|error| error.to_string(), |()| "passes".to_owned())
}

#[test]
fn what_the_emitter_makes_passes() {
    let (files, expected) = emitted();
    check(&files, &expected).unwrap();
}

#[test]
fn an_item_that_the_model_does_not_have_is_refused() {
    for (item, declared) in [
        ("mod injected { #[test] fn x() {} }", "mod injected"),
        ("#[path = \"/etc/passwd\"] mod injected;", "mod injected"),
        ("fn injected() {}", "fn injected"),
        ("pub struct Injected;", "struct Injected"),
        ("use std::process::Command;", "use std::process::Command"),
        ("impl Drop for Book { fn drop(&mut self) {} }", "impl Drop for Book"),
        ("impl Book { pub fn injected() {} }", "fn Book::injected"),
        ("object!(Injected);", "object!(Injected)"),
        ("include!(\"/etc/passwd\");", "include!"),
        ("macro_rules! injected { () => {} }", "macro_rules!"),
        ("extern crate std;", "extern crate std"),
        ("object!(Book);", "object!(Book)"),
    ] {
        let message = verdict(BOOK, |text| format!("{text}\n{item}\n"));
        assert!(message.starts_with(BOOK) && message.contains(declared), "{item}: {message}");
    }
}

#[test]
fn what_is_inside_of_items_is_looked_at() {
    let read = "            _ => r.undeclared(),\n";
    for (inside, refused) in [
        ("_ => { fn injected() {} r.undeclared() }", "fn injected"),
        ("_ => { include_str!(\"/etc/passwd\"); r.undeclared() }", "macro `include_str!`"),
        ("_ => { std::process::exit(1) }", "std::process::exit"),
        ("_ => { ::std::process::exit(1) }", "std::process::exit"),
        ("_ => { crate::secrets::show() }", "crate::secrets::show"),
        ("_ => unsafe { r.undeclared() }", "unsafe block"),
        ("_ => matches!(r, Read if { true }), ", "block `{ true }`"),
    ] {
        let message = verdict(BOOK, |text| text.replacen(read, inside, 1));
        assert!(message.starts_with(BOOK) && message.contains(refused), "{inside}: {message}");
    }
}

#[test]
fn an_attribute_that_emitted_code_does_not_have_is_refused() {
    for attribute in [
        "#[no_mangle]",
        "#[cfg(test)]",
        "#[cfg(feature = \"other\")]",
        "#[derive(Serialize)]",
        "#[doc = include_str!(\"/etc/passwd\")]",
        "#[doc(html_root_url = \"https://example.com\")]",
        "#[path = \"x.rs\"]",
        "#[allow(warnings)]",
    ] {
        let message = verdict(BOOK, |text| text.replacen("#[non_exhaustive]", attribute, 1));
        assert!(message.contains("the attribute `#["), "{attribute}: {message}");
        let message =
            verdict(BOOK, |text| text.replacen("    pub r#type", &format!("    {attribute}\n    pub r#type"), 1));
        assert!(message.contains("the attribute `#["), "{attribute} of a field: {message}");
    }
}

#[test]
fn what_the_model_has_must_be_declared() {
    let message = verdict(BOOK, |text| text.replace("    pub r#type: Option<String>,\n", ""));
    assert!(message.contains("does not declare `struct Book.r#type`"), "{message}");
    let message = verdict(BOOK, |text| text.replace("object!(Book);\n", ""));
    assert!(message.contains("does not declare `object!(Book)`"), "{message}");
    let message = verdict("generated/src/v1/types/mod.rs", |text| text.replace("pub mod book;\n", ""));
    assert!(message.contains("does not declare `pub mod book`"), "{message}");
}

#[test]
fn a_file_that_is_not_rust_or_not_of_the_model_is_refused() {
    assert!(verdict(BOOK, |text| format!("{text}}}")).contains("is not Rust"));
    assert!(verdict(BOOK, |text| format!("mod x;{text}")).contains("expected the first line"));
    let (mut files, expected) = emitted();
    files.insert("generated/src/v1/injected.rs".to_owned(), String::new());
    files.remove(BOOK);
    let message = check(&files, &expected).unwrap_err().to_string();
    assert!(message.contains("injected.rs: is not a file of the model"), "{message}");
    assert!(message.contains("book.rs: is missing"), "{message}");
}
