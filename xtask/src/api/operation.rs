//! The operations of an API version.

use std::fmt;

use super::TypeRef;
use crate::openapi;

/// Method and path with the names of the path's variables left out: `GET /contacts/{}`. Ordered by path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationKey {
    path: String,
    method: String,
    purpose: Option<String>,
}

impl OperationKey {
    /// The key of `method` (any case) on `template`.
    pub fn new(method: &str, template: &str) -> Self {
        Self { path: openapi::normalized_path(template), method: method.to_uppercase(), purpose: None }
    }
}

impl OperationKey {
    /// The key of one of the methods of an operation that does several jobs.
    pub fn with_purpose(&self, purpose: &str) -> Self {
        Self { purpose: Some(purpose.to_owned()), ..self.clone() }
    }

    /// The key of the whole operation, where this is one of its jobs. It comes before the keys of all jobs.
    pub fn whole(&self) -> Self {
        Self { purpose: None, ..self.clone() }
    }

    /// Whether this is one of the jobs of the operation `whole`, or the other way round.
    pub fn is_of(&self, whole: &Self) -> bool {
        self.method == whole.method && self.path == whole.path && self.purpose.is_some() != whole.purpose.is_some()
    }

    /// Which of the operation's jobs it is, where it does several.
    pub fn purpose(&self) -> Option<&str> {
        self.purpose.as_deref()
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.purpose.iter().try_for_each(|purpose| write!(f, " {purpose}"))
    }
}

/// A call.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Method and normalized path.
    pub key: OperationKey,
    /// The description's `operationId`.
    pub id: String,
    /// Upper case.
    pub method: String,
    /// With the description's names of variables.
    pub path: String,
    /// Where it stands in the description.
    pub pointer: String,
    /// Words that people look for it by.
    pub aliases: Vec<String>,
    /// The first tag proposes the group.
    pub tags: Vec<String>,
    /// One line.
    pub summary: Option<String>,
    /// Further paragraphs.
    pub doc: Option<String>,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// Variables of the path, in its order.
    pub path_parameters: Vec<Parameter>,
    /// By name.
    pub query: Vec<Parameter>,
    /// What is sent as JSON.
    pub body: Option<TypeRef>,
    /// The parts of a form that is sent, by name.
    pub form: Vec<Parameter>,
    /// Whether its body is a search, which callers put together of filters.
    pub searches: bool,
    /// Whether sending it twice does no more than sending it once.
    pub idempotent: bool,
    /// What comes back.
    pub answer: Answer,
    /// Whether that is the answer of one of the operation's jobs, rather than the one that is described.
    pub answers_otherwise: bool,
    /// How its list comes in pages, if it does.
    pub paging: Option<Paging>,
    /// What its answer says of a job, if it is the one that asks how far the job is.
    pub states: Option<JobStates>,
    /// What belongs to the job that it starts, if it starts one.
    pub job: Option<Job>,
}

/// The operations that belong to a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The properties that lead to its id in the answer of the operation that starts it, by preference.
    pub ids: Vec<Vec<String>>,
    /// Asks how far it is.
    pub status: OperationKey,
    /// Fetches what it has made.
    pub download: Option<OperationKey>,
    /// Ends it.
    pub cancel: Option<OperationKey>,
}

/// What the states of a job mean. In any other it goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct JobStates {
    /// The properties that lead to the state.
    pub keys: Vec<String>,
    /// It is over, and all went well.
    pub done: Vec<String>,
    /// It is over, and did not go well.
    pub ended: Vec<(String, Ending)>,
}

/// How a job ends that does not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It failed.
    Failed,
    /// It failed for some of what it was to do.
    Partial,
    /// There was nothing to do.
    Empty,
    /// It was cancelled.
    Canceled,
}

impl Ending {
    /// Every ending, by its name in overlays.
    pub const ALL: [(&'static str, Self); 4] =
        [("failed", Self::Failed), ("partial", Self::Partial), ("empty", Self::Empty), ("canceled", Self::Canceled)];
}

/// How a list comes in pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// How a page leads to the next.
    pub style: PagingStyle,
    /// The properties that lead to the items of a page. Of several ways, the first that leads to items is taken.
    pub items: Vec<Vec<String>>,
    /// The type of an item.
    pub item: TypeRef,
}

/// How a page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// `starting_after` in the query.
    Cursor,
    /// `pagination.starting_after` in the body.
    CursorInBody,
    /// `page` in the query.
    Page,
    /// `page` in the body.
    PageInBody,
    /// By what `next` says.
    Link,
    /// `scroll_param`, which every page has in common.
    Scroll,
    /// `cursor` in the query, from `next_cursor`.
    NextCursor,
}

impl PagingStyle {
    /// Every style, by its name in overlays.
    pub const ALL: [(&'static str, Self); 7] = [
        ("cursor", Self::Cursor),
        ("cursor-in-body", Self::CursorInBody),
        ("page", Self::Page),
        ("page-in-body", Self::PageInBody),
        ("link", Self::Link),
        ("scroll", Self::Scroll),
        ("next-cursor", Self::NextCursor),
    ];

    /// Its name in overlays.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, style)| *style == self).map_or("", |(name, _)| name)
    }
}

/// A parameter of a path or query, or a part of a form.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// Where it stands in the description.
    pub pointer: String,
    /// The type of its value.
    pub ty: TypeRef,
    /// What the description calls that type, where it does so in place.
    pub described: String,
    /// Whether a call without it makes no sense.
    pub required: bool,
    /// What it is, in our words.
    pub doc: Option<String>,
    /// Whether the description advises against it.
    pub deprecated: bool,
}

/// What a successful call brings.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A JSON value.
    Json(TypeRef),
    /// Nothing.
    Empty,
    /// Text.
    Text,
    /// A file.
    Download,
}
