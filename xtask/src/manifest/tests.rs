use super::*;

const TWO: &str = r#"# The versions.
[[version]]
name = "2.14"
module = "v2_14"
feature = "v2_14"
header = "2.14"
spec = "2.14.yaml" # facts
overlays = ["errata.yaml"]

[version.upstream]
repository = "intercom/Intercom-OpenAPI"
path = "descriptions/2.14/api.intercom.io.yaml"
commit = "2906bde66d948bc9e96dcb8f2648a0b3eaf80e1c" # April
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
date = "2026-04-17"

[[version]]
name = "unstable"
module = "unstable"
feature = "unstable"
header = "Unstable"
aliases = ["preview"]
spec = "unstable.yaml"

[version.upstream]
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
date = "2026-04-17"
"#;

fn refused(text: &str) -> String {
    Manifest::parse(FILE, text).unwrap_err().to_string()
}

#[test]
fn versions_are_read_in_the_order_of_the_file() {
    let manifest = Manifest::parse(FILE, TWO).unwrap();
    let names: Vec<&str> = manifest.versions.iter().map(|version| version.name.as_str()).collect();
    assert_eq!(names, ["2.14", "unstable"]);
    let version = manifest.version("2.14").unwrap();
    assert_eq!(version.spec_file(), "spec/2.14.yaml");
    assert_eq!(version.overlays, ["errata.yaml"]);
    assert!(!version.provisional);
}

#[test]
fn invalid_toml_is_refused_with_its_line() {
    assert!(refused("[[version]]\nname = \n").starts_with("spec/versions.toml: line 2, column"));
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let message = refused(&TWO.replace("header = \"2.14\"", "heather = \"2.14\""));
    assert!(message.starts_with("spec/versions.toml: line 6, column 1: "), "{message}");
    assert!(message.contains("heather"), "{message}");
}

#[test]
fn a_missing_key_is_refused_with_the_line_of_its_entry() {
    let message = refused(&TWO.replace("header = \"Unstable\"\n", ""));
    assert!(message.starts_with("spec/versions.toml: line 17, column 1: missing field `header`"), "{message}");
}

#[test]
fn a_name_module_feature_or_file_twice_is_refused_with_both_lines() {
    for (one, two) in [
        ("name = \"unstable\"", "name = \"2.14\""),
        ("module = \"unstable\"", "module = \"v2_14\""),
        ("feature = \"unstable\"", "feature = \"v2_14\""),
        ("aliases = [\"preview\"]", "aliases = [\"v2_14\"]"),
        ("aliases = [\"preview\"]", "aliases = [\"unstable\"]"),
        ("spec = \"unstable.yaml\"", "spec = \"2.14.yaml\""),
    ] {
        let message = refused(&TWO.replace(one, two));
        assert!(message.starts_with("spec/versions.toml: line 17, column 1: the "), "{message}");
        assert!(message.contains("taken by the entry at line "), "{message}");
    }
}

#[test]
fn names_that_differ_only_in_case_are_taken_for_the_same_file() {
    assert!(refused(&TWO.replace("name = \"2.14\"", "name = \"Unstable\"")).contains("taken"));
}

#[test]
fn names_that_cannot_be_files_modules_features_or_headers_are_refused() {
    for (one, two) in [
        ("name = \"2.14\"", "name = \"../2.14\""),
        ("name = \"2.14\"", "name = \"\""),
        ("module = \"v2_14\"", "module = \"2_14\""),
        ("module = \"v2_14\"", "module = \"type\""),
        ("module = \"v2_14\"", "module = \"runtime\""),
        ("feature = \"v2_14\"", "feature = \"v2.14\""),
        ("feature = \"v2_14\"", "feature = \"default\""),
        ("header = \"2.14\"", "header = \"2 14\""),
        ("header = \"2.14\"", "header = \"2\\n14\""),
        ("spec = \"2.14.yaml\"", "spec = \"../2.14.yaml\""),
        ("spec = \"2.14.yaml\"", "spec = \"names.yaml\""),
        ("overlays = [\"errata.yaml\"]", "overlays = [\"../errata.yaml\"]"),
        ("overlays = [\"errata.yaml\"]", "overlays = [\"errata.yaml\", \"errata.yaml\"]"),
        ("aliases = [\"preview\"]", "aliases = [\"pre-view\"]"),
        ("commit = \"2906", "commit = \"x906"),
        ("date = \"2026-04-17\"", "date = \"April\""),
        ("sha256 = \"00", "sha256 = \"0"),
    ] {
        assert!(TWO.contains(one));
        let message = refused(&TWO.replacen(one, two, 1));
        assert!(message.contains("hint: "), "{message}");
    }
}

#[test]
fn overlays_that_are_listed_once_are_those_of_every_version() {
    let manifest = Manifest::parse(FILE, &format!("overlays = [\"operations.yaml\", \"docs\"]\n{TWO}")).unwrap();
    assert_eq!(manifest.shared_overlays, ["operations.yaml", "docs"]);
    assert_eq!(manifest.versions[0].overlays, ["operations.yaml", "docs", "errata.yaml"]);
    assert_eq!(manifest.versions[1].overlays, ["operations.yaml", "docs"]);
}

#[test]
fn a_version_has_the_overlays_of_its_folders() {
    let text = TWO.replace("\"errata.yaml\"", "\"docs\"");
    let version = Manifest::parse(FILE, &text).unwrap().versions.remove(0);
    assert!(version.has_overlay("spec/overlays/docs/contacts.yaml"));
    assert!(!version.has_overlay("spec/overlays/docs-old.yaml") && !version.has_overlay("docs/contacts.yaml"));
}

#[test]
fn an_overlay_that_is_listed_by_its_folder_too_is_refused() {
    for shared in ["docs", "docs/contacts.yaml"] {
        let other = if shared == "docs" { "docs/contacts.yaml" } else { "docs" };
        let text = TWO.replace("\"errata.yaml\"", &format!("\"{other}\""));
        assert!(refused(&format!("overlays = [\"{shared}\"]\n{text}")).contains("listed twice"));
    }
}

#[test]
fn an_added_version_does_not_repeat_the_overlays_of_every_version() {
    let text = format!("overlays = [\"docs\"]\n{TWO}");
    let mut version = Manifest::parse(FILE, &text).unwrap().versions.remove(1);
    (version.name, version.module, version.feature) = ("2.16".into(), "v2_16".into(), "v2_16".into());
    (version.spec, version.aliases) = ("2.16.yaml".into(), Vec::new());
    let added = edit::add(&text, &version);
    assert_eq!(added.matches("docs").count(), 1);
    assert_eq!(Manifest::parse(FILE, &added).unwrap().version("2.16"), Some(&version));
}

#[test]
fn every_mistake_is_reported_at_once() {
    let text = TWO.replace("module = \"v2_14\"", "module = \"fn\"").replace("header = \"Unstable\"", "header = \"\"");
    assert_eq!(Manifest::parse(FILE, &text).unwrap_err().problems().len(), 2);
}

#[test]
fn an_added_version_leaves_the_rest_of_the_file_alone() {
    let mut version = Manifest::parse(FILE, TWO).unwrap().versions.remove(0);
    version.name = "2.16".into();
    version.module = "v2_16".into();
    version.feature = "v2_16".into();
    version.spec = "2.16.yaml".into();
    version.provisional = true;
    let text = edit::add(TWO, &version);
    assert!(text.starts_with(TWO));
    assert_eq!(Manifest::parse(FILE, &text).unwrap().version("2.16"), Some(&version));
}

#[test]
fn the_first_version_is_added_to_an_empty_manifest() {
    let version = Manifest::parse(FILE, TWO).unwrap().versions.remove(0);
    let text = edit::add(edit::EMPTY, &version);
    assert!(text.starts_with(edit::EMPTY));
    assert_eq!(Manifest::parse(FILE, &text).unwrap().versions, [version]);
}

#[test]
fn new_provenance_keeps_comments_and_the_other_version() {
    let commit = "8889625a7b931d8649e18726e7f872ff073520fc";
    let old = Manifest::parse(FILE, TWO).unwrap().versions.remove(0).upstream;
    let new = Upstream { commit: Some(commit.into()), ..old };
    let text = edit::set_upstream(TWO, "2.14", &new).unwrap();
    assert_eq!(text, TWO.replace("2906bde66d948bc9e96dcb8f2648a0b3eaf80e1c", commit));
}

#[test]
fn an_unknown_commit_is_removed() {
    let old = Manifest::parse(FILE, TWO).unwrap().versions.remove(0).upstream;
    let text = edit::set_upstream(TWO, "2.14", &Upstream { commit: None, ..old }).unwrap();
    assert_eq!(Manifest::parse(FILE, &text).unwrap().versions[0].upstream.commit, None);
}
