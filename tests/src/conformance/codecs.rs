//! The types of each version by name.

use std::collections::BTreeMap;

use intercom_gen::{Codec, Operation};
use xtask::error::{Error, Result};
use xtask::openapi::identity;

/// What the crate has for one version of the API.
pub struct Codecs {
    /// The ids of operations, by identity.
    operations: BTreeMap<String, &'static str>,
    bodies: &'static [Codec],
    answers: &'static [Codec],
    schemas: &'static [Codec],
}

/// The types of the version called `name`.
pub fn of(name: &str) -> Result<Codecs> {
    use intercom_gen::{unstable, v2_14};
    match name {
        "2.14" => {
            Ok(Codecs::new(v2_14::OPERATIONS, v2_14::codecs::BODIES, v2_14::codecs::ANSWERS, v2_14::codecs::SCHEMAS))
        }
        "unstable" | "preview" => {
            let (bodies, answers, schemas) =
                (unstable::codecs::BODIES, unstable::codecs::ANSWERS, unstable::codecs::SCHEMAS);
            Ok(Codecs::new(unstable::OPERATIONS, bodies, answers, schemas))
        }
        other => Err(Error::file(other, "is no version that this program was built with").hint("2.14 or unstable")),
    }
}

impl Codecs {
    fn new(
        operations: &[Operation],
        bodies: &'static [Codec],
        answers: &'static [Codec],
        schemas: &'static [Codec],
    ) -> Self {
        let operations =
            operations.iter().map(|operation| (identity(operation.method, operation.path), operation.id)).collect();
        Self { operations, bodies, answers, schemas }
    }

    /// Whether the crate has the operation.
    pub fn has(&self, operation: &str) -> bool {
        self.operations.contains_key(operation)
    }

    /// The type of an operation's body.
    pub fn body(&self, operation: &str) -> Option<&'static Codec> {
        find(self.bodies, self.operations.get(operation)?)
    }

    /// The type of an operation's answer.
    pub fn answer(&self, operation: &str) -> Option<&'static Codec> {
        find(self.answers, self.operations.get(operation)?)
    }

    /// The type of a schema.
    pub fn schema(&self, name: &str) -> Option<&'static Codec> {
        find(self.schemas, name)
    }
}

fn find(codecs: &'static [Codec], name: &str) -> Option<&'static Codec> {
    codecs.iter().find(|codec| codec.name() == name)
}
