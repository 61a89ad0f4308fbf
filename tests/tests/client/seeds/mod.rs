//! A program that uses what other tools lack: the same code for every version that has it, each against a server on
//! loopback with answers of our own making.
//!
//! All clients here are strict: an answer that does not fit its types fails the test.

mod ai_content;
mod custom_channels;
mod custom_objects;
mod data_attributes;
mod data_connectors;
mod every_job;
mod exports;
mod fin;
mod jobs;
mod patience;

use intercom_gen::ClientBuilder;
use serde_json::Value;
use tests::loopback::{Reply, Seen, Server, TOKEN};

/// Writes what it is given twice, with `Client`, `types` and `VERSION` of one version and of the other.
macro_rules! each_version {
    ($($tokens:tt)*) => {
        mod unstable {
            use super::*;
            use ::intercom_gen::unstable::{Client, types};

            const VERSION: &str = "Preview";

            $($tokens)*
        }

        mod v2_14 {
            use super::*;
            use ::intercom_gen::v2_14::{Client, types};

            const VERSION: &str = "2.14";

            $($tokens)*
        }
    };
}

pub(crate) use each_version;

/// A server with these replies, and a client of it that lets no drift pass.
fn serving<C>(builder: ClientBuilder<C>, replies: impl IntoIterator<Item = Reply>) -> (Server, C) {
    let server = Server::new(replies);
    let client = server.client(builder.strict(true));
    (server, client)
}

/// What a request has to be.
struct Asked {
    line: &'static str,
    accept: &'static str,
    body: Value,
}

/// A request without a body.
fn asked(line: &'static str) -> Asked {
    Asked { line, accept: "application/json", body: Value::Null }
}

impl Asked {
    /// The same request with a body.
    fn with(self, body: Value) -> Self {
        Self { body, ..self }
    }

    /// The same request for a file.
    fn for_a_file(self) -> Self {
        Self { accept: "application/octet-stream", ..self }
    }

    #[track_caller]
    fn check(&self, seen: &Seen, version: &str) {
        assert_eq!(seen.line, self.line);
        assert_eq!(seen.json(), self.body, "{}", self.line);
        let token = format!("Bearer {TOKEN}");
        let json = (!self.body.is_null()).then_some("application/json");
        for (name, value) in [
            ("intercom-version", Some(version)),
            ("authorization", Some(token.as_str())),
            ("accept", Some(self.accept)),
            ("content-type", json),
        ] {
            assert_eq!(seen.header(name), value, "{name} of {}", self.line);
        }
    }
}

/// Checks that the server was asked for these things in this order and for nothing else.
#[track_caller]
fn was_asked<const COUNT: usize>(server: &Server, version: &str, expected: [Asked; COUNT]) {
    let seen: [Seen; COUNT] = server.requests();
    for (seen, expected) in seen.iter().zip(&expected) {
        expected.check(seen, version);
    }
}
