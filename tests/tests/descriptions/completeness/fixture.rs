//! A small tree in order, with one of everything that is compared.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::difference::Comparison;
use super::emitted::Crate;
use super::spec;

/// The types of the tree.
pub const TYPES: &str = r#"
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
    const ALL: &'static [Self] = &[Self::User, Self::Lead];
    fn listed(text: &str) -> Option<Self> {
        match text { "user" => Some(Self::User), "lead" => Some(Self::Lead), _ => None }
    }
    fn spelling(&self) -> &str {
        match self { Self::User => "user", Self::Lead => "lead", Self::Unknown(text) => text }
    }
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
/// Schema `lead`.
pub struct Lead {
    /// Always `won`.
    pub stage: Option<String>,
    /// Always false.
    pub verified: Option<bool>,
    pub extra: Extra,
}
impl Object for Lead {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key {
            "type" => r.constant("lead"),
            "stage" => r.get(&mut self.stage),
            "verified" => r.get(&mut self.verified),
            _ => r.undeclared(),
        }
    }
    fn write(&self, w: &mut Writer<'_>) {
        w.constant("type", "lead");
        w.put("stage", &self.stage);
        w.put("verified", &self.verified);
    }
}
/// `shade` in the form of `POST /pictures`.
pub enum Shade { Dark, Light, Unknown(String) }
impl OpenEnum for Shade {
    const ALL: &'static [Self] = &[Self::Dark, Self::Light];
    fn listed(text: &str) -> Option<Self> {
        match text { "dark" => Some(Self::Dark), "light" => Some(Self::Light), _ => None }
    }
    fn spelling(&self) -> &str {
        match self { Self::Dark => "dark", Self::Light => "light", Self::Unknown(text) => text }
    }
}
/// Answer of `POST /pictures`.
pub enum Uploaded { Contact(types::Contact), Lead(types::Lead), Other(Json) }
impl Union for Uploaded {
    fn read(r: &mut Reader<'_>) -> Option<Self> {
        if r.has("avatar") { return r.arm(Self::Contact); }
        if r.has("verified") { return r.arm(Self::Lead); }
        r.other(Self::Other)
    }
    fn write(&self, w: &mut Writer<'_>) {
        match self { Self::Contact(it) => w.value(it), Self::Lead(it) => w.value(it), Self::Other(it) => w.value(it) }
    }
}
"#;

/// The operations of the tree.
pub const API: &str = r#"
impl Contacts<'_> {
    pub fn get(&self, id: impl Into<Id>, with: impl Into<String>) -> Get {
        Get(Call::get(self.client, "ShowContact", "/contacts/{id}").path("id", id).query::<String>("with", with).json())
    }
    pub fn create(&self, body: types::Contact) -> Request<Vec<types::Contact>> {
        Call::post(self.client, "CreateContact", "/contacts").body(&body).json()
    }
    pub fn upload(&self, photo: impl Into<Upload>, title: impl Into<String>) -> UploadPicture {
        let call = Call::post(self.client, "UploadPicture", "/pictures");
        UploadPicture(call.file("photo", photo).part::<String>("title", title).json())
    }
}
pub struct Get(Request<types::Contact>);
impl Get {
    pub fn merged(mut self, merged: bool) -> Self {
        self.0.set_query::<bool>("merged", merged);
        self
    }
}
pub struct UploadPicture(Request<types::contact::Uploaded>);
impl UploadPicture {
    pub fn frame(mut self, frame: impl Into<Upload>) -> Self {
        self.0.set_file("frame", frame);
        self
    }
    pub fn shade(mut self, shade: impl Into<types::contact::Shade>) -> Self {
        self.0.set_part::<types::contact::Shade>("shade", shade);
        self
    }
}
"#;

/// The description that [`TYPES`] and [`API`] are emitted from.
pub fn described() -> Value {
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
                "responses": {"200": answer(json!({"type": "array", "items": contact.clone()}))},
            }},
            "/pictures": {"post": {
                "operationId": "UploadPicture",
                "requestBody": {"content": {"multipart/form-data": {"schema": {"required": ["photo", "title"], "properties": {
                    "photo": {"type": "string", "format": "binary"},
                    "frame": {"type": "string", "format": "binary"},
                    "title": {"type": "string"},
                    "shade": {"type": "string", "enum": ["dark", "light"]},
                }}}}},
                "responses": {"200": answer(contact), "202": answer(json!({"$ref": "#/components/schemas/lead"}))},
            }},
        },
        "components": {"schemas": schemas()},
    })
}

fn schemas() -> Value {
    json!({
        "contact": {"allOf": [
            {"properties": {"type": {"type": "string", "enum": ["contact"]}}},
            {"properties": {
                "role": {"type": "string", "enum": ["user", "lead", null]},
                "avatar": {"oneOf": [
                    {"type": "string"},
                    {"properties": {"kind": {"enum": ["picture"]}, "url": {"type": "string"}}},
                ]},
            }},
        ]},
        "lead": {"allOf": [
            {"properties": {"type": {"enum": ["contact", "lead"]}, "stage": {"enum": ["open", "won"]}}},
            {"properties": {
                "type": {"enum": ["lead"]},
                "stage": {"type": "string", "enum": ["won"]},
                "verified": {"type": "boolean", "enum": [false]},
            }},
        ]},
    })
}

/// What the comparison finds in a tree, class by class and place by place.
pub fn compared(description: &Value, types: &str, api: &str) -> Vec<String> {
    let exports = "pub use contact::Contact; pub use contact::Lead;";
    let types = BTreeMap::from([("mod".to_owned(), exports.to_owned()), ("contact".to_owned(), types.to_owned())]);
    let emitted = Crate::parse(&types, &BTreeMap::from([("contacts".to_owned(), api.to_owned())])).facts();
    let comparison = Comparison::of(spec::described(description), &emitted);
    let lines = comparison.differences.iter().map(|((kind, what), count)| format!("{kind}: {what}: {count}"));
    lines.chain(emitted.unreached.iter().map(|name| format!("unreached: {name}"))).collect()
}

/// What a tree lacks in which `from` is replaced by `to`, beside what it lacks in order.
pub fn noticed(from: &str, to: &str) -> Vec<String> {
    assert!(TYPES.contains(from) || API.contains(from), "{from} is not there");
    let mut lines = compared(&described(), &TYPES.replace(from, to), &API.replace(from, to));
    lines.retain(|line| !IN_ORDER.contains(&line.as_str()));
    lines
}

/// What is rightly missing in the tree in order.
pub const IN_ORDER: [&str; 4] = [
    "enum value: `null`: 1",
    "enum value: single value of a boolean field: 1",
    "enum value: single value of a text field: 2",
    "enum value: value that a later part of `allOf` narrows to one: 2",
];
