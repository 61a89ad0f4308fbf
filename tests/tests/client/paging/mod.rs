//! Lists that come in pages, from the first request to the last, against a server on loopback.

mod blocking;
mod ends;
mod every;
mod faults;
mod next;
mod streams;

use intercom_gen::unstable::Client;
use intercom_gen::{Items, Result};
use tests::loopback::{Reply, Server};

/// A server that gives these answers, and a client of it.
fn serving<'a>(answers: impl IntoIterator<Item = &'a str>) -> (Server, Client) {
    replying(answers.into_iter().map(Reply::json))
}

fn replying(replies: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::new(replies);
    let client = server.client(Client::builder());
    (server, client)
}

/// Everything that a stream gives, up to its end or its first error.
async fn drained<I: 'static>(mut items: Items<I>) -> (Vec<I>, Result<()>) {
    let mut found = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => found.push(item),
            Ok(None) => return (found, Ok(())),
            Err(error) => return (found, Err(error)),
        }
    }
}
