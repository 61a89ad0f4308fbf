//! Any other version of Intercom's API drops in: a description with the habits of those before 2.14 becomes a module
//! that compiles and works, with no change of code, overlays or registry, and what was left open is said.

use std::path::Path;
use std::sync::OnceLock;

use tests::package::Package;
use tests::scratch::{MANIFEST, Scratch};
use tests::tree;
use xtask::generate::Generated;
use xtask::vendor;

const VERSION: &str = "2.9";
const MODULE: &str = "v2_9";

fn home() -> std::path::PathBuf {
    tree::workspace().join("tests/tests/generator/other_versions")
}

/// This repository with the older description vendored as a version of its own.
fn with_older() -> Scratch {
    let tree = Scratch::of_workspace();
    let from = home().join("older.yaml").to_string_lossy().into_owned();
    let request = vendor::Request { name: VERSION.to_owned(), from, ..vendor::Request::default() };
    vendor::vendor(tree.root(), &request).unwrap_or_else(|error| panic!("{error}"));
    tree
}

/// What is generated with it, once for all tests.
fn generated() -> &'static Generated {
    static GENERATED: OnceLock<Generated> = OnceLock::new();
    GENERATED.get_or_init(|| with_older().generate().unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn an_older_description_becomes_a_module_that_works() {
    let mine = format!("generated/src/{MODULE}/");
    let emitted = generated().output.files.clone();
    let emitted = emitted.into_iter().filter(|(file, _)| file.starts_with(&mine)).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("other_versions");
    let package = Package::assemble(folder, vec![MODULE.to_owned()], emitted, &home());
    let output = package.run();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stderr), text(&output.stdout));
    assert_eq!(package.warnings(&output), Vec::<String>::new());
}

#[test]
fn the_version_is_provisional_and_enters_no_registry() {
    let tree = with_older();
    assert!(tree::text(&tree.root().join(MANIFEST)).contains("name = \"2.9\""));
    assert!(tree::text(&tree.root().join(MANIFEST)).contains("provisional = true"));
    let registry = tree::text(&tree::workspace().join("spec/names.yaml"));
    assert_eq!(generated().output.files.get("spec/names.yaml"), Some(&registry));
}

#[test]
fn the_released_versions_stay_as_they_are() {
    let with = &generated().output.files;
    let without = Scratch::of_workspace().generate().unwrap_or_else(|error| panic!("{error}")).output.files;
    let differing = without.iter().filter(|(file, text)| with.get(*file) != Some(text));
    let differing: Vec<&String> = differing.map(|(file, _)| file).collect();
    // The listing, the features and the changelog name every version.
    assert_eq!(differing, ["generated/Cargo.toml", "generated/src/versions.rs"]);
}

#[test]
fn what_was_left_open_is_said_with_its_place() {
    let said = generated().report.details.iter().filter_map(|line| line.strip_prefix("spec/2.9.yaml: "));
    // The small description lacks what most topics of webhooks are about.
    let (topics, said): (Vec<&str>, Vec<&str>) = said.partition(|line| line.starts_with("spec/webhooks.yaml: "));
    assert!(
        topics.iter().all(|line| line.contains("is JSON, because spec/2.9.yaml has no such schema")),
        "{topics:#?}"
    );
    let open = "unresolved reference, typed as any JSON";
    let expected = [
        format!("#/components/schemas/company/properties/custom_attributes: {open}"),
        format!("#/components/schemas/contact/properties/custom_attributes: {open}"),
        format!("#/components/schemas/create_contact_request/properties/custom_attributes: {open}"),
        "#/paths/~1admins/get: the operation has no `operationId`; taken for `get_admins`".to_owned(),
        "#/paths/~1companies/get/x-methods/filter: the operation has no query parameter `tag_id`; it has one method"
            .to_owned(),
        "#/paths/~1companies/get/x-pagination/items: unresolved pointer `/data`: the response has no `data` there; no stream \
         of pages"
            .to_owned(),
        "#/paths/~1contacts~1{contact_id}~1companies/get/x-pagination/items/1: unresolved pointer `/companies`: the response \
         has no `companies` there; not read"
            .to_owned(),
        "#/paths/~1subscribers/get: it takes the parameter `page` and has no `x-pagination`; no stream of pages"
            .to_owned(),
    ];
    assert_eq!(said, expected);
}
