//! Mistakes in the manifest, and files that are not as they should be.

use tests::scratch::{CRATE, MANIFEST, SPEC, Scratch, manifest_entry};
use tests::tree;

use super::{GOOD, good, refuses};

/// Two entries of a manifest with one word in common.
fn entries(shared: &str) -> String {
    let word = |key: &str, own: &str| if key == shared { "tiny".to_owned() } else { own.to_owned() };
    let [name, module, feature] = ["name", "module", "feature"].map(|key| word(key, "other"));
    let spec = if shared == "spec" { "description.yaml" } else { "other.yaml" };
    let second = manifest_entry("tiny", &[])
        .replace("name = \"tiny\"", &format!("name = \"{name}\""))
        .replace("module = \"tiny\"", &format!("module = \"{module}\""))
        .replace("feature = \"tiny\"", &format!("feature = \"{feature}\""))
        .replace("description.yaml", spec);
    format!("{}\n{second}", manifest_entry("tiny", &[]))
}

#[test]
fn a_file_that_is_missing_is_named() {
    for file in [MANIFEST, SPEC, CRATE] {
        refuses(&good().without(file), file, "", &["cannot be read"]);
    }
    let overlay = Scratch::new("tiny", &["errata.yaml".to_owned()]).with(SPEC, GOOD);
    refuses(&overlay, "spec/overlays/errata.yaml", "", &["cannot be read"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    for file in [MANIFEST, SPEC, CRATE, "spec/names.yaml"] {
        // A folder in the place of a file cannot be read by anybody, not even by root.
        refuses(&good().without(file).with(&format!("{file}/x"), ""), file, "", &["cannot be read"]);
    }
}

#[test]
fn a_file_that_is_no_text_is_named_by_its_line() {
    for file in [MANIFEST, SPEC, CRATE, "spec/names.yaml"] {
        refuses(&good().with(file, b"ab\nc\xff"), file, "line 2, column 2", &["UTF-8"]);
    }
}

#[test]
fn an_empty_description_is_named() {
    refuses(&good().with(SPEC, ""), SPEC, "", &["empty"]);
    refuses(&good().with(SPEC, "- a\n"), SPEC, "#", &["a list"]);
}

#[test]
fn what_two_entries_of_the_manifest_share_is_named() {
    for shared in ["name", "module", "feature", "spec"] {
        let tree = good().with("spec/other.yaml", GOOD).with(MANIFEST, entries(shared));
        refuses(&tree, MANIFEST, "line 13, column 1", &[shared, "line 1"]);
    }
}

#[test]
fn an_unknown_key_of_the_manifest_is_named_by_its_line() {
    let entry = manifest_entry("tiny", &[]).replace("header", "heder");
    refuses(&good().with(MANIFEST, entry), MANIFEST, "line 5, column 1", &["heder"]);
}

#[test]
fn a_manifest_that_is_no_toml_is_named_by_its_line() {
    let tree = good().with(MANIFEST, "[[version]]\nname = \n");
    let error = tree.generate().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.starts_with("spec/versions.toml: line 2") && error.contains("hint:"), "{error}");
}

#[test]
fn a_word_of_the_manifest_that_cannot_be_what_it_becomes_is_named() {
    for (good_line, bad) in [
        ("module = \"tiny\"", "module = \"2tiny\""),
        ("module = \"tiny\"", "module = \"self\""),
        ("module = \"tiny\"", "module = \"runtime\""),
        ("feature = \"tiny\"", "feature = \"default\""),
        ("name = \"tiny\"", "name = \"../tiny\""),
        ("header = \"tiny\"", "header = \"ti ny\""),
        ("spec = \"description.yaml\"", "spec = \"../description.yaml\""),
    ] {
        let tree = good().with(MANIFEST, manifest_entry("tiny", &[]).replace(good_line, bad));
        let word = bad.split('"').nth(1).unwrap_or_default();
        refuses(&tree, MANIFEST, "line 1, column 1", &[word]);
    }
}

#[test]
fn a_mark_that_is_missing_is_named() {
    refuses(&good().with(CRATE, "[features]\n# </versions>\n"), CRATE, "", &["`<versions>`"]);
    refuses(&good().with(CRATE, "[features]\n# <versions>\n"), CRATE, "", &["`</versions>`"]);
    refuses(&good().with(CRATE, "[features]\n# </versions>\n# <versions>\n"), CRATE, "", &["`</versions>`"]);
}

#[test]
fn what_stands_around_the_marks_is_left_alone() {
    let around = "[package]\nname = \"x\"\n\n[features]\na = []\n# <versions> kept\nold = []\n# </versions> kept too\n\n[dependencies]\n";
    let tree = good().with(CRATE, around);
    let made = tree.generate().unwrap_or_else(|error| panic!("{error}")).output.files.remove(CRATE);
    assert_eq!(made.as_deref(), Some(around.replace("old = []", "tiny = []").as_str()));
    assert_eq!(tree::text(&tree.root().join(CRATE)), around);
}
