//! A server on loopback, HTTP/1.1 over a real socket: what a client sends is what arrives here, byte for byte.
//!
//! It gives the replies it was made with, in their order, or what a function makes of each request, and keeps every
//! request. It has no clock: a reply is given when it is asked for, and the server ends with the runtime of the test that
//! made it.

use std::collections::VecDeque;
use std::fmt;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, StatusCode, Version};
use hyper_util::rt::TokioIo;
use intercom_gen::{ClientBuilder, RetryPolicy};
use serde_json::Value;

/// The token of every client that [`Server::client`] makes.
pub const TOKEN: &str = "secret-token";

/// A request as it came.
#[derive(Clone, PartialEq)]
pub struct Seen {
    /// Method and target, as in the request's first line.
    pub line: String,
    /// All headers.
    pub headers: HeaderMap,
    /// All of the body.
    pub body: Bytes,
}

impl Seen {
    async fn receive(request: Request<Incoming>) -> Result<Self, hyper::Error> {
        let (head, body) = request.into_parts();
        assert_eq!(head.version, Version::HTTP_11);
        let body = body.collect().await?.to_bytes();
        Ok(Self { line: format!("{} {}", head.method, head.uri), headers: head.headers, body })
    }

    /// The text of a header that may come once.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().map(|value| value.to_str().expect("a header of ASCII"));
        assert_eq!(values.next(), None, "{name} comes twice");
        value
    }

    /// The body as text.
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of UTF-8")
    }

    /// The body as JSON; `null` if there is none.
    #[track_caller]
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {:?}", self.line, self.headers, self.body)
    }
}

/// What the server answers.
#[derive(Clone, Debug)]
pub struct Reply(Response<Bytes>);

impl Reply {
    /// A status and nothing else.
    pub fn new(status: u16) -> Self {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        Self(response)
    }

    /// Status 200 and JSON.
    pub fn json(text: impl ToString) -> Self {
        Self::new(200).with("Content-Type", "application/json; charset=utf-8").body(text.to_string())
    }

    /// A redirect.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::new(status).with("Location", location)
    }

    /// The same reply with another status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        *self.0.status_mut() = StatusCode::from_u16(status).expect("a status");
        self
    }

    /// The same reply with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
        self.0.headers_mut().append(name, HeaderValue::from_str(value).expect("a header's value"));
        self
    }

    /// The same reply with another body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        *self.0.body_mut() = body.into();
        self
    }
}

/// What is answered to a request.
type Answer = Box<dyn FnMut(&Seen) -> Reply + Send>;

/// What is still to be answered, and what was asked.
struct Exchange {
    replies: VecDeque<Reply>,
    /// What is answered when no reply is left.
    otherwise: Answer,
    seen: Vec<Seen>,
}

/// A server that is listening.
pub struct Server {
    url: String,
    exchange: Arc<Mutex<Exchange>>,
}

impl Server {
    /// Listens on a port of its own, and answers the n-th request with the n-th of `replies`. Has to be made inside of
    /// a runtime, and ends with it.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let none_left = |seen: &Seen| Reply::new(500).body(format!("no reply is left for {}", seen.line));
        Self::serving(replies.into_iter().collect(), Box::new(none_left))
    }

    /// The same, but it answers each request with what `answer` makes of it.
    pub fn answering(answer: impl FnMut(&Seen) -> Reply + Send + 'static) -> Self {
        Self::serving(VecDeque::new(), Box::new(answer))
    }

    fn serving(replies: VecDeque<Reply>, otherwise: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let exchange = Arc::new(Mutex::new(Exchange { replies, otherwise, seen: Vec::new() }));
        let listener = tokio::net::TcpListener::from_std(listener).expect("a runtime");
        tokio::spawn(listen(listener, Arc::clone(&exchange)));
        Self { url, exchange }
    }

    /// Answers one more request.
    pub fn push(&self, reply: Reply) {
        lock(&self.exchange).replies.push_back(reply);
    }

    /// Answers the next request with this, in place of all replies that are left.
    pub fn replace(&self, reply: Reply) {
        lock(&self.exchange).replies = VecDeque::from([reply]);
    }

    /// Where it is, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A client of this server, as `builder` sets it up, that sends every request once.
    pub fn client<C>(&self, builder: ClientBuilder<C>) -> C {
        self.retrying(builder, RetryPolicy::none())
    }

    /// A client of this server, as `builder` sets it up, that tries again as `policy` says.
    pub fn retrying<C>(&self, builder: ClientBuilder<C>, policy: RetryPolicy) -> C {
        let builder = builder.token(TOKEN).base_url(self.url()).timeout(Duration::from_secs(10)).retry(policy);
        builder.build().expect("a client")
    }

    /// Everything that was asked, which has to be as many requests as are wanted here.
    #[track_caller]
    pub fn requests<const COUNT: usize>(&self) -> [Seen; COUNT] {
        let seen = std::mem::take(&mut lock(&self.exchange).seen);
        seen.try_into().unwrap_or_else(|seen| panic!("{COUNT} requests are due, not these: {seen:#?}"))
    }
}

fn lock(exchange: &Mutex<Exchange>) -> MutexGuard<'_, Exchange> {
    exchange.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: tokio::net::TcpListener, exchange: Arc<Mutex<Exchange>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let exchange = Arc::clone(&exchange);
        let service = service_fn(move |request| answer(request, Arc::clone(&exchange)));
        // A client may go away whenever it likes.
        tokio::spawn(
            async move { http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.is_ok() },
        );
    }
}

async fn answer(
    request: Request<Incoming>,
    exchange: Arc<Mutex<Exchange>>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let seen = Seen::receive(request).await?;
    let mut exchange = lock(&exchange);
    let next = exchange.replies.pop_front();
    let Reply(response) = next.unwrap_or_else(|| (exchange.otherwise)(&seen));
    exchange.seen.push(seen);
    Ok(response.map(Full::new))
}
