use super::{Arms, Counted, FILE, Samples};
use crate::manifest::{Manifest, Version};
use crate::output::Output;
use crate::pipeline::{Corrected, Facts, Inputs, Named};
use crate::source::Source;

const MANIFEST: &str = r#"[[version]]
name = "1.0"
module = "v1_0"
feature = "v1_0"
header = "1.0"
spec = "1.0.yaml"

[version.upstream]
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
date = "2026-08-21"
"#;

/// Reads `text` as the counts of a tree with one version.
fn load(text: &str) -> Result<(Samples, Version), String> {
    let mut output = Output::default();
    output.add(FILE, text).map_err(|error| error.to_string())?;
    let source = Source::folder("no such folder").with(&output);
    let manifest = Manifest::parse(crate::manifest::FILE, MANIFEST).map_err(|error| error.to_string())?;
    let version = manifest.versions.first().expect("a version").clone();
    Ok((Samples::read(&source, &manifest).map_err(|error| error.to_string())?, version))
}

fn counted(sha256: &str) -> Counted {
    let arms = Arms::from([("avatar_or_url::AvatarOrUrl".to_owned(), [("Picture".to_owned(), 12)].into())]);
    Counted { sha256: sha256.to_owned(), arms }
}

#[test]
fn what_is_written_is_read_again() {
    let zeros = "0".repeat(64);
    let (mut samples, version) = load("{}").expect("no counts");
    samples.set(&version, counted(&zeros));
    let (again, version) = load(&samples.render().expect("YAML")).expect("counts");
    assert_eq!(again, samples);
    assert_eq!(again.of(&version).map(|counted| counted.hits("avatar_or_url::AvatarOrUrl", "Picture")), Some(12));
    assert_eq!(again.of(&version).map(|counted| counted.hits("avatar_or_url::AvatarOrUrl", "Url")), Some(0));
}

#[test]
fn counts_are_taken_of_the_description_that_was_vendored_alone() {
    let (_, version) = load("{}").expect("no counts");
    let error = Counted::of(&version, b"openapi: 3.0.1", "other.yaml", Arms::new()).expect_err("another description");
    assert!(error.to_string().starts_with("other.yaml: is not the description that `1.0`"), "{error}");
}

#[test]
fn a_version_that_the_manifest_does_not_list_is_refused_with_its_place() {
    let error = load("'1.1': {sha256: x, arms: {}}").expect_err("a stale version");
    assert!(error.contains("spec/samples.yaml#/1.1") && error.contains("has no version `1.1`"), "{error}");
}

#[test]
fn a_count_that_is_no_number_is_refused_with_its_place() {
    let error = load("'1.0': {sha256: x, arms: {contact::Avatar: {Picture: many}}}").expect_err("no number");
    assert!(error.contains("spec/samples.yaml#/1.0"), "{error}");
}

#[test]
fn a_union_or_an_arm_that_the_version_does_not_have_is_refused_with_its_place() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let inputs = Inputs::read(Source::folder(root)).expect("the inputs");
    let version = inputs.manifest.version("unstable").expect("a version");
    let model = inputs.facts(version).and_then(Facts::correct).and_then(Corrected::model).expect("a model");
    let Named { api, names, .. } = model.name(&mut inputs.registry.clone()).expect("names");
    let with = |sha256: &str, ty: &str, arm: &str| {
        let arms = Arms::from([(ty.to_owned(), [(arm.to_owned(), 1)].into())]);
        Counted { sha256: sha256.to_owned(), arms }.check(version, &api, &names)
    };
    let now = &version.upstream.sha256;
    assert!(
        with(now, "avatar_or_url::AvatarOrUrl", "Picture").is_ok()
            && with(now, "avatar_or_url::AvatarOrUrl", "Other").is_ok()
    );
    assert!(with("of an earlier one", "contact::Statue", "Picture").is_ok());
    let error = with(now, "avatar_or_url::AvatarOrUrl", "Statue").expect_err("a stale arm").to_string();
    assert!(error.starts_with("spec/samples.yaml#/unstable/arms/avatar_or_url::AvatarOrUrl/Statue: "), "{error}");
    let error = with(now, "contact::Statue", "Picture").expect_err("a stale union").to_string();
    assert!(error.starts_with("spec/samples.yaml#/unstable/arms/contact::Statue: "), "{error}");
}
