use serde_json::json;

use super::super::exceptions::Exception;
use super::super::judge::{Decoded, Judged, Misfit, Verdict};
use super::super::samples::{Part, Sample};
use super::{Report, without_indexes};

fn judged(part: Part, name: &str, verdict: Verdict) -> Judged {
    let operation = "POST /tags".to_owned();
    let media = "application/json".to_owned();
    Judged { sample: Sample { operation, part, media, name: name.to_owned(), value: json!({}), schema: None }, verdict }
}

fn drifted() -> Verdict {
    let drift = vec![Misfit { path: "$.name".to_owned(), expected: "a string", raw: "5".to_owned() }];
    Verdict::Decoded(Decoded { drift, untyped: vec![("$.name".to_owned(), 1)], values: 4, ..Decoded::default() })
}

fn fits() -> Verdict {
    Verdict::Decoded(Decoded { values: 3, ..Decoded::default() })
}

fn report(judged: Vec<Judged>, listed: &[&str]) -> Report {
    let exception = |sample: &&str| Exception {
        operation: "POST /tags".to_owned(),
        sample: (*sample).to_owned(),
        versions: vec!["2.14".to_owned()],
        reason: "shows an error".to_owned(),
    };
    Report::new("2.14", "upstream.yaml".to_owned(), judged, listed.iter().map(exception).collect(), Vec::new())
}

#[test]
fn samples_that_fit_pass() {
    let report =
        report(vec![judged(Part::Answer, "ok", fits()), judged(Part::Error("404".to_owned()), "gone", fits())], &[]);
    assert!(!report.failed());
    assert!(report.to_string().ends_with("\ndecoded 2/2 lossless 2/2"), "{report}");
}

#[test]
fn drift_fails_and_is_named_with_operation_sample_and_path() {
    let report = report(vec![judged(Part::Answer, "odd", drifted())], &[]);
    assert!(report.failed());
    let text = report.to_string();
    assert!(text.contains("POST /tags answer \"odd\": drift: $.name is 5, expected a string"), "{text}");
    assert!(text.contains("POST /tags answer $.name: 1"), "{text}");
    assert_eq!((report.answers.values, report.answers.typed), (4, 3));
}

#[test]
fn a_refused_sample_fails_and_is_not_decoded() {
    let report = report(vec![judged(Part::Answer, "html", Verdict::Refused("no JSON".to_owned()))], &[]);
    assert!(report.failed());
    assert!(report.to_string().ends_with("\ndecoded 0/1 lossless 0/1"), "{report}");
}

#[test]
fn a_loss_fails() {
    let lossy = Decoded { loss: Some("$.a: 5 became 5.0".to_owned()), ..Decoded::default() };
    let report = report(vec![judged(Part::Answer, "lossy", Verdict::Decoded(lossy))], &[]);
    assert!(report.failed());
    assert!(report.to_string().ends_with("\ndecoded 1/1 lossless 0/1"), "{report}");
}

#[test]
fn a_listed_request_may_fail() {
    let report = report(vec![judged(Part::Request, "bad", drifted())], &["bad"]);
    assert!(!report.failed());
    assert!(report.to_string().contains("(shows an error)"), "{report}");
}

#[test]
fn an_answer_cannot_be_excused() {
    assert!(report(vec![judged(Part::Answer, "bad", drifted())], &["bad"]).failed());
}

#[test]
fn an_entry_that_no_sample_needs_fails() {
    let fitting = report(vec![judged(Part::Request, "good", fits())], &["good"]);
    let missing = report(Vec::new(), &["gone"]);
    assert!(fitting.failed() && missing.failed());
    assert_eq!(fitting.stale, ["POST /tags request \"good\""]);
}

#[test]
fn samples_that_cannot_be_run_are_counted_apart() {
    let report =
        report(vec![judged(Part::Answer, "a", Verdict::Absent), judged(Part::Answer, "b", Verdict::NotJson)], &[]);
    assert_eq!((report.answers.samples, report.absent.len(), report.not_json.len()), (0, 1, 1));
    assert!(!report.failed());
}

#[test]
fn paths_are_grouped_over_the_elements_of_lists() {
    assert_eq!(without_indexes("$.a[0].b[12].c"), "$.a[].b[].c");
    assert_eq!(without_indexes("$.a"), "$.a");
}

#[test]
fn programs_get_the_same_as_people() {
    let json = report(vec![judged(Part::Request, "odd", drifted())], &[]).json();
    assert_eq!(json.pointer("/requests/drifted"), Some(&json!(1)));
    assert_eq!(json.pointer("/findings/0/sample"), Some(&json!("POST /tags request \"odd\"")));
    assert_eq!(json.get("failed"), Some(&json!(true)));
}
