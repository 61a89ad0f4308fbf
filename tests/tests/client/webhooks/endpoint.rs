//! The endpoint of the example `webhooks`, over a socket.

use intercom_gen::unstable::Notification;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::{SECRET, notification, signed};

#[allow(dead_code, unreachable_pub, reason = "a program, of which only the router is wanted here")]
#[path = "../../../../generated/examples/webhooks.rs"]
mod example;

/// The example's endpoint on a port of its own.
struct Endpoint {
    address: std::net::SocketAddr,
    accepted: mpsc::Receiver<Notification>,
}

impl Endpoint {
    /// An endpoint at which `places` notifications may wait.
    async fn new(places: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (work, accepted) = mpsc::channel(places);
        tokio::spawn(async move { axum::serve(listener, example::router(SECRET.to_owned(), work)).await });
        Self { address, accepted }
    }

    /// The status of the answer to a request.
    async fn ask(&self, method: &str, headers: &[(&str, String)], body: &str) -> u16 {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        let mut request = format!("{method} /intercom HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }

    async fn deliver(&self, body: &str) -> u16 {
        self.ask("POST", &signed(body), body).await
    }

    /// The topics that were accepted so far.
    fn topics(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.accepted.try_recv().ok()).map(|notification| notification.name).collect()
    }
}

#[tokio::test]
async fn a_signed_notification_is_accepted() {
    let mut endpoint = Endpoint::new(8).await;
    assert_eq!(endpoint.deliver(&notification("contact.merged", r#"{"id": "c1"}"#)).await, 200);
    assert_eq!(endpoint.topics(), ["contact.merged"]);
}

#[tokio::test]
async fn a_notification_that_comes_twice_is_taken_once() {
    let mut endpoint = Endpoint::new(8).await;
    for topic in ["contact.merged", "contact.merged", "ticket.created"] {
        assert_eq!(endpoint.deliver(&notification(topic, "{}")).await, 200);
    }
    assert_eq!(endpoint.topics(), ["contact.merged", "ticket.created"]);
}

#[tokio::test]
async fn what_nobody_signed_is_refused() {
    let mut endpoint = Endpoint::new(8).await;
    let body = notification("contact.merged", "{}");
    assert_eq!(endpoint.ask("POST", &[], &body).await, 401);
    assert_eq!(endpoint.ask("POST", &signed("another body"), &body).await, 401);
    assert_eq!(endpoint.topics(), [""; 0]);
}

#[tokio::test]
async fn what_is_signed_and_no_notification_is_a_bad_request() {
    let mut endpoint = Endpoint::new(8).await;
    assert_eq!(endpoint.deliver("<html>").await, 400);
    assert_eq!(endpoint.topics(), [""; 0]);
}

#[tokio::test]
async fn a_probe_is_answered() {
    let endpoint = Endpoint::new(8).await;
    assert_eq!(endpoint.ask("HEAD", &[], "").await, 200);
}

#[tokio::test]
async fn what_cannot_wait_any_more_is_asked_for_again() {
    let mut endpoint = Endpoint::new(1).await;
    let (first, second) = (notification("contact.merged", "{}"), notification("ticket.created", "{}"));
    assert_eq!(endpoint.deliver(&first).await, 200);
    assert_eq!(endpoint.deliver(&second).await, 503);
    assert_eq!(endpoint.topics(), ["contact.merged"]);
    assert_eq!(endpoint.deliver(&second).await, 200);
    assert_eq!(endpoint.topics(), ["ticket.created"]);
}
