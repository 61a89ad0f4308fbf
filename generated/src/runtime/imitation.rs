//! Code as the generator emits it, by hand, for the runtime's own tests.

#![allow(missing_docs, dead_code, reason = "the macros make all that emitted types have, and the tests use a part")]

use crate::runtime::prelude::*;

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Contact {
    pub kind: Option<String>,
    pub id: Id,
    pub avatar: Option<Avatar>,
    pub created_at: Option<Timestamp>,
    pub custom_attributes: Option<Map<Json>>,
    pub emails: Vec<String>,
    pub owner: Option<Owner>,
    pub role: Option<Role>,
    pub score: Option<Number>,
    pub signed_up: Option<bool>,
    pub visits: Option<i64>,
    pub extra: Extra,
}

impl Object for Contact {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key {
            "type" => r.get(&mut self.kind),
            "id" => r.get(&mut self.id),
            "avatar" => r.get(&mut self.avatar),
            "created_at" => r.get(&mut self.created_at),
            "custom_attributes" => r.get(&mut self.custom_attributes),
            "emails" => r.get(&mut self.emails),
            "owner" => r.get(&mut self.owner),
            "role" => r.get(&mut self.role),
            "score" => r.get(&mut self.score),
            "signed_up" => r.get(&mut self.signed_up),
            "visits" => r.get(&mut self.visits),
            _ => r.undeclared(),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.put("type", &self.kind);
        w.put("id", &self.id);
        w.put("avatar", &self.avatar);
        w.put("created_at", &self.created_at);
        w.put("custom_attributes", &self.custom_attributes);
        w.put("emails", &self.emails);
        w.put("owner", &self.owner);
        w.put("role", &self.role);
        w.put("score", &self.score);
        w.put("signed_up", &self.signed_up);
        w.put("visits", &self.visits);
    }

    fn required(&self) -> &'static [&'static str] {
        &["id"]
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

object!(Contact);

/// A page: a plain list, a list inside a list, a required number.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContactList {
    pub data: Vec<Contact>,
    pub grid: Vec<Vec<i64>>,
    pub sources: Vec<Source>,
    pub total_count: i64,
    pub extra: Extra,
}

impl Object for ContactList {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key {
            "data" => r.get(&mut self.data),
            "grid" => r.get(&mut self.grid),
            "sources" => r.get(&mut self.sources),
            "total_count" => r.get(&mut self.total_count),
            _ => r.undeclared(),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.put("data", &self.data);
        w.put("grid", &self.grid);
        w.put("sources", &self.sources);
        w.put("total_count", &self.total_count);
    }

    fn required(&self) -> &'static [&'static str] {
        &["total_count"]
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

object!(ContactList);

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Picture {
    pub kind: Option<String>,
    pub image_url: Option<String>,
    pub extra: Extra,
}

impl Object for Picture {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key {
            "type" => r.get(&mut self.kind),
            "image_url" => r.get(&mut self.image_url),
            _ => r.undeclared(),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.put("type", &self.kind);
        w.put("image_url", &self.image_url);
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

object!(Picture);

/// Told apart by JSON type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Avatar {
    Url(String),
    Picture(Box<Picture>),
    Sizes(Vec<i64>),
    /// None of the arms: kept as it came.
    Other(Json),
}

impl Union for Avatar {
    fn read(r: &mut Reader<'_>) -> Option<Self> {
        match r.kind() {
            Kind::String => r.arm(Self::Url),
            Kind::Object => r.arm(Self::Picture),
            Kind::Array if r.first_kind() == Some(Kind::Integer) => r.arm(Self::Sizes),
            _ => r.other(Self::Other),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self {
            Self::Url(it) => w.value(it),
            Self::Picture(it) => w.value(it),
            Self::Sizes(it) => w.value(it),
            Self::Other(it) => w.value(it),
        }
    }
}

union!(Avatar);

/// Told apart by a property's value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Owner {
    Contact(Box<Contact>),
    Picture(Picture),
    /// None of the arms: kept as it came.
    Other(Json),
}

impl Union for Owner {
    fn read(r: &mut Reader<'_>) -> Option<Self> {
        match r.tag("type") {
            Some("contact") => r.arm(Self::Contact),
            Some("picture") => r.arm(Self::Picture),
            _ => r.other(Self::Other),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self {
            Self::Contact(it) => w.value(it),
            Self::Picture(it) => w.value(it),
            Self::Other(it) => w.value(it),
        }
    }
}

union!(Owner);

/// Told apart by the keys that are there.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Source {
    List(ContactList),
    Picture(Picture),
    /// None of the arms: kept as it came.
    Other(Json),
}

impl Union for Source {
    fn read(r: &mut Reader<'_>) -> Option<Self> {
        if r.has("total_count") {
            r.arm(Self::List)
        } else if r.has("image_url") {
            r.arm(Self::Picture)
        } else {
            r.other(Self::Other)
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self {
            Self::List(it) => w.value(it),
            Self::Picture(it) => w.value(it),
            Self::Other(it) => w.value(it),
        }
    }
}

union!(Source);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    User,
    Lead,
    /// A value that this description does not list.
    Unknown(String),
}

impl OpenEnum for Role {
    const ALL: &'static [Self] = &[Self::User, Self::Lead];

    fn listed(text: &str) -> Option<Self> {
        match text {
            "user" => Some(Self::User),
            "lead" => Some(Self::Lead),
            _ => None,
        }
    }

    fn spelling(&self) -> &str {
        match self {
            Self::User => "user",
            Self::Lead => "lead",
            Self::Unknown(text) => text,
        }
    }
}

open_enum!(Role);

/// A request.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CreateContactRequest {
    pub email: String,
    pub phone: Option<Nullable<String>>,
    pub owner_id: Option<Nullable<Id>>,
    pub tags: Option<Vec<Id>>,
    pub required_tags: Vec<Id>,
    pub extra: Extra,
}

impl CreateContactRequest {
    pub fn new(email: impl Into<String>) -> Self {
        Self { email: email.into(), ..Self::default() }
    }

    pub fn phone(mut self, phone: impl Into<Nullable<String>>) -> Self {
        self.phone = Some(phone.into());
        self
    }

    pub fn owner_id(mut self, owner_id: impl Into<Nullable<Id>>) -> Self {
        self.owner_id = Some(owner_id.into());
        self
    }

    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<Id>>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }
}

impl Object for CreateContactRequest {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        match key {
            "type" => r.constant("user"),
            "email" => r.get(&mut self.email),
            "phone" => r.get(&mut self.phone),
            "owner_id" => r.get(&mut self.owner_id),
            "tags" => r.get(&mut self.tags),
            "required_tags" => r.get(&mut self.required_tags),
            _ => r.undeclared(),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.constant("type", "user");
        w.put("email", &self.email);
        w.put("phone", &self.phone);
        w.put("owner_id", &self.owner_id);
        w.put("tags", &self.tags);
        w.put("required_tags", &self.required_tags);
    }

    fn required(&self) -> &'static [&'static str] {
        &["email", "required_tags"]
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

object!(CreateContactRequest);

pub mod api {
    use super::{Contact, CreateContactRequest, Role};
    use crate::runtime::prelude::*;

    #[derive(Clone, Copy, Debug)]
    pub struct Contacts<'c> {
        pub(crate) client: &'c Core,
    }

    impl Contacts<'_> {
        pub fn get(&self, id: impl Into<Id>) -> Get {
            Get(Call::get(self.client, "ShowContact", "/contacts/{id}").path("id", id).json())
        }

        pub fn create(&self, body: CreateContactRequest) -> Request<Contact> {
            Call::post(self.client, "CreateContact", "/contacts").body(&body).json()
        }

        pub fn update(&self, id: impl Into<Id>, body: Option<CreateContactRequest>) -> Request<Contact> {
            Call::put(self.client, "UpdateContact", "/contacts/{id}").path("id", id).body(&body).json()
        }

        pub fn detach(&self, id: impl Into<Id>, tag: impl Into<Id>, body: CreateContactRequest) -> Request<()> {
            let call = Call::delete(self.client, "DetachTag", "/contacts/{contact_id}/tags/{id}");
            call.path("contact_id", id).path("id", tag).body(&body).empty()
        }

        pub fn search(&self, body: CreateContactRequest) -> Request<Contact> {
            Call::post(self.client, "SearchContacts", "/contacts/search").idempotent().body(&body).json()
        }

        pub fn transcript(&self, app_id: impl Into<Id>) -> Request<String> {
            Call::get(self.client, "Transcript", "/transcript").query::<Id>("app_id", app_id).text()
        }

        pub fn recording(&self) -> Request<Download> {
            Call::get(self.client, "Recording", "/recording").download()
        }
    }

    #[must_use = "a request does nothing until it is awaited or sent"]
    #[derive(Debug)]
    pub struct Get(Request<Contact>);

    impl Get {
        pub fn include_merge_history(mut self, include_merge_history: bool) -> Self {
            self.0.set_query::<bool>("include_merge_history", include_merge_history);
            self
        }

        pub fn states(mut self, states: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.0.set_query::<Vec<String>>("states", states.into_iter().map(Into::into).collect::<Vec<String>>());
            self
        }

        pub fn role(mut self, role: impl Into<Role>) -> Self {
            self.0.set_query::<Role>("role", role);
            self
        }
    }

    request!(Get, Contact);
}

client!("Unstable");

impl Client {
    pub fn contacts(&self) -> api::Contacts<'_> {
        api::Contacts { client: self.core() }
    }
}

pub static OPERATIONS: &[Operation] = &[Operation {
    id: "ShowContact",
    method: "GET",
    path: "/contacts/{id}",
    group: "contacts",
    name: "get",
    idempotent: true,
    parameters: &[Parameter::path("id"), Parameter::query("include_merge_history", "bool")],
    body: None,
    answer: "Contact",
    pages: None,
}];

#[cfg(feature = "dynamic")]
mod by_name {
    use super::api;
    use crate::runtime::dynamic::Group;

    pub const GROUPS: &[Group] = &[(
        "contacts",
        &[("get", |core, mut args| {
            let mut request = api::Contacts { client: core }.get(args.path_value("id"));
            if let Some(value) = args.query_value::<bool>("include_merge_history") {
                request = request.include_merge_history(value);
            }
            args.json(request)
        })],
    )];
}
