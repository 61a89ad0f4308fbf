use serde_json::json;

use super::*;
use crate::manifest::Upstream;

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: Errata, version: '1'}\nactions:\n";

const DESCRIPTION: &str = "
paths:
  /contacts/{contact_id}:
    get:
      operationId: getContact
      parameters: [{name: contact_id, in: path}]
      responses: {200: {description: OK}}
components:
  schemas:
    contact:
      type: object
      required: [id]
      properties:
        id: {type: string}
        name: {type: string}
";

fn version(name: &str, provisional: bool) -> Version {
    let text = String::new;
    Version {
        name: name.into(),
        module: text(),
        feature: text(),
        header: text(),
        aliases: Vec::new(),
        provisional,
        spec: text(),
        overlays: vec!["errata.yaml".into()],
        upstream: Upstream::default(),
    }
}

fn overlay(actions: &str) -> Overlay {
    Overlay::parse("spec/overlays/errata.yaml", &format!("{HEAD}{actions}")).unwrap()
}

fn refused(actions: &str) -> String {
    let text = format!("{HEAD}{actions}");
    Overlay::parse("spec/overlays/errata.yaml", &text).unwrap_err().to_string()
}

fn run(actions: &str, version: &Version) -> Result<(Value, Applied)> {
    let mut document = Document::parse("a.yaml", DESCRIPTION).unwrap();
    let applied = apply(&mut document, &overlay(actions), version)?;
    Ok((document.root, applied))
}

fn released(actions: &str) -> Value {
    run(actions, &version("2.14", false)).unwrap().0
}

fn fails(actions: &str) -> String {
    run(actions, &version("2.14", false)).unwrap_err().to_string()
}

#[test]
fn an_update_merges_into_an_object() {
    let root = released("- {target: $.components.schemas.contact, update: {properties: {name: {nullable: true}}}}");
    let name = &root["components"]["schemas"]["contact"]["properties"]["name"];
    assert_eq!(*name, json!({"type": "string", "nullable": true}));
}

#[test]
fn an_update_appends_to_a_list_by_target_and_by_key() {
    for action in [
        "- {target: $.components.schemas.contact.required, update: [name]}",
        "- {target: $.components.schemas.contact.required, update: name}",
        "- {target: $.components.schemas.contact, update: {required: [name]}}",
    ] {
        assert_eq!(released(action)["components"]["schemas"]["contact"]["required"], json!(["id", "name"]));
    }
}

#[test]
fn a_list_is_replaced_by_removing_it_first() {
    let root = released(
        "- {target: $.components.schemas.contact.required, remove: true}\n\
         - {target: $.components.schemas.contact, update: {required: [name]}}",
    );
    assert_eq!(root["components"]["schemas"]["contact"]["required"], json!(["name"]));
}

#[test]
fn a_removed_property_leaves_the_others_in_order() {
    let root = released("- {target: $.components.schemas.contact.properties.id, remove: true}");
    assert_eq!(root["components"]["schemas"]["contact"]["properties"], json!({"name": {"type": "string"}}));
}

#[test]
fn several_entries_of_a_list_are_removed_whatever_their_order() {
    let mut document = Document::parse("a.yaml", "list: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]").unwrap();
    let overlay = overlay("- {target: '$.list[2,10,0,11]', remove: true}");
    apply(&mut document, &overlay, &version("2.14", false)).unwrap();
    assert_eq!(document.root, json!({"list": [1, 3, 4, 5, 6, 7, 8, 9]}));
}

#[test]
fn a_parent_and_its_child_are_removed_together() {
    let root = released("- {target: '$.components..*', remove: true}");
    assert_eq!(root["components"], json!({}));
}

#[test]
fn an_operation_is_found_however_its_variables_are_spelt() {
    for identity in ["GET /contacts/{}", "get /contacts/{id}"] {
        let root = released(&format!("- {{x-operation: '{identity}', update: {{deprecated: true}}}}"));
        assert_eq!(root["paths"]["/contacts/{contact_id}"]["get"]["deprecated"], json!(true));
    }
}

#[test]
fn an_action_that_matches_nothing_is_an_error_with_file_action_target_and_version() {
    let message =
        fails("- {target: $.components.schemas.contact, update: {a: 1}}\n- {target: $.nowhere, remove: true}");
    assert!(message.starts_with("spec/overlays/errata.yaml#/actions/1: `$.nowhere`"), "{message}");
    let operation = fails("- {x-operation: GET /nowhere, remove: true}");
    assert!(message.contains("matches nothing in version 2.14"), "{message}");
    assert!(operation.contains("`GET /nowhere` matches nothing in version 2.14"), "{operation}");
}

#[test]
fn an_action_that_changes_nothing_is_an_error() {
    let message = fails("- {target: $.components.schemas.contact, update: {type: object}}");
    assert!(message.contains("changes nothing in version 2.14"), "{message}");
}

#[test]
fn every_stale_action_is_reported_at_once() {
    let stale = "- {target: $.a, remove: true}\n- {target: $.b, remove: true}";
    let error = run(stale, &version("2.14", false)).unwrap_err();
    assert_eq!(error.problems().len(), 2);
}

#[test]
fn the_description_as_a_whole_cannot_be_removed() {
    assert!(fails("- {target: $, remove: true}").contains("cannot be removed"));
}

#[test]
fn values_of_different_kinds_do_not_merge() {
    assert!(
        fails("- {target: $.components.schemas.contact, update: {properties: [a]}}").contains("the update is a list")
    );
    assert!(
        fails("- {target: $.components.schemas.contact, update: {type: {a: 1}}}").contains("the update is an object")
    );
    assert!(fails("- {target: $.components.schemas.contact.type, update: {a: 1}}").contains("cannot be updated"));
    assert!(fails("- {target: $.components.schemas.contact, update: 5}").contains("the update is a number"));
}

#[test]
fn documentation_of_a_property_that_is_not_there_is_an_error() {
    let action = "- {target: $.components.schemas.contact, update: {properties: {nmae: {description: Text.}}}}";
    let message = fails(action);
    assert!(
        message.contains("documents nothing: version 2.14 has no #/components/schemas/contact/properties/nmae"),
        "{message}"
    );
}

#[test]
fn nested_documentation_of_what_is_not_there_is_an_error() {
    let action = "- {target: $.components, update: {schemas: {cntact: {properties: {id: {description: Text.}}}}}}";
    assert!(fails(action).contains("documents nothing"));
}

#[test]
fn documentation_of_a_property_that_is_there_is_merged() {
    let root = released("- {target: $.components.schemas.contact.properties, update: {id: {description: Text.}}}");
    assert_eq!(root["components"]["schemas"]["contact"]["properties"]["id"]["description"], json!("Text."));
}

#[test]
fn a_response_may_consist_of_its_description() {
    let root = released("- {x-operation: 'GET /contacts/{}', update: {responses: {'404': {description: Not Found}}}}");
    let responses = &root["paths"]["/contacts/{contact_id}"]["get"]["responses"];
    assert_eq!(responses["404"], json!({"description": "Not Found"}));
}

#[test]
fn an_action_for_another_version_is_left_out() {
    let (_, applied) =
        run("- {target: $.nowhere, remove: true, x-versions: [unstable]}", &version("2.14", false)).unwrap();
    assert_eq!(applied, Applied::default());
}

#[test]
fn a_provisional_version_skips_the_actions_that_do_not_match() {
    let actions = "- {target: $.nowhere, remove: true}\n- {target: $.components.schemas.contact, update: {a: 1}}";
    let (_, applied) = run(actions, &version("2.7", true)).unwrap();
    assert_eq!((applied.actions, applied.skipped.len()), (1, 1));
}

#[test]
fn a_provisional_version_that_is_named_is_held_to_the_action() {
    let action = "- {target: $.nowhere, remove: true, x-versions: ['2.7']}";
    assert!(run(action, &version("2.7", true)).is_err());
}

#[test]
fn a_provisional_version_leaves_out_documentation_of_what_it_lacks() {
    let action = "- {target: $.components.schemas.contact.properties, update: {id: {description: A.}, email: {description: B.}}}";
    let (root, applied) = run(action, &version("2.7", true)).unwrap();
    assert_eq!(applied.actions, 1);
    assert!(root["components"]["schemas"]["contact"]["properties"].get("email").is_none());
}

#[test]
fn a_provisional_version_takes_no_reference_to_what_it_lacks() {
    let refer =
        "- {target: $.components.schemas.contact, update: {properties: {list: {$ref: '#/components/schemas/list'}}}}";
    let (root, applied) = run(refer, &version("2.7", true)).unwrap();
    assert_eq!((applied.actions, applied.skipped.len()), (0, 1));
    assert!(root["components"]["schemas"]["contact"]["properties"].get("list").is_none());
    let add = "\n- {target: $.components.schemas, update: {list: {type: object}}}";
    let (_, applied) = run(&format!("{refer}{add}"), &version("2.7", true)).unwrap();
    assert_eq!((applied.actions, applied.skipped.len()), (2, 0));
}

#[test]
fn a_provisional_version_keeps_the_parameter_that_it_has() {
    let action =
        "- {x-operation: 'GET /contacts/{}', update: {parameters: [{name: contact_id, in: path, required: true}]}}";
    let (root, applied) = run(action, &version("2.7", true)).unwrap();
    assert_eq!(
        root["paths"]["/contacts/{contact_id}"]["get"]["parameters"],
        json!([{"name": "contact_id", "in": "path"}])
    );
    assert_eq!(applied.skipped, ["GET /contacts/{}"]);
}

#[test]
fn mistakes_in_the_overlay_are_refused_where_they_are() {
    for (action, place) in [
        ("- {target: 'components.x', remove: true}", "#/actions/0/target"),
        ("- {target: $.a}", "#/actions/0"),
        ("- {target: $.a, remove: true, update: {}}", "#/actions/0"),
        ("- {target: $.a, remove: false}", "#/actions/0/remove"),
        ("- {remove: true}", "#/actions/0"),
        ("- {target: $.a, x-operation: GET /a, remove: true}", "#/actions/0"),
        ("- {x-operation: /contacts, remove: true}", "#/actions/0/x-operation"),
        ("- {x-operation: FETCH /contacts, remove: true}", "#/actions/0/x-operation"),
        ("- {target: $.a, remove: true, x-version: [a]}", "#/actions/0/x-version"),
        ("- {target: $.a, remove: true, x-versions: []}", "#/actions/0/x-versions"),
        ("- {target: $.a, remove: true, x-versions: [2.14]}", "#/actions/0/x-versions"),
        ("- {target: $.a, remove: true, description: 5}", "#/actions/0/description"),
        ("- {x-operation: GET /a, update: {x-idempotnt: true}}", "#/actions/0/update/x-idempotnt"),
        ("- {target: $.paths, update: {/a: {get: {x-page: 1}}}}", "#/actions/0/update/~1a/get/x-page"),
        ("- text", "#/actions/0"),
        ("  []", "#/actions"),
    ] {
        let message = refused(action);
        assert!(message.starts_with(&format!("spec/overlays/errata.yaml{place}: ")), "{message}");
    }
}

#[test]
fn mistakes_in_the_head_are_refused() {
    for (one, two) in [
        ("overlay: 1.0.0", "overlay: 2.0.0"),
        ("overlay: 1.0.0", "overlay: 1.0"),
        ("title: Errata, ", ""),
        ("info: {title: Errata, version: '1'}", "info: []"),
        ("overlay: 1.0.0", "overlay: 1.0.0\nacton: 1"),
        ("actions:", "action:"),
    ] {
        let text = format!("{HEAD}- {{target: $.a, remove: true}}\n").replace(one, two);
        assert!(Overlay::parse("a.yaml", &text).is_err(), "{two}");
    }
}

#[test]
fn a_version_that_does_not_list_the_overlay_cannot_be_named() {
    let overlay = overlay("- {target: $.a, remove: true, x-versions: ['2.14', '2.41']}");
    let manifest = Manifest { shared_overlays: Vec::new(), versions: vec![version("2.14", false)] };
    let error = overlay.check_versions(&manifest).unwrap_err();
    assert_eq!(error.problems().len(), 1);
    assert!(error.to_string().contains("no version `2.41` lists this overlay"), "{error}");
}

#[test]
fn a_missing_overlay_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = Manifest { shared_overlays: Vec::new(), versions: vec![version("2.14", false)] };
    let error = read_all(&Source::folder(folder.path()), &manifest).unwrap_err();
    assert!(error.to_string().starts_with("spec/overlays/errata.yaml: cannot be read"), "{error}");
}

/// A folder with overlays of these names below `docs`, and a version that lists the folder.
fn folder(names: &[&str]) -> (tempfile::TempDir, Manifest) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("spec/overlays/docs")).unwrap();
    for name in names {
        let text = format!("{HEAD}- {{target: $.a, remove: true}}\n");
        std::fs::write(folder.path().join("spec/overlays/docs").join(name), text).unwrap();
    }
    let version = Version { overlays: vec!["docs".into()], ..version("2.14", false) };
    (folder, Manifest { shared_overlays: Vec::new(), versions: vec![version] })
}

#[test]
fn the_overlays_of_a_folder_are_applied_in_the_order_of_their_names() {
    let (folder, manifest) = folder(&["tickets.yaml", "admins.yaml", "contacts.yaml"]);
    let overlays = read_all(&Source::folder(folder.path()), &manifest).unwrap();
    let files: Vec<&str> = of(&manifest.versions[0], &overlays).iter().map(|overlay| overlay.file.as_str()).collect();
    assert_eq!(files, ["admins", "contacts", "tickets"].map(|name| format!("spec/overlays/docs/{name}.yaml")));
}

#[test]
fn a_folder_without_overlays_is_refused() {
    let (empty, manifest) = folder(&[]);
    let error = read_all(&Source::folder(empty.path()), &manifest).unwrap_err().to_string();
    assert!(error.starts_with("spec/overlays/docs: the folder of overlays is empty or missing"), "{error}");
    let missing = tempfile::tempdir().unwrap();
    assert!(
        read_all(&Source::folder(missing.path()), &manifest)
            .unwrap_err()
            .to_string()
            .starts_with("spec/overlays/docs: ")
    );
}

#[test]
fn a_folder_with_something_else_is_refused() {
    let (folder, manifest) = folder(&["admins.yaml", "contacts.yml"]);
    let error = read_all(&Source::folder(folder.path()), &manifest).unwrap_err().to_string();
    assert!(error.contains("found `contacts.yml`"), "{error}");
}
