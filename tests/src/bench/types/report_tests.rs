use super::{Report, Row, Unit};

fn row(gate: f64, derive: &[f64], own: &[f64]) -> Row {
    let mut row = Row::gated("check", Unit::Seconds, gate);
    derive.iter().for_each(|value| row.add("derive", *value));
    own.iter().for_each(|value| row.add("own", *value));
    row
}

fn report(row: Row) -> Report {
    Report { version: "2.14".to_owned(), runs: 3, rows: vec![row], notes: vec!["a note".to_owned()] }
}

#[test]
fn medians_are_compared() {
    assert_eq!(row(0.5, &[100.0, 4.0, 3.0], &[1.0, 2.0, 50.0]).ratio(), Some(0.5));
    assert_eq!(row(0.5, &[3.0, 5.0], &[1.0, 1.0]).ratio(), Some(0.25));
}

#[test]
fn a_ratio_at_its_gate_holds_and_one_above_does_not() {
    assert!(report(row(0.5, &[4.0], &[2.0])).holds());
    let failed = report(row(0.5, &[4.0], &[2.1]));
    assert!(!failed.holds());
    assert!(failed.to_string().contains("FAIL"), "{failed}");
}

#[test]
fn a_gate_that_was_not_measured_does_not_hold() {
    let unmeasured = report(row(0.5, &[4.0], &[]));
    assert!(!unmeasured.holds());
    assert!(unmeasured.to_string().contains("not measured"), "{unmeasured}");
    assert!(!report(row(0.5, &[0.0], &[0.0])).holds());
}

#[test]
fn a_row_without_a_gate_always_holds() {
    let mut row = Row::informative("rlib", Unit::Megabytes);
    row.add("derive", 1.0);
    row.add("own", 9.0);
    assert!(report(row).holds());
}

#[test]
fn programs_get_figures_ratio_and_verdict() {
    let json = report(row(0.5, &[4.0], &[1.0])).to_json();
    let row = json.pointer("/rows/0").cloned().unwrap_or_default();
    assert_eq!((row["base"].as_f64(), row["ratio"].as_f64()), (Some(4.0), Some(0.25)));
    assert_eq!((row["holds"].as_bool(), json["holds"].as_bool()), (Some(true), Some(true)));
}
