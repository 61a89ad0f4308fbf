use super::super::causes::Cause;
use super::{Judged, Report, Verdict};

const CAUSES: &str = r#"
[[cause]]
versions = ["2.14", "unstable"]
operations = ["POST /hopeless"]
reason = "contradicts itself"
always = true

[[cause]]
versions = ["2.14"]
operations = ["POST /picky"]
calls = ["full", "nulls"]
says = "must be string"
reason = "takes text alone"

[[cause]]
versions = ["2.14"]
operations = ["POST /picky"]
calls = ["sample"]
reason = "shows an error"
"#;

type Call<'a> = (&'a str, &'a str, Verdict);

/// The report of these calls and of those that the list explains.
fn report(version: &str, more: &[Call<'_>]) -> Report {
    let listed = [
        ("POST /hopeless", "minimal", refused()),
        ("POST /picky", "minimal", ANSWERED),
        ("POST /picky", "full 1", refused()),
        ("POST /picky", "sample \"odd\"", Verdict::Unsent("no name".to_owned())),
    ];
    bare(version, &[if version == "2.14" { &listed[..] } else { &listed[..2] }, more].concat())
}

fn bare(version: &str, judged: &[Call<'_>]) -> Report {
    let judged = judged.iter().map(|(operation, call, verdict)| Judged {
        operation: (*operation).to_owned(),
        call: (*call).to_owned(),
        verdict: verdict.clone(),
    });
    let causes = Cause::parse(CAUSES).unwrap_or_else(|error| panic!("{error}"));
    Report::new(version, "a.yaml".to_owned(), judged.collect(), causes)
}

const ANSWERED: Verdict = Verdict::Answered(Vec::new());

fn refused() -> Verdict {
    Verdict::Refused(vec!["body: must be string".to_owned()])
}

#[test]
fn calls_that_are_answered_or_have_a_cause_pass() {
    let report = report("2.14", &[("GET /a", "minimal", ANSWERED)]);
    assert!(!report.failed(), "{report}");
    let groups: Vec<(usize, String)> = report.run().group.into_iter().map(|it| (it.calls, it.reason)).collect();
    let expected = [(1, "contradicts itself"), (1, "takes text alone"), (1, "shows an error")];
    assert_eq!(groups, expected.map(|(calls, reason)| (calls, reason.to_owned())));
    let text = report.to_string();
    assert!(
        text.contains("\n1 calls: takes text alone\n  POST /picky, full 1: refused: body: must be string\n"),
        "{text}"
    );
    assert!(text.ends_with("every other operation is answered"), "{text}");
}

#[test]
fn a_call_that_fails_without_a_cause_is_a_failure() {
    let drifted = Verdict::Answered(vec!["$.id: expected a string".to_owned()]);
    for (call, verdict) in [
        ("minimal 2", refused()),
        ("full 2", Verdict::Refused(vec!["body: must be a number".to_owned()])),
        ("minimal 2", drifted),
        ("minimal 2", Verdict::Unread("no JSON".to_owned())),
        ("minimal 2", Verdict::Unsent("no id".to_owned())),
        ("minimal 2", Verdict::Unanswered("reset".to_owned())),
        ("minimal 2", Verdict::Absent),
    ] {
        let report = report("2.14", &[("POST /picky", call, verdict)]);
        assert!(report.failed(), "{report}");
        assert_eq!(report.unexplained().iter().map(|judged| judged.call.as_str()).collect::<Vec<_>>(), [call]);
    }
}

#[test]
fn one_call_that_is_answered_is_enough_for_an_operation_and_none_is_a_failure() {
    let report = report("2.14", &[("GET /b", "minimal", refused())]);
    assert!(report.failed());
    assert_eq!(Vec::from_iter(report.unanswered()), ["GET /b"]);
}

#[test]
fn an_operation_that_is_answered_against_all_hope_is_a_failure() {
    let report = report("2.14", &[("POST /hopeless", "full", ANSWERED)]);
    assert!(report.failed());
    assert_eq!(report.stale(), ["POST /hopeless is answered after all"]);
}

#[test]
fn a_cause_that_nothing_needs_is_a_failure_but_for_one_of_samples_where_there_are_none() {
    let needed = [("POST /hopeless", "minimal", refused()), ("POST /picky", "minimal", ANSWERED)];
    let full = [&needed[..], &[("POST /picky", "full", refused())]].concat();
    assert!(!bare("2.14", &full).failed());
    assert_eq!(bare("2.14", &needed).stale(), ["POST /picky has no call that fails so: takes text alone"]);
    let other = [&full[..], &[("POST /other", "sample \"x\"", ANSWERED)]].concat();
    assert_eq!(bare("2.14", &other).stale(), ["POST /picky has no call that fails so: shows an error"]);
}

#[test]
fn what_is_known_of_a_version_is_known_of_no_other() {
    assert!(!report("unstable", &[]).failed());
    assert!(report("unstable", &[("POST /picky", "full", refused())]).failed());
}

#[test]
fn an_operation_that_upstream_does_not_have_is_not_counted() {
    let report = report("2.14", &[("GET /b", "minimal", Verdict::Absent)]);
    assert_eq!((report.run().tally.operations, report.run().tally.calls), (2, 4));
    assert_eq!(report.unanswered().len(), 0);
}

#[test]
fn nothing_judged_is_a_failure() {
    assert!(bare("2.14", &[]).failed());
}

#[test]
fn a_cause_without_a_reason_is_refused() {
    let error = Cause::parse("[[cause]]\nversions = ['2.14']\noperations = []").err();
    assert!(error.is_some_and(|error| error.to_string().contains("reason")));
}
