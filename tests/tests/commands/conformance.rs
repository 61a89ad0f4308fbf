//! What `cargo xtask conformance` says before it builds anything.

use tests::tree::workspace;
use xtask::conformance::{Request, run};

/// The message for a version and a file that the workspace does not have.
fn refused(version: &str, from: &str) -> String {
    let root = &workspace();
    let request = Request {
        version: version.to_owned(),
        from: from.into(),
        format: "text".to_owned(),
        prism: false,
        record: false,
    };
    run(root, &request).map_or_else(|error| error.to_string(), |_| String::new())
}

#[test]
fn a_version_that_the_manifest_lacks_is_refused_with_those_that_it_has() {
    let message = refused("1.0", "upstream.yaml");
    assert!(message.starts_with("spec/versions.toml: has no version `1.0`"), "{message}");
    assert!(message.contains("2.14"), "{message}");
}

#[test]
fn a_missing_description_is_refused_by_name() {
    let message = refused("preview", "missing.yaml");
    assert!(message.starts_with("missing.yaml: is no file"), "{message}");
}
