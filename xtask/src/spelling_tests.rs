use super::*;

/// A description with a name in every place that takes one. Each `{N}` stands for a name of its own.
const DESCRIPTION: &str = r##"
openapi: 3.0.1
info: {title: A, version: "1"}
tags: [{name: "TAG"}]
security: [{"SECURITY": ["SCOPE"]}]
paths:
  "/PATH":
    get:
      operationId: "OPERATION"
      tags: ["TAGOF"]
      parameters:
        - {name: "PARAMETER", in: query, schema: {type: string, format: "FORMAT", pattern: "PATTERN"}}
      requestBody: {content: {"CONTENT": {schema: {type: string}, encoding: {"PART": {contentType: "ENCODED"}}}}}
      responses:
        "200": {description: OK, headers: {"HEADER": {schema: {type: string}}}, links: {"LINK": {operationId: "LINKED"}}}
      callbacks: {"CALLBACK": {"EXPRESSION": {}}}
      x-extension: {"EXTENSIONKEY": ["EXTENSION"]}
components:
  securitySchemes: {"SCHEME": {type: apiKey, in: header, name: "KEYNAME"}}
  responses: {"RESPONSE": {description: OK}}
  schemas:
    "SCHEMA":
      required: ["REQUIRED"]
      properties: {"PROPERTY": {enum: ["VALUE"], default: {"DEFAULTKEY": "DEFAULT"}}}
      discriminator: {propertyName: "DISCRIMINATOR", mapping: {"TAGGED": "#/components/schemas/MAPPED"}}
      items: {$ref: "#/components/schemas/REFERRED"}
"##;

const NAMES: [&str; 32] = [
    "TAG",
    "SECURITY",
    "SCOPE",
    "/PATH",
    "OPERATION",
    "TAGOF",
    "PARAMETER",
    "FORMAT",
    "PATTERN",
    "CONTENT",
    "PART",
    "ENCODED",
    "HEADER",
    "LINK",
    "LINKED",
    "CALLBACK",
    "EXPRESSION",
    "EXTENSIONKEY",
    "EXTENSION",
    "SCHEME",
    "KEYNAME",
    "RESPONSE",
    "SCHEMA",
    "REQUIRED",
    "PROPERTY",
    "VALUE",
    "DEFAULTKEY",
    "DEFAULT",
    "DISCRIMINATOR",
    "TAGGED",
    "MAPPED",
    "REFERRED",
];

/// Texts that are not names and may be longer.
const TEXTS: [&str; 5] = ["PATTERN", "DEFAULT", "EXTENSION", "SCOPE", "MAPPED"];

/// The classes of characters, as YAML spells them, with what a message shows.
const CLASSES: [(&str, &str); 14] = [
    ("\\n", "\\n"),
    ("\\r", "\\r"),
    ("\\t", "\\t"),
    ("\\0", "\\u{0}"),
    ("\\e", "\\u{1b}"),
    ("\\x7f", "\\u{7f}"),
    ("\\N", "\\u{85}"),
    ("\\L", "\\u{2028}"),
    ("\\u202e", "\\u{202e}"),
    ("\\u2066", "\\u{2066}"),
    ("\\u061c", "\\u{61c}"),
    ("\\u200b", "\\u{200b}"),
    ("\\u2060", "\\u{2060}"),
    ("\\ufeff", "\\u{feff}"),
];

fn message(name: &str, by: &str) -> String {
    let quoted = [format!("\"{name}\""), format!("/{name}\"")];
    let found: Vec<&String> = quoted.iter().filter(|quoted| DESCRIPTION.contains(*quoted)).collect();
    assert_eq!(found.len(), 1, "`{name}` is in the description once");
    let text = DESCRIPTION.replace(found[0], &found[0].replace(name, by));
    let document = Document::parse("a.yaml", &text).unwrap();
    check(&document).map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn a_description_of_plain_names_passes() {
    check(&Document::parse("a.yaml", DESCRIPTION).unwrap()).unwrap();
}

#[test]
fn no_name_holds_an_invisible_character() {
    for name in NAMES {
        let is_prose = |spelled: &str| name == "EXTENSION" && spelled == "\\n";
        for (spelled, shown) in CLASSES.into_iter().filter(|(spelled, _)| !is_prose(spelled)) {
            let message = message(name, &format!("{name}{spelled}x"));
            assert!(message.starts_with("a.yaml#/"), "{name} {spelled}: {message}");
            assert!(message.contains(&format!("{name}{shown}x`")), "{name} {spelled}: {message}");
            assert!(message.chars().all(|c| c == '\n' || !is_invisible(c)), "{name} {spelled}: {message:?}");
        }
    }
}

#[test]
fn no_name_is_longer_than_two_hundred_characters() {
    for name in NAMES {
        let long = |count: usize| format!("{name}{}", "é".repeat(count - name.chars().count()));
        if TEXTS.contains(&name) {
            assert_eq!(message(name, &long(201)), "", "{name}");
            assert!(message(name, &long(2001)).contains("at most 2000 characters"), "{name}");
        } else {
            assert_eq!(message(name, &long(200)), "", "{name}");
            assert!(message(name, &long(201)).contains("at most 200 characters"), "{name}");
        }
    }
}

#[test]
fn a_text_of_an_extension_may_have_several_lines() {
    assert_eq!(message("EXTENSION", "one\\ntwo"), "");
}

#[test]
fn prose_and_samples_are_not_names() {
    let text = DESCRIPTION.replace("info: {", "info: {description: \"a\\nb\\u202e\", ").replace(
        "required: [",
        "example: \"a\\nb\"\n      description: |\n        one\n        two\n      required: [",
    );
    check(&Document::parse("a.yaml", &text).unwrap()).unwrap();
}
