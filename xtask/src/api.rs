//! The model of one API version: the only thing that naming and emission see.
//!
//! It holds what a caller can observe and nothing of how OpenAPI spells it. Requiredness and
//! nullability belong to the field, not to the type, and everything is ordered by its identity on
//! the wire, so that the order of keys in a description never shows in the output.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

mod aliases;
mod operation;

pub use aliases::Aliases;
pub use operation::{Answer, Ending, Job, JobStates, Operation, OperationKey, Paging, PagingStyle, Parameter};

/// The properties by which the API says what kind of thing an object is.
pub const KIND_PROPERTIES: [&str; 3] = ["type", "message_type", "data_type"];

/// What a description says, lowered.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Every type, inline ones included.
    pub types: BTreeMap<TypeId, Type>,
    /// What those types stand for that are other names of types.
    pub aliases: Aliases,
    /// Every operation, by method and normalized path.
    pub operations: BTreeMap<OperationKey, Operation>,
    /// The types that hold secrets, in themselves or in what is inside them.
    pub secretive: BTreeSet<TypeId>,
    /// Text about a tag.
    pub tags: BTreeMap<String, String>,
    /// The topics of webhook notifications, by name.
    pub topics: Vec<Event>,
    /// The events of Fin, by name.
    pub events: Vec<Event>,
    /// Constructs that were given an open type, each with its place.
    pub report: Vec<String>,
}

impl Api {
    /// Whether a field is a secret, or its value holds one.
    pub fn hides(&self, field: &Field) -> bool {
        field.secret || field.ty.named().is_some_and(|id| self.secretive.contains(id))
    }
}

/// The identity of a type: its root (a schema, or the body of an operation) and the fields that
/// lead to it. `[]` ends a step through the items of a list, `{}` one through the values of a map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId {
    /// `contact`, or `PUT /admins/{}/away request`.
    pub root: String,
    /// Property names, outermost first.
    pub path: Vec<String>,
}

impl TypeId {
    /// The type of a whole schema or body.
    pub fn root(root: impl Into<String>) -> Self {
        Self { root: root.into(), path: Vec::new() }
    }
}

impl fmt::Display for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        self.path.iter().try_for_each(|step| write!(f, "/{step}"))
    }
}

/// A type of the API.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its identity.
    pub id: TypeId,
    /// Where it stands in the description.
    pub pointer: String,
    /// What it is, in our words.
    pub doc: Option<String>,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// Its form.
    pub kind: Kind,
    /// Which direction it travels.
    pub usage: Usage,
}

/// The form of a type.
#[derive(Clone, Debug)]
pub enum Kind {
    /// An object with declared keys.
    Struct(Struct),
    /// A string with listed values; others are kept.
    OpenEnum(Vec<String>),
    /// One of several types; others are kept.
    Union(Union),
    /// Another name of a type.
    Alias(TypeRef),
}

/// An object.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// In the order of the emitted struct: `type`, `id`, then by wire name.
    pub fields: Vec<Field>,
    /// What the schema demands beyond its fields, a sentence each.
    pub rules: Vec<String>,
}

/// One key of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key on the wire.
    pub wire: String,
    /// Where it stands in the description.
    pub pointer: String,
    /// The type of its value.
    pub ty: TypeRef,
    /// What the description calls that type, where it does so in place: several of them are one in Rust.
    pub described: String,
    /// Its place in the `required` list, if it is there.
    pub required: Option<usize>,
    /// Whether `null` is a value of its own.
    pub nullable: bool,
    /// The only value that the description permits.
    pub constant: Option<String>,
    /// What it is, in our words.
    pub doc: Option<String>,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// Whether it gives access to something, so that it must not show in logs.
    pub secret: bool,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The arms, in the description's order.
    pub arms: Vec<Arm>,
    /// How a value's arm is found.
    pub choice: Choice,
}

/// An arm of a union.
#[derive(Clone, Debug)]
pub struct Arm {
    /// What it is called in the registry: a schema's name, a tag's value or a kind of JSON.
    pub label: String,
    /// The type of its value.
    pub ty: TypeRef,
}

/// How the arm of a value is found, arm by arm.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// By the text of a property; each arm has the values that it answers to.
    Tag {
        /// The property.
        property: String,
        /// The values, an arm each.
        values: Vec<Vec<String>>,
    },
    /// By the first test that the value passes, an arm each.
    Shape(Vec<Test>),
}

/// A test of the value ahead.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is of one of these kinds.
    Kind(Vec<JsonKind>),
    /// It is an object with one of these keys.
    Keys(Vec<String>),
    /// It is an object with none of the keys that the other arms are told by.
    Object,
    /// It is a list whose first element passes.
    First(Box<Test>),
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// `true` or `false`.
    Bool,
    /// A number without fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// A scalar of the runtime.
    Scalar(Scalar),
    /// A type of the API.
    Named(TypeId),
    /// A list.
    List(Box<TypeRef>),
    /// An object whose keys are data.
    Map(Box<TypeRef>),
    /// A value or null, inside a list or map.
    Nullable(Box<TypeRef>),
    /// A type that would be too large in place: recursion without a list in between, or much that is seldom there.
    Boxed(Box<TypeRef>),
}

impl TypeRef {
    /// The type of the API that a value is, or is made of.
    pub fn named(&self) -> Option<&TypeId> {
        match self {
            Self::Scalar(_) => None,
            Self::Named(id) => Some(id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => inner.named(),
        }
    }
}

/// The runtime's scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// An identifier, text or number.
    Id,
    /// A moment, described as a number.
    Timestamp,
    /// A moment, described as text.
    TimestampText,
    /// Any JSON.
    Json,
    /// A file's content.
    Binary,
}

/// Something that the API sends unasked.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name on the wire: `conversation.user.replied`.
    pub wire: String,
    /// What comes with it.
    pub content: Content,
    /// The key under which the id of its item comes where it has no `id`.
    pub id: Option<String>,
    /// Whether only the fields come that identify what it is about.
    pub identifying: bool,
    /// What else there is to know, in our words.
    pub doc: Option<String>,
}

/// What comes with an event.
#[derive(Clone, Debug)]
pub enum Content {
    /// JSON of which nothing is known.
    Json,
    /// A value.
    Item {
        /// Its type.
        ty: TypeRef,
        /// The key under which it lies, where it is not the item itself.
        at: Option<String>,
    },
    /// Several values, by their keys in the item.
    Parts(Vec<(String, TypeRef)>),
}

impl Content {
    /// The types of its values.
    pub fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Json => Vec::new(),
            Self::Item { ty, .. } => vec![ty],
            Self::Parts(parts) => parts.iter().map(|(_, ty)| ty).collect(),
        }
    }
}

/// Which direction a type travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Sent by the client.
    pub request: bool,
    /// Sent by the API.
    pub response: bool,
}
