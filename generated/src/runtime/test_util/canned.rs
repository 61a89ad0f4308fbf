//! What the stand-in answers.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

/// A reply that was made beforehand.
#[derive(Clone, Debug)]
pub struct Canned {
    outcome: Outcome,
    delay: Duration,
}

#[derive(Clone, Debug)]
enum Outcome {
    Answer { status: u16, headers: Vec<(String, String)>, body: Bytes },
    Failure(String),
}

impl Canned {
    /// Status 200 and JSON: a text, a [`Json`](crate::Json), a `serde_json::Value`, or what `to_json` of a type gives.
    pub fn json(json: impl ToString) -> Self {
        Self::status(200).header(CONTENT_TYPE.as_str(), "application/json").body(json.to_string())
    }

    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self::of(Outcome::Answer { status, headers: Vec::new(), body: Bytes::new() })
    }

    /// An error as the API tells it: `Canned::error(404, "not_found", "Contact not found")`.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let error = serde_json::json!({"code": code, "message": message});
        let list = serde_json::json!({"type": "error.list", "request_id": "req_canned", "errors": [error]});
        Self::json(list).with_status(status)
    }

    /// No answer: the connection fails after the request was sent.
    pub fn failure(why: impl Into<String>) -> Self {
        Self::of(Outcome::Failure(why.into()))
    }

    fn of(outcome: Outcome) -> Self {
        Self { outcome, delay: Duration::ZERO }
    }

    /// The same reply, but only that much later. Where the client's timeout is shorter, the call fails with it:
    /// `Canned::status(200).after(Duration::MAX)`.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The same reply with another status.
    #[must_use]
    pub fn with_status(mut self, to: u16) -> Self {
        if let Outcome::Answer { status, .. } = &mut self.outcome {
            *status = to;
        }
        self
    }

    /// The same reply with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Outcome::Answer { headers, .. } = &mut self.outcome {
            headers.push((name.into(), value.into()));
        }
        self
    }

    /// The same reply with another body.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Bytes>) -> Self {
        if let Outcome::Answer { body, .. } = &mut self.outcome {
            *body = bytes.into();
        }
        self
    }

    /// The answer on its way; an error too where the reply cannot be sent.
    pub(super) async fn answer(self) -> io::Result<reqwest::Response> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let (status, named, body) = match self.outcome {
            Outcome::Answer { status, headers, body } => (status, headers, body),
            Outcome::Failure(why) => return Err(io::Error::new(io::ErrorKind::ConnectionReset, why)),
        };
        let refuse = |what: String| io::Error::new(io::ErrorKind::InvalidInput, what);
        let mut headers = HeaderMap::new();
        for (name, value) in named {
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
                (Ok(name), Ok(value)) => drop(headers.append(name, value)),
                _ => return Err(refuse(format!("the canned header {name:?}: {value:?} cannot be sent"))),
            }
        }
        let mut answer = http::Response::new(body);
        *answer.status_mut() =
            StatusCode::from_u16(status).map_err(|_| refuse(format!("{status} is no status of a canned reply")))?;
        *answer.headers_mut() = headers;
        Ok(answer.into())
    }
}
