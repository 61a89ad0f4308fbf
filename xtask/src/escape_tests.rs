use super::*;

#[test]
fn a_line_for_a_terminal_has_no_control_characters() {
    assert_eq!(line("a\u{1b}[31mred\u{7}\r\nb\u{202e}c\u{200b}"), "a\\u{1b}[31mred\\u{7}\\r\\nb\\u{202e}c\\u{200b}");
}

#[test]
fn a_line_is_no_command_to_a_workflow() {
    for command in ["::error::x", "  ::set-env name=A::b", "##[error]x", "text ##[group]x"] {
        let escaped = line(command);
        assert!(!escaped.trim_start().starts_with("::") && !escaped.contains("##["), "{escaped}");
    }
    assert_eq!(line("types::Contact ## [a]"), "types::Contact ## [a]");
}

#[test]
fn every_line_of_several_is_escaped() {
    assert_eq!(lines("a\n::error::b\n\u{1b}c\n"), "a\n\\u{3a}:error::b\n\\u{1b}c\n");
}

#[test]
fn code_cannot_be_left() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!(code("a``` <img src=x> @octocat"), "````a``` <img src=x> @octocat````");
    assert_eq!(code("a\n\n# b"), "`a\\n\\n# b`");
    assert_eq!(code(" a "), "`  a  `");
    assert_eq!(code(""), "`  `");
}

#[test]
fn json_is_shown_and_stays_the_same_json() {
    let value = serde_json::json!({"a\u{1b}": ["##[error]\u{202e}", "\u{e0001}", "\n::error::"]});
    let text = json(&value);
    assert!(!text.contains("##[") && text.chars().all(|c| c == '\n' || !is_invisible(c)), "{text}");
    assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "{text}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
}

#[test]
fn a_sentence_keeps_its_code_and_its_plain_words() {
    let text = "the operation id `a <b>` is now ``c`d``; list of types (2 of them), was `e`";
    assert_eq!(sentence(text), text);
}

#[test]
fn every_other_word_of_a_sentence_is_shown_and_not_obeyed() {
    for (text, escaped) in [
        ("a <img src=x onerror=y> b", "a `<img` src=x `onerror=y>` b"),
        ("by @octocat", "by `@octocat`"),
        ("see https://example.com and www.example.com", "see `https://example.com` and `www.example.com`"),
        ("closes #12 and GH-12", "closes `#12` and `GH-12`"),
        ("[a](b)", "`[a](b)`"),
        ("a | b", "a `|` b"),
        ("a\n# b", "`a\\n#` b"),
        ("a *b* _c_", "a `*b*` `_c_`"),
        ("open ` and @b", "open `` ` `` and `@b`"),
        ("a &lt; b", "a `&lt`; b"),
        ("in #1: a", "in `#1`: a"),
    ] {
        assert_eq!(sentence(text), escaped);
    }
}

#[test]
fn a_backtick_in_a_name_does_not_let_the_rest_out_of_its_code() {
    let name = "a` <script> @octocat `b";
    let escaped = sentence(&format!("was `{name}`"));
    assert_eq!(escaped, "was `a` `<script>` `@octocat` `b`");
}

#[test]
fn a_long_name_is_cut_in_messages() {
    assert_eq!(excerpt(&"a".repeat(201)), format!("{}… (201 characters)", "a".repeat(60)));
    assert_eq!(excerpt("a\nb"), "a\\nb");
}
