//! Descriptions whose text is meant to become something else than text.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value};
use xtask::pipeline::Inputs;
use xtask::source::Source;

use crate::command::{DESCRIPTION, Tree};

/// Rust that would run in the tests of the crate, between the lines of a name.
const CODE: &str = "a\\nmod injected { #[test] fn x() { panic!(\\\"ran\\\") } }\\n//! b";

/// A union whose variant is selected by the values of an enum.
const UNION: &str = "    contact:
      oneOf:
      - {$ref: '#/components/schemas/one'}
      - {$ref: '#/components/schemas/two'}
    one: {type: object, properties: {type: {type: string, enum: [one]}}}
    two: {type: object, properties: {type: {type: string, enum: [\"NAME\"]}}}
";

/// Descriptions with `name` where the audit put code: in the name of a schema, in a path, and in a value that tells
/// variants apart.
fn ways(name: &str) -> [(&'static str, String); 3] {
    let (head, _) = DESCRIPTION.split_once("    contact:\n").unwrap();
    let schema = DESCRIPTION
        .replace("    contact:\n", &format!("    \"{name}\":\n"))
        .replace("'#/components/schemas/contact'", &format!("\"#/components/schemas/{name}\""));
    let path = DESCRIPTION.replace("  /contacts/{id}:", &format!("  \"/contacts/{{id}}/{name}\":"));
    [("schema", schema), ("path", path), ("value", format!("{head}{}", UNION.replace("NAME", name)))]
}

#[test]
fn code_in_a_name_is_refused_by_vendor() {
    for name in [CODE, "a\\rmod injected {}", "a\\u2028b"] {
        for (way, description) in ways(name) {
            let tree = Tree::with_version();
            tree.put("upstream.yaml", &description);
            let message = tree.refuses(|tree| tree.vendor("2.14", &[]));
            assert!(message.contains("expected a name of visible characters"), "{way}: {message}");
            assert!(message.contains("upstream.yaml#/"), "{way}: {message}");
        }
    }
}

#[test]
fn code_in_a_name_is_refused_by_regen() {
    for name in [CODE, "a\\rmod injected {}", "a\\u2028b"] {
        for (way, description) in ways(name) {
            let tree = Tree::with_version();
            tree.put("spec/2.14.yaml", &description);
            let message = tree.refuses(|tree| tree.run(&["regen"]));
            assert!(message.contains("expected a name of visible characters"), "{way}: {message}");
            assert!(message.contains("spec/2.14.yaml#/"), "{way}: {message}");
        }
    }
}

#[test]
fn names_that_only_look_dangerous_stay_names() {
    for name in ["a* mod injected; *", "a`<script>alert(1)`", "\\\"]; mod injected; #[doc=\\\"", "r#self"] {
        for (way, description) in ways(name) {
            let tree = Tree::with_version();
            tree.put("upstream.yaml", &description);
            for run in [tree.vendor("2.14", &[]), tree.run(&["regen"])] {
                assert_eq!(run.code, Some(0), "{way} {name}: {}", run.stderr);
            }
        }
    }
}

#[test]
fn a_message_has_no_control_characters_of_the_description() {
    let tree = Tree::with_version();
    tree.put("upstream.yaml", &DESCRIPTION.replace("type: object", "type: \"\\e[31mobject\\r\\n::error::x\""));
    let message = tree.refuses(|tree| tree.vendor("2.14", &[]));
    assert!(message.chars().all(|c| c == '\n' || !c.is_control()), "{message:?}");
    assert!(message.lines().all(|line| !line.trim_start().starts_with("::")), "{message}");
}

/// A word that no description has, within signs that mean something in Rust, in comments and in Markdown.
const MARKER: &str = "zqmarker\"*`]";

#[test]
fn text_of_a_description_is_a_literal_documentation_or_part_of_an_identifier() {
    let mut description = corrected("unstable");
    let marked = mark_root(&mut description);
    assert!(marked > 5_000, "{marked} texts were marked");
    let tree = Tree::with_version();
    let manifest = tree.get("spec/versions.toml").replace("provisional = false", "provisional = true");
    tree.put("spec/versions.toml", &manifest);
    tree.put("spec/2.14.yaml", &serde_json::to_string(&description).unwrap());
    let run = tree.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut found = 0;
    for (path, bytes) in tree.content().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "rs"))
    {
        let text = String::from_utf8(bytes).unwrap();
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let in_tokens = marks_of(tokens);
        assert_eq!(marks(&text), in_tokens, "{}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(name.trim_end_matches(".rs").chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{name}");
        found += in_tokens;
    }
    assert!(found > 30_000, "{found} marks were found");
}

/// The description of a version with its overlays, but for what they say beyond OpenAPI, which refers to names.
fn corrected(version: &str) -> Value {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let inputs = Inputs::read(Source::folder(workspace)).unwrap();
    let version = inputs.manifest.version(version).unwrap();
    let mut description = inputs.facts(version).unwrap().correct().unwrap().document().root.clone();
    without_extensions(&mut description);
    description
}

fn without_extensions(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !key.starts_with("x-"));
            map.values_mut().for_each(without_extensions);
        }
        Value::Array(list) => list.iter_mut().for_each(without_extensions),
        _ => {}
    }
}

fn marks(text: &str) -> usize {
    text.to_lowercase().matches("zqmarker").count()
}

/// How many marks are in literals, which documentation is too, and in identifiers.
fn marks_of(tokens: TokenStream) -> usize {
    let of = |token: TokenTree| match token {
        TokenTree::Group(group) => marks_of(group.stream()),
        TokenTree::Ident(ident) => {
            let ident = ident.to_string();
            assert!(ident.trim_start_matches("r#").chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{ident}");
            marks(&ident)
        }
        TokenTree::Literal(literal) => marks(&literal.to_string()),
        TokenTree::Punct(_) => 0,
    };
    tokens.into_iter().map(of).sum()
}

/// Marks every text of a description that may be any text, the same text always in the same way.
fn mark_root(root: &mut Value) -> usize {
    let mut count = 0;
    let map = root.as_object_mut().unwrap();
    let paths: Map<String, Value> = std::mem::take(map["paths"].as_object_mut().unwrap())
        .into_iter()
        .map(|(path, item)| (path.replace('/', "/zqmarker\"*`]"), item))
        .collect();
    count += paths.len();
    map["paths"] = Value::Object(paths);
    mark(root, "", &mut count);
    count
}

/// The keys that a value may have by itself, and those whose values are names.
const NAMED: [&str; 7] = ["schemas", "properties", "parameters", "responses", "headers", "requestBodies", "mapping"];
const TEXTS: [&str; 5] = ["operationId", "propertyName", "title", "summary", "description"];

fn mark(value: &mut Value, at: &str, count: &mut usize) {
    match value {
        Value::Object(map) => {
            if map.contains_key("operationId") {
                map.insert("summary".to_owned(), "*/ summary".into());
                map.insert("description".to_owned(), "*/\r\n\r mod injected {}\n\u{202e}".into());
            }
            // Below `responses` of operations there are status codes.
            let is_named = NAMED.contains(&at) && !map.keys().all(|key| key.parse::<u16>().is_ok() || key == "default");
            for (key, mut value) in std::mem::take(map) {
                if is_named {
                    mark(&mut value, "", count);
                    *count += 1;
                    if at == "mapping" {
                        mark_reference(&mut value)
                    }
                    map.insert(format!("{key}{MARKER}"), value);
                } else {
                    of_keyword(&key, &mut value, count);
                    map.insert(key, value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| mark(value, "", count)),
        _ => {}
    }
}

fn of_keyword(key: &str, value: &mut Value, count: &mut usize) {
    match value {
        Value::String(_) if key == "$ref" => mark_reference(value),
        Value::String(text) if TEXTS.contains(&key) => {
            *text += MARKER;
            *count += 1;
        }
        Value::Array(list) if ["enum", "required", "tags"].contains(&key) => {
            for text in list {
                match text {
                    // Signs have names of their own, which they would lose.
                    Value::String(text) if !text.contains(|c: char| c.is_alphanumeric()) => continue,
                    Value::String(text) => *text += MARKER,
                    other => mark(other, "", count),
                }
                *count += 1;
            }
        }
        other => mark(other, key, count),
    }
}

fn mark_reference(value: &mut Value) {
    let Value::String(text) = value else { return };
    *text += MARKER;
}
