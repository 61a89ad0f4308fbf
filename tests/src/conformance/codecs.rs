//! The types of each version by name.

use std::collections::BTreeMap;

use intercom_gen::{ApiVersion, Codec, VERSIONS};
use xtask::error::{Error, Result};
use xtask::openapi::identity;

/// What the crate has for one version of the API.
pub struct Codecs {
    version: &'static ApiVersion,
    /// The ids of operations, by identity.
    operations: BTreeMap<String, &'static str>,
}

/// The version called `name`, as the crate has it.
pub fn built(name: &str) -> Result<&'static ApiVersion> {
    VERSIONS.iter().find(|version| version.is_called(name)).ok_or_else(|| {
        let built: Vec<&str> = VERSIONS.iter().map(|version| version.name).collect();
        Error::file(name, "is no version that this program was built with")
            .hint(format!("it has {}; for another, turn its feature of intercom-gen on", built.join(" and ")))
    })
}

impl Codecs {
    /// The types of a version.
    pub fn of(version: &'static ApiVersion) -> Self {
        let operations = version.operations.iter();
        let operations = operations.map(|operation| (identity(operation.method, operation.path), operation.id));
        Self { version, operations: operations.collect() }
    }

    /// Whether the crate has the operation.
    pub fn has(&self, operation: &str) -> bool {
        self.operations.contains_key(operation)
    }

    /// The type of an operation's body.
    pub fn body(&self, operation: &str) -> Option<&'static Codec> {
        find(self.version.bodies, self.operations.get(operation)?)
    }

    /// The type of an operation's answer.
    pub fn answer(&self, operation: &str) -> Option<&'static Codec> {
        find(self.version.answers, self.operations.get(operation)?)
    }

    /// The type of a schema.
    pub fn schema(&self, name: &str) -> Option<&'static Codec> {
        find(self.version.schemas, name)
    }
}

fn find(codecs: &'static [Codec], name: &str) -> Option<&'static Codec> {
    codecs.iter().find(|codec| codec.name() == name)
}
