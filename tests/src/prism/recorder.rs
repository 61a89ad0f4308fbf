//! What Prism says of a request stands in a header of the answer, which an error of the client does not show.

use std::sync::{Arc, Mutex, PoisonError};

use intercom_gen::{Carrying, Transport};
use serde_json::Value;

/// Carries requests as reqwest does, and keeps what was said of the first one since it was asked. One that follows it is
/// a redirect to where the description's samples lead, which is nowhere.
#[derive(Clone)]
pub struct Recorder {
    http: reqwest::Client,
    first: Arc<Mutex<Option<Seen>>>,
}

/// What was said of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The answer's status.
    pub status: u16,
    /// What of the request breaks the description.
    pub violations: Vec<String>,
}

impl Recorder {
    /// One that follows no redirects: the client does. Each request has a connection of its own, because Prism closes idle
    /// ones at any time.
    pub fn new() -> Result<Self, reqwest::Error> {
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).pool_max_idle_per_host(0).build()?;
        Ok(Self { http, first: Arc::default() })
    }

    /// What was said of the first request since this was asked before; none if none was answered.
    pub fn take(&self) -> Option<Seen> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Transport for Recorder {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        let answer = self.http.execute(request);
        Box::pin(async move {
            let answer = answer.await?;
            let said = answer.headers().get("sl-violations").and_then(|value| value.to_str().ok()).unwrap_or("[]");
            let seen = Seen { status: answer.status().as_u16(), violations: of_request(said) };
            self.first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(seen);
            Ok(answer)
        })
    }
}

/// The violations of the request among those of a header; those of the answer are between Prism and the description.
fn of_request(said: &str) -> Vec<String> {
    let listed: Vec<Value> = match serde_json::from_str(said) {
        Ok(listed) => listed,
        Err(error) => return vec![format!("violations that are no JSON: {error}")],
    };
    listed.iter().filter(|violation| violation["location"][0] == "request").filter_map(shown).collect()
}

/// The violations that the body of an error of Prism's own lists, or its reason.
pub fn of_body(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let listed: Vec<String> = body["validation"].as_array().into_iter().flatten().filter_map(shown).collect();
    let detail = || body["detail"].as_str().map(|detail| vec![detail.to_owned()]).unwrap_or_default();
    if listed.is_empty() { detail() } else { listed }
}

/// What is wrong, after where it is: Prism's messages say the path too, but not always.
fn shown(violation: &Value) -> Option<String> {
    if violation["severity"] != "Error" {
        return None;
    }
    let steps = violation["location"].as_array().into_iter().flatten().filter(|step| *step != "request");
    let place: Vec<String> = steps.map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned)).collect();
    Some(format!("{}: {}", place.join("."), violation["message"].as_str().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::{of_body, of_request};

    #[test]
    fn only_errors_of_the_request_count() {
        let said = r#"[
            {"location": ["request", "body", "items", 0], "severity": "Error", "message": "must be string"},
            {"location": ["request", "query"], "severity": "Warning", "message": "is deprecated"},
            {"location": ["response", "body"], "severity": "Error", "message": "must be object"}]"#;
        assert_eq!(of_request(said), ["body.items.0: must be string"]);
    }

    #[test]
    fn an_error_of_prisms_own_lists_them_or_says_why() {
        let listed = br#"{"validation": [{"location": ["query"], "severity": "Error", "message": "must have a"}]}"#;
        assert_eq!(of_body(listed), ["query: must have a"]);
        assert_eq!(of_body(br#"{"detail": "no such path"}"#), ["no such path"]);
        assert_eq!(of_body(b"no JSON"), [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_no_praise() {
        assert_eq!(of_request("[]"), [""; 0]);
        assert!(of_request("?").iter().any(|line| line.starts_with("violations that are no JSON")));
    }
}
