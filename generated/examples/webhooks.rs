//! Receives webhook notifications: checks where they come from, answers at once, takes each of them one time.
//!
//! ```text
//! INTERCOM_CLIENT_SECRET=… cargo run -p intercom-gen --features unstable,webhooks --example webhooks
//! ```
//!
//! It listens on `127.0.0.1:3000`, or where `LISTEN` says. The endpoint is `/intercom`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::{HashSet, VecDeque};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use intercom_gen::Id;
use intercom_gen::unstable::{Notification, Topic};
use intercom_gen::webhooks;
use tokio::sync::mpsc;

/// How many notifications may wait for being worked on, and how many ids are remembered.
const WAITING: usize = 1_000;
const REMEMBERED: usize = 10_000;

#[tokio::main]
async fn main() -> ExitCode {
    let secret = std::env::var("INTERCOM_CLIENT_SECRET").unwrap_or_default();
    if secret.is_empty() {
        eprintln!("webhooks: set INTERCOM_CLIENT_SECRET to the client secret of your app");
        return ExitCode::from(2);
    }
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let (work, mut waiting) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        while let Some(notification) = waiting.recv().await {
            println!("{}", told(&notification));
        }
    });
    let served = async { axum::serve(tokio::net::TcpListener::bind(&address).await?, router(secret, work)).await };
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("webhooks: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The endpoint. Intercom probes it with `HEAD`.
pub fn router(secret: String, work: mpsc::Sender<Notification>) -> Router {
    let endpoint = Endpoint { secret, work, seen: Mutex::default() };
    Router::new().route("/intercom", post(receive).head(async || StatusCode::OK)).with_state(Arc::new(endpoint))
}

struct Endpoint {
    secret: String,
    work: mpsc::Sender<Notification>,
    seen: Mutex<Seen>,
}

/// Intercom gives an endpoint five seconds, so the work is done elsewhere. What was not accepted is sent once more.
async fn receive(State(endpoint): State<Arc<Endpoint>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let verified = webhooks::verify(&endpoint.secret, &headers, &body);
    let notification = match verified.and_then(|verified| verified.parse::<Notification>()) {
        Ok(notification) => notification,
        Err(error) => {
            eprintln!("webhooks: {error}");
            return if error.is_signature() { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
        }
    };
    let Ok(place) = endpoint.work.try_reserve() else { return StatusCode::SERVICE_UNAVAILABLE };
    if endpoint.seen.lock().unwrap_or_else(PoisonError::into_inner).is_first(notification.id.as_ref()) {
        place.send(notification);
    }
    StatusCode::OK
}

/// The ids of the last notifications: some are delivered twice.
#[derive(Default)]
struct Seen {
    ids: HashSet<Id>,
    order: VecDeque<Id>,
}

impl Seen {
    fn is_first(&mut self, id: Option<&Id>) -> bool {
        let Some(id) = id else { return true };
        if !self.ids.insert(id.clone()) {
            return false;
        }
        self.order.push_back(id.clone());
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

/// A line for a notification.
fn told(notification: &Notification) -> String {
    match &notification.topic {
        Topic::ConversationUserReplied(conversation) => format!("conversation {} has a reply", conversation.id),
        Topic::ContactUserTagCreated { contact: Some(contact), tag: Some(tag), .. } => {
            format!("contact {} is tagged {}", contact.id, tag.name.as_deref().unwrap_or("anew"))
        }
        Topic::Ping(_) => "a ping".to_owned(),
        _ => notification.name.clone(),
    }
}
