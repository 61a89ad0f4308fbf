//! What goes over the wire, and what is made of what comes back: one call of each shape, against a server on loopback.

mod answers;
mod bodies;
mod crowd;
mod errors;
mod faults;
mod headers;
mod kept;
mod paths;
mod queries;
mod readme;
mod redirects;
mod retries;
mod searches;
mod secrets;
mod sent;
mod uploads;

use intercom_gen::{unstable, v2_14};
use tests::loopback::{Reply, Server};

/// A contact that has what the API requires of one, and no more.
const CONTACT: &str = r#"{"type": "contact", "id": "c1"}"#;

/// A server that answers any request with JSON, and its client of the moving channel.
fn answering(json: &str) -> (Server, unstable::Client) {
    serving([Reply::json(json)])
}

/// A server with these replies, and its client of the moving channel.
fn serving(replies: impl IntoIterator<Item = Reply>) -> (Server, unstable::Client) {
    let server = Server::new(replies);
    let client = server.client(unstable::Client::builder());
    (server, client)
}

/// A server with these replies, and its client of version 2.14.
fn serving_2_14(replies: impl IntoIterator<Item = Reply>) -> (Server, v2_14::Client) {
    let server = Server::new(replies);
    let client = server.client(v2_14::Client::builder());
    (server, client)
}
