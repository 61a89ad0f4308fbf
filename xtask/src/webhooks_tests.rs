use super::*;
use crate::api::{Kind, Struct, Type, Usage};

const MANIFEST: &str = r#"
[[version]]
name = "1"
module = "v1"
feature = "v1"
header = "1"
spec = "1.yaml"
[version.upstream]
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
date = "2026-01-01"

[[version]]
name = "next"
module = "next"
feature = "next"
header = "Next"
provisional = true
spec = "next.yaml"
[version.upstream]
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
date = "2026-01-01"
"#;

fn manifest() -> Manifest {
    Manifest::parse("versions.toml", MANIFEST).expect("a manifest")
}

fn webhooks(text: &str) -> Result<Webhooks> {
    Webhooks::parse(Document::parse(FILE, text)?, &manifest())
}

/// A model with the schemas `book` and `page`.
fn api() -> Api {
    let ty = |name: &str| {
        let id = TypeId::root(name);
        let (pointer, kind) = (format!("#/components/schemas/{name}"), Kind::Struct(Struct::default()));
        (id.clone(), Type { id, pointer, doc: None, deprecated: false, kind, usage: Usage::default() })
    };
    Api { types: ["book", "page"].map(ty).into(), ..Api::default() }
}

/// The model of a version with what `text` says.
fn added(text: &str, version: &str) -> Result<Api> {
    let mut api = api();
    webhooks(text)?.add_to(&mut api, manifest().version(version).expect("a version"))?;
    Ok(api)
}

#[track_caller]
fn assert_refused(text: &str, at: &str, what: &str) {
    let error = added(text, "1").expect_err("an error");
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.file.as_str(), problem.at.as_str()), (FILE, at));
    assert!(problem.what.contains(what) && !problem.hint.is_empty(), "{error}");
}

fn named(name: &str) -> TypeRef {
    TypeRef::Named(TypeId::root(name))
}

#[test]
fn a_topic_gets_the_type_of_its_schema() {
    let api = added("topics: {book.closed: {item: book, at: book}}", "1").expect("a model");
    let [event] = &api.topics[..] else { panic!("{:?}", api.topics) };
    assert_eq!(event.wire, "book.closed");
    let Content::Item { ty, at } = &event.content else { panic!("{event:?}") };
    assert_eq!((ty, at.as_deref()), (&named("book"), Some("book")));
}

#[test]
fn parts_have_a_type_each() {
    let api = added("events: {torn: {parts: {page: page, rest: null}}}", "1").expect("a model");
    let Content::Parts(parts) = &api.events[0].content else { panic!("{:?}", api.events) };
    assert_eq!(parts, &[("page".to_owned(), named("page")), ("rest".to_owned(), TypeRef::Scalar(Scalar::Json))]);
}

#[test]
fn without_a_schema_a_topic_is_json() {
    let api = added("topics: {ping: {}}", "1").expect("a model");
    assert!(matches!(api.topics[0].content, Content::Json));
}

#[test]
fn what_comes_with_an_event_is_received() {
    let api = added("topics: {book.read: {item: book}}", "1").expect("a model");
    let received = |name: &str| api.types.get(&TypeId::root(name)).map(|ty| ty.usage.response);
    assert_eq!((received("book"), received("page")), (Some(true), Some(false)));
}

#[test]
fn a_topic_of_other_versions_is_left_out() {
    let text = "topics: {old: {versions: ['1']}, new: {versions: [next]}}";
    let names = |version| added(text, version).map(|api| api.topics.into_iter().map(|event| event.wire));
    assert_eq!(names("1").expect("a model").collect::<Vec<_>>(), ["old"]);
    assert_eq!(names("next").expect("a model").collect::<Vec<_>>(), ["new"]);
}

#[test]
fn where_the_schema_is_not_described_it_is_json() {
    let text = "topics: {lamp.lit: {item: lamp, described: [next]}}";
    assert!(matches!(added(text, "1").expect("a model").topics[0].content, Content::Json));
}

#[test]
fn a_schema_that_a_version_lacks_is_refused_with_its_place() {
    assert_refused("topics: {lamp.lit: {item: lamp}}", "#/topics/lamp.lit/item", "spec/1.yaml has no schema `lamp`");
    assert_refused("events: {lit: {parts: {by: lamp}}}", "#/events/lit/parts/by", "`lamp`");
}

#[test]
fn a_schema_that_a_provisional_version_lacks_is_json_and_reported_once() {
    let api = added("topics: {lamp.lit: {item: lamp}, lamp.unlit: {item: lamp}}", "next").expect("a model");
    assert!(matches!(api.topics[0].content, Content::Json));
    let [line] = &api.report[..] else { panic!("{:?}", api.report) };
    assert!(line.contains("a `lamp` is JSON"), "{line}");
}

#[test]
fn contradictions_are_refused() {
    assert_refused("topics: {a: {item: book, parts: {page: page}}}", "#/topics/a", "both `item` and `parts`");
    assert_refused("topics: {a: {at: page}}", "#/topics/a", "no `item`");
    assert_refused("topics: {a: {identifying: true}}", "#/topics/a", "no `item`");
    assert_refused("topics: {a: {described: ['1']}}", "#/topics/a", "neither");
}

#[test]
fn what_is_not_known_is_refused() {
    assert_refused("themes: {}", "#/themes", "no such section");
    assert_refused("topics: {a: {schema: book}}", "#/topics/a", "unknown field `schema`");
    assert_refused("topics: [a]", "#/topics", "a list where names belong");
    assert_refused("topics: {a: {versions: ['7']}}", "#/topics/a/versions", "`7` is no version");
}
