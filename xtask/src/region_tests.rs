use super::replace;

const TEXT: &str = "before\n# <list> ours\nold\n# </list>\nafter\n";

#[test]
fn only_what_stands_between_the_marks_is_replaced() {
    assert_eq!(
        replace("f", TEXT, "list", "new\nlines\n").unwrap(),
        "before\n# <list> ours\nnew\nlines\n# </list>\nafter\n"
    );
}

#[test]
fn an_empty_region_is_filled() {
    assert_eq!(replace("f", "# <list>\n# </list>\n", "list", "new\n").unwrap(), "# <list>\nnew\n# </list>\n");
}

#[test]
fn a_missing_mark_is_named() {
    for text in ["", "# <list>", "# <list>\nold\n", "# </list>\n# <list>\n"] {
        let error = replace("Cargo.toml", text, "list", "new\n").unwrap_err().to_string();
        assert!(error.starts_with("Cargo.toml: the mark `<"), "{error}");
    }
}
