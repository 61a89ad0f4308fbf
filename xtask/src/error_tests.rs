use super::*;

#[test]
fn a_pointer_follows_the_file_name_and_the_hint_has_its_own_line() {
    let error = Error::at("spec/a.yaml", "#/paths/~1me", "no responses").hint("add one");
    assert_eq!(error.to_string(), "spec/a.yaml#/paths/~1me: no responses\n  hint: add one");
}

#[test]
fn a_line_is_set_apart_from_the_file_name() {
    let error = Error::line("spec/a.yaml", 12, 3, "a key twice");
    assert_eq!(error.to_string(), "spec/a.yaml: line 12, column 3: a key twice");
}

#[test]
fn a_file_error_has_no_place() {
    assert_eq!(Error::file("spec/a.yaml", "is missing").to_string(), "spec/a.yaml: is missing");
}

#[test]
fn all_mistakes_are_collected_and_those_after_the_twentieth_are_counted() {
    let mut errors = Errors::default();
    for index in 0..25 {
        errors.push(Error::at("a.yaml", format!("#/{index}"), "wrong"));
    }
    let error = errors.into_result().unwrap_err();
    assert_eq!(error.problems().len(), 25);
    let text = error.to_string();
    assert_eq!(text.lines().count(), 21);
    assert!(text.ends_with("… and 5 more mistakes"), "{text}");
}

#[test]
fn no_mistakes_are_no_error() {
    assert_eq!(Errors::default().into_result(), Ok(()));
}

#[test]
fn a_hint_is_not_overwritten() {
    let error = Error::file("a", "b").hint("first").hint("second");
    assert!(error.problems().iter().all(|problem| problem.hint == "first"));
}

#[test]
fn what_is_wrong_for_several_versions_is_told_once() {
    let mut errors = Errors::default();
    for hint in ["first", "first", "second"] {
        errors.push(Error::at("a.yaml", "#/a", "wrong").hint(hint));
    }
    assert_eq!(errors.into_result().unwrap_err().problems().len(), 2);
}
