use intercom_gen::unstable::codecs::SCHEMAS;
use serde_json::{Value, json};

use super::{Decoded, Verdict, through, untyped};

/// What becomes of a contact.
fn contact(sample: &Value) -> Decoded {
    let codec = SCHEMAS.iter().find(|codec| codec.name() == "contact").unwrap_or_else(|| panic!("no contact"));
    match through(codec, sample) {
        Verdict::Decoded(decoded) => decoded,
        Verdict::Refused(why) => panic!("{why}"),
        Verdict::Absent | Verdict::NotJson => panic!("not run"),
    }
}

#[test]
fn a_sample_that_fits_is_typed_and_lossless() {
    let decoded = contact(&json!({"type": "contact", "id": "5", "name": null, "location": {"city": "Cork"}}));
    assert_eq!((decoded.values, decoded.untyped.len(), decoded.drift.len()), (3, 0, 0));
    assert_eq!(decoded.loss, None);
}

#[test]
fn undeclared_keys_are_lossless_and_untyped() {
    let decoded = contact(&json!({"id": "5", "shoe": {"size": 45, "color": "red"}, "location": {"planet": "Earth"}}));
    assert_eq!(decoded.untyped, [("$.location.planet".to_owned(), 1), ("$.shoe".to_owned(), 2)]);
    assert_eq!((decoded.values, decoded.loss), (4, None));
}

#[test]
fn a_value_that_does_not_fit_is_drift_and_untyped() {
    let decoded = contact(&json!({"id": "5", "name": ["Ada", "Byron"]}));
    let drift: Vec<(&str, &str)> =
        decoded.drift.iter().map(|misfit| (misfit.path.as_str(), misfit.raw.as_str())).collect();
    assert_eq!(drift, [("$.name", "[\"Ada\",\"Byron\"]")]);
    assert_eq!((decoded.untyped, decoded.loss), (vec![("$.name".to_owned(), 2)], None));
}

#[test]
fn a_required_key_that_is_missing_is_drift_of_no_value() {
    let decoded = contact(&json!({"name": "Ada"}));
    assert_eq!(decoded.drift.first().map(|misfit| misfit.path.as_str()), Some("$.id"));
    assert_eq!((decoded.untyped.len(), decoded.loss), (0, None));
}

#[test]
fn values_inside_others_count_once() {
    let found = untyped(vec![("$.a.b", "1"), ("$.a", "{\"b\": 1}"), ("$.ab", "2"), ("$.a", "{\"b\": 1}")]);
    assert_eq!(found, [("$.a".to_owned(), 1), ("$.ab".to_owned(), 1)]);
}
