//! The arguments of a call, by name.

use std::fmt;

use crate::runtime::error::{Error, Result};
use crate::runtime::http::{Upload, is_credential};
use crate::runtime::json::{Addition, Json, Map};
use crate::runtime::operation::{Operation, Place};

/// The arguments of a call, each under its name on the wire.
///
/// They are made of JSON, or one by one:
///
/// ```
/// use intercom_gen::{Arguments, Json};
///
/// let from_json = Arguments::from(Json::parse(r#"{"path": {"id": "5"}, "body": {"name": "Ada"}}"#)?);
/// let by_hand = Arguments::new().path("id", "5").body(Json::parse(r#"{"name": "Ada"}"#)?);
/// # Ok::<(), intercom_gen::Error>(())
/// ```
///
/// The keys of the JSON are `path`, `query`, `form`, `headers`, `extra` and `body`; all but the last are objects. `extra` are
/// parameters of the query that the description does not know. What is `null` is not given. In a path, a query or a form, `5` and `"5"` are the same, and `"a,b"` is a list. A file of a form is
/// `{"name": …, "content": …}`; content that is no string is sent as JSON.
#[derive(Clone, Default)]
#[must_use = "arguments do nothing until a call takes them"]
pub struct Arguments {
    pub(super) path: Map<Json>,
    pub(super) query: Map<Json>,
    pub(super) form: Map<Json>,
    pub(super) files: Map<Upload>,
    pub(super) headers: Map<Json>,
    pub(super) extra: Map<Json>,
    pub(super) body: Option<Json>,
    /// Whether all items are asked for, rather than one answer.
    pub(super) listing: bool,
    /// What the description does not list.
    pub(super) additions: Vec<Addition>,
    /// The first thing that is wrong.
    pub(super) fault: Option<Fault>,
}

/// Where and why an argument is no good.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) path: String,
    pub(super) why: String,
}

impl Fault {
    pub(super) fn into_error(self) -> Error {
        Error::argument_at(self.path, &self.why)
    }
}

/// What a call takes, for those who gave something else.
const KEYS: &str = "path, query, form, headers, extra, body";

impl Arguments {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// An argument of the path.
    pub fn path(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.path.insert(name.into(), value.into());
        self
    }

    /// A parameter of the query.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.query.insert(name.into(), value.into());
        self
    }

    /// A part of the form.
    pub fn form(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.form.insert(name.into(), value.into());
        self
    }

    /// A file in the form.
    pub fn file(mut self, name: impl Into<String>, file: impl Into<Upload>) -> Self {
        self.files.insert(name.into(), file.into());
        self
    }

    /// A header, in place of one of that name that the client would send.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// A parameter of the query that the description does not know.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.extra.insert(name.into(), value.into());
        self
    }

    /// The body.
    pub fn body(mut self, body: impl Into<Json>) -> Self {
        self.body = Some(body.into()).filter(|body| !body.is_null());
        self
    }

    /// Whether these are arguments that the operation takes, and all that it needs.
    pub(super) fn check(&self, operation: &Operation) -> Result<()> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone().into_error());
        }
        for (place, names) in [
            (Place::Path, self.path.keys().collect::<Vec<_>>()),
            (Place::Query, self.query.keys().collect()),
            (Place::Form, self.form.keys().chain(self.files.keys()).collect()),
        ] {
            check_names(operation, place, &names)?;
        }
        match (operation.body, &self.body) {
            (None, Some(_)) => Err(Error::argument_at("body", "the operation takes none")),
            (Some(ty), None) => Err(Error::argument_at("body", &format!("is missing; it is of type {ty}"))),
            _ => Ok(()),
        }
    }
}

/// Without the values of headers that carry credentials.
impl fmt::Debug for Arguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, query, form, files, headers, extra, body, .. } = self;
        let shown = |(name, value): (&String, &Json)| {
            (name.clone(), if is_credential(name) { Json::from("[secret]") } else { value.clone() })
        };
        let headers: Map<Json> = headers.iter().map(shown).collect();
        f.debug_struct("Arguments")
            .field("path", path)
            .field("query", query)
            .field("form", form)
            .field("files", files)
            .field("headers", &headers)
            .field("extra", extra)
            .field("body", body)
            .finish_non_exhaustive()
    }
}

/// Refuses a name that the operation does not have in that place, and a needed one that is not there.
fn check_names(operation: &Operation, place: Place, given: &[&String]) -> Result<()> {
    let mut described = operation.parameters.iter().filter(|parameter| parameter.place == place);
    let is_described = |name: &str| described.clone().any(|parameter| parameter.name == name);
    if let Some(unknown) = given.iter().find(|name| !is_described(name)) {
        let allowed: Vec<&str> = described.map(|parameter| parameter.name).collect();
        let allowed = match allowed.as_slice() {
            [] => format!("the operation has no arguments in its {}", place.key()),
            allowed => format!("is unknown; the operation takes {}", allowed.join(", ")),
        };
        return Err(Error::argument_at(format!("{}.{unknown}", place.key()), &allowed));
    }
    match described.find(|parameter| parameter.required && !given.iter().any(|name| *name == parameter.name)) {
        None => Ok(()),
        Some(missing) => {
            let path = format!("{}.{}", place.key(), missing.name);
            Err(Error::argument_at(path, &format!("is missing; it is of type {}", missing.ty)))
        }
    }
}

impl From<Json> for Arguments {
    fn from(json: Json) -> Self {
        let mut arguments = Self::new();
        if json.is_null() {
            return arguments;
        }
        let Some(map) = json.as_map() else {
            return arguments.faulty("arguments", format!("are no object with the keys {KEYS}"));
        };
        for (key, value) in map {
            let target = match key.as_str() {
                "path" => &mut arguments.path,
                "query" => &mut arguments.query,
                "form" => &mut arguments.form,
                "headers" => &mut arguments.headers,
                "extra" => &mut arguments.extra,
                "body" => {
                    arguments = arguments.body(value);
                    continue;
                }
                _ => return arguments.faulty(&key, format!("is unknown; a call takes {KEYS}")),
            };
            match value.as_map() {
                Some(values) => target.extend(values.into_iter().filter(|(_, value): &(_, Json)| !value.is_null())),
                None if value.is_null() => {}
                None => return arguments.faulty(&key, "expected an object of names and values".to_owned()),
            }
        }
        arguments
    }
}

impl From<serde_json::Value> for Arguments {
    fn from(value: serde_json::Value) -> Self {
        Self::from(Json::from(value))
    }
}

impl Arguments {
    /// Puts arguments of the path under the names that the operation has for them.
    pub(super) fn rename(&mut self, names: &[(&str, &str)]) {
        let given: Vec<_> =
            names.iter().filter_map(|(name, own)| Some((name, own, self.path.remove(*name)?))).collect();
        for (name, own, value) in given {
            // Given under both names, one of them is wrong.
            let name = if self.path.contains_key(*own) { name } else { own };
            self.path.insert((*name).to_owned(), value);
        }
    }

    fn faulty(mut self, path: &str, why: String) -> Self {
        self.fault.get_or_insert(Fault { path: path.to_owned(), why });
        self
    }
}
