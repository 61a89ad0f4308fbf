use super::*;

#[test]
fn a_short_text_is_left_whole() {
    assert_eq!(cut("one\ntwo\n", "file.md"), "one\ntwo\n");
}

#[test]
fn a_long_text_ends_with_a_whole_line_a_closed_fold_and_where_the_rest_is() {
    let line = "- an entry of a long list\n";
    let text = format!("<details><summary>many</summary>\n\n{}\n</details>\n", line.repeat(MOST / 10));
    let kept = cut(&text, "file.md");
    assert!(kept.len() < MOST + 200, "{}", kept.len());
    assert!(kept.contains(&format!("{line}\n</details>\n")), "{}", &kept[kept.len() - 200..]);
    assert!(kept.ends_with("the rest is in `file.md`.\n"));
}
