//! What a body held beyond, or beside, its description.

/// What a report has in the place of a value that gives access to something.
pub(super) const UNREADABLE_SECRET: &str = "[secret]";

/// A value that did not fit its field. Its text is kept in the `extra` of the nearest object, the field has its default.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Where, as a JSONPath: `$.conversations[2].source.body`.
    pub path: String,
    /// What the description asks for.
    pub expected: &'static str,
    /// What came, as JSON. Empty where a required key was missing; `[secret]` where the value is, or holds, a secret.
    pub raw: String,
}

/// Something that the description does not list: a key, a value of an enumeration, an arm of a union. It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Addition {
    /// Where, as a JSONPath.
    pub path: String,
    /// What came, as JSON; `[secret]` where the value is, or holds, a secret.
    pub raw: String,
}
