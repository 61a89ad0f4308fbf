//! What the answer of a status operation says of a job.

use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use super::handle::Hook;
use super::poll::Poll;
use crate::runtime::error::{Error, JobOutcome, Result};
use crate::runtime::http::{Options, Request, Response};
use crate::runtime::json::Json;

/// What an operation's description says about the states of a job. Any state that is not listed means that it goes on.
#[derive(Clone, Copy, Debug)]
pub struct States {
    /// The keys that lead to the state.
    pub(crate) keys: &'static [&'static str],
    /// States in which it is over and all went well.
    pub(crate) done: &'static [&'static str],
    /// States in which it is over and did not go well, and what that means.
    pub(crate) ended: &'static [(&'static str, JobOutcome)],
}

/// How far a job is.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    Done,
    Ended(JobOutcome, String),
    GoesOn(String),
}

impl States {
    pub(super) fn verdict(&self, body: &[u8]) -> Verdict {
        let answer = Json::from_raw(&String::from_utf8_lossy(body));
        let state = at(&answer, self.keys);
        let state = state.as_ref().and_then(Json::as_str).unwrap_or_default();
        if self.done.contains(&state) {
            return Verdict::Done;
        }
        match self.ended.iter().find(|(ended, _)| *ended == state) {
            Some((_, outcome)) => Verdict::Ended(*outcome, state.to_owned()),
            None => Verdict::GoesOn(state.to_owned()),
        }
    }
}

/// The value to which keys lead.
pub(super) fn at(json: &Json, keys: &[&str]) -> Option<Json> {
    keys.iter().try_fold(json.clone(), |json, key| json.get(key))
}

/// The request that asks after a job, and what its answers mean.
pub struct Watch<T> {
    request: Request<T>,
    states: States,
    /// When it was first asked after.
    began: Option<Instant>,
    delay: Option<Duration>,
    /// When it may be asked after again.
    next: Option<Instant>,
}

impl<T: 'static> Watch<T> {
    pub(crate) fn new(request: Request<T>, states: States) -> Self {
        Self { request, states, began: None, delay: None, next: None }
    }

    /// Leaves a job that was started just now alone for a while.
    pub(super) fn started(mut self, poll: &Poll, options: &Options) -> Self {
        self.request.inherit(options);
        let now = Instant::now();
        self.began = Some(now);
        self.pause(poll, now);
        self
    }

    pub(super) fn options(&self) -> Options {
        self.request.options()
    }

    fn pause(&mut self, poll: &Poll, now: Instant) {
        let delay = poll.delay(self.delay);
        (self.delay, self.next) = (Some(delay), Some(after(now, delay)));
    }

    /// Asks until the job is over. Dropped and called again, it goes on where it stood.
    pub(super) async fn wait(&mut self, poll: &Poll, hook: &mut Option<Hook<T>>) -> Result<T> {
        let deadline = after(*self.began.get_or_insert_with(Instant::now), poll.total);
        let mut state = String::new();
        loop {
            if let Some(next) = self.next {
                sleep_until(next.min(deadline)).await;
            }
            let last = Instant::now() >= deadline;
            let Some(answer) = self.asked(deadline, last).await else {
                return Err(self.late(poll, &state));
            };
            let answer = answer?;
            if let Some(hook) = hook {
                hook(&answer.value);
            }
            state = match self.states.verdict(answer.body()) {
                Verdict::Done => return Ok(answer.into_value()),
                Verdict::Ended(outcome, state) => return Err(self.of_job(Error::job(outcome, state, answer.body()))),
                Verdict::GoesOn(state) => state,
            };
            if last {
                return Err(self.late(poll, &state));
            }
            self.pause(poll, Instant::now());
        }
    }

    /// An answer, unless time is over before it comes. A job is asked after at least once.
    async fn asked(&self, deadline: Instant, last: bool) -> Option<Result<Response<T>>> {
        match last {
            true => Some(self.request.answer().await),
            false => timeout_at(deadline, self.request.answer()).await.ok(),
        }
    }

    fn late(&self, poll: &Poll, state: &str) -> Error {
        self.of_job(Error::job_unfinished(poll.total, state))
    }

    fn of_job(&self, error: Error) -> Error {
        self.request.redacted(error).of_operation(self.request.operation())
    }
}

/// A moment, or one that nobody will see where no clock goes that far.
fn after(moment: Instant, time: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 3600);
    moment.checked_add(time).unwrap_or_else(|| moment + FAR)
}
