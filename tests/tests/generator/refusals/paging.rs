//! Operations whose lists come in pages, and descriptions that do not say how.

use tests::scratch::{MANIFEST, SPEC, Scratch, manifest_entry};

use super::{GOOD, described, refuses};

const LIST: &str = "#/paths/~1books/get";
const SHOW: &str = "#/paths/~1books~1{id}/get";

/// The good description, in which a book has a list of pages, with an `x-pagination` on `showBook`.
fn declared(pagination: &str) -> Scratch {
    Scratch::new("tiny", &[]).with(SPEC, text(pagination))
}

fn text(pagination: &str) -> String {
    let by = format!("operationId: showBook\n      x-pagination: {pagination}");
    let text = GOOD.replace("operationId: showBook", &by);
    text.replace("pages: {type: integer}", "pages: {type: array, items: {type: string}}")
}

#[track_caller]
fn mistake(pagination: &str, at: &str, words: &[&str]) {
    refuses(&declared(pagination), SPEC, &format!("{SHOW}{at}"), words);
}

#[test]
fn a_paging_parameter_needs_a_style() {
    let shelf = "{name: shelf, in: query, schema: {type: string}}";
    for name in ["page", "per_page", "starting_after", "scroll_param", "cursor"] {
        let tree = described(shelf, &format!("{{name: {name}, in: query, schema: {{type: string}}}}"));
        refuses(&tree, SPEC, LIST, &[name, "x-pagination"]);
    }
}

#[test]
fn an_answer_that_leads_to_pages_needs_a_style() {
    for property in ["pages: {type: object}", "next_cursor: {type: string}", "total_pages: {type: integer}"] {
        refuses(&described("pages: {type: integer}", property), SPEC, SHOW, &["answer", "x-pagination"]);
    }
}

#[test]
fn a_body_that_asks_for_a_page_needs_a_style() {
    let title = "properties: {title: {type: string}}";
    for name in ["pagination", "page", "per_page"] {
        let tree = described(title, &format!("properties: {{{name}: {{type: object}}}}"));
        refuses(&tree, SPEC, "#/paths/~1books~1{id}/put", &[name, "x-pagination"]);
    }
}

#[test]
fn a_style_that_is_not_known_is_named() {
    mistake("{style: cursors, items: /pages}", "/x-pagination/style", &["cursors"]);
}

#[test]
fn items_at_an_unresolved_pointer_are_named() {
    for items in ["/nothing", "/shelf/nothing", "/state/nothing", "/pages/0"] {
        mistake(&format!("{{style: link, items: {items}}}"), "/x-pagination/items", &[items, "unresolved pointer"]);
    }
    mistake("{style: link, items: pages}", "/x-pagination/items", &["`pages`", "pointer"]);
}

#[test]
fn items_that_are_no_list_are_named() {
    mistake("{style: link, items: /shelf}", "/x-pagination/items", &["/shelf", "no list"]);
}

#[test]
fn each_place_of_items_is_looked_at() {
    mistake("{style: link, items: [/pages, /nothing]}", "/x-pagination/items/1", &["/nothing", "unresolved pointer"]);
    mistake("{style: link, items: [/pages, /shelf]}", "/x-pagination/items/1", &["/shelf", "no list"]);
    mistake("{style: link, items: [5]}", "/x-pagination/items/0", &["`5`", "pointer"]);
    mistake("{style: link, items: []}", "/x-pagination", &["no `items`"]);
    mistake("{style: link, items: [/pages, /pages]}", "/x-pagination/items/1", &["/pages", "same property"]);
}

#[test]
fn places_of_items_of_different_types_are_refused() {
    let text = text("{style: link, items: [/pages, /lines]}");
    let pages = "pages: {type: array, items: {type: string}}";
    let other = text.replace(pages, &format!("{pages}\n        lines: {{type: array, items: {{type: integer}}}}"));
    let tree = Scratch::new("tiny", &[]).with(SPEC, &other);
    refuses(&tree, SPEC, &format!("{SHOW}/x-pagination/items/1"), &["`/lines`", "another type"]);
    let same = other.replace("items: {type: integer}", "items: {type: string}");
    if let Err(error) = Scratch::new("tiny", &[]).with(SPEC, &same).generate() {
        panic!("{error}");
    }
}

#[test]
fn items_of_an_answer_that_is_no_json_are_refused() {
    let tree =
        described("operationId: updateBook", "operationId: updateBook\n      x-pagination: {style: link, items: /a}");
    refuses(&tree, SPEC, "#/paths/~1books~1{id}/put/x-pagination/items", &["no JSON"]);
}

#[test]
fn what_stands_there_besides_is_refused() {
    mistake("link", "/x-pagination", &["style"]);
    mistake("{items: /pages}", "/x-pagination", &["style"]);
    mistake("{style: link}", "/x-pagination", &["items"]);
    mistake("{style: link, items: /pages, item: /page}", "/x-pagination", &["`item`"]);
    mistake("{style: none}", "/x-pagination", &["reason"]);
    mistake("{style: none, items: /pages}", "/x-pagination", &["`items`"]);
}

#[test]
fn a_style_needs_the_parameter_that_it_sets() {
    let styles = [
        ("cursor", "starting_after"),
        ("cursor-in-body", "starting_after"),
        ("page", "page"),
        ("page-in-body", "page"),
        ("scroll", "scroll_param"),
        ("next-cursor", "cursor"),
    ];
    for (style, parameter) in styles {
        mistake(&format!("{{style: {style}, items: /pages}}"), "", &[&format!("`{parameter}`")]);
    }
}

#[test]
fn a_reason_is_enough_for_having_no_pages() {
    for accepted in ["{style: none, reason: A book has its own pages.}", "{style: link, items: /pages}"] {
        if let Err(error) = declared(accepted).generate() {
            panic!("{error}");
        }
    }
}

#[test]
fn a_version_that_is_not_released_says_in_its_report_what_is_missing() {
    let manifest = manifest_entry("tiny", &[]).replace("spec = ", "provisional = true\nspec = ");
    let unsaid = GOOD.replace("pages: {type: integer}", "pages: {type: object}");
    let cases = [(unsaid, "#/paths/~1books~1{id}/get: "), (text("{style: link, items: /a}"), "/x-pagination/items: ")];
    for (text, part) in cases {
        let tree = Scratch::new("tiny", &[]).with(MANIFEST, &manifest).with(SPEC, text);
        let generated = tree.generate().unwrap_or_else(|error| panic!("{error}"));
        assert!(
            generated.report.lines(true).iter().any(|line| line.contains(part)),
            "no {part} in {:#?}",
            generated.report
        );
    }
}
