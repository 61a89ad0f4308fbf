use std::collections::BTreeMap;

use super::region;

fn listing(version: &str, lines: &[&str]) -> BTreeMap<String, String> {
    BTreeMap::from([(version.to_owned(), lines.iter().map(|line| format!("{line}\n")).collect())])
}

const BOOK: &str = "types::Book = \"book\"";
const TITLE: &str = "types::Book::title: Option<String> = \"title\"";

#[test]
fn before_the_first_release_one_line_says_so() {
    let text = region(&listing("2.14", &[BOOK]), &BTreeMap::new());
    assert_eq!(text.lines().count(), 1);
    assert!(text.starts_with("Nothing has been released yet"), "{text}");
}

#[test]
fn a_version_that_is_as_released_says_so() {
    let same = listing("2.14", &[BOOK, TITLE]);
    assert_eq!(region(&same, &same), "Since the last release, by version:\n\n### 2.14\n\nThe API is the same.\n");
}

#[test]
fn what_was_removed_changed_and_added_is_listed_in_this_order() {
    let was = listing(
        "2.14",
        &[BOOK, TITLE, "types::Book::isbn: Id = \"isbn\"", "books.get(id) -> types::Book = \"GET /b\""],
    );
    let now = listing(
        "2.14",
        &[
            BOOK,
            "types::Book::title: String = \"title\"",
            "books.get(id) -> types::Book = \"GET /b\"",
            "books.get?full: bool",
        ],
    );
    let expected = "Since the last release, by version:\n\n### 2.14\n\n\
        Removed:\n\n- `types::Book::isbn: Id = \"isbn\"`\n\n\
        Changed:\n\n- `types::Book::title: String = \"title\"`, was `types::Book::title: Option<String> = \"title\"`\n\n\
        Added:\n\n- `books.get?full: bool`\n";
    assert_eq!(region(&now, &was), expected);
}

#[test]
fn a_type_that_came_or_went_is_one_line() {
    let (with, without) = (listing("2.14", &[BOOK, TITLE]), listing("2.14", &[]));
    let lines =
        |text: String| text.lines().filter(|line| line.starts_with("- ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(region(&with, &without)), [format!("- `{BOOK}`")]);
    assert_eq!(lines(region(&without, &with)), [format!("- `{BOOK}`")]);
}

#[test]
fn a_version_that_came_or_went_is_named() {
    let (one, other) = (listing("2.14", &[BOOK]), listing("2.15", &[BOOK]));
    let text = region(&other, &one);
    assert!(text.contains("### 2.14\n\n**Breaking:** the version is gone.\n"), "{text}");
    assert!(text.contains("### 2.15\n\nThe version is new.\n"), "{text}");
}

#[test]
fn a_job_or_pages_of_an_operation_are_items_of_their_own() {
    const LIST: &str = "books.list() -> types::Books = \"GET /b\"";
    const ITEMS: &str = "books.list().items() -> types::Book = \"pages /data\"";
    const FROM: &str = "types::Book::From<types::Draft>";
    let (with, without) = (listing("2.14", &[LIST, ITEMS, BOOK, FROM]), listing("2.14", &[LIST, BOOK]));
    let text = region(&without, &with);
    assert!(text.ends_with(&format!("Removed:\n\n- `{ITEMS}`\n- `{FROM}`\n")), "{text}");
    let text = region(&listing("2.14", &[]), &with);
    assert!(text.ends_with(&format!("Removed:\n\n- `{LIST}`\n- `{BOOK}`\n")), "{text}");
}
