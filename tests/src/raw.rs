//! A server on loopback that answers with bytes, not with HTTP: what a server or a network does when something is wrong.
//!
//! It reads one request from each connection, sends what its script says and ends the connection as the script says.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// What happens once the bytes are sent.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// The connection is closed in good order.
    Close,
    /// It is reset: what the client has not read is lost.
    Reset,
    /// Nothing: the client waits for the rest.
    Silence,
}

/// Bytes, and how the connection ends after them.
pub type Script = (String, End);

/// A server that is listening.
pub struct Raw {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
    heard: Arc<Notify>,
}

impl Raw {
    /// Answers the n-th connection with the n-th script, and no more. Has to be made inside of a runtime.
    pub fn new(scripts: impl IntoIterator<Item = Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let listener = tokio::net::TcpListener::from_std(listener).expect("a runtime");
        let (seen, heard) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(Notify::new()));
        let (lines, bell) = (Arc::clone(&seen), Arc::clone(&heard));
        let scripts: Vec<Script> = scripts.into_iter().collect();
        tokio::spawn(async move {
            let mut open = Vec::new();
            for (bytes, end) in scripts {
                let Ok((mut stream, _)) = listener.accept().await else { return };
                let Some(line) = request(&mut stream).await else { return };
                lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                bell.notify_one();
                // A client may have gone away by now.
                let _ = stream.write_all(bytes.as_bytes()).await;
                match end {
                    End::Close => drop(stream),
                    End::Reset => drop(stream.set_zero_linger()),
                    End::Silence => open.push(stream),
                }
            }
            // Connections stay open for as long as the runtime lives.
            std::future::pending::<()>().await;
        });
        Self { url, seen, heard }
    }

    /// Where it is, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits until another request has come.
    pub async fn heard(&self) {
        self.heard.notified().await;
    }

    /// The first lines of all requests so far, without the version of HTTP.
    pub fn lines(&self) -> Vec<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Reads a request to the end of its body, and gives its method and target.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().filter_map(|line| line.split_once(": "));
        let length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length = length.filter_map(|(_, length)| length.parse::<usize>().ok()).next().unwrap_or(0);
        if body.len() >= length {
            return head.lines().next()?.strip_suffix(" HTTP/1.1").map(str::to_owned);
        }
    }
}
