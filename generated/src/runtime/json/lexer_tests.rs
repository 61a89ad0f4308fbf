//! The lexer against `serde_json`: both take the same texts and make the same of them.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;

use super::*;
use crate::Json;

/// Small and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)) >> 16) as usize % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

fn assert_same(text: &str) {
    let ours = Json::parse(text);
    let theirs = serde_json::from_str::<IgnoredAny>(text);
    assert_eq!(ours.is_ok(), theirs.is_ok(), "{text:?}: {ours:?}, {theirs:?}");
    // A tree of theirs has no room for `1e999` and for half of a character.
    if let (Ok(ours), Ok(tree)) = (ours, serde_json::from_str::<serde_json::Value>(text)) {
        let again: serde_json::Value = serde_json::from_str(&ours.to_string()).expect("JSON");
        assert_eq!(again, tree, "{text:?}");
        assert_eq!(ours.as_str(), tree.as_str(), "{text:?}");
        let list = ours.as_list().map(|list| list.len());
        assert_eq!(list, tree.as_array().map(Vec::len), "{text:?}");
        let keys = ours.as_map().map(|map| map.into_keys().collect::<Vec<_>>());
        // With one of serde_json's features its objects keep the order of the text.
        let sorted =
            |map: &serde_json::Map<_, _>| map.keys().cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
        assert_eq!(keys, tree.as_object().map(sorted), "{text:?}");
    }
}

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\"a\"",
    "\"\"",
    "\"a\":",
    "\"\\u00e9\":",
    "null",
    "true",
    "false",
    "nul",
    "0",
    "-",
    "1",
    "12345678901234567890",
    "-0",
    "0.5",
    "1e5",
    "1E-7",
    "1.",
    ".5",
    "+1",
    "01",
    "1e999",
    "\\n",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\udc00",
    "\\x",
    "\\u12",
    "é",
    "😀",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{b}",
    "\u{0}",
    "\u{1f}",
    "\u{7f}",
    "abcdefgh",
    "abcdefghijklmnop",
    "/",
    "'",
];

#[test]
fn any_sequence_of_words_is_taken_or_refused_as_serde_json_does() {
    let mut random = Random(1);
    for _ in 0..120_000 {
        let text: String = (0..=random.below(9)).map(|_| random.pick(WORDS)).collect();
        assert_same(&text);
        assert_same(&format!("\"{text}\""));
        assert_same(&format!("[{text}]"));
        assert_same(&format!("{{\"k\":{text}}}"));
    }
}

/// A JSON value, with white space here and there.
fn value(random: &mut Random, depth: usize, text: &mut String) {
    text.push_str(random.pick(&["", "", "", " ", "\n\t"]));
    match random.below(if depth > 6 { 6 } else { 9 }) {
        0 => text.push_str(random.pick(&["null", "true", "false"])),
        1 => text.push_str(random.pick(&[
            "0",
            "-0",
            "7",
            "-12",
            "9007199254740993",
            "1.0",
            "-2.5e10",
            "1e-3",
            "123456789012345678901234567890",
        ])),
        2..=5 => string(random, text),
        6 => container(random, depth, text, ('[', ']'), |_, _| ()),
        _ => container(random, depth, text, ('{', '}'), |random, text| {
            string(random, text);
            text.push_str(random.pick(&[":", ":", " : "]));
        }),
    }
    text.push_str(random.pick(&["", "", "", "\r\n"]));
}

fn container(
    random: &mut Random,
    depth: usize,
    text: &mut String,
    (open, close): (char, char),
    key: fn(&mut Random, &mut String),
) {
    text.push(open);
    for index in 0..random.below(5) {
        text.push_str(if index > 0 { "," } else { "" });
        key(random, text);
        value(random, depth + 1, text);
    }
    text.push(close);
}

fn string(random: &mut Random, text: &mut String) {
    text.push('"');
    for _ in 0..random.below(6) {
        text.push_str(random.pick(&[
            "a",
            "key",
            "é",
            "😀",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b\\f\\n\\r\\t",
            "\\u0041",
            "\\ud83d\\ude00",
            "a long piece of text",
        ]));
    }
    text.push('"');
}

#[test]
fn every_value_is_read_as_serde_json_reads_it_and_so_is_every_broken_one() {
    let mut random = Random(2);
    for _ in 0..20_000 {
        let mut text = String::new();
        value(&mut random, 0, &mut text);
        assert!(Json::parse(&text).is_ok(), "{text:?}");
        assert_same(&text);
        let mut bytes = text.into_bytes();
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes.truncate(at),
            1 => drop(bytes.remove(at)),
            _ => bytes[at] = b"{}[],:\"\\0e-. nt\n\x01"[random.below(17)],
        }
        assert_same(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn special_bytes_are_found_wherever_they_stand() {
    for length in 0..40 {
        for special in [b'"', b'\\', 0, 0x1f, b'\n'] {
            let mut bytes = vec![b'x'; length];
            bytes.extend([special, b'"', 0xff, 0x80]);
            assert_eq!(find_special(&bytes, 0), length);
            bytes[..length].fill(0xc3);
            assert_eq!(find_special(&bytes, 0), length);
        }
    }
    assert_eq!(find_special(b"\x7f\xff !#[]\x80", 0), 8);
    assert_eq!(find_special(b"abc", 7), 7);
}

#[test]
fn values_nest_as_deep_as_serde_json_allows_and_no_deeper() {
    for (depth, is_read) in [(127, true), (128, false), (10_000, false)] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(Json::parse(&text).is_ok(), is_read, "{depth}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), is_read, "{depth}");
    }
}

#[test]
fn half_of_a_character_is_kept_as_it_is_written() {
    for text in [r#""\ud83d""#, r#""\udc00x""#, r#""\ud83d\u0041""#, r#""\ud83dx""#] {
        assert_eq!(Json::parse(text).expect("JSON").to_string(), text);
    }
}
