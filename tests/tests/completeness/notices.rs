//! The comparison sees what it is there to see: each test takes one thing away from a tree that is in order.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::description::apply;
use super::difference::{Comparison, Explained, unexplained};
use super::emitted::Crate;
use super::fact::Kind;
use super::spec;

const TYPES: &str = r#"
/// A contact.
///
/// Schema `contact`.
pub struct Contact {
    /// Always `contact`.
    pub r#type: Option<String>,
    pub avatar: Option<Avatar>,
    pub role: Option<Role>,
    pub extra: Extra,
}
impl Object for Contact {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key {
            "type" => r.get(&mut self.r#type),
            "avatar" => { r.get(&mut self.avatar) }
            "role" => r.get(&mut self.role),
            _ => r.undeclared(),
        }
    }
    fn write(&self, w: &mut Writer<'_>) {
        w.put("type", &self.r#type);
        w.put("avatar", &self.avatar);
        w.put("role", &self.role);
    }
}
/// `contact/role`.
pub enum Role { User, Lead, Unknown(String) }
impl OpenEnum for Role {
    const VALUES: &'static [(&'static str, Self)] = &[("user", Self::User), ("lead", Self::Lead)];
}
/// `contact/avatar`.
pub enum Avatar { Text(String), Picture(Picture), Other(Json) }
impl Union for Avatar {
    fn read(r: &mut Reader<'_>) -> Option<Self> {
        if matches!(r.kind(), Kind::String) { return r.arm(Self::Text); }
        if matches!(r.kind(), Kind::Object) { return r.arm(Self::Picture); }
        r.other(Self::Other)
    }
    fn write(&self, w: &mut Writer<'_>) {
        match self { Self::Text(it) => w.value(it), Self::Picture(it) => w.value(it), Self::Other(it) => w.value(it) }
    }
}
/// `contact/avatar/object`.
pub struct Picture { pub url: Option<String>, pub extra: Extra }
impl Object for Picture {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key { "kind" => r.constant("picture"), "url" => r.get(&mut self.url), _ => r.undeclared() }
    }
    fn write(&self, w: &mut Writer<'_>) {
        w.constant("kind", "picture");
        w.put("url", &self.url);
    }
}
"#;

const API: &str = r#"
impl Contacts<'_> {
    pub fn get(&self, id: impl Into<Id>, with: impl Into<String>) -> Get {
        Get(Call::get(self.client, "ShowContact", "/contacts/{id}").path("id", id).query::<String>("with", with).json())
    }
    pub fn create(&self, body: types::Contact) -> Request<Vec<types::Contact>> {
        Call::post(self.client, "CreateContact", "/contacts").body(&body).json()
    }
}
pub struct Get(Request<types::Contact>);
impl Get {
    pub fn merged(mut self, merged: bool) -> Self {
        self.0.set_query::<bool>("merged", merged);
        self
    }
}
"#;

fn described() -> Value {
    let contact = json!({"$ref": "#/components/schemas/contact"});
    let answer = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
    json!({
        "paths": {
            "/contacts/{id}": {
                "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
                "get": {
                    "operationId": "ShowContact",
                    "parameters": [
                        {"name": "with", "in": "query", "required": true, "schema": {"type": "string"}},
                        {"name": "merged", "in": "query", "schema": {"type": "boolean"}},
                    ],
                    "responses": {"200": answer(contact.clone())},
                },
            },
            "/contacts": {"post": {
                "operationId": "CreateContact",
                "requestBody": answer(contact.clone()),
                "responses": {"200": answer(json!({"type": "array", "items": contact}))},
            }},
        },
        "components": {"schemas": {"contact": {"allOf": [
            {"properties": {"type": {"type": "string", "enum": ["contact"]}}},
            {"properties": {
                "role": {"type": "string", "enum": ["user", "lead", null]},
                "avatar": {"oneOf": [
                    {"type": "string"},
                    {"properties": {"kind": {"enum": ["picture"]}, "url": {"type": "string"}}},
                ]},
            }},
        ]}}},
    })
}

fn compared(description: &Value, types: &str, api: &str) -> Vec<String> {
    let exports = "pub use contact::Contact;";
    let types = BTreeMap::from([("mod".to_owned(), exports.to_owned()), ("contact".to_owned(), types.to_owned())]);
    let emitted = Crate::parse(&types, &BTreeMap::from([("contacts".to_owned(), api.to_owned())])).facts();
    assert!(emitted.unreached.is_empty());
    let comparison = Comparison::of(spec::facts(description), &emitted);
    comparison.differences.iter().map(|((kind, what), count)| format!("{kind}: {what}: {count}")).collect()
}

/// What a tree lacks in which `from` is replaced by `to`, beside what it lacks in order.
fn noticed(from: &str, to: &str) -> Vec<String> {
    assert!(TYPES.contains(from) || API.contains(from), "{from} is not there");
    let mut lines = compared(&described(), &TYPES.replace(from, to), &API.replace(from, to));
    lines.retain(|line| !IN_ORDER.contains(&line.as_str()));
    lines
}

const IN_ORDER: [&str; 2] = ["enum value: `null`: 1", "enum value: single value of a text field: 1"];

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
    let types = TYPES.replace(", (\"lead\", Self::Lead)]", "]").replace("User, Lead, Unknown", "User, Unknown");
    assert!(compared(&described(), &types, API).contains(&"enum value: contact/role = \"lead\": 1".to_owned()));
}

#[test]
#[should_panic(expected = "has the variants")]
fn a_variant_without_a_value_is_refused() {
    noticed(", (\"lead\", Self::Lead)]", "]");
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
    assert_eq!(noticed("/// Always `contact`.", ""), ["enum value: contact/type = \"contact\": 1"]);
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
