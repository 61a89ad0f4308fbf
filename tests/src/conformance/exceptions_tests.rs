use super::parse;

const ENTRY: &str = "[[sample]]\noperation = 'POST /tags'\nsample = 'invalid'\nversions = ['2.14']\n";

#[test]
fn an_entry_is_about_the_versions_that_it_names() {
    let list = parse("list", &format!("{ENTRY}reason = 'no name'")).unwrap_or_default();
    let entry = list.first().map(|entry| (entry.applies_to("2.14", "2.14"), entry.applies_to("preview", "unstable")));
    assert_eq!(entry, Some((true, false)));
}

#[test]
fn an_entry_needs_a_reason() {
    let message = |reason: &str| {
        parse("list", &format!("{ENTRY}{reason}")).map_or_else(|error| error.to_string(), |_| String::new())
    };
    assert!(message("reason = ' '").contains("POST /tags \"invalid\""), "{}", message("reason = ' '"));
    assert!(message("").contains("reason"), "{}", message(""));
}

#[test]
fn an_unknown_key_is_refused() {
    let error = parse("list", &format!("{ENTRY}reason = 'x'\nfile = 'y'"))
        .map_or_else(|error| error.to_string(), |_| String::new());
    assert!(error.starts_with("list:") && error.contains("file"), "{error}");
}
