//! Mistakes in overlays that show in the whole pipeline; those of a single action are tested beside its code.

use tests::scratch::{MANIFEST, SPEC, Scratch, manifest_entry};

use super::{GOOD, refuses};

const OVERLAY: &str = "spec/overlays/errata.yaml";

/// A tree whose overlay has these actions.
fn overlaid(actions: &str) -> Scratch {
    let text = format!("overlay: 1.0.0\ninfo: {{title: Errata, version: 1.0.0}}\nactions:\n{actions}");
    Scratch::new("tiny", &["errata.yaml".to_owned()]).with(SPEC, GOOD).with(OVERLAY, text)
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
    let line = format!("{OVERLAY}: `$.components.schemas.nobody` does not fit version tiny");
    assert!(generated.report.details.contains(&line), "{:#?}", generated.report);
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
