//! How long is waited, and what an answer says of a job. What goes over the wire is tested with emitted code.

use std::time::Duration;

use super::Poll;
use super::states::{States, Verdict};
use crate::JobOutcome;

const STATES: States = States {
    keys: &["job", "state"],
    done: &["done", "complete"],
    ended: &[("failed", JobOutcome::Failed), ("nothing", JobOutcome::Empty)],
};

/// The first waits, in milliseconds.
fn waits(poll: &Poll) -> [u128; 5] {
    let mut previous = None;
    std::array::from_fn(|_| {
        let delay = poll.delay(previous);
        previous = Some(delay);
        delay.as_millis()
    })
}

#[test]
fn waits_grow_up_to_the_longest() {
    assert_eq!(waits(&Poll::default()), [1000, 1500, 2250, 3375, 5062]);
    let steep = Poll::default().first_delay(Duration::from_secs(2)).factor(10.0).max_delay(Duration::from_secs(60));
    assert_eq!(waits(&steep), [2000, 20_000, 60_000, 60_000, 60_000]);
}

#[test]
fn waits_never_shrink_and_never_fail() {
    for factor in [0.0, -1.0, 1.0, f64::NAN] {
        assert_eq!(waits(&Poll::default().factor(factor)), [1000; 5], "{factor}");
    }
    let endless = Poll::default().first_delay(Duration::MAX).factor(f64::INFINITY);
    assert_eq!(waits(&endless), [30_000; 5]);
    let furthest = endless.max_delay(Duration::MAX);
    assert_eq!(furthest.delay(Some(furthest.delay(None))), Duration::MAX);
}

#[test]
fn a_job_that_is_asked_after_at_once_is_not_asked_after_without_end() {
    let eager = Poll::default().first_delay(Duration::ZERO);
    assert_eq!(waits(&eager), [0, 1000, 1500, 2250, 3375]);
    assert_eq!(waits(&eager.max_delay(Duration::from_millis(1))), [0, 1, 1, 1, 1]);
}

#[test]
fn a_state_means_what_the_description_says() {
    let of = |state: &str| STATES.verdict(format!(r#"{{"job":{{"state":"{state}"}}}}"#).as_bytes());
    assert_eq!(of("done"), Verdict::Done);
    assert_eq!(of("complete"), Verdict::Done);
    assert_eq!(of("failed"), Verdict::Ended(JobOutcome::Failed, "failed".to_owned()));
    assert_eq!(of("nothing"), Verdict::Ended(JobOutcome::Empty, "nothing".to_owned()));
}

#[test]
fn any_other_state_means_that_the_job_goes_on() {
    for (body, state) in [
        (r#"{"job":{"state":"archiving"}}"#, "archiving"),
        (r#"{"job":{"state":5}}"#, ""),
        (r#"{"job":null}"#, ""),
        ("[]", ""),
        ("", ""),
    ] {
        assert_eq!(STATES.verdict(body.as_bytes()), Verdict::GoesOn(state.to_owned()), "{body}");
    }
}
