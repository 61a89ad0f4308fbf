//! Operations by name: what a call by name sends and gives, for callers that learn at run time what to call.

mod answers;
mod arguments;
mod every;
mod names;

use intercom_gen::{Arguments, Dynamic, Error, Json, unstable};
use serde_json::Value;
use tests::loopback::{Reply, Server};

/// A server that gives these replies, and what calls it by name.
fn serving(replies: impl IntoIterator<Item = Reply>) -> (Server, Dynamic) {
    let server = Server::new(replies);
    let api = server.client(unstable::Client::builder()).dynamic();
    (server, api)
}

/// The error of a call that is not made.
async fn refused(operation: &str, arguments: Value) -> Error {
    let (server, api) = serving([]);
    let error = api.call(operation, arguments).await.expect_err("an error");
    let [] = server.requests();
    assert!(error.status().is_none() && error.kind() == intercom_gen::ErrorKind::Argument, "{error}");
    error
}

fn json(text: &str) -> Json {
    Json::parse(text).expect("JSON")
}

/// Arguments with an id.
fn id() -> Arguments {
    Arguments::new().path("id", "1")
}
