//! What carries requests over the wire: reqwest, unless the caller brings something else.

use std::error::Error as StdError;
use std::pin::Pin;

/// An answer on its way, or why there is none.
pub type Carrying<'t> =
    Pin<Box<dyn Future<Output = Result<reqwest::Response, Box<dyn StdError + Send + Sync>>> + Send + 't>>;

/// Carries a request to a server and its answer back: a stack of middleware, a recorder, a test's stand-in.
///
/// It gets requests as they are to be sent, access token included, once for each attempt and each redirect, and it should
/// follow no redirect itself: the client does, and takes the token out where a redirect leads to another server. An error
/// that is a [`reqwest::Error`] is told apart as a timeout or a failed connection. An [`io::Error`](std::io::Error) of the
/// kind [`Unsupported`](std::io::ErrorKind::Unsupported) means that the transport does not carry such requests: it is not
/// retried. Any other is a failure on the way, after which the API may have acted.
///
/// ```
/// use intercom_gen::{Carrying, Transport};
///
/// struct Logged(reqwest::Client);
///
/// impl Transport for Logged {
///     fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
///         eprintln!("{} {}", request.method(), request.url().path());
///         self.0.carry(request)
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request, and gives the answer as soon as its head is there.
    fn carry(&self, request: reqwest::Request) -> Carrying<'_>;
}

impl Transport for reqwest::Client {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        let answer = self.execute(request);
        Box::pin(async move { Ok(answer.await?) })
    }
}
