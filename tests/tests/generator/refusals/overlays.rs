//! Mistakes in an overlay.

use tests::scratch::{MANIFEST, SPEC, Scratch, manifest_entry};

use super::{GOOD, refuses};

const OVERLAY: &str = "spec/overlays/errata.yaml";

/// A tree whose overlay has these actions.
fn overlaid(actions: &str) -> Scratch {
    let text = format!("overlay: 1.0.0\ninfo: {{title: Errata, version: 1.0.0}}\nactions:\n{actions}");
    Scratch::new("tiny", &["errata.yaml".to_owned()]).with(SPEC, GOOD).with(OVERLAY, text)
}

/// Checks that the second action, after a good one, is refused.
#[track_caller]
fn refused(action: &str, words: &[&str]) {
    let good = "  - {target: $.components.schemas.word, update: {format: uri}}\n";
    refuses(&overlaid(&format!("{good}  - {action}\n")), OVERLAY, "#/actions/1", words);
}

#[test]
fn an_action_that_matches_nothing_is_named_with_its_version() {
    refused("{target: $.components.schemas.nobody, update: {type: string}}", &["nobody", "matches nothing", "tiny"]);
    refused(
        "{x-operation: \"GET /shelves/{}\", update: {operationId: x}}",
        &["GET /shelves/{}", "matches nothing", "tiny"],
    );
    refused("{target: $.components.schemas.nobody, remove: true}", &["nobody", "matches nothing", "tiny"]);
}

#[test]
fn what_is_stale_in_any_overlay_is_told_at_once() {
    let stale =
        "overlay: 1.0.0\ninfo: {title: Stale, version: 1.0.0}\nactions:\n  - {target: $.nowhere, remove: true}\n";
    let files = ["one.yaml", "other.yaml"].map(str::to_owned);
    let tree = Scratch::new("tiny", &files).with(SPEC, GOOD);
    let tree = files.iter().fold(tree, |tree, file| tree.with(&format!("spec/overlays/{file}"), stale));
    let error = tree.generate().err();
    let told: Vec<&str> =
        error.iter().flat_map(|error| error.problems()).map(|problem| problem.file.as_str()).collect();
    assert_eq!(told, ["spec/overlays/one.yaml", "spec/overlays/other.yaml"]);
}

#[test]
fn an_action_that_changes_nothing_is_named_with_its_version() {
    refused("{target: $.components.schemas.word, update: {type: string}}", &["schemas", "changes nothing", "tiny"]);
    refused("{x-operation: \"GET /books/{}\", update: {operationId: showBook}}", &["changes nothing", "tiny"]);
}

#[test]
fn an_action_that_documents_what_is_not_there_is_named() {
    refused(
        "{target: $.components.schemas.place, update: {properties: {rom: {description: Where it is.}}}}",
        &["documents nothing", "#/components/schemas/place/properties/rom"],
    );
}

#[test]
fn an_update_of_another_kind_is_named() {
    refused("{target: $.components.schemas.word.type, update: {x: y}}", &["a string"]);
    refused("{target: $.components.schemas.book, update: {properties: 3}}", &["properties"]);
}

#[test]
fn a_path_that_is_none_is_named() {
    refuses(
        &overlaid("  - {target: \"components.schemas\", update: {x: y}}\n"),
        OVERLAY,
        "#/actions/0/target",
        &["components.schemas"],
    );
}

#[test]
fn an_action_that_does_nothing_or_two_things_is_named() {
    refuses(&overlaid("  - {target: $.components}\n"), OVERLAY, "#/actions/0", &["update"]);
    refuses(
        &overlaid("  - {target: $.components, update: {x: y}, remove: true}\n"),
        OVERLAY,
        "#/actions/0",
        &["remove"],
    );
    refuses(&overlaid("  - {update: {x: y}}\n"), OVERLAY, "#/actions/0", &["target"]);
}

#[test]
fn an_unknown_keyword_is_named() {
    refuses(&overlaid("  - {target: $.components, updte: {x: y}}\n"), OVERLAY, "#/actions/0/updte", &["updte"]);
}

#[test]
fn a_version_that_does_not_list_the_overlay_is_named() {
    refuses(
        &overlaid("  - {target: $.components.schemas.word, x-versions: [tinny], update: {format: uri}}\n"),
        OVERLAY,
        "#/actions/0/x-versions",
        &["tinny"],
    );
}

#[test]
fn a_mistake_that_an_overlay_makes_is_found() {
    let tree =
        overlaid("  - {target: $.components.schemas.word, update: {allOf: [{$ref: '#/components/schemas/nobody'}]}}\n");
    refuses(&tree, SPEC, "#/components/schemas/word/allOf/0/$ref", &["nobody"]);
}

#[test]
fn a_provisional_version_skips_the_actions_that_do_not_match_and_reports_them() {
    let entry = manifest_entry("tiny", &["errata.yaml".to_owned()]).replace("spec =", "provisional = true\nspec =");
    let tree = overlaid("  - {target: $.components.schemas.nobody, update: {type: string}}\n").with(MANIFEST, entry);
    let generated = tree.generate().unwrap_or_else(|error| panic!("{error}"));
    let line = format!("{OVERLAY}: skipped in tiny, which is provisional: `$.components.schemas.nobody`");
    assert!(generated.report.contains(&line), "{:#?}", generated.report);
}

#[test]
fn a_misspelt_mark_is_named_wherever_it_stands() {
    let part = "allOf: [{type: object, properties: {label: {x-secert: true}}}]";
    for (update, at) in [
        ("x-secert: true".to_owned(), "/x-secert"),
        (part.to_owned(), "/allOf/0/properties/label/x-secert"),
        (format!("allOf: [{{{part}}}]"), "/allOf/0/allOf/0/properties/label/x-secert"),
    ] {
        let action = format!("  - {{target: $.components.schemas.shelf, update: {{{update}}}}}\n");
        refuses(&overlaid(&action), OVERLAY, &format!("#/actions/0/update{at}"), &["`x-secert`"]);
    }
}
