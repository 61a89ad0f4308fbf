//! A server on loopback that gives the answers it is told to, and tells what it was asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

/// A server with one answer per request.
pub struct Server {
    pub url: String,
    thread: JoinHandle<Vec<String>>,
}

impl Server {
    /// Answers each request with the next of `answers`: status line and headers, an empty line, body.
    pub fn new(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answers: Vec<String> = answers.iter().map(|answer| answer.replace("{url}", &url)).collect();
        let thread = std::thread::spawn(move || {
            answers.iter().map(|answer| serve(&listener.accept().unwrap().0, answer)).collect()
        });
        Self { url, thread }
    }

    /// The requests, once all answers are given: request line and body, with an empty line between.
    pub fn requests(self) -> Vec<String> {
        self.thread.join().unwrap()
    }
}

fn serve(mut stream: &TcpStream, answer: &str) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut received = Vec::new();
    let mut buffer = [0; 1024];
    let request = loop {
        let count = stream.read(&mut buffer).unwrap();
        received.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&received);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
        if body.len() >= length.unwrap_or(0) {
            break format!("{}\n\n{body}", head.lines().next().unwrap_or_default());
        }
    };
    let (head, body) = answer.split_once("\n\n").unwrap_or((answer, ""));
    let head = head.replace('\n', "\r\n");
    let length = body.len();
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").unwrap();
    request
}
