//! `cargo xtask update`, as the scheduled workflow and a maintainer run it.

use crate::command::{DESCRIPTION, PLACE, Run, Tree, Upstream};

const BEFORE: &str = "1111111111111111111111111111111111111111";
const COMMIT: &str = "2906bde66d948bc9e96dcb8f2648a0b3eaf80e1c";

/// A committed tree with what `regen` makes of it, whose version knows where it is kept upstream.
fn committed() -> Tree {
    let tree = Tree::new();
    tree.put("generated/Cargo.toml", "[features]\n# <versions> written\n# </versions>\n");
    tree.put(PLACE, DESCRIPTION);
    let place = tree.path(PLACE).to_string_lossy().into_owned();
    let known = ["--repository", "owner/name", "--path", PLACE, "--date", "2026-01-01", "--commit", BEFORE];
    let vendored = tree.run(&[&["vendor", "2.14", "--from", &place], &known[..]].concat());
    assert_eq!(vendored.code, Some(0), "{}", vendored.stderr);
    // Released, so that what an overlay or a list without pages has to say is demanded.
    let manifest = tree.get("spec/versions.toml").replace("provisional = true\n", "");
    tree.put("spec/versions.toml", &manifest);
    assert_eq!(tree.run(&["regen"]).code, Some(0));
    tree.commit();
    tree
}

/// The description with one field more.
fn with_a_field() -> String {
    let line = "        description: {type: string}\n";
    DESCRIPTION.replace(line, &format!("{line}        email: {{type: string}}\n"))
}

fn update(tree: &Tree, from: &str) -> Run {
    let body = tree.path("body.md").to_string_lossy().into_owned();
    tree.run(&["update", "--from", from, "--commit", COMMIT, "--date", "2026-02-01", "--body", &body])
}

/// Updates from a folder that has this description.
fn updated(tree: &Tree, description: &str) -> Run {
    tree.put(PLACE, description);
    update(tree, &tree.path("").to_string_lossy())
}

/// Asserts that a description is refused in these words, and that nothing has changed.
fn refused(description: &str, words: &[&str]) {
    let message = committed().refuses(|tree| updated(tree, description));
    assert!(words.iter().all(|word| message.contains(word)), "{message}");
}

/// The paths below the root of the files that differ.
fn changed(tree: &Tree, before: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>) -> Vec<String> {
    let after = tree.content();
    let differing = after.iter().filter(|(path, content)| before.get(*path) != Some(content));
    differing.map(|(path, _)| path.strip_prefix(tree.path("")).unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_field_that_upstream_added_arrives_with_everything_that_follows_from_it() {
    let tree = committed();
    let before = tree.content();
    let run = updated(&tree, &with_a_field());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.ends_with("2.14 of 2026-02-01: minor\nchanged: 5 files\n"), "{}", run.stdout);
    let files = [
        "generated/api/2.14.txt",
        "generated/src/v2_14/types/contact.rs",
        "spec/2.14.yaml",
        "spec/changes/2026-02-01.md",
        "spec/versions.toml",
    ];
    assert_eq!(changed(&tree, &before), files);
    assert_eq!(tree.run(&["regen", "--check"]).code, Some(0));
}

#[test]
fn the_account_says_from_where_to_where_and_what_that_means() {
    let tree = committed();
    updated(&tree, &with_a_field());
    let account = tree.get("spec/changes/2026-02-01.md");
    assert_eq!(account, tree.get("body.md"));
    assert!(account.contains(&format!("| 2.14 | 2026-01-01, `{BEFORE}` | 2026-02-01, `{COMMIT}` |\n")), "{account}");
    assert!(account.contains("## 2.14 of 2026-01-01 → 2.14 of 2026-02-01\n\nVerdict: **minor**"), "{account}");
    assert!(account.contains("- type `types::Contact` (`contact`): field `email` added: `Option<String>`"));
}

#[test]
fn a_server_serves_as_well_as_a_folder() {
    let (by_folder, by_server) = (committed(), committed());
    updated(&by_folder, &with_a_field());
    let run = update(&by_server, Upstream::serving(&with_a_field()).url());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for file in ["spec/2.14.yaml", "spec/versions.toml", "spec/changes/2026-02-01.md", "generated/api/2.14.txt"] {
        assert_eq!(by_folder.get(file), by_server.get(file));
    }
}

#[test]
fn a_description_that_is_as_before_changes_nothing() {
    let tree = committed();
    let before = tree.content();
    let run = updated(&tree, DESCRIPTION);
    assert!(run.stdout.ends_with("\nunchanged\n"), "{}{}", run.stdout, run.stderr);
    assert_eq!(tree.content(), before);
    assert!(!tree.path("body.md").exists());
}

#[test]
fn prose_that_changes_is_a_change_of_the_provenance_alone() {
    let tree = committed();
    let before = tree.content();
    let old = tree.get("spec/versions.toml");
    let run = updated(&tree, &DESCRIPTION.replace("About contacts.", "All about contacts."));
    assert!(run.stdout.ends_with("changed: 1 file\n"), "{}{}", run.stdout, run.stderr);
    assert_eq!(changed(&tree, &before), ["spec/versions.toml"]);
    let is_provenance = |line: &&str| ["commit", "sha256", "date"].iter().any(|key| line.starts_with(key));
    let rest = |text: &str| text.lines().filter(|line| !is_provenance(line)).collect::<Vec<_>>().join("\n");
    assert_eq!(rest(&tree.get("spec/versions.toml")), rest(&old));
    assert!(tree.get("body.md").ends_with("Only prose has changed: the crate is the same.\n"));
}

#[test]
fn an_update_that_is_repeated_before_it_is_committed_is_the_same() {
    let tree = committed();
    updated(&tree, &with_a_field());
    let (once, body) = (tree.content(), tree.get("body.md"));
    let run = updated(&tree, &with_a_field());
    assert!(run.stdout.ends_with("unchanged\n"), "{}{}", run.stdout, run.stderr);
    assert_eq!((tree.content(), tree.get("body.md")), (once, body));
}

#[test]
fn an_update_after_vendoring_by_hand_gives_the_same_account() {
    let (at_once, by_hand) = (committed(), committed());
    updated(&at_once, &with_a_field());
    by_hand.put(PLACE, &with_a_field());
    let place = by_hand.path(PLACE).to_string_lossy().into_owned();
    assert_eq!(by_hand.run(&["vendor", "2.14", "--from", &place]).code, Some(0));
    let run = updated(&by_hand, &with_a_field());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for file in ["spec/changes/2026-02-01.md", "spec/versions.toml", "generated/api/2.14.txt"] {
        assert_eq!(by_hand.get(file), at_once.get(file));
    }
}

#[test]
fn an_account_that_was_committed_is_not_written_over() {
    let tree = committed();
    updated(&tree, &with_a_field());
    tree.commit();
    let message = tree.refuses(|tree| updated(tree, DESCRIPTION));
    assert!(message.contains("spec/changes/2026-02-01.md: is the account of an update that HEAD has"), "{message}");
    assert!(message.contains("--date"), "{message}");
}

#[test]
fn an_overlay_that_is_mended_goes_along_with_the_facts() {
    let overlay = |schema: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: Errata, version: '1'}}\nactions:\n- target: $.components.schemas.{schema}\n  \
             update: {{description: One.}}\n"
        )
    };
    let tree = committed();
    tree.put("spec/overlays/docs.yaml", &overlay("contact"));
    let manifest = format!("overlays = [\"docs.yaml\"]\n{}", tree.get("spec/versions.toml"));
    tree.put("spec/versions.toml", &manifest);
    assert_eq!(tree.run(&["regen"]).code, Some(0));
    tree.commit();
    let renamed = DESCRIPTION.replace("schemas/contact'", "schemas/person'").replace("    contact:\n", "    person:\n");
    let message = tree.refuses(|tree| updated(tree, &renamed));
    assert!(
        message.contains("spec/overlays/docs.yaml#/actions/0: `$.components.schemas.contact` matches"),
        "{message}"
    );
    tree.put("spec/overlays/docs.yaml", &overlay("person"));
    let run = updated(&tree, &renamed);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(tree.get("spec/changes/2026-02-01.md").contains("Verdict: **major**"));
}

#[test]
fn a_description_that_is_not_there_is_refused() {
    let elsewhere = Upstream::serving(DESCRIPTION);
    let message = committed().refuses(|tree| update(tree, &format!("{}/elsewhere", elsewhere.url())));
    assert!(message.contains("expected the status 200, found 404 Not Found"), "{message}");
    let message = committed().refuses(|tree| update(tree, "nowhere"));
    assert!(message.starts_with(&format!("error: nowhere/{PLACE}: cannot be read")), "{message}");
}

#[test]
fn a_description_that_ends_early_is_refused() {
    let message = committed().refuses(|tree| update(tree, Upstream::breaking_off(&with_a_field()).url()));
    assert!(message.contains("cannot be fetched whole"), "{message}");
}

#[test]
fn a_description_that_is_no_yaml_is_refused_with_its_line() {
    refused(&DESCRIPTION.replace("summary: Get one", "summary: Get: one"), &["line 10, column "]);
}

#[test]
fn a_description_that_cannot_be_generated_is_refused_with_its_place() {
    let paged = with_a_field().replace("email: {type: string}", "pages: {type: object}");
    refused(&paged, &["spec/2.14.yaml#/paths/~1contacts~1{id}/get", "`x-pagination`"]);
}

#[test]
fn a_version_whose_place_upstream_is_unknown_is_left_alone() {
    let tree = Tree::with_version();
    tree.commit();
    let run = update(&tree, "nowhere");
    assert!(run.stdout.starts_with("2.14: left alone"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_commit_that_is_none_is_refused_once() {
    let message = committed().refuses(|tree| tree.run(&["update", "--from", "nowhere", "--commit", "main"]));
    let hint = "give all 40 hexadecimal digits of the commit";
    assert_eq!(message, format!("error: --commit main: is not understood\n  hint: {hint}\n"));
}

#[test]
fn without_a_folder_an_address_or_a_commit_the_command_line_is_wrong() {
    assert_eq!(committed().run(&["update"]).code, Some(2));
}
