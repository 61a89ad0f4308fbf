//! `next` of every list of every version may be a URL, an object or null, whatever the description says.
//!
//! The lists are found in the descriptions by code that shares nothing with the generator's rule.

use std::collections::BTreeMap;
use std::path::Path;

use intercom_gen::{ApiVersion, Codec};
use serde_json::{Value, json};
use tests::description::{self, operations, resolved};
use tests::tree::workspace;
use xtask::api::{Api, Kind, Scalar, TypeRef};
use xtask::pipeline::Inputs;
use xtask::source::Source;

const URL: &str = r#""https://api.intercom.io/things?page=2""#;
const CURSOR: &str = r#"{"page":2,"starting_after":"WzE="}"#;

/// The properties of an object, with those of all parts of its `allOf`.
fn properties<'d>(description: &'d Value, schema: &'d Value) -> BTreeMap<&'d str, &'d Value> {
    let schema = resolved(description, schema);
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let mut found: BTreeMap<&str, &Value> = parts.flat_map(|part| properties(description, part)).collect();
    found.extend(description::entries(schema, "properties").map(|(name, schema)| (name.as_str(), schema)));
    found
}

/// The ids of the operations whose successful response has `pages` with properties of its own.
fn lists(description: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (_, operation) in description::entries(description, "paths").flat_map(|(_, item)| operations(item)) {
        let successes = description::entries(operation, "responses").filter(|(status, _)| status.starts_with('2'));
        let mut schemas = successes
            .filter_map(|(_, response)| resolved(description, response).pointer("/content/application~1json/schema"));
        let has_pages = |schema: &Value| {
            let pages = properties(description, schema).get("pages").map(|pages| properties(description, pages));
            pages.is_some_and(|pages| !pages.is_empty())
        };
        if schemas.any(has_pages) {
            let id = operation.get("operationId").and_then(Value::as_str).expect("an operation with an id");
            found.push(id.to_owned());
        }
    }
    found
}

fn answer<'v>(version: &'v ApiVersion, id: &str) -> Option<&'v Codec> {
    version.answers.iter().find(|codec| codec.name() == id)
}

#[test]
fn of_every_released_version_takes_either_form_without_drift() {
    for version in description::versions(&workspace()) {
        let lists = lists(&description::described(&workspace(), &version));
        assert!(lists.len() > 15, "{}: {lists:?}", version.name);
        for id in lists {
            let Some(codec) = answer(version.built(), &id) else {
                panic!("{}: no response type of {id}", version.name)
            };
            for next in [URL, CURSOR, "null"] {
                let body = format!(r#"{{"pages":{{"type":"pages","next":{next}}}}}"#);
                let read = codec.check(&body).unwrap_or_else(|error| panic!("{id}: {error}"));
                let is_told = read.drift.iter().any(|drift| drift.path.starts_with("$.pages.next"));
                let is_undeclared = read.additions.iter().any(|addition| addition.path.starts_with("$.pages.next"));
                assert!(!is_told && !is_undeclared, "{}: {id}: {next}: {read:?}", version.name);
                let written: Value = serde_json::from_str(&read.json).expect("JSON");
                let sent: Value = serde_json::from_str(next).expect("JSON");
                assert_eq!(written["pages"].get("next").cloned().unwrap_or_default(), sent, "{}: {id}", version.name);
            }
        }
    }
}

/// Whether the schema called `next_page` of the model holds a URL or an object.
fn is_url_or_object(api: &Api, ty: &TypeRef) -> bool {
    let TypeRef::Named(id) = ty else { return false };
    match api.types.get(id).map(|ty| &ty.kind) {
        Some(Kind::Alias(ty)) => is_url_or_object(api, ty),
        Some(Kind::Union(union)) => {
            let is_object = |ty: &TypeRef| match ty {
                TypeRef::Named(id) => matches!(api.types.get(id).map(|ty| &ty.kind), Some(Kind::Struct(_))),
                _ => false,
            };
            union.arms.iter().any(|arm| arm.ty == TypeRef::Scalar(Scalar::String))
                && union.arms.iter().any(|arm| is_object(&arm.ty))
        }
        _ => false,
    }
}

/// Every `next` beside a size of pages, and whether it holds a URL or an object.
fn nexts(api: &Api) -> Vec<(String, bool)> {
    let structs = api.types.iter().filter_map(|(id, ty)| match &ty.kind {
        Kind::Struct(structure) => Some((id, structure)),
        _ => None,
    });
    let positions = structs.filter(|(_, structure)| structure.fields.iter().any(|field| field.wire == "total_pages"));
    let next = positions.filter_map(|(id, structure)| {
        let next = structure.fields.iter().find(|field| field.wire == "next")?;
        Some((id.to_string(), is_url_or_object(api, &next.ty)))
    });
    next.collect()
}

/// The model of a description that is not vendored, as far as our overlays fit it.
fn tried_out(path: &Path) -> Api {
    let inputs = Inputs::read(Source::folder(workspace())).unwrap_or_else(|error| panic!("{error}"));
    let text = description::text(&workspace().join(path));
    let facts = inputs.foreign(&path.to_string_lossy(), &text).unwrap_or_else(|error| panic!("{error}"));
    let (corrected, _) = facts.correct_where_possible();
    let model = corrected.model().unwrap_or_else(|error| panic!("{error}"));
    model.propose_names(&mut inputs.registry.clone()).0.api
}

#[test]
fn of_versions_that_are_not_vendored_takes_either_form() {
    for file in ["2.15.yaml", "2.16.yaml"] {
        let path = Path::new("../shared/upstream/2026-08-21").join(file);
        if !workspace().join(&path).is_file() {
            eprintln!("skipped: {} is not at hand", path.display());
            continue;
        }
        let nexts = nexts(&tried_out(&path));
        assert!(nexts.len() >= 3, "{file}: {nexts:?}");
        let narrow: Vec<_> = nexts.iter().filter(|(_, widened)| !widened).collect();
        assert!(narrow.is_empty(), "{file}: {narrow:?}");
    }
}

#[tokio::test]
async fn that_is_a_url_is_readable_and_passes_strict_decoding() {
    use intercom_gen::unstable::types::NextPage;

    let first = json!({"type": "activity_log.list", "activity_logs": [],
        "pages": {"type": "pages", "next": "https://api.intercom.io/admins/activity_logs?created_at_after=1&page=2"}});
    let server = tests::loopback::Server::new([tests::loopback::Reply::json(first)]);
    let client = server.client(intercom_gen::unstable::Client::builder().strict(true));
    let page = client.admins().list_activity_logs("1").await.expect("a page");
    let next = page.pages.and_then(|pages| pages.next);
    assert!(matches!(&next, Some(NextPage::Url(url)) if url.ends_with("page=2")), "{next:?}");
}

#[tokio::test]
async fn of_a_search_for_articles_is_readable_too() {
    use intercom_gen::unstable::types::NextPage;

    let first = json!({"type": "list", "data": {"articles": []},
        "pages": {"type": "pages", "next": "https://api.intercom.io/articles/search?phrase=ex&page=2"}});
    let server = tests::loopback::Server::new([tests::loopback::Reply::json(first)]);
    let client = server.client(intercom_gen::unstable::Client::builder().strict(true));
    let page = client.articles().search().await.expect("a page");
    assert!(matches!(page.pages.and_then(|pages| pages.next), Some(NextPage::Url(_))));
}
