use super::{Judged, Report, Verdict};

fn report(version: &str, judged: &[(&str, &str, Verdict)]) -> Report {
    let judged = judged.iter().map(|(operation, call, verdict)| Judged {
        operation: (*operation).to_owned(),
        call: (*call).to_owned(),
        verdict: verdict.clone(),
    });
    Report::new(version, "a.yaml".to_owned(), judged.collect())
}

const ANSWERED: Verdict = Verdict::Answered(Vec::new());

fn refused() -> Verdict {
    Verdict::Refused(vec!["body: must be string".to_owned()])
}

#[test]
fn one_call_that_is_answered_is_enough_for_an_operation() {
    let report = report("2.14", &[("GET /a", "minimal", ANSWERED), ("GET /a", "full", refused())]);
    assert!(!report.failed());
    let text = report.to_string();
    assert!(text.contains("GET /a, full: refused: body: must be string"), "{text}");
    assert!(text.ends_with("every other operation is answered"), "{text}");
}

#[test]
fn an_operation_without_one_fails() {
    let report = report("2.14", &[("GET /a", "minimal", ANSWERED), ("GET /b", "minimal", refused())]);
    assert!(report.failed());
    assert_eq!(report.unanswered(), ["GET /b"]);
}

#[test]
fn an_operation_that_is_known_to_be_refused_does_not_and_one_that_is_answered_after_all_does() {
    assert!(!report("2.14", &[("POST /conversations", "minimal", refused())]).failed());
    let report = report("2.14", &[("POST /conversations", "minimal", ANSWERED)]);
    assert!(report.failed());
    assert_eq!(report.stale(), ["POST /conversations"]);
}

#[test]
fn what_is_known_of_a_version_is_known_of_no_other() {
    let judged = [("PUT /companies/{}", "minimal", refused())];
    assert!(!report("unstable", &judged).failed());
    assert!(report("2.14", &judged).failed());
}

#[test]
fn an_operation_that_upstream_does_not_have_is_listed_and_not_counted() {
    let report = report("2.14", &[("GET /a", "minimal", ANSWERED), ("GET /b", "minimal", Verdict::Absent)]);
    assert!(!report.failed());
    assert!(report.to_string().contains("GET /b, minimal: not judged"), "{report}");
}

#[test]
fn nothing_judged_is_a_failure() {
    assert!(report("2.14", &[]).failed());
}
