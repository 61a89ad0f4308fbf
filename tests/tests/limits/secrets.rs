//! The text of a secret that does not fit shows nowhere.

use intercom_gen::unstable::types::{CreateDataConnectorRequest, IdentityVerificationSecretWithMaterial};
use intercom_gen::{Codec, VERSIONS};

const SECRET: &str = "hunter2";

fn check(name: &str, text: &str) -> String {
    let version = VERSIONS.iter().find(|version| version.name == "unstable").expect("a version");
    let mut codecs = version.schemas.iter().chain(version.bodies);
    let codec: &Codec = codecs.find(|codec| codec.name() == name).unwrap_or_else(|| panic!("no {name}"));
    let checked = codec.check(text).expect("JSON");
    assert!(checked.json.contains(SECRET), "kept: {}", checked.json);
    assert!(!(checked.drift.is_empty() && checked.additions.is_empty()), "reported");
    format!("{:?} {:?}", checked.drift, checked.additions)
}

#[test]
fn a_secret_that_does_not_fit_is_reported_without_its_text() {
    let text = format!("{{\"id\":\"1\",\"secret\":[\"{SECRET}\"],\"name\":[7]}}");
    let shown = check("identity_verification_secret_with_material", &text);
    assert!(!shown.contains(SECRET) && shown.contains("[secret]") && shown.contains("[7]"), "{shown}");
    let value = IdentityVerificationSecretWithMaterial::from_json(&text).expect("JSON");
    let shown = format!("{value:?}");
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn a_list_of_headers_that_fits_in_part_does_not_show_the_others() {
    let text =
        format!("{{\"name\":\"n\",\"headers\":[{{\"name\":\"Authorization\",\"value\":\"{SECRET}\"}},\"{SECRET}\"]}}");
    let value = CreateDataConnectorRequest::from_json(&text).expect("JSON");
    assert!(value.extra.raw("headers").is_some_and(|raw| raw.contains(SECRET)), "{value:?}");
    let shown = format!("{value:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    let shown = check("createDataConnector", &text);
    assert!(!shown.contains(SECRET) && shown.contains("[secret]"), "{shown}");
}
