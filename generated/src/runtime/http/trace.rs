//! A span for every call, where the feature `tracing` asks for it; without it, all of this is nothing.
//!
//! It holds what tells calls apart and nothing of what they are about: neither arguments nor bodies, and no token.

use std::time::Duration;

use super::prepared::Prepared;
use crate::runtime::error::Error;
use crate::runtime::json::Drift;

/// The span of a call.
#[cfg(feature = "tracing")]
pub(super) struct Span(tracing::Span);

#[cfg(feature = "tracing")]
impl Default for Span {
    fn default() -> Self {
        Self(tracing::Span::none())
    }
}

#[cfg(feature = "tracing")]
impl Span {
    pub(super) fn of(prepared: &Prepared) -> Self {
        use tracing::field::Empty;

        // A caller's own path may hold what no path can; then it is not sent, and has arguments in it.
        let path = prepared.template.split(['?', '#']).next();
        Self(tracing::info_span!(
            "intercom",
            operation = Some(prepared.operation).filter(|id| !id.is_empty()),
            method = prepared.method.as_str(),
            path,
            attempt = Empty,
            status = Empty,
            request_id = Empty,
            retry_delay_ms = Empty,
        ))
    }

    pub(super) async fn around<F: Future>(&self, call: F) -> F::Output {
        tracing::Instrument::instrument(call, self.0.clone()).await
    }

    pub(super) fn attempt(&self, attempt: u32) {
        self.0.record("attempt", attempt);
    }

    pub(super) fn answered(&self, status: u16, request_id: Option<&str>) {
        self.0.record("status", status);
        if let Some(id) = request_id {
            self.0.record("request_id", id);
        }
    }

    pub(super) fn failed(&self, error: &Error) {
        match error.status() {
            Some(status) => self.answered(status, error.request_id()),
            None => tracing::debug!(parent: &self.0, kind = ?error.kind(), "no answer"),
        }
    }

    pub(super) fn waits(&self, delay: Duration) {
        let delay = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.0.record("retry_delay_ms", delay);
        tracing::debug!(parent: &self.0, retry_delay_ms = delay, "trying again");
    }

    /// The first places are told, not what is there: that is the user's data.
    pub(super) fn drifted(&self, drift: &[Drift]) {
        for Drift { path, expected, .. } in drift.iter().take(8) {
            tracing::warn!(parent: &self.0, path, expected, "a value does not fit the description");
        }
        if drift.len() > 8 {
            tracing::warn!(parent: &self.0, values = drift.len(), "that many values do not fit the description");
        }
    }
}

/// The span of a call.
#[cfg(not(feature = "tracing"))]
#[derive(Default)]
pub(super) struct Span(());

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(super) fn of(_: &Prepared) -> Self {
        Self(())
    }

    pub(super) async fn around<F: Future>(&self, call: F) -> F::Output {
        call.await
    }

    pub(super) fn attempt(&self, _: u32) {}

    pub(super) fn answered(&self, _: u16, _: Option<&str>) {}

    pub(super) fn failed(&self, _: &Error) {}

    pub(super) fn waits(&self, _: Duration) {}

    pub(super) fn drifted(&self, _: &[Drift]) {}
}
