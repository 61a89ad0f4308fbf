//! Many calls at once through one client.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use intercom_gen::Id;
use intercom_gen::unstable::Client;
use tokio::net::TcpListener;

const CALLS: usize = 10_000;

/// What a server has seen: the query of every request, how many connections there were, and how many requests at once.
#[derive(Default)]
struct Seen {
    queries: Mutex<Vec<String>>,
    connections: AtomicUsize,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

/// Answers with the request's own number as the id of the administrator, in a moment.
async fn answer(request: Request<Incoming>, seen: Arc<Seen>) -> Result<Response<Full<Bytes>>, Infallible> {
    let under_way = seen.under_way.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most.fetch_max(under_way, Ordering::SeqCst);
    let query = request.uri().query().unwrap_or_default().to_owned();
    let body = format!(r#"{{"type": "admin", "id": "{}"}}"#, query.trim_start_matches("n="));
    seen.queries.lock().unwrap_or_else(PoisonError::into_inner).push(query);
    // Whoever else can be served is served first, so that answers overtake each other.
    tokio::task::yield_now().await;
    seen.under_way.fetch_sub(1, Ordering::SeqCst);
    Ok(Response::new(Full::from(body)))
}

async fn serve(listener: TcpListener, seen: Arc<Seen>) {
    while let Ok((stream, _)) = listener.accept().await {
        seen.connections.fetch_add(1, Ordering::SeqCst);
        let seen = Arc::clone(&seen);
        let service = service_fn(move |request| answer(request, Arc::clone(&seen)));
        tokio::spawn(
            async move { http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.is_ok() },
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_get_an_answer_each_and_their_own() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let seen = Arc::<Seen>::default();
    tokio::spawn(serve(listener, Arc::clone(&seen)));
    let client = Client::builder().token("secret-token").base_url(url).build().expect("a client");

    let calls: Vec<_> = (0..CALLS)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.admins().me().query("n", number as u64).await })
        })
        .collect();
    for (number, call) in calls.into_iter().enumerate() {
        let me = call.await.expect("no panic").unwrap_or_else(|error| panic!("call {number}: {error}"));
        assert_eq!(me.id, Id::from(number as u64), "the answer of another call");
    }

    let queries = seen.queries.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(queries.len(), CALLS, "requests were lost or sent twice");
    assert_eq!(queries.iter().collect::<BTreeSet<_>>().len(), CALLS);
    let (connections, most) = (seen.connections.load(Ordering::SeqCst), seen.most.load(Ordering::SeqCst));
    assert!((2..=100).contains(&most), "{most} requests at once");
    assert!(connections <= 400, "{connections} connections, more than a process can be sure to have");
}

#[tokio::test]
async fn a_client_that_may_do_one_thing_at_a_time_does_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let seen = Arc::<Seen>::default();
    tokio::spawn(serve(listener, Arc::clone(&seen)));
    let builder = Client::builder().token("secret-token").base_url(url);
    let client = builder.max_in_flight(0).build().expect("a client");

    let calls: Vec<_> = (0..50).map(|number| tokio::spawn(client.admins().me().query("n", number).send())).collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }

    assert_eq!(seen.most.load(Ordering::SeqCst), 1);
}
