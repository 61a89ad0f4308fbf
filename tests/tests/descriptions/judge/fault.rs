//! What a judge says.

use std::fmt;

/// Something that a description does not permit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What forbids it: a pointer into the description, or the operation's identity and a part of the request.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl Fault {
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values of whole bodies stand in some messages.
        let what: String = self.what.chars().take(300).collect();
        write!(f, "{}: {what}", self.place)
    }
}
