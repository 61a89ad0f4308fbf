//! `cargo xtask vendor`, as a maintainer runs it.

use std::net::TcpListener;

use xtask::manifest::Manifest;

use crate::command::{DESCRIPTION, PLACE, Tree, Upstream, xtask};

const COMMIT: &str = "2906bde66d948bc9e96dcb8f2648a0b3eaf80e1c";

fn refused(description: &str) -> String {
    let tree = Tree::with_version();
    tree.put("upstream.yaml", description);
    tree.refuses(|tree| tree.vendor("2.14", &[]))
}

#[test]
fn a_new_version_gets_its_facts_and_an_entry() {
    let tree = Tree::new();
    tree.put("upstream.yaml", DESCRIPTION);
    let run = tree.vendor("2.16", &["--commit", COMMIT, "--date", "2026-04-17"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let manifest = tree.get("spec/versions.toml");
    for line in [
        "name = \"2.16\"",
        "module = \"v2_16\"",
        "feature = \"v2_16\"",
        "header = \"2.16\"",
        "provisional = true",
        "spec = \"2.16.yaml\"",
        "date = \"2026-04-17\"",
    ] {
        assert!(manifest.lines().any(|found| found == line), "{line} in {manifest}");
    }
    assert!(manifest.contains(COMMIT));
    assert!(tree.get("spec/2.16.yaml").contains("description: OK"));
}

#[test]
fn a_named_version_is_capitalized_in_the_header_only() {
    let tree = Tree::new();
    tree.put("upstream.yaml", DESCRIPTION);
    tree.vendor("unstable", &[]);
    let manifest = tree.get("spec/versions.toml");
    assert!(manifest.contains("header = \"Unstable\"\n") && manifest.contains("module = \"unstable\"\n"), "{manifest}");
}

/// A description whose operation has the version's header, with this default.
fn with_header(default: &str) -> String {
    let parameter = format!(
        "parameters:\n      - name: Intercom-Version\n        in: header\n        schema:\n          type: string\n          \
         default: {default}\n      - "
    );
    DESCRIPTION.replacen("parameters:\n      - ", &parameter, 1)
}

#[test]
fn the_header_is_the_default_that_the_description_names() {
    let tree = Tree::new();
    tree.put("upstream.yaml", &with_header("Preview"));
    let run = tree.vendor("unstable", &["--header", "Unstable"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(tree.get("spec/versions.toml").contains("header = \"Preview\"\n"), "{}", tree.get("spec/versions.toml"));
    tree.put("upstream.yaml", &with_header("Next"));
    let run = tree.vendor("unstable", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(tree.get("spec/versions.toml").contains("header = \"Next\"\n"), "{}", tree.get("spec/versions.toml"));
}

#[test]
fn a_header_that_no_request_can_carry_is_refused() {
    let tree = Tree::new();
    tree.put("upstream.yaml", &with_header("a b"));
    assert!(tree.refuses(|tree| tree.vendor("unstable", &[])).contains("HTTP header"));
}

#[test]
fn the_names_of_a_new_version_can_be_given() {
    let tree = Tree::new();
    tree.put("upstream.yaml", DESCRIPTION);
    tree.vendor("next", &["--header", "Preview", "--module", "upcoming", "--feature", "up-coming"]);
    let manifest = tree.get("spec/versions.toml");
    for line in ["header = \"Preview\"", "module = \"upcoming\"", "feature = \"up-coming\""] {
        assert!(manifest.lines().any(|found| found == line), "{line} in {manifest}");
    }
}

#[test]
fn a_new_version_has_the_overlays_of_every_version() {
    let tree = Tree::with_version();
    let manifest = format!("overlays = [\"errata.yaml\"]\n{}", tree.get("spec/versions.toml"));
    tree.put("spec/versions.toml", &manifest);
    tree.vendor("2.15", &[]);
    let manifest = tree.get("spec/versions.toml");
    assert_eq!(manifest.matches("\noverlays = ").count() + usize::from(manifest.starts_with("overlays = ")), 1);
    let versions = Manifest::parse("spec/versions.toml", &manifest).expect("a manifest").versions;
    assert!(versions.len() > 1 && versions.iter().all(|version| version.overlays == ["errata.yaml"]));
}

#[test]
fn what_is_kept_and_dropped_is_printed_with_counts() {
    let tree = Tree::new();
    tree.put("upstream.yaml", DESCRIPTION);
    let run = tree.vendor("2.14", &[]);
    assert!(
        run.stdout.contains("1 operations, 1 parameters, 6 schema nodes, 3 properties, 1 enum values"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("5 description, 2 example, 1 summary, 1 title, 1 x-…"), "{}", run.stdout);
}

#[test]
fn the_facts_hold_none_of_the_text() {
    let tree = Tree::with_version();
    let facts = tree.get("spec/2.14.yaml");
    for text in ["About", "The id", "Get one", "Found", "x-tags", "example"] {
        assert!(!facts.contains(text), "{text}");
    }
}

#[test]
fn prose_is_kept_on_demand() {
    let tree = Tree::with_version();
    tree.vendor("2.14", &["--keep-prose"]);
    let facts = tree.get("spec/2.14.yaml");
    assert!(facts.contains("summary: Get one") && facts.contains("description: The id."), "{facts}");
    assert!(!facts.contains("example"), "{facts}");
}

#[test]
fn vendoring_again_changes_no_byte() {
    let tree = Tree::with_version();
    let before = tree.content();
    let run = tree.vendor("2.14", &[]);
    assert!(run.stdout.contains("nothing changed"), "{}", run.stdout);
    assert_eq!(tree.content(), before);
}

#[test]
fn vendoring_the_facts_themselves_changes_no_byte() {
    let tree = Tree::with_version();
    let before = tree.content();
    tree.put("upstream.yaml", &tree.get("spec/2.14.yaml"));
    let run = tree.vendor("2.14", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(tree.content(), before);
}

#[test]
fn a_change_of_the_text_alone_changes_the_provenance_alone() {
    let tree = Tree::with_version();
    let facts = tree.get("spec/2.14.yaml");
    let manifest = tree.get("spec/versions.toml");
    tree.put("upstream.yaml", &DESCRIPTION.replace("Get one", "Get another"));
    tree.vendor("2.14", &[]);
    assert_eq!(tree.get("spec/2.14.yaml"), facts);
    assert_ne!(tree.get("spec/versions.toml"), manifest);
}

#[test]
fn a_commit_that_is_not_that_of_the_new_file_is_forgotten() {
    let tree = Tree::with_version();
    tree.vendor("2.14", &["--commit", COMMIT]);
    assert!(tree.get("spec/versions.toml").contains(COMMIT));
    tree.put("upstream.yaml", &DESCRIPTION.replace("getContact", "showContact"));
    tree.vendor("2.14", &[]);
    assert!(!tree.get("spec/versions.toml").contains(COMMIT));
}

#[test]
fn a_description_is_fetched_from_a_url() {
    let (tree, upstream) = (Tree::new(), Upstream::serving(DESCRIPTION));
    let url = format!("{}/{PLACE}", upstream.url());
    let run = tree.run(&["vendor", "2.14", "--from", &url]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(tree.path("spec/2.14.yaml").exists());
}

#[test]
fn an_answer_that_is_no_success_is_refused() {
    let upstream = Upstream::serving(DESCRIPTION);
    let url = format!("{}/none.yaml", upstream.url());
    let message = Tree::with_version().refuses(|tree| tree.run(&["vendor", "2.14", "--from", &url]));
    assert!(message.contains("expected the status 200, found 404 Not Found"), "{message}");
}

#[test]
fn an_answer_that_ends_early_is_refused() {
    let upstream = Upstream::breaking_off(DESCRIPTION);
    let url = format!("{}/{PLACE}", upstream.url());
    let message = Tree::with_version().refuses(|tree| tree.run(&["vendor", "2.14", "--from", &url]));
    assert!(message.contains("cannot be fetched whole"), "{message}");
}

#[test]
fn without_a_network_the_message_says_so() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{closed}/api.yaml");
    let message = Tree::with_version().refuses(|tree| tree.run(&["vendor", "2.14", "--from", &url]));
    assert!(message.contains("cannot be fetched") && message.contains("check the network"), "{message}");
}

#[test]
fn a_missing_file_is_refused() {
    let message = Tree::with_version().refuses(|tree| tree.run(&["vendor", "2.14", "--from", "none.yaml"]));
    assert!(message.starts_with("error: none.yaml: cannot be read"), "{message}");
}

#[test]
fn an_unquoted_colon_is_refused_with_its_line() {
    let message = refused(&DESCRIPTION.replace("summary: Get one", "summary: Get: one"));
    assert!(message.contains("upstream.yaml: line 10, column "), "{message}");
    assert!(message.contains("hint: quote the value if it holds `: `"), "{message}");
}

#[test]
fn a_key_twice_is_refused_with_its_line() {
    let message =
        refused(&DESCRIPTION.replace("      summary: Get one\n", "      summary: Get one\n      summary: Get two\n"));
    assert!(message.contains("upstream.yaml: line 11, column 7: "), "{message}");
    assert!(message.contains("the key `summary` is there twice"), "{message}");
}

#[test]
fn a_method_twice_is_refused_with_its_line() {
    let twice = "    get: {responses: {200: {description: OK}}}\ncomponents:";
    let message = refused(&DESCRIPTION.replace("components:", twice));
    assert!(message.contains("line 17, column 5: ") && message.contains("the key `get` is there twice"), "{message}");
}

#[test]
fn a_misspelt_type_is_refused_with_its_pointer() {
    let message = refused(&DESCRIPTION.replace("description: {type: string}", "description: {type: strin}"));
    assert!(message.contains("upstream.yaml#/components/schemas/contact/properties/description/type: "), "{message}");
}

#[test]
fn required_in_a_property_is_refused_with_its_pointer() {
    let message =
        refused(&DESCRIPTION.replace("description: {type: string}", "description: {type: string, required: false}"));
    assert!(message.contains("#/components/schemas/contact/properties/description/required: "), "{message}");
}

#[test]
fn responses_one_level_too_deep_are_refused_with_their_pointer() {
    let deep = DESCRIPTION.replace("      responses:", "      requestBody:\n       content: {}\n       responses:");
    let message = refused(&deep);
    assert!(message.contains("#/paths/~1contacts~1{id}/get/requestBody/responses: "), "{message}");
}

#[test]
fn a_broken_manifest_is_refused() {
    let tree = Tree::with_version();
    let manifest = tree.get("spec/versions.toml");
    tree.put("spec/versions.toml", &manifest.replace("[[version]]", &format!("{manifest}\n[[version]]")));
    let message = tree.refuses(|tree| tree.vendor("2.14", &[]));
    assert!(message.contains("spec/versions.toml: line "), "{message}");
}

#[test]
fn names_that_are_taken_or_cannot_be_are_refused() {
    let tree = Tree::with_version();
    for (name, options) in [
        ("2.15", ["--module", "v2_14"]),
        ("2.15", ["--module", "type"]),
        ("2.15", ["--header", "a b"]),
        ("2.15", ["--commit", "main"]),
        ("2.15", ["--date", "yesterday"]),
        ("2.14", ["--header", "2.14"]),
        ("../2.15", ["--date", "2026-04-17"]),
        ("names", ["--date", "2026-04-17"]),
    ] {
        tree.refuses(|tree| tree.vendor(name, &options));
    }
}

#[test]
fn a_root_without_a_spec_folder_is_refused() {
    let tree = Tree::with_version();
    let message = tree.refuses(|tree| {
        let arguments = ["vendor", "2.14", "--from", "upstream.yaml", "--root", "generated"];
        xtask(&arguments, &tree.path(""))
    });
    assert!(message.contains("spec/versions.toml: cannot be read"), "{message}");
}

#[test]
fn a_wrong_command_line_has_exit_code_2() {
    for arguments in [&["vendor"][..], &["vendor", "2.14"], &["nothing"], &[]] {
        assert_eq!(Tree::new().run(arguments).code, Some(2));
    }
}
