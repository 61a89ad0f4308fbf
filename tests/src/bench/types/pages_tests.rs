use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::super::Subject;
use super::{Flavour, Test, page, told};
use xtask::api::JsonKind;

fn subject() -> Subject {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    Subject::load(root, "unstable").expect("a version of the workspace")
}

fn made(subject: &Subject, flavour: Flavour) -> Value {
    let pages = subject.pages().expect("pages");
    let contacts = pages.iter().find(|page| page.name == "contacts").expect("a page of contacts");
    serde_json::from_str(&page(&subject.api, contacts.ty, flavour)).expect("JSON")
}

fn keys(page: &Value) -> BTreeSet<String> {
    page["data"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|one| one.as_object().expect("a contact").keys().cloned())
        .collect()
}

#[test]
fn a_page_has_fifty_elements_with_every_declared_key() {
    let subject = subject();
    let page = made(&subject, Flavour::Conforming);
    assert_eq!(page["data"].as_array().map(Vec::len), Some(50));
    for key in ["id", "email", "custom_attributes", "location", "utm_term"] {
        assert!(keys(&page).contains(key), "{key}");
    }
}

#[test]
fn a_page_is_the_same_every_time() {
    let subject = subject();
    assert_eq!(made(&subject, Flavour::Conforming), made(&subject, Flavour::Conforming));
    assert_eq!(made(&subject, Flavour::Undeclared), made(&subject, Flavour::Undeclared));
}

#[test]
fn half_of_the_keys_that_are_not_required_get_names_that_nothing_declares() {
    let subject = subject();
    let (declared, undeclared) =
        (keys(&made(&subject, Flavour::Conforming)), keys(&made(&subject, Flavour::Undeclared)));
    let new = undeclared.iter().filter(|key| key.starts_with("new_")).count();
    assert_eq!(declared.len(), undeclared.len());
    assert!(undeclared.contains("id"));
    assert_eq!(new, (declared.len() - 1) / 2);
}

/// How many values of two pages differ.
fn differences(one: &Value, other: &Value) -> usize {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.iter().map(|(key, value)| differences(value, &other[key])).sum()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.iter().zip(other).map(|(one, other)| differences(one, other)).sum()
        }
        _ => usize::from(one.is_string() != other.is_string() || one.is_boolean() != other.is_boolean()),
    }
}

#[test]
fn every_element_of_a_page_with_misfits_has_one() {
    let subject = subject();
    let (page, misfits) = (made(&subject, Flavour::Conforming), made(&subject, Flavour::OneMisfit));
    let elements = |page: &Value| page["data"].as_array().expect("a list").clone();
    for (one, other) in elements(&page).iter().zip(elements(&misfits)) {
        assert!(differences(one, &other) > 0, "{other}");
    }
    assert_eq!(page.as_object().map(|page| page.len()), misfits.as_object().map(|page| page.len()));
}

#[test]
fn a_page_with_many_misfits_has_four_in_a_kilobyte() {
    let subject = subject();
    let page = made(&subject, Flavour::ManyMisfits);
    let misfits = page.to_string().matches("\"eighteen\"").count() + page.to_string().matches("\"soon\"").count();
    assert!(misfits > 100, "{misfits}");
}

#[test]
fn an_arm_is_told_by_the_first_particular_test_and_else_by_the_general_one() {
    let tests = [Test::Object, Test::Kind(vec![JsonKind::String]), Test::Keys(vec!["a".to_owned()])];
    assert_eq!(told(&tests, &json!({"b": 1})), Some(0));
    assert_eq!(told(&tests, &json!("x")), Some(1));
    assert_eq!(told(&tests, &json!({"a": 1})), Some(2));
    assert_eq!(told(&tests, &json!([1])), None);
}
