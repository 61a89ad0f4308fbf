//! A span for every call, where the feature `tracing` asks for it; without it, all of this is nothing.
//!
//! It holds what tells calls apart and nothing of what they are about: neither arguments nor bodies, and no token.

use std::time::Duration;

use super::prepared::Prepared;
use crate::runtime::error::Error;
use crate::runtime::json::Drift;

/// What filters know all of this by.
#[cfg(feature = "tracing")]
const TARGET: &str = "intercom_gen";

/// The span of a call.
#[cfg(feature = "tracing")]
#[derive(Clone)]
pub(super) struct Span {
    span: tracing::Span,
    /// For warnings: where nothing else is wanted, there is no span around them.
    operation: Option<&'static str>,
}

#[cfg(feature = "tracing")]
impl Default for Span {
    fn default() -> Self {
        Self { span: tracing::Span::none(), operation: None }
    }
}

#[cfg(feature = "tracing")]
impl Span {
    pub(super) fn of(prepared: &Prepared) -> Self {
        use tracing::field::Empty;

        // A caller's own path may hold what no path can; then it is not sent, and has arguments in it.
        let path = prepared.template.split(['?', '#']).next();
        let operation = Some(prepared.operation).filter(|id| !id.is_empty());
        let span = tracing::info_span!(
            target: TARGET,
            "intercom",
            operation,
            method = prepared.method.as_str(),
            path,
            attempt = Empty,
            status = Empty,
            request_id = Empty,
            retry_delay_ms = Empty,
            error = Empty,
        );
        Self { span, operation }
    }

    pub(super) async fn around<F: Future>(&self, call: F) -> F::Output {
        tracing::Instrument::instrument(call, self.span.clone()).await
    }

    pub(super) fn attempt(&self, attempt: u32) {
        self.span.record("attempt", attempt);
    }

    pub(super) fn answered(&self, status: u16, request_id: Option<&str>) {
        self.span.record("status", status);
        if let Some(id) = request_id {
            self.span.record("request_id", id);
        }
    }

    /// An attempt that did not succeed.
    pub(super) fn failed(&self, error: &Error) {
        if let Some(status) = error.status() {
            self.answered(status, error.request_id());
        }
    }

    /// A call that did not succeed. Its caller has the error, and reports it.
    pub(super) fn ended(&self, error: &Error) {
        let (operation, kind, status) = (self.operation, error.kind(), error.status());
        self.span.record("error", tracing::field::debug(kind));
        tracing::debug!(target: TARGET, parent: &self.span, operation, ?kind, status, "the call failed");
    }

    /// The call may succeed yet, and then nothing else tells that the API is in trouble, or the caller too quick.
    pub(super) fn waits(&self, error: &Error, delay: Duration) {
        let delay = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.span.record("retry_delay_ms", delay);
        let (operation, kind, status) = (self.operation, error.kind(), error.status());
        tracing::warn!(
            target: TARGET, parent: &self.span, operation, ?kind, status, retry_delay_ms = delay, "trying again"
        );
    }

    /// The first places are told, not what is there: that is the user's data.
    pub(super) fn drifted(&self, drift: &[Drift]) {
        let (operation, span) = (self.operation, &self.span);
        for Drift { path, expected, .. } in drift.iter().take(8) {
            tracing::warn!(target: TARGET, parent: span, operation, path, expected, "a value does not fit the description");
        }
        if drift.len() > 8 {
            let values = drift.len();
            tracing::warn!(target: TARGET, parent: span, operation, values, "that many values do not fit the description");
        }
    }
}

/// The span of a call.
#[cfg(not(feature = "tracing"))]
#[derive(Clone, Default)]
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

    pub(super) fn ended(&self, _: &Error) {}

    pub(super) fn waits(&self, _: &Error, _: Duration) {}

    pub(super) fn drifted(&self, _: &[Drift]) {}
}
