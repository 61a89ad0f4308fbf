//! What OpenAPI 3.0 says about the shape of a description.
//!
//! One table of keywords serves everything that walks a description by role and not by key: what may be
//! there, what is fact and what is prose, and in which order it is written.

pub mod extension;
mod table;

/// What an object of a description is. The role, and not the key, decides what a keyword means: a property
/// may be *named* `description`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the object of that name in the OpenAPI specification")]
pub enum Role {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Link,
    Schema,
    Discriminator,
    Xml,
    Components,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Tag,
}

/// A keyword of an object.
#[derive(Debug, Clone, Copy)]
pub struct Keyword {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// Whether it is interface, prose or sample.
    pub class: Class,
}

/// Whether a keyword belongs to the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It is part of the interface.
    Fact,
    /// It is text for people.
    Prose,
    /// It is a sample, or a link to something outside.
    Sample,
}

/// What the value of a keyword is.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any JSON; never looked into.
    Any,
    /// A list of any JSON.
    Anys,
    /// A string.
    Text,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// An integer that is not negative.
    Count,
    /// A list of strings.
    Texts,
    /// A map of names to strings.
    TextMap,
    /// An object.
    Object(Role),
    /// A list of objects.
    Objects(Role),
    /// A map of names to objects.
    Map(Role),
    /// A map of path templates to path items.
    Paths,
    /// A map of status codes to responses.
    Responses,
    /// A map of names to maps of expressions to path items.
    Callbacks,
    /// A schema or a boolean.
    SchemaOrFlag,
    /// A list of maps of security schemes to scopes.
    Security,
}

impl Role {
    /// The keywords of the object, in the order in which they are written.
    pub fn keywords(self) -> &'static [Keyword] {
        table::keywords(self)
    }

    /// The keyword of this name.
    pub fn keyword(self, name: &str) -> Option<&'static Keyword> {
        self.keywords().iter().find(|keyword| keyword.name == name)
    }

    /// What the object is called in messages.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Root => "the description",
            Self::Info => "`info`",
            Self::Contact => "the contact",
            Self::License => "the license",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::PathItem => "a path",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Header => "a header",
            Self::Link => "a link",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::Xml => "`xml`",
            Self::Components => "`components`",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "the OAuth flows",
            Self::OAuthFlow => "an OAuth flow",
            Self::Tag => "a tag",
        }
    }
}

/// Whether a key is an extension of the specification.
pub fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// The reason phrase of a status code, range (`4XX`) or `default`; `None` for anything else.
pub fn reason_phrase(status: &str) -> Option<&'static str> {
    match status {
        "default" => Some("Default"),
        "1XX" => Some("Informational"),
        "2XX" => Some("Success"),
        "3XX" => Some("Redirection"),
        "4XX" => Some("Client Error"),
        "5XX" => Some("Server Error"),
        code => {
            let code: u16 = code.parse().ok().filter(|code| (100..600).contains(code))?;
            let status = reqwest::StatusCode::from_u16(code).ok()?;
            Some(status.canonical_reason().unwrap_or("Unassigned"))
        }
    }
}

/// The methods that a path item may have, in the order of the specification.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A path template with its variables unnamed: `/contacts/{contact_id}/tags` is `/contacts/{}/tags`.
///
/// The same operation has differently spelled variables in different versions; this is what they share.
pub fn normalized_path(path: &str) -> String {
    let mut normalized = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, variable)) = rest.split_once('{') {
        let Some((_, after)) = variable.split_once('}') else { break };
        normalized.push_str(before);
        normalized.push_str("{}");
        rest = after;
    }
    normalized + rest
}

/// The identity of an operation: `GET /contacts/{}`.
pub fn identity(method: &str, path: &str) -> String {
    format!("{} {}", method.to_ascii_uppercase(), normalized_path(path))
}

/// The names of the variables of a path template, in order.
pub fn variables(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}
