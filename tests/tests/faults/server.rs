//! The server: HTTP/1.1 byte by byte, because what it does wrong no library for servers would do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::account::Account;
use crate::fate::{Fate, TIMEOUT};

/// How many requests it takes until the limit is reached; then the rest of the second is over the limit.
const LIMIT: usize = 20_000;

/// A server that is listening; it ends with its runtime.
pub struct Server {
    url: String,
}

/// What all connections share.
struct Shared {
    account: Arc<Account>,
    requests: AtomicUsize,
    /// The second in which the limit was reached last.
    closed: AtomicUsize,
}

impl Server {
    pub async fn start(account: Arc<Account>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared { account, requests: AtomicUsize::new(0), closed: AtomicUsize::new(0) });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                // A client may go away whenever it likes.
                tokio::spawn(async move { serve(stream, &shared).await.is_ok() });
            }
        });
        Self { url }
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Answers the requests of a connection until one of them ends it.
async fn serve(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(1024);
    while let Some(request) = receive(&mut stream, &mut buffer).await? {
        let Some(call) = call(&request) else { return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await };
        let (second, limited) = shared.limited();
        let fate = shared.account.arrived(call, limited);
        if !answer(&mut stream, fate, &format!("call-{call:06}"), second).await? {
            return if fate == Fate::Kept {
                lose(&mut stream, &mut buffer, shared).await
            } else {
                stream.shutdown().await
            };
        }
    }
    Ok(())
}

/// Ends a connection that the client keeps, and notes what comes over it nevertheless. In the moment before the end it is
/// used again by many a call, because the client has no connection that is fresher.
async fn lose(stream: &mut TcpStream, buffer: &mut Vec<u8>, shared: &Shared) -> std::io::Result<()> {
    tokio::time::sleep(Duration::from_millis(1)).await;
    stream.shutdown().await?;
    while let Some(request) = receive(stream, buffer).await? {
        call(&request).into_iter().for_each(|call| shared.account.lost(call));
    }
    Ok(())
}

/// The number of the call that a request belongs to.
fn call(request: &str) -> Option<usize> {
    request.split("call-").nth(1).and_then(|rest| rest.get(..6)?.parse().ok())
}

impl Shared {
    /// The present second, and whether the limit is reached in it.
    fn limited(&self) -> (usize, bool) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let second = usize::try_from(now.as_secs()).unwrap_or(0);
        if (self.requests.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(LIMIT) {
            self.closed.store(second, Ordering::Relaxed);
            self.account.limit_reached();
        }
        (second, self.closed.load(Ordering::Relaxed) == second)
    }
}

/// Reads until a request is whole, and takes it; gives nothing if the client has no more.
async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<Option<String>> {
    loop {
        if let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
            let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            let whole = head + 4 + length.unwrap_or(0);
            if buffer.len() >= whole {
                let request = String::from_utf8_lossy(&buffer[..whole]).into_owned();
                buffer.drain(..whole);
                return Ok(Some(request));
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// Does to a request what its fate is; gives whether the connection goes on.
async fn answer(stream: &mut TcpStream, fate: Fate, id: &str, second: usize) -> std::io::Result<bool> {
    let body = format!(r#"{{"type":"contact","id":"{id}","name":"Ada","tags":{{"type":"list","data":[]}}}}"#);
    let whole = |status: u16, headers: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let reset =
        format!("X-RateLimit-Limit: {LIMIT}\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: {}\r\n", second + 1);
    let errors = r#"{"type":"error.list","errors":[{"code":"made_up","message":"no"}]}"#;
    let (first, then, goes_on) = match fate {
        Fate::Answered | Fate::Delayed => (whole(200, "", &body), String::new(), true),
        Fate::InChunks => {
            let (one, other) = body.split_at(body.len() / 2);
            let chunk = |part: &str| format!("{:x}\r\n{part}\r\n", part.len());
            (format!("{chunked}{}", chunk(one)), format!("{}0\r\n\r\n", chunk(other)), true)
        }
        Fate::Last => (whole(200, "Connection: close\r\n", &body), String::new(), false),
        Fate::Kept => (whole(200, "", &body), String::new(), false),
        Fate::Status(status @ (502 | 504)) => (whole(status, "", "<html>Bad gateway</html>"), String::new(), true),
        Fate::Status(status) => (whole(status, "", errors), String::new(), true),
        Fate::Limited => (whole(429, "Retry-After: 0\r\n", errors), String::new(), true),
        Fate::OverLimit => (whole(429, &reset, errors), String::new(), true),
        Fate::Unreadable => (whole(200, "", "<html>log in</html>"), String::new(), true),
        Fate::CutInHead => ("HTTP/1.1 200 OK\r\nContent-Le".to_owned(), String::new(), false),
        Fate::CutInBody => {
            let text = whole(200, "", &body);
            (text[..text.len() - 9].to_owned(), String::new(), false)
        }
        Fate::CutInChunk => (format!("{chunked}ff\r\n{body}"), String::new(), false),
        Fate::Garbage => ("\u{1}\u{2}GARBAGE\r\n\r\n".to_owned(), String::new(), false),
        Fate::Dropped | Fate::Silent | Fate::Lost => (String::new(), String::new(), false),
    };
    match fate {
        Fate::Delayed => tokio::time::sleep(Duration::from_millis(5)).await,
        Fate::Silent => tokio::time::sleep(TIMEOUT + Duration::from_secs(2)).await,
        _ => {}
    }
    stream.write_all(first.as_bytes()).await?;
    if !then.is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
        stream.write_all(then.as_bytes()).await?;
    }
    Ok(goes_on)
}
