//! A transport without a wire: it keeps the request and gives an answer that is there already.

use std::sync::{Arc, Mutex, PoisonError};

use intercom_gen::unstable::Client;
use intercom_gen::{Carrying, ClientBuilder, RetryPolicy, Transport};

/// What was asked last, and what is answered.
#[derive(Clone, Default)]
pub struct Stub {
    asked: Arc<Mutex<Option<String>>>,
    body: Arc<Mutex<Vec<u8>>>,
}

impl Stub {
    /// A builder of clients that ask this.
    pub fn builder(&self) -> ClientBuilder<Client> {
        Client::builder().token("secret-token").retry(RetryPolicy::none()).transport(self.clone())
    }

    /// Answers with this from now on.
    pub fn answer(&self, body: Vec<u8>) {
        *self.body.lock().unwrap_or_else(PoisonError::into_inner) = body;
    }

    /// The address that was asked since this was called last.
    pub fn asked(&self) -> Option<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Transport for Stub {
    fn carry(&self, request: reqwest::Request) -> Carrying<'_> {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(request.url().to_string());
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move { Ok(hyper::Response::new(body).into()) })
    }
}

/// A runtime for calls of this thread.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
