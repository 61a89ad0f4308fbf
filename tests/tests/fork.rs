//! A process that was forked off makes blocking calls with a client of its parent.

#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use fork::{Fork, fork, waitpid};
use intercom_gen::RetryPolicy;
use intercom_gen::unstable::Client;

/// How long a process may take that hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that keeps its connections; gives its address, and what it is asked with the number of the connection.
fn server() -> (String, Receiver<(usize, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, seen) = channel();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let (sender, stream) = (sender.clone(), stream.expect("a connection"));
            std::thread::spawn(move || serve(number, &stream, &sender));
        }
    });
    (url, seen)
}

fn serve(number: usize, stream: &TcpStream, sender: &Sender<(usize, String)>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    loop {
        let first = lines.next()?.ok()?;
        while !lines.next()?.ok()?.is_empty() {}
        let id = first.split(' ').nth(1)?.rsplit('/').next()?.to_owned();
        let body = format!(r#"{{"id":"{id}"}}"#);
        sender.send((number, id)).ok()?;
        let mut stream = stream;
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok()?;
    }
}

/// Calls in a process that was forked off, and ends it; what hangs ends with it.
fn call_and_exit(client: &Client) -> ! {
    std::thread::spawn(|| {
        std::thread::sleep(PATIENCE);
        std::process::exit(2);
    });
    let right = ["child-1", "child-2"].iter().all(|id| {
        let contact = client.contacts().get(*id).send_blocking();
        contact.is_ok_and(|contact| contact.id == **id)
    });
    std::process::exit(if right { 0 } else { 1 });
}

#[test]
fn a_blocking_call_after_a_fork_works_in_both_processes_over_connections_of_their_own() {
    let (url, seen) = server();
    let builder = Client::builder().token("secret-token").base_url(url).retry(RetryPolicy::none());
    let client = builder.timeout(Duration::from_secs(5)).build().expect("a client");
    client.contacts().get("parent-1").send_blocking().expect("a contact");
    let child = match fork().expect("a process") {
        Fork::Child => call_and_exit(&client),
        Fork::Parent(child) => child,
    };
    let status = waitpid(child).expect("a status");
    assert_eq!(status, 0, "the child hangs or fails");
    client.contacts().get("parent-2").send_blocking().expect("a contact");
    let asked: Vec<(usize, String)> = (0..4).map(|_| seen.recv_timeout(PATIENCE).expect("a request")).collect();
    let connection =
        |id: &str| asked.iter().find(|(_, other)| other == id).map(|(number, _)| *number).expect("a request");
    assert_ne!(connection("parent-1"), connection("child-1"), "a connection is shared");
    assert_ne!(connection("parent-2"), connection("child-2"), "a connection is shared");
}
