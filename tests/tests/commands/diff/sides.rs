//! What can be compared: files, versions, revisions, trees; and what is made of a side that is not in order.

use super::*;

/// A tree whose state is committed to a repository of its own.
fn committed() -> Tree {
    let tree = Tree::with_version();
    tree.commit();
    tree
}

/// Vendors the description with one field more.
fn with_another_field(tree: &Tree) {
    let more = "        description: {type: string}\n        email: {type: string}\n";
    tree.put("upstream.yaml", &DESCRIPTION.replace("        description: {type: string}\n", more));
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
}

const ADDED: &str = "- type `types::Contact` (`contact`): field `email` added: `Option<String>`";

#[test]
fn without_arguments_every_version_is_compared_with_head() {
    let tree = committed();
    with_another_field(&tree);
    let run = tree.run(&["diff"]);
    assert!(run.stdout.starts_with("## 2.14 at HEAD → 2.14\n\nVerdict: **minor**"), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains(ADDED), "{}", run.stdout);
}

#[test]
fn a_version_that_head_does_not_have_is_new() {
    let tree = committed();
    assert_eq!(tree.vendor("2.15", &[]).code, Some(0));
    let run = tree.run(&["diff"]);
    assert!(run.stdout.contains("- version `v2_15` (`2.15`): added"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_file_of_a_revision_is_compared_with_a_version() {
    let tree = committed();
    with_another_field(&tree);
    let run = tree.run(&["diff", "HEAD:spec/2.14.yaml", "2.14"]);
    assert!(run.stdout.contains(ADDED), "{}{}", run.stdout, run.stderr);
}

#[test]
fn every_version_is_compared_with_another_revision() {
    let tree = committed();
    with_another_field(&tree);
    tree.commit();
    assert!(!tree.run(&["diff"]).stdout.contains(ADDED));
    let run = tree.run(&["diff", "--since", "HEAD~1"]);
    assert!(run.stdout.starts_with("## 2.14 at `HEAD~1` → 2.14\n") && run.stdout.contains(ADDED), "{}", run.stdout);
}

/// Makes the actions the only overlay of the version.
fn overlay(tree: &Tree, actions: &str) {
    let head = "overlay: 1.0.0\ninfo: {title: Ours, version: '1'}\nactions:\n";
    tree.put("spec/overlays/ours.yaml", &format!("{head}{actions}"));
    let manifest = format!("overlays = [\"ours.yaml\"]\n{}", tree.get("spec/versions.toml"));
    tree.put("spec/versions.toml", &manifest.replace("provisional = true\n", ""));
}

const JOBS: &str = "\
- x-operation: GET /contacts/{}
  update:
    operationId: listContacts
    parameters: [{name: page, in: query, schema: {type: integer}}]
    x-pagination: {style: none, reason: a test}
    x-methods: {get: {parameters: []}, list: {parameters: [page]}}
";

#[test]
fn an_operation_that_becomes_several_methods_is_the_one_that_keeps_the_name() {
    let tree = committed();
    overlay(&tree, JOBS);
    let out = tree.run(&["diff"]).stdout;
    assert!(!out.contains("removed:"), "{out}");
    assert!(out.contains("- operation `contacts.list` (`GET /contacts/{} list`): added"), "{out}");
    let stays = "- operation `contacts.get` (`GET /contacts/{} get`):\n  \
        - one of several methods of its operation now, and the one that keeps the name\n  \
        - the operation id `getContact` is now `listContacts`; the Rust name stays\n";
    assert!(out.contains(stays), "{out}");
}

#[test]
fn what_upstream_dropped_and_an_overlay_keeps_is_told_first() {
    let tree = committed();
    tree.put("upstream.yaml", "openapi: 3.0.1\ninfo: {title: API, version: '2.14'}\npaths: {}\n");
    // JSON is YAML as well.
    let whole: Value = serde_yaml::from_str(&DESCRIPTION.replace("      x-tags: [Contacts]\n", "")).unwrap();
    let kept = serde_json::json!({"paths": whole["paths"], "components": whole["components"]});
    overlay(&tree, &format!("- {{target: $, update: {kept}}}\n"));
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
    let run = tree.run(&["diff"]);
    let note = "Note: upstream's description has 1 operation no more, kept by an overlay: `GET /contacts/{}`";
    assert!(run.stdout.contains(note), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("Verdict: **none**"), "{}", run.stdout);
}

#[test]
fn a_list_that_is_read_page_by_page_now_has_more_to_it() {
    let tree = committed();
    let listed =
        DESCRIPTION.replace("type: {type: string, enum: [contact]}", "data: {type: array, items: {type: string}}");
    tree.put("upstream.yaml", &listed);
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
    tree.commit();
    overlay(&tree, "- {x-operation: 'GET /contacts/{}', update: {x-pagination: {style: link, items: /data}}}\n");
    let run = tree.run(&["diff"]);
    assert!(run.stdout.contains("reads its pages: `.items()` and `.pages()`"), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("gives a type of its own instead of `Request`"), "{}", run.stdout);
}

#[test]
fn what_the_api_sends_unasked_is_compared() {
    let tree = committed();
    tree.put("spec/webhooks.yaml", "topics:\n  contact.created: {item: contact}\n  contact.gone: {}\n");
    tree.commit();
    tree.put("spec/webhooks.yaml", "topics:\n  contact.created: {}\n  contact.new: {item: contact}\n");
    let out = tree.run(&["diff"]).stdout;
    for line in [
        "| events | 1 | 1 | 1 |",
        "- event `Topic::ContactCreated` (`contact.created`): `Topic::ContactCreated(types::Contact)` is now `Topic::ContactCreated(Json)`",
        "- event `Topic::ContactGone` (`contact.gone`): removed: `Topic::ContactGone(Json)`",
        "- event `Topic::ContactNew` (`contact.new`): added: `Topic::ContactNew(types::Contact)`",
    ] {
        assert!(out.contains(line), "{out}");
    }
}

#[test]
fn a_call_that_may_be_repeated_now_is_told() {
    let tree = committed();
    tree.put("upstream.yaml", &DESCRIPTION.replace("    get:\n", "    post:\n"));
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
    tree.commit();
    overlay(&tree, "- {x-operation: 'POST /contacts/{}', update: {x-idempotent: true}}\n");
    let run = tree.run(&["diff"]);
    assert!(run.stdout.contains("is tried again, because it may be sent twice"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_revision_is_not_held_to_what_has_been_asked_since() {
    let tree = committed();
    // Neither a list that says nothing of its pages nor an overlay that is stale is accepted today.
    let paged = DESCRIPTION.replace("        description: {type: string}\n", "        pages: {type: object}\n");
    tree.put("upstream.yaml", &paged);
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
    overlay(&tree, "- {target: $.components.schemas.gone, remove: true}\n");
    tree.commit();
    tree.put("upstream.yaml", DESCRIPTION);
    assert_eq!(tree.vendor("2.14", &[]).code, Some(0));
    tree.put(
        "spec/overlays/ours.yaml",
        "overlay: 1.0.0\ninfo: {title: Ours, version: '1'}\nactions:\n- {target: $.tags, remove: true}\n",
    );
    let run = tree.run(&["diff"]);
    assert!(run.stdout.contains("field `pages` removed"), "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("Note: 2.14 at HEAD: 1 action of the overlays does not fit and was left out"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_regen_refuses_is_shown_as_far_as_it_fits() {
    let tree = committed();
    with_another_field(&tree);
    overlay(&tree, "- {target: $.components.schemas.gone, remove: true}\n");
    let run = tree.run(&["diff"]);
    let note = "Note: `cargo xtask regen` refuses 2.14: `spec/overlays/ours.yaml#/actions/0`: `$.components.schemas.gone` \
        matches nothing in version 2.14\n\nNote: 2.14: 1 action of the overlays does not fit and was left out\n";
    assert!(run.stdout.contains(note), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains(ADDED), "{}", run.stdout);
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_place_and_a_remedy() {
    let tree = committed();
    for (argument, says) in [
        ("2.99", "error: 2.99: expected a version, a file or `REV:path`\n  hint: the versions are: 2.14"),
        ("nowhere:spec/2.14.yaml", "error: nowhere: unknown git revision"),
        ("HEAD:spec/2.99.yaml", "error: HEAD:spec/2.99.yaml: no such file in this revision"),
    ] {
        let error = tree.refuses(|tree| tree.run(&["diff", argument, "2.14"]));
        assert!(error.starts_with(says), "{error}");
    }
}

#[test]
fn a_description_that_is_no_description_is_refused_with_its_line() {
    let tree = tree(OLD, "openapi: 3.0.1\nopenapi: 3.0.1\n");
    let new = tree.path("new.yaml").to_str().unwrap().to_owned();
    let error = tree.refuses(|tree| tree.run(&["diff", "2.14", &new]));
    assert!(error.contains("new.yaml: line 2"), "{error}");
}

#[test]
fn a_folder_without_git_is_refused_with_a_remedy() {
    let tree = Tree::with_version();
    let error = tree.refuses(|tree| tree.run(&["diff"]));
    assert!(error.starts_with("error: HEAD: unknown git revision"), "{error}");
}
