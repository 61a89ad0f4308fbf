//! A server on loopback that answers as a test tells it and remembers what it was asked.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::RetryPolicy;
use crate::runtime::imitation::Client;

/// A request as it came over the wire.
#[derive(Debug)]
pub(super) struct Seen {
    /// Method and target.
    pub(super) line: String,
    headers: String,
    pub(super) body: String,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.lines().filter_map(|line| line.split_once(": "));
        headers.find_map(|(other, value)| other.eq_ignore_ascii_case(name).then_some(value))
    }
}

pub(super) struct Server {
    pub(super) url: String,
    seen: Receiver<Seen>,
}

impl Server {
    /// Answers the n-th request with the n-th of `answers`, then stops listening.
    pub(super) fn new(answers: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, seen) = channel();
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let Some(request) = read_request(&mut stream) else { return };
                let _ = stream.write_all(&answer);
                let _ = sender.send(request);
            }
        });
        Self { url, seen }
    }

    pub(super) fn seen(&self) -> Seen {
        self.seen.recv_timeout(Duration::from_secs(10)).expect("a request")
    }

    pub(super) fn client(&self) -> Client {
        self.retrying(RetryPolicy::none())
    }

    pub(super) fn retrying(&self, policy: RetryPolicy) -> Client {
        Client::builder().token("secret-token").base_url(&self.url).retry(policy).build().expect("a client")
    }
}

fn read_request(stream: &mut TcpStream) -> Option<Seen> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let (line, headers) = head.split_once("\r\n")?;
        let line = line.trim_end_matches(" HTTP/1.1").to_owned();
        let seen = Seen { line, headers: headers.to_owned(), body: body.to_owned() };
        let length = seen.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            return Some(seen);
        }
    }
}

/// An answer with a status line, headers and a body.
pub(super) fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    [text.as_bytes(), b"\r\n", body].concat()
}

pub(super) fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", &[("X-Request-Id", "req_1")], body)
}
