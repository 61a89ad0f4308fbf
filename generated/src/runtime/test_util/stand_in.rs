//! The transport that answers by itself.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Method;

use super::canned::Canned;
use super::recorded::Recorded;
use crate::runtime::http::{Carrying, Transport};

/// A transport that sends nothing: it gives canned replies, and keeps what it was asked. All clones share both.
///
/// The oldest reply that fits a request is given. What fits no reply fails with an error that names the request; it is not
/// retried. The client follows redirects and retries as it does elsewhere, so replies are needed for each attempt.
#[derive(Clone, Default)]
pub struct StandIn(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    replies: Vec<Reply>,
    seen: Vec<Recorded>,
}

struct Reply {
    /// Any request, where it is none.
    to: Option<(Method, String)>,
    canned: Canned,
    /// Whether it stays after it was given.
    stays: bool,
}

impl Reply {
    fn fits(&self, request: &Recorded) -> bool {
        let Some((method, path)) = &self.to else { return true };
        let is_argument = |part: &str| part.starts_with('{') && part.ends_with('}');
        let (wanted, given) = (path.split('/'), request.path().split('/'));
        method == request.method()
            && wanted.clone().count() == given.clone().count()
            && wanted.zip(given).all(|(want, give)| want == give || is_argument(want))
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            Some((method, path)) => write!(f, "{method} {path}"),
            None => f.write_str("any request"),
        }
    }
}

impl StandIn {
    /// One that answers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one request of this method and path, such as `/contacts/c1` or `/contacts/{id}`, whatever its query is. The
    /// path begins with the slash after the host; where the base URL has a path, that belongs to it.
    #[must_use]
    pub fn on(self, method: Method, path: impl Into<String>, canned: Canned) -> Self {
        self.add(Reply { to: Some((method, path.into())), canned, stays: false })
    }

    /// Answers every request of this method and path, as [`on`](Self::on) answers one.
    #[must_use]
    pub fn always(self, method: Method, path: impl Into<String>, canned: Canned) -> Self {
        self.add(Reply { to: Some((method, path.into())), canned, stays: true })
    }

    /// Answers one request, whatever it is: replies that are given in sequence.
    #[must_use]
    pub fn then(self, canned: Canned) -> Self {
        self.add(Reply { to: None, canned, stays: false })
    }

    fn add(self, reply: Reply) -> Self {
        self.state().replies.push(reply);
        self
    }

    /// Everything that was asked so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().seen.clone()
    }

    /// What is still to be given, by method and path; what is given always does not count.
    pub fn left(&self) -> Vec<String> {
        self.state().replies.iter().filter(|reply| !reply.stays).map(ToString::to_string).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give(&self, request: Recorded) -> Result<Canned, Unexpected> {
        let mut state = self.state();
        let given = match state.replies.iter().position(|reply| reply.fits(&request)) {
            Some(index) if state.replies.get(index).is_some_and(|reply| !reply.stays) => {
                Some(state.replies.remove(index).canned)
            }
            found => found.and_then(|index| Some(state.replies.get(index)?.canned.clone())),
        };
        let given = given.ok_or_else(|| Unexpected {
            request: request.to_string(),
            left: state.replies.iter().map(ToString::to_string).collect(),
        });
        state.seen.push(request);
        given
    }
}

impl Transport for StandIn {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        Box::pin(async move {
            let request = Recorded::of(request).await;
            // Another attempt would only make the test fail later.
            let canned = self.give(request).map_err(|error| io::Error::new(io::ErrorKind::Unsupported, error))?;
            Ok(canned.answer().await?)
        })
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let replies: Vec<String> = state.replies.iter().map(ToString::to_string).collect();
        f.debug_struct("StandIn").field("replies", &replies).field("seen", &state.seen).finish()
    }
}

/// A request that no reply fits.
#[derive(Debug)]
struct Unexpected {
    request: String,
    left: Vec<String>,
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no canned reply fits {}", self.request)?;
        if self.left.is_empty() {
            f.write_str("; none is left")
        } else {
            write!(f, "; there are: {}", self.left.join(", "))
        }
    }
}

impl std::error::Error for Unexpected {}
