//! Names that meet each other, and mistakes in the registry of names.

use std::panic::catch_unwind;

use tests::scratch::Scratch;

use super::{assert_none, described, good, refuses, verdict};

const REGISTRY: &str = "spec/names.yaml";

/// Checks that a registry is refused at a place.
#[track_caller]
fn registry(text: &str, at: &str, words: &[&str]) {
    refuses(&good().with(REGISTRY, text), REGISTRY, at, words);
}

#[test]
fn two_operations_with_one_method_name_are_named() {
    let tree = described("operationId: updateBook", "operationId: getBook");
    refuses(&tree, REGISTRY, "", &["GET /books/{}", "PUT /books/{}", "books.get"]);
}

#[test]
fn two_operations_that_the_registry_gives_one_name_are_named() {
    registry(
        "operations: {\"GET /books\": books.get, \"GET /books/{}\": books.get}\n",
        "",
        &["GET /books", "GET /books/{}", "books.get"],
    );
}

#[test]
fn a_group_that_every_client_has_a_method_for_is_named() {
    registry(
        "operations: {\"GET /books\": dynamic.list}\n",
        "",
        &["GET /books", "a method of every client", "`dynamic`"],
    );
}

#[test]
fn a_tag_that_every_client_has_a_method_for_gives_a_group_of_another_name() {
    let tree =
        described("operationId: listBooks\n      tags: [Books]", "operationId: listBooks\n      tags: [Request]");
    let generated = tree.generate().unwrap_or_else(|error| panic!("{error}"));
    let file = |file: &&String| file.ends_with("api/request_group.rs");
    assert!(generated.output.files.keys().find(file).is_some(), "{:?}", generated.output.files.keys());
}

#[test]
fn a_collision_of_methods_is_solved_in_the_registry() {
    let tree = described("operationId: updateBook", "operationId: getBook")
        .with(REGISTRY, "operations: {\"PUT /books/{}\": books.put}\n");
    if let Err(error) = tree.generate() {
        panic!("{error}");
    }
}

#[test]
fn two_schemas_with_one_type_name_are_named() {
    let tree = described("    word: {type: string}\n", "    word: {type: string}\n    Word: {type: integer}\n");
    let error = tree.generate().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.starts_with("spec/names.yaml: ") && error.contains("`word`") && error.contains("`Word`"), "{error}");
    assert!(error.contains("under `schemas`"), "{error}");
}

#[test]
fn two_schemas_that_the_registry_gives_one_name_are_named() {
    let tree = good().with(REGISTRY, "schemas: {word: Thing, place: Thing}\n");
    let error = tree.generate().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.starts_with("spec/names.yaml: ") && error.contains("`word`") && error.contains("`place`"), "{error}");
}

#[test]
fn names_of_the_registry_that_are_one_type_in_rust_are_named() {
    registry("schemas: {shelf: ThingOne, place: Thing_One}\n", "", &["`shelf`", "`place`", "`ThingOne`"]);
}

#[test]
fn inline_types_with_one_name_are_named() {
    let object = "{type: object, properties: {x: {type: string}}}";
    let by = format!("page1: {object}\n        page_1: {object}");
    refuses(
        &described("pages: {type: integer}", &by),
        REGISTRY,
        "",
        &["`book/page1`", "`book/page_1`", "`types::book::Page1`"],
    );
}

#[test]
fn a_collision_of_inline_types_is_solved_in_the_registry() {
    let by = "chapters: {type: array, items: {type: object, properties: {x: {type: string}}}}\n        \
              chapter: {type: object, properties: {x: {type: string}}}";
    let tree = described("pages: {type: integer}", by);
    refuses(&tree, REGISTRY, "", &["book/chapter", "book/chapters[]", "`types::book::Chapter`"]);
    let generated = tree.with(REGISTRY, "schemas: {\"book/chapters[]\": Leaf}\n").generate();
    let generated = generated.unwrap_or_else(|error| panic!("{error}"));
    let listing = generated.output.files.get("generated/api/tiny.txt").cloned().unwrap_or_default();
    assert!(listing.contains("types::book::Leaf = \"book/chapters[]\"") && listing.contains("types::book::Chapter = "));
}

#[test]
fn entries_that_name_nothing_are_reported() {
    let idle = "schemas: {book: Tome, \"book/nothing\": Leaf}\nvalues: {book/state: {read: Done, red: Done}}\narms: {x: {y: Z}}\n";
    let generated = good().with(REGISTRY, idle).generate().unwrap_or_else(|error| panic!("{error}"));
    let told = generated.report.actions.iter().filter_map(|line| line.strip_suffix(": names nothing in any version"));
    let places = ["#/arms/x/y", "#/schemas/book~1nothing", "#/values/book~1state/red"];
    assert_eq!(told.collect::<Vec<_>>(), places.map(|place| format!("{REGISTRY}: {place}")));
}

#[test]
fn values_with_one_name_are_named() {
    let tree = described("enum: [read, unread]", "enum: [to.read, to_read]");
    refuses(&tree, REGISTRY, "", &["book/state", "`ToRead`"]);
    assert!(tree.generate().is_err_and(|error| error.to_string().contains("values: book/state")));
}

#[test]
fn an_unknown_section_of_the_registry_is_named() {
    registry("schemes: {book: Book}\n", "#/schemes", &["`schemes`", "`schemas`"]);
}

/// Checks that every one of `names` is refused in a registry, where `{}` stands for the name.
#[track_caller]
fn all_refused(registry: &str, at: &str, names: &[&str]) {
    let faults = names.iter().filter_map(|name| {
        let tree = good().with(REGISTRY, registry.replace("{}", &format!("{name:?}")));
        verdict(&tree, REGISTRY, at, &[name]).err().map(|fault| format!("{name:?}: {fault}"))
    });
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn a_name_that_is_none_in_rust_is_named() {
    let names = ["3books", "my book", "Bo-ok", "", "Bücher", "Self", "self", "type", "a.b", "_"];
    all_refused("schemas: {book: {}}\n", "#/schemas/book", &names);
}

#[test]
fn a_type_with_the_name_of_something_that_emitted_code_uses_is_named() {
    let names = ["String", "Option", "Vec", "Box", "Extra", "Reader", "Writer", "Read", "Object", "Json"];
    all_refused("schemas: {book: {}}\n", "#/schemas/book", &names);
}

#[test]
fn an_operation_that_is_no_group_and_method_is_named() {
    let names = ["books", "books.get.all", "books.", ".get", "books.3", "books.get it"];
    all_refused("operations: {\"GET /books\": {}}\n", "#/operations/GET ~1books", &names);
}

#[test]
fn a_value_or_an_arm_that_is_no_rust_name_is_named() {
    let names = ["3", "a.b", "Self", "", "x y"];
    all_refused("values: {book/state: {read: {}}}\n", "#/values/book~1state/read", &names);
    all_refused("arms: {book/state: {read: {}}}\n", "#/arms/book~1state/read", &names);
}

#[test]
fn a_schema_whose_rule_made_name_means_something_else_gets_another_or_is_named() {
    let schemas = ["Self", "String", "Option", "Vec", "Extra", "Object", "Json", "Read"];
    let faults = schemas.iter().filter_map(|schema| {
        let by = format!("    {schema}: {{type: object, properties: {{x: {{type: string}}}}}}\n");
        let tree = described("    word: {type: string}\n", &by);
        if let Ok(made) = tree.generate() {
            let listing = made.output.files.get("generated/api/tiny.txt").cloned().unwrap_or_default();
            let taken = listing.contains(&format!("types::{schema} = "));
            return taken.then(|| format!("{schema}: the type is called so"));
        }
        verdict(&tree, REGISTRY, "", &[&format!("`{schema}`")]).err().map(|fault| format!("{schema}: {fault}"))
    });
    assert_none(&faults.collect::<Vec<_>>());
}

/// The names of the structs in a source.
fn structs(source: &str) -> Vec<String> {
    let items = syn::parse_file(source).map(|file| file.items).unwrap_or_default();
    let names = items.into_iter().filter_map(|item| match item {
        syn::Item::Struct(found) => Some(found.ident.to_string()),
        _ => None,
    });
    names.collect()
}

#[test]
fn a_group_whose_name_means_something_else_gets_another_or_is_named() {
    let faults = ["Call", "Core", "Request", "Id", "Download"].into_iter().filter_map(|tag| {
        let tree = described(
            "operationId: listBooks\n      tags: [Books]",
            &format!("operationId: listBooks\n      tags: [{tag}]"),
        );
        if let Ok(made) = tree.generate() {
            let sources = made.output.files.iter().filter(|(file, _)| file.contains("/tiny/api/"));
            let taken = sources.flat_map(|(_, source)| structs(source)).any(|name| name == tag);
            return taken.then(|| format!("{tag}: the group's type is called so"));
        }
        verdict(&tree, REGISTRY, "", &[tag]).err().map(|fault| format!("{tag}: {fault}"))
    });
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn an_entry_that_is_no_text_is_named() {
    registry("schemas: {book: [Book]}\n", "#/schemas/book", &["expected a string"]);
    registry("schemas: [Book]\n", "#/schemas", &["map"]);
    registry("values: {book/state: Read}\n", "#/values/book~1state", &["map"]);
}

#[test]
fn an_entry_that_is_there_twice_is_named_by_its_line() {
    registry("schemas:\n  book: Book\n  book: Tome\n", "line 3, column 3", &["`book`", "twice"]);
}

/// Words that are names of nothing in Rust, or of something else.
const ODD: [&str; 22] = [
    "", " ", "self", "Self", "super", "crate", "_", "__", "type", "r#type", "3", "=", "ß", "日本", "a b", "a/b", "a~b",
    "{}", "String", "Option", "new", "extra",
];

/// A tree for each place where a description has a name, with the word in that place.
fn named(word: &str) -> Vec<(&'static str, Scratch)> {
    let word = format!("{word:?}");
    let object = "{type: object, properties: {x: {type: string}}}";
    let places = [
        ("schema of an object", "    word: {type: string}", format!("    {word}: {object}")),
        ("schema of a text", "    word: {type: string}", format!("    {word}: {{type: string}}")),
        ("property of an answer", "        pages:", format!("        {word}:")),
        ("property of a request", "{title: {type: string}}", format!("{{{word}: {{type: string}}}}")),
        ("inline type", "{title: {type: string}}", format!("{{{word}: {object}}}")),
        ("value", "[read, unread]", format!("[read, {word}]")),
        ("parameter", "name: shelf", format!("name: {word}")),
        ("operation", "operationId: listBooks", format!("operationId: {word}")),
        ("tag", "operationId: listBooks\n      tags: [Books]", format!("operationId: listBooks\n      tags: [{word}]")),
    ];
    places.into_iter().map(|(place, part, by)| (place, described(part, &by))).collect()
}

#[test]
fn odd_names_are_either_given_a_name_or_refused() {
    let mut faults = Vec::new();
    for (word, (place, tree)) in ODD.iter().flat_map(|word| named(word).into_iter().map(move |named| (word, named))) {
        let fault = match catch_unwind(|| tree.generate()) {
            Err(_) => "it panics".to_owned(),
            Ok(Err(error)) if error.to_string().contains("fault of the generator") => error.to_string(),
            Ok(_) => continue,
        };
        faults.push(format!("{place} {word:?}: {}", fault.lines().next().unwrap_or_default()));
    }
    assert_none(&faults);
}
