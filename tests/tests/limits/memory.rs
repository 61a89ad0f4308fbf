//! A body of `n` bytes makes no more than `16 * n` bytes and 1 MiB, whatever it holds, and whatever operation it answers.

use std::collections::BTreeSet;

use intercom_gen::{ApiVersion, Codec, VERSIONS};

use super::counter::peak;
use super::hostile;
use super::probe::{Place, keys, places};

/// The bytes of hostile text that every place of every type gets.
const SIZE: usize = 8 << 10;

fn limit(text: &str) -> usize {
    16 * text.len() + (1 << 20)
}

/// What reading `text`, and writing it again, has taken beyond the limit.
fn over(codec: &Codec, what: &str, text: &str, worst: &mut f64) -> Option<String> {
    let (bytes, read) = peak(|| codec.check(text).map(drop));
    *worst = worst.max(bytes as f64 / limit(text) as f64);
    if let Err(error) = &read {
        assert_ne!(error.to_string(), "", "{what}");
    }
    let beginning: String = text.chars().take(120).collect();
    (bytes > limit(text)).then(|| {
        let (name, length) = (codec.name(), text.len());
        format!("{name}: {what}: {length} bytes make {bytes} bytes (read: {}): {beginning}", read.is_ok())
    })
}

/// Everything hostile at one place of a type.
fn attacks(place: &Place, keys: &[&str], size: usize) -> Vec<(&'static str, String)> {
    let bodies = if place.is_list { hostile::lists(size) } else { hostile::objects(size, keys) };
    let mut bodies: Vec<_> = bodies.into_iter().map(|(what, text)| (what, place.with(&text))).collect();
    let ends = if place.is_list { ["[]", "[1]"] } else { ["{}", "{\"a\":1}"] };
    bodies.extend(ends.map(|end| ("nested", hostile::nested(place, end))));
    bodies
}

/// The keys of an object there that the type declares, or some of them.
fn declared(found: &[Place]) -> BTreeSet<String> {
    found.iter().filter_map(|place| place.before.rsplit('"').nth(1).map(str::to_owned)).collect()
}

fn check_all(version: &ApiVersion, codecs: &[Codec]) {
    let all = keys(version);
    let mut known = BTreeSet::new();
    let (mut faults, mut worst, mut bodies) = (Vec::new(), 0.0, 0);
    for codec in codecs {
        let found = places(codec, &all);
        let declared = declared(&found);
        let mut some: Vec<&str> = declared.iter().map(String::as_str).collect();
        some.extend(["id", "type", "created_at", "name"]);
        // What was looked at in a type of the same places needs only its root here.
        let is_new = known.insert(found.clone());
        for place in found.iter().take(if is_new { usize::MAX } else { 1 }) {
            for (what, text) in attacks(place, &some, SIZE) {
                bodies += 1;
                faults.extend(over(codec, what, &text, &mut worst));
            }
        }
    }
    let count = codecs.len();
    eprintln!("{}: {bodies} bodies for {count} types, at most {:.0} % of the limit", version.name, worst * 100.0);
    assert!(faults.is_empty(), "{} bodies, the first are\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}

#[test]
fn no_body_makes_the_response_of_any_operation_large() {
    for version in VERSIONS {
        check_all(version, version.answers);
    }
}

fn answer(operation: &str) -> Codec {
    let answers = VERSIONS.iter().find(|version| version.name == "unstable").expect("a version").answers;
    *answers.iter().find(|codec| codec.name() == operation).unwrap_or_else(|| panic!("no {operation}"))
}

#[test]
fn a_hundred_thousand_empty_articles_are_an_error_that_says_why() {
    let text = format!("{{\"data\":[{}]}}", hostile::repeated(300_000, "{}"));
    let articles = answer("listArticles");
    let (bytes, read) = peak(|| articles.check(&text).map(drop));
    let error = read.expect_err("too large").to_string();
    let expected = format!("expected a value that fits into {} bytes of memory", limit(&text));
    assert!(error.contains(&expected), "{error}");
    assert!(bytes < limit(&text), "{bytes}");
}

#[test]
fn a_page_of_as_many_empty_objects_as_the_api_has_in_a_page_is_read() {
    for (operation, key) in [("listArticles", "data"), ("ListContacts", "data"), ("listConversations", "conversations")]
    {
        let text = format!("{{\"{key}\":[{}]}}", vec!["{}"; 150].join(","));
        answer(operation).check(&text).unwrap_or_else(|error| panic!("{operation}: {error}"));
    }
}
