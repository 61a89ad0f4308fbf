use std::time::{Duration, Instant};

use super::*;

fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

#[test]
fn two_hundred_levels_pass_and_one_more_does_not() {
    assert!(check("a", &format!("a: {}", nested(DEEPEST))).is_ok());
    let message = check("a", &format!("b: 1\na: {}", nested(DEEPEST + 1))).unwrap_err().to_string();
    assert!(message.starts_with("a: line 2, column 204: expected at most 200 levels of nesting"), "{message}");
    assert!(check("a", &"{\"a\": [".repeat(101)).is_err());
    assert!(check("a", &format!("a: [{}]", nested(2).repeat(1000).replace("][", "], ["))).is_ok());
}

#[test]
fn nothing_that_comes_before_hides_brackets() {
    let deep = nested(DEEPEST + 1);
    for text in [
        "a: b \"c\nd: DEEP",
        "a: b\n  \"c\nd: DEEP",
        "a: 'it''s'\nd: DEEP",
        "a: \"\\\"\"\nd: DEEP",
        "a: # \"\nd: DEEP",
        "a: it's\nd: DEEP",
        "a: |\n  \" {\nd: DEEP",
        "- a: |\n    \"\n  d: DEEP",
        "- - a: >-\n      '\n    d: DEEP",
        "- |\n \"\n- DEEP",
        "a:\n- \"x\"\n- b: 'y'\n  c: DEEP",
        "a:\n  b\n  \"c\nd: DEEP",
        "\"a\": DEEP",
        "'a b' : DEEP",
        "? a\n: DEEP",
        "a: &x DEEP",
        "a: !t DEEP",
        "a: *x\nd: DEEP",
        "{a: b}: DEEP",
        "a: [b\"c, 'd', DEEP]",
        "a: {b: \"]\", c: '}', d: DEEP}",
        "a: [ # ]\n DEEP]",
        "a: {b c'd: DEEP}",
        "a: \"x\n  y\"\nd: DEEP",
        "--- DEEP",
        "a: b\n---\nDEEP",
        "%YAML 1.1\n---\na: DEEP",
        "DEEP",
    ] {
        assert!(check("a", &text.replace("DEEP", &deep)).is_err(), "{text}");
        assert!(check("a", &text.replace("DEEP", "[]")).is_ok(), "{text}");
    }
}

#[test]
fn brackets_in_texts_are_no_nesting() {
    let open = "[{".repeat(DEEPEST);
    for text in [
        "a: \"OPEN\"\nb: 'OPEN'",
        "a: x OPEN",
        "a: x\n  OPEN\n\n  OPEN\nb: 1",
        "a: |\n  OPEN\n   OPEN\n\n  OPEN\nb: 1",
        "- a: >\n    OPEN\n  b: 1",
        "- x\n  OPEN\n- 1",
        "# OPEN",
        "a: 1 # OPEN",
        "a: [b, # OPEN\n c]",
        "x OPEN: 1",
        "a: [\"OPEN\", 'OPEN']",
        "a:\n  x\n  OPEN",
    ] {
        assert!(check("a", &text.replace("OPEN", &open)).is_ok(), "{text}");
    }
}

#[test]
fn a_hundred_thousand_brackets_are_refused_at_once() {
    for text in [nested(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000) + "1"] {
        let began = Instant::now();
        let message = crate::document::Document::parse("a", &text).unwrap_err().to_string();
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}: {message}", began.elapsed());
    }
}

#[test]
fn any_text_is_scanned_without_a_panic() {
    for text in [
        "", "\n", "'", "\"\\", "[", "[#", ":", "-", "- ", "a:", "|", "a: |", "é[", "\u{2028}", "---", "...", "%",
        "\t[", "\r\n[",
    ] {
        drop(check("a", text));
    }
}
