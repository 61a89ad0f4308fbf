//! Blocking calls: on plain threads, over connections that are kept.

use std::future::poll_fn;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;
use tokio::task::coop::unconstrained;

use super::test_server::{Server, answer, ok};
use crate::blocking::wait;
use crate::runtime::imitation::Client;
use crate::{ErrorKind, Method, RetryPolicy};

const CONTACT: &str = r#"{"id":"c1"}"#;

/// A connection comes back a moment after its answer, so a call may make another one meanwhile; not each of so many does.
const CALLS: usize = 30;

/// A server that keeps its connections and counts them.
struct Lasting {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Lasting {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                count.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || serve(&stream));
            }
        });
        Self { url, connections }
    }

    fn client(&self) -> Client {
        let builder = Client::builder().token("secret-token").base_url(&self.url).retry(RetryPolicy::none());
        builder.timeout(Duration::from_secs(20)).build().expect("a client")
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Answers every request on a connection with a contact of the id that was asked for.
fn serve(stream: &TcpStream) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    loop {
        let first = lines.next()?.ok()?;
        while !lines.next()?.ok()?.is_empty() {}
        let id = first.split(' ').nth(1)?.rsplit('/').next()?.to_owned();
        let body = format!(r#"{{"id":"{id}"}}"#);
        let mut stream = stream;
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok()?;
    }
}

#[test]
fn a_call_is_waited_for() {
    let server = Server::new(vec![ok(CONTACT), answer("404 Not Found", &[], "")]);
    let client = server.client();
    assert_eq!(client.contacts().get("c1").send_blocking().expect("a contact").id, "c1");
    let error = client.request(Method::GET, "/nothing").send_blocking().expect_err("an error");
    assert!(error.is_not_found());
}

#[test]
fn what_is_not_a_call_is_waited_for_too() {
    let server = Server::new(vec![ok("sound")]);
    let download = server.client().contacts().recording().send_blocking().expect("a download");
    assert_eq!(&wait(download.bytes()).expect("bytes")[..], b"sound");
}

#[test]
fn a_connection_is_kept_from_one_call_to_the_next() {
    let server = Lasting::new();
    let client = server.client();
    for number in 0..CALLS {
        let id = format!("c{number}");
        assert_eq!(client.contacts().get(id.as_str()).send_blocking().expect("a contact").id, *id);
    }
    assert!(server.connections() < CALLS, "a connection for each call");
}

#[test]
fn connections_outlive_the_threads_that_made_them() {
    let server = Lasting::new();
    let client = server.client();
    for number in 0..CALLS {
        let (client, id) = (client.clone(), format!("c{number}"));
        let call = move || client.contacts().get(id).send_blocking().map(|contact| contact.id);
        assert_eq!(
            std::thread::spawn(call).join().expect("a thread").expect("a contact").as_str(),
            format!("c{number}")
        );
    }
    assert!(server.connections() < CALLS, "a connection for each thread");
}

#[test]
fn many_threads_call_at_once() {
    let server = Lasting::new();
    let client = server.client();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                let client = &client;
                scope.spawn(move || {
                    for number in 0..20 {
                        let id = format!("{thread}-{number}");
                        assert_eq!(client.contacts().get(id.as_str()).send_blocking().expect("a contact").id, *id);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("a thread");
        }
    });
    assert!(server.connections() < 160, "a connection for each call");
}

#[test]
fn connections_of_a_runtime_that_stands_still_are_not_waited_for() {
    let server = Lasting::new();
    let client = server.client();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    for number in 0..3 {
        runtime.block_on(client.contacts().get(number).send()).expect("a contact");
        client.contacts().get(number).send_blocking().expect("a contact");
    }
}

#[tokio::test]
async fn on_a_thread_of_a_runtime_it_is_an_error_that_says_what_to_do() {
    let server = Server::new(vec![]);
    let error = server.client().contacts().get("c1").send_blocking().expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("await the request"), "{error}");
    let client = server.client();
    let in_a_task = tokio::spawn(async move { client.contacts().get("c1").send_blocking().is_err() });
    assert!(in_a_task.await.expect("no panic"));
}

/// One runtime of each kind.
fn runtimes() -> [Runtime; 2] {
    let mut kinds = [Builder::new_current_thread(), Builder::new_multi_thread()];
    kinds.each_mut().map(|kind| kind.enable_all().build().expect("a runtime"))
}

#[test]
fn in_a_task_of_any_runtime_it_is_an_error() {
    let client = Server::new(vec![]).client();
    let call = || client.contacts().get("c1").send_blocking().is_err_and(|error| error.is_config());
    for runtime in runtimes() {
        assert!(runtime.block_on(async { call() }));
        assert!(LocalSet::new().block_on(&runtime, async { call() }));
        let client = client.clone();
        let task = async move { client.contacts().get("c1").send_blocking().is_err_and(|error| error.is_config()) };
        assert!(runtime.block_on(async { tokio::spawn(task).await.expect("no panic") }));
    }
}

#[test]
fn a_task_goes_on_after_the_error() {
    for runtime in runtimes() {
        let server = Server::new(vec![ok(CONTACT)]);
        let client = server.client();
        let contact = runtime.block_on(async {
            assert!(client.contacts().get("c1").send_blocking().is_err());
            client.contacts().get("c1").await
        });
        assert_eq!(contact.expect("a contact").id, "c1");
    }
}

#[test]
fn where_a_runtime_lets_threads_wait_it_is_waited_for() {
    for runtime in runtimes() {
        let server = Server::new(vec![ok(CONTACT)]);
        let client = server.client();
        let apart = runtime.spawn_blocking(move || client.contacts().get("c1").send_blocking());
        assert_eq!(runtime.block_on(apart).expect("no panic").expect("a contact").id, "c1");
    }
    let (server, [_, runtime]) = (Server::new(vec![ok(CONTACT)]), runtimes());
    let client = server.client();
    let in_place = async { tokio::task::block_in_place(|| client.contacts().get("c1").send_blocking()) };
    assert_eq!(runtime.block_on(in_place).expect("a contact").id, "c1");
}

#[test]
fn a_runtime_that_a_thread_has_entered_is_no_hindrance() {
    let server = Server::new(vec![ok(CONTACT), ok(CONTACT)]);
    let client = server.client();
    let [runtime, _] = runtimes();
    let _entered = runtime.enter();
    assert_eq!(client.contacts().get("c1").send_blocking().expect("a contact").id, "c1");
    // Who takes the budget from a task says that it may hold up others.
    let unbound = unconstrained(async { client.contacts().get("c1").send_blocking() });
    assert_eq!(runtime.block_on(unbound).expect("a contact").id, "c1");
}

#[test]
fn a_wait_goes_on_though_somebody_else_has_parked_the_thread() {
    let mut is_woken = false;
    let woken = poll_fn(|context| {
        if std::mem::replace(&mut is_woken, true) {
            return Poll::Ready(Ok(7));
        }
        context.waker().wake_by_ref();
        // Takes what the waker has left for the thread, as a channel may.
        std::thread::park();
        Poll::Pending
    });
    assert_eq!(wait(woken).expect("a value"), 7);
}

#[test]
fn a_blocking_call_inside_of_another_is_an_error() {
    let client = Server::new(vec![]).client();
    let error = wait(async { client.contacts().get("c1").send_blocking() }).expect_err("an error");
    assert!(error.is_config(), "{error}");
}

#[test]
fn a_call_that_was_refused_leaves_the_next_one_alone() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let server = Server::new(vec![ok(CONTACT)]);
    let client = server.client();
    assert!(runtime.block_on(async { client.contacts().get("c1").send_blocking() }).is_err());
    assert_eq!(client.contacts().get("c1").send_blocking().expect("a contact").id, "c1");
}
