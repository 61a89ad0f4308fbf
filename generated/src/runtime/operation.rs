//! What is known of the operations of a version: data, for tools and for callers that learn at run time what to call.

/// One operation of the API, as its description names it, and the method that calls it.
///
/// Types are given as they are called in Rust, below the module of the version: `types::Contact`, `Vec<Id>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The description's id.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with names in braces for its arguments.
    pub path: &'static str,
    /// The client's method that gives the group.
    pub group: &'static str,
    /// The group's method that makes the request.
    pub name: &'static str,
    /// Whether sending it twice does no more than sending it once, so that it is retried when an answer got lost.
    pub idempotent: bool,
    /// What it takes beside a body: the path's arguments in their order, then query and form by name.
    pub parameters: &'static [Parameter],
    /// The type of the JSON body, if it takes one.
    pub body: Option<&'static str>,
    /// The type of the answer; `()`, `String` and `Download` are answers that are no JSON.
    pub answer: &'static str,
    /// How its list comes in pages, if it does.
    pub pages: Option<Listing>,
}

/// An argument of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// Whether a call needs it.
    pub required: bool,
    /// The type of its value; a file is an `Upload`.
    pub ty: &'static str,
}

/// Where an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// Into a part of a form.
    Form,
}

/// A list that comes in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Listing {
    /// How a page leads to the next, as `spec/overlays/operations.yaml` names it: `cursor`, `link`, …
    pub style: &'static str,
    /// The keys that lead to a page's items.
    pub items: &'static [&'static str],
    /// Other keys that lead to them: the first that lead to items count.
    pub or: &'static [&'static [&'static str]],
}

impl Listing {
    pub(crate) const fn new(style: &'static str, items: &'static [&'static str]) -> Self {
        Self { style, items, or: &[] }
    }

    pub(crate) const fn or(self, or: &'static [&'static [&'static str]]) -> Self {
        Self { or, ..self }
    }
}

impl Parameter {
    pub(crate) const fn path(name: &'static str) -> Self {
        Self { name, place: Place::Path, required: true, ty: "Id" }
    }

    pub(crate) const fn query(name: &'static str, ty: &'static str) -> Self {
        Self { name, place: Place::Query, required: false, ty }
    }

    pub(crate) const fn form(name: &'static str, ty: &'static str) -> Self {
        Self { name, place: Place::Form, required: false, ty }
    }

    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

impl Place {
    /// The key of such arguments among those of a call.
    #[cfg(feature = "dynamic")]
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Form => "form",
        }
    }
}
