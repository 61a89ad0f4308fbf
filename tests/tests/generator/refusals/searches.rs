//! Operations whose body is a search, and descriptions that do not say so or say so of something else.

use tests::scratch::{MANIFEST, SPEC, Scratch, manifest_entry};

use super::{GOOD, described, refuses};

const UPDATE: &str = "#/paths/~1books~1{id}/put";
const BODY: &str = "properties: {title: {type: string}}";

/// The good description, in which the body of `updateBook` has these properties and the operation these marks.
fn marked(properties: &str, marks: &str) -> Scratch {
    let text = GOOD.replace(BODY, &format!("properties: {{{properties}}}"));
    Scratch::new("tiny", &[])
        .with(SPEC, text.replace("operationId: updateBook", &format!("operationId: updateBook\n      {marks}")))
}

#[test]
fn a_body_that_looks_like_a_search_needs_a_mark() {
    let unpaged = "x-pagination: {style: none, reason: It is short.}";
    let tree = marked("query: {type: object}, pagination: {type: object}", unpaged);
    refuses(&tree, SPEC, UPDATE, &["`query`", "`pagination`", "x-search"]);
}

#[test]
fn a_mark_on_a_body_without_filters_is_refused() {
    refuses(
        &marked("title: {type: string}", "x-search: true"),
        SPEC,
        &format!("{UPDATE}/x-search"),
        &["no property `query`"],
    );
    refuses(&marked("query: {type: string}", "x-search: true"), SPEC, &format!("{UPDATE}/x-search"), &["filters"]);
    let no_body = described("operationId: showBook", "operationId: showBook\n      x-search: true");
    refuses(&no_body, SPEC, "#/paths/~1books~1{id}/get/x-search", &["no property `query`"]);
}

#[test]
fn a_mark_that_says_nothing_is_refused() {
    refuses(&marked("query: {type: object}", "x-search: yes"), SPEC, &format!("{UPDATE}/x-search"), &["yes"]);
}

#[test]
fn a_version_that_is_not_released_says_in_its_report_what_is_missing() {
    let manifest = manifest_entry("tiny", &[]).replace("spec = ", "provisional = true\nspec = ");
    let tree = marked("title: {type: string}", "x-search: true").with(MANIFEST, &manifest);
    let generated = tree.generate().unwrap_or_else(|error| panic!("{error}"));
    assert!(generated.report.lines(true).iter().any(|line| line.contains("x-search: ")), "{:#?}", generated.report);
}
