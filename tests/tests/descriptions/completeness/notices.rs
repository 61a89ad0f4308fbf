//! The comparison sees what it is there to see: each test takes one thing away from a tree that is in order.

use std::collections::BTreeMap;

use serde_json::json;

use super::description::apply;
use super::difference::{Explained, unexplained};
use super::fact::Kind;
use super::fixture::{API, IN_ORDER, TYPES, compared, described, noticed};
use super::spec;

#[test]
fn a_crate_in_order_differs_in_explained_classes_only() {
    assert_eq!(compared(&described(), TYPES, API), IN_ORDER);
}

#[test]
fn an_operation_under_another_path_is_missing_and_surplus() {
    let lines = noticed("\"CreateContact\", \"/contacts\"", "\"CreateContact\", \"/contact\"");
    assert!(lines.contains(&"operation: POST /contacts = CreateContact: 1".to_owned()), "{lines:?}");
    assert!(lines.contains(&"operation: POST /contact = CreateContact: -1".to_owned()), "{lines:?}");
}

#[test]
fn a_parameter_that_is_not_sent_is_missing() {
    assert_eq!(noticed(".path(\"id\", id)", ""), ["path parameter: GET /contacts/{id} path parameter/id: 1"]);
    assert_eq!(
        noticed(".query::<String>(\"with\", with)", ""),
        ["query parameter: GET /contacts/{id} query parameter/with: 1"]
    );
    assert_eq!(
        noticed("self.0.set_query::<bool>(\"merged\", merged);", ""),
        ["query parameter: GET /contacts/{id} query parameter/merged: 1"]
    );
}

#[test]
fn a_body_that_is_not_sent_is_missing() {
    assert_eq!(noticed(".body(&body)", ""), ["reference to a schema: POST /contacts body = contact: 1"]);
}

#[test]
fn a_part_of_a_form_that_is_not_sent_is_missing() {
    assert_eq!(noticed(".file(\"photo\", photo)", ""), ["form part: POST /pictures form part/photo = file: 1"]);
    assert_eq!(noticed(".part::<String>(\"title\", title)", ""), ["form part: POST /pictures form part/title: 1"]);
    assert_eq!(
        noticed("self.0.set_file(\"frame\", frame);", ""),
        ["form part: POST /pictures form part/frame = file: 1"]
    );
    assert_eq!(
        noticed("self.0.set_part::<types::contact::Shade>(\"shade\", shade);", ""),
        [
            "form part: POST /pictures form part/shade: 1",
            "enum value: POST /pictures form part/shade = \"dark\": 1",
            "enum value: POST /pictures form part/shade = \"light\": 1",
            "unreached: types::contact::Shade",
        ]
    );
}

#[test]
fn a_file_that_is_sent_as_text_is_missing_and_surplus() {
    assert_eq!(
        noticed(".file(\"photo\", photo)", ".part::<String>(\"photo\", photo)"),
        ["form part: POST /pictures form part/photo: -1", "form part: POST /pictures form part/photo = file: 1"]
    );
}

#[test]
fn the_answer_of_a_second_status_is_missing() {
    assert_eq!(
        noticed("Request<types::contact::Uploaded>", "Request<types::Contact>"),
        ["reference to a schema: POST /pictures answer|1 = lead: 1", "unreached: types::contact::Uploaded"]
    );
}

#[test]
fn an_answer_of_another_type_is_missing() {
    assert_eq!(
        noticed("Request<Vec<types::Contact>>", "Request<()>"),
        ["reference to a schema: POST /contacts answer[] = contact: 1"]
    );
}

#[test]
fn a_property_of_an_inline_arm_is_missing() {
    let types = TYPES
        .replace("\"url\" => r.get(&mut self.url), ", "")
        .replace("w.put(\"url\", &self.url);", "")
        .replace("pub url: Option<String>, ", "");
    assert!(compared(&described(), &types, API).contains(&"property: contact/avatar|1/url: 1".to_owned()));
}

#[test]
fn an_enum_value_is_missing() {
    let gone = ["\"lead\" => Some(Self::Lead), ", "Self::Lead => \"lead\", ", ", Self::Lead", "Lead, "];
    let types = gone.iter().fold(TYPES.to_owned(), |types, part| {
        assert!(types.contains(part), "{part}");
        types.replacen(part, "", 1)
    });
    assert!(compared(&described(), &types, API).contains(&"enum value: contact/role = \"lead\": 1".to_owned()));
}

#[test]
#[should_panic(expected = "writes {\"user\": \"User\"}")]
fn a_variant_that_is_not_written_is_refused() {
    noticed("Self::Lead => \"lead\", ", "");
}

#[test]
#[should_panic(expected = "reads {\"lead\": \"Lead\", \"user\": \"Lead\"}")]
fn a_value_that_is_read_as_another_is_refused() {
    noticed("\"user\" => Some(Self::User)", "\"user\" => Some(Self::Lead)");
}

#[test]
#[should_panic(expected = "lists {\"User\"}")]
fn a_variant_that_is_not_listed_is_refused() {
    noticed("&[Self::User, Self::Lead]", "&[Self::User]");
}

#[test]
fn another_constant_is_missing_and_surplus() {
    assert_eq!(
        noticed("\"picture\"", "\"image\""),
        ["enum value: contact/avatar|1/kind = \"image\": -1", "enum value: contact/avatar|1/kind = \"picture\": 1"]
    );
}

#[test]
fn a_single_value_that_no_documentation_names_is_missing() {
    assert_eq!(
        noticed("/// Always `contact`.", ""),
        ["enum value: contact/type = \"contact\": 1", "enum value: single value of a text field: 1"]
    );
    assert_eq!(noticed("/// Always false.", "/// Always true."), ["enum value: lead/verified = false: 1"]);
    assert_eq!(noticed("/// Always false.", "/// Always `false`."), ["enum value: lead/verified = false: 1"]);
}

#[test]
fn values_that_all_of_narrows_to_another_one_than_the_crate_has_are_missing() {
    assert_eq!(
        noticed("/// Always `won`.", "/// Always `open`."),
        [
            "enum value: lead/stage = \"open\": 1",
            "enum value: lead/stage = \"won\": 1",
            "enum value: single value of a text field: 1",
            "enum value: value that a later part of `allOf` narrows to one: 1",
        ]
    );
    let types = TYPES.replace("r.constant(\"lead\")", "r.constant(\"contact\")");
    let types = types.replace("w.constant(\"type\", \"lead\")", "w.constant(\"type\", \"contact\")");
    let lines = compared(&described(), &types, API);
    assert!(lines.contains(&"enum value: lead/type = \"lead\": 1".to_owned()), "{lines:?}");
}

#[test]
fn a_value_that_the_part_before_does_not_list_narrows_nothing() {
    let mut description = described();
    description["components"]["schemas"]["lead"]["allOf"][0]["properties"]["stage"]["enum"] = json!(["open", "lost"]);
    let lines = compared(&description, TYPES, API);
    assert!(lines.contains(&"enum value: lead/stage = \"open\": 1".to_owned()), "{lines:?}");
    assert!(lines.contains(&"enum value: lead/stage = \"lost\": 1".to_owned()), "{lines:?}");
}

#[test]
fn a_type_for_another_schema_is_missing_and_surplus() {
    let lines = noticed("Schema `contact`.", "Schema `visitor`.");
    assert!(
        lines.contains(&"schema: contact: 1".to_owned()) && lines.contains(&"schema: visitor: -1".to_owned()),
        "{lines:?}"
    );
}

#[test]
#[should_panic(expected = "reads")]
fn a_key_that_is_read_and_not_written_is_refused() {
    noticed("w.put(\"role\", &self.role);", "");
}

#[test]
#[should_panic(expected = "is not both read and written")]
fn an_arm_that_is_written_and_not_read_is_refused() {
    noticed("return r.arm(Self::Text);", "");
}

#[test]
fn an_explanation_has_to_name_the_right_number_and_to_be_needed() {
    let differences = BTreeMap::from([((Kind::Property, "contact/url".to_owned()), 2)]);
    let entry = |what: &str, count| Explained {
        version: "2.14".into(),
        kind: "property".into(),
        what: what.into(),
        count,
        reason: "Known.".into(),
    };
    assert_eq!(unexplained("2.14", &differences, &[entry("contact/url", 2)]), Vec::<String>::new());
    assert_eq!(unexplained("2.14", &differences, &[entry("contact/url", 1)]).len(), 1);
    assert_eq!(unexplained("2.14", &differences, &[]).len(), 1);
    assert_eq!(unexplained("2.14", &differences, &[entry("contact/url", 2), entry("contact/id", 1)]).len(), 1);
    assert_eq!(unexplained("unstable", &differences, &[entry("contact/url", 2)]).len(), 1);
}

#[test]
fn overlays_merge_append_and_remove() {
    let mut description = described();
    let actions = [
        json!({"x-operation": "GET /contacts/{}", "update": {"parameters": [{"name": "page", "in": "query"}]}}),
        json!({"target": "$.paths['/contacts/{id}'].get.parameters[0,1]", "remove": true}),
        json!({"target": "$.components.schemas.contact", "update": {"required": ["type"]}, "x-versions": ["2.15"]}),
    ];
    actions.iter().for_each(|action| apply(&mut description, action, "2.14"));
    assert_eq!(description["paths"]["/contacts/{id}"]["get"]["parameters"], json!([{"name": "page", "in": "query"}]));
    assert_eq!(description["components"]["schemas"]["contact"].get("required"), None);
}

#[test]
fn a_property_that_nothing_leads_to_is_noticed() {
    let mut description = described();
    assert_eq!(spec::unseen(&description), Vec::<String>::new());
    description["components"]["responses"] = json!({"Gone": {"schema": {"properties": {"id": {"type": "string"}}}}});
    assert_eq!(spec::unseen(&description), ["#/components/responses/Gone/schema/properties/id"]);
}
