//! `cargo xtask diff`: how each kind of change is called and judged, and what can be compared.

mod sides;

use crate::command::{DESCRIPTION, Run, Tree};
use serde_json::Value;

/// What the command says of a description in which each first text is replaced by the second, a change a line.
fn changes(edits: &[(&str, &str)]) -> Vec<String> {
    let mut edited = OLD.to_owned();
    for (old, new) in edits {
        assert!(edited.contains(old), "{old}");
        edited = edited.replace(old, new);
    }
    lines(&compared(OLD, &edited))
}

const OLD: &str = "\
openapi: 3.0.1
info: {title: API, version: '9'}
paths:
  /books/{id}:
    get:
      tags: [Books]
      operationId: getBook
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: full, in: query, schema: {type: boolean}}
      responses: {200: {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}}}
    put:
      tags: [Books]
      operationId: updateBook
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/book_request'}}}}
      responses: {200: {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}}}
components:
  schemas:
    book:
      type: object
      required: [id]
      properties:
        id: {type: string}
        pages: {type: integer}
        state: {type: string, enum: [lent, free]}
        owner: {oneOf: [{type: string}, {type: boolean}]}
    book_request:
      type: object
      required: [title]
      properties:
        title: {type: string}
        pages: {type: integer}
";

fn tree(old: &str, new: &str) -> Tree {
    let tree = Tree::with_version();
    tree.put("old.yaml", old);
    tree.put("new.yaml", new);
    tree
}

fn run(tree: &Tree, old: &str, new: &str, format: &str) -> Run {
    let path = |name: &str| tree.path(name).to_str().unwrap().to_owned();
    tree.run(&["diff", &path(old), &path(new), "--format", format])
}

fn compared(old: &str, new: &str) -> Value {
    let run = run(&tree(old, new), "old.yaml", "new.yaml", "json");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let list: Value = serde_json::from_str(&run.stdout).unwrap();
    list[0].clone()
}

fn lines(diff: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = |change: &Value| {
        let keys = ["impact", "action", "part", "rust"].map(|key| text(&change[key]));
        let owner = text(&change["owner"]["rust"]);
        format!("{} of {owner}: {}", keys.join(" ").trim_end(), text(&change["what"])).trim_end().to_owned()
    };
    diff["changes"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn descriptions_that_differ_in_prose_order_and_style_are_the_same() {
    assert_eq!(
        changes(&[("title: API", "title: Another"), ("tags: [Books]", "tags: ['Books']\n      summary: Words")]),
        [""; 0]
    );
}

#[test]
fn a_field_that_is_added_is_compatible_with_its_type() {
    let added = changes(&[(
        "        pages: {type: integer}\n        state",
        "        pages: {type: integer}\n        isbn: {type: string}\n        state",
    )]);
    assert_eq!(added, ["compatible added field isbn of types::Book: `Option<String>`"]);
}

#[test]
fn a_field_that_is_removed_is_breaking() {
    let removed = changes(&[(
        "        title: {type: string}\n        pages: {type: integer}\n",
        "        title: {type: string}\n",
    )]);
    assert_eq!(removed, ["breaking removed field pages of types::BookRequest: `Option<i64>`"]);
}

#[test]
fn a_field_of_another_type_is_breaking() {
    let retyped = changes(&[("pages: {type: integer}\n        state", "pages: {type: string}\n        state")]);
    assert_eq!(retyped, ["breaking changed field pages of types::Book: `Option<i64>` is now `Option<String>`"]);
}

#[test]
fn a_type_that_rust_does_not_tell_apart_is_named_and_breaks_nothing() {
    let retyped = changes(&[("        id: {type: string}\n", "        id: {type: integer}\n")]);
    assert_eq!(retyped, ["unseen changed field id of types::Book: described as `integer`, was `string`"]);
}

#[test]
fn a_field_that_is_now_required_changes_new() {
    let required = changes(&[("required: [title]", "required: [title, pages]")]);
    let expected = [
        "breaking changed type of types::BookRequest: `new(title, pages)` was `new(title)`",
        "breaking changed field pages of types::BookRequest: `Option<i64>` is now `i64`: now required",
    ];
    assert_eq!(required, expected);
}

#[test]
fn null_in_an_answer_breaks_nothing_and_in_a_request_does() {
    let nullable = changes(&[("pages: {type: integer}", "pages: {type: integer, nullable: true}")]);
    let expected = [
        "breaking changed field pages of types::BookRequest: `Option<i64>` is now `Option<Nullable<i64>>`: now nullable",
        "unseen changed field pages of types::Book: now nullable",
    ];
    assert_eq!(nullable, expected);
}

#[test]
fn an_added_value_is_compatible_and_a_removed_one_is_breaking() {
    assert_eq!(
        changes(&[("[lent, free]", "[lent, free, lost]")]),
        ["compatible added value Lost of types::book::State:"]
    );
    let removed = changes(&[("[lent, free]", "[free, lost]")]);
    assert!(removed[0].starts_with("breaking removed value Lent of types::book::State"), "{removed:?}");
}

#[test]
fn an_added_arm_is_compatible_and_a_removed_one_is_breaking() {
    let (two, three) = ("[{type: string}, {type: boolean}]", "[{type: string}, {type: boolean}, {type: integer}]");
    let added = changes(&[(two, three)]);
    assert!(added[0].starts_with("compatible added arm Number of types::book::Owner"), "{added:?}");
    let removed = lines(&compared(&OLD.replace(two, three), OLD));
    assert!(removed[0].starts_with("breaking removed arm Number of types::book::Owner"), "{removed:?}");
}

#[test]
fn a_renamed_operation_keeps_its_name_in_rust() {
    let renamed = changes(&[("operationId: getBook", "operationId: retrieveTheBook")]);
    let expected = "unseen changed operation of books.get: \
        the operation id `getBook` is now `retrieveTheBook`; the Rust name stays";
    assert_eq!(renamed, [expected]);
}

#[test]
fn an_operation_that_moves_to_another_tag_stays_in_its_group() {
    let moved = changes(&[("tags: [Books]\n      operationId: getBook", "tags: [Shelf]\n      operationId: getBook")]);
    let expected = "unseen changed operation of books.get: moved from tag Books to Shelf; the Rust name stays";
    assert_eq!(moved, [expected]);
}

#[test]
fn a_renamed_path_variable_is_seen_and_breaks_nothing() {
    let renamed =
        changes(&[("/books/{id}:", "/books/{book_id}:"), ("{name: id, in: path", "{name: book_id, in: path")]);
    let expected = ["get", "update"].map(|method| {
        format!("unseen changed parameter book_id of books.{method}: path variable, an argument, was `id`")
    });
    assert_eq!(renamed, expected);
}

#[test]
fn an_optional_parameter_is_compatible_and_a_required_one_is_breaking() {
    let line = "      - {name: full, in: query, schema: {type: boolean}}\n";
    let with = |parameter: &str| changes(&[(line, &format!("{line}      - {parameter}\n"))]);
    let optional = with("{name: at, in: query, schema: {type: string}}");
    assert_eq!(optional, ["compatible added parameter at of books.get: query parameter, setter, `String`"]);
    let required = with("{name: at, in: query, required: true, schema: {type: string}}");
    assert_eq!(required, ["breaking added parameter at of books.get: query parameter, required argument, `String`"]);
}

#[test]
fn the_first_setter_of_an_operation_changes_what_its_method_gives() {
    let line = "      - {name: full, in: query, schema: {type: boolean}}\n";
    let removed = changes(&[(line, "")]);
    let expected = [
        "breaking changed operation of books.get: gives `Request` instead of a type of its own",
        "breaking removed parameter full of books.get: query parameter, setter, `bool`",
    ];
    assert_eq!(removed, expected);
}

#[test]
fn an_operation_that_is_removed_says_that_its_name_stays_reserved() {
    let without = OLD.replace("    put:", "    post:");
    let changes = lines(&compared(OLD, &without.replace("updateBook", "addBook")));
    assert!(changes[0].starts_with("breaking removed operation of books.update"), "{changes:?}");
    assert!(changes[0].ends_with("its name stays reserved"), "{changes:?}");
    assert!(changes.iter().any(|line| line.starts_with("compatible added operation of books.add")), "{changes:?}");
}

#[test]
fn the_verdict_is_that_of_the_worst_change() {
    let verdict = |old: &str, new: &str| compared(OLD, &OLD.replace(old, new))["verdict"].clone();
    assert_eq!(verdict("API", "Another"), "none");
    assert_eq!(verdict("[lent, free]", "[lent, free, lost]"), "minor");
    assert_eq!(verdict("[lent, free]", "[lent, lost]"), "major");
}

#[test]
fn the_markdown_has_the_verdict_then_what_breaks_then_the_rest() {
    let run = run(&tree(OLD, &OLD.replace("[lent, free]", "[lent, lost]")), "old.yaml", "new.yaml", "markdown");
    let lines: Vec<&str> = run.stdout.lines().filter(|line| !line.is_empty()).skip(1).collect();
    let expected = [
        "Verdict: **major** (1 breaking, 1 compatible, 0 the same in Rust)",
        "| | removed | changed | added |",
        "| --- | ---: | ---: | ---: |",
        "| types | 0 | 1 | 0 |",
        "### Breaking",
        "- type `types::book::State` (`book/state`): value `Free` (`free`) removed: the variant is gone; the value itself is still read and written",
        "### More in what was there",
        "- type `types::book::State` (`book/state`): value `Lost` (`lost`) added",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_long_list_is_folded_but_for_what_breaks() {
    let schema = |index: u32| format!("    book_{index}: {{type: object, properties: {{title: {{type: string}}}}}}\n");
    let many = format!("{OLD}{}", (0..21).map(schema).collect::<String>());
    let added = run(&tree(OLD, &many), "old.yaml", "new.yaml", "markdown").stdout;
    assert!(
        added.contains("### New types\n\n<details><summary>21 entries</summary>\n\n- type `types::Book0`"),
        "{added}"
    );
    assert!(added.ends_with("field `title`\n\n</details>\n"), "{added}");
    let removed = run(&tree(&many, OLD), "old.yaml", "new.yaml", "markdown").stdout;
    assert!(removed.contains("### Breaking\n\n- type `types::Book0`"), "{removed}");
    assert!(!removed.contains("<details>"), "{removed}");
}

#[test]
fn operations_are_in_the_order_of_their_paths() {
    let shelf = "  /a:\n    put: {operationId: putA, responses: {204: {description: OK}}}\n";
    let page = "  /b:\n    get: {operationId: getB, responses: {204: {description: OK}}}\n";
    let added = changes(&[("components:\n", &format!("{page}{shelf}components:\n"))]);
    let owners: Vec<&str> = added.iter().filter_map(|line| line.split(['.', ':']).nth(1)).collect();
    assert_eq!(owners, ["put", "get_b"], "{added:?}");
}
