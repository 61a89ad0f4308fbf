use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::super::Subject;
use super::{Test, page, told};
use crate::api::JsonKind;

fn subject() -> Subject {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    Subject::load(root, "unstable").expect("a version of the workspace")
}

fn made(subject: &Subject, undeclared: bool) -> Value {
    let pages = subject.pages().expect("pages");
    let contacts = pages.iter().find(|page| page.name == "contacts").expect("a page of contacts");
    serde_json::from_str(&page(&subject.api, contacts.ty, undeclared)).expect("JSON")
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
    let page = made(&subject, false);
    assert_eq!(page["data"].as_array().map(Vec::len), Some(50));
    for key in ["id", "email", "custom_attributes", "location", "utm_term"] {
        assert!(keys(&page).contains(key), "{key}");
    }
}

#[test]
fn a_page_is_the_same_every_time() {
    let subject = subject();
    assert_eq!(made(&subject, false), made(&subject, false));
    assert_eq!(made(&subject, true), made(&subject, true));
}

#[test]
fn half_of_the_keys_that_are_not_required_get_names_that_nothing_declares() {
    let subject = subject();
    let (declared, undeclared) = (keys(&made(&subject, false)), keys(&made(&subject, true)));
    let new = undeclared.iter().filter(|key| key.starts_with("new_")).count();
    assert_eq!(declared.len(), undeclared.len());
    assert!(undeclared.contains("id"));
    assert_eq!(new, (declared.len() - 1) / 2);
}

#[test]
fn an_arm_is_told_by_the_first_particular_test_and_else_by_the_general_one() {
    let tests = [Test::Object, Test::Kind(vec![JsonKind::String]), Test::Keys(vec!["a".to_owned()])];
    assert_eq!(told(&tests, &json!({"b": 1})), Some(0));
    assert_eq!(told(&tests, &json!("x")), Some(1));
    assert_eq!(told(&tests, &json!({"a": 1})), Some(2));
    assert_eq!(told(&tests, &json!([1])), None);
}
