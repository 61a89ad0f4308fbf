//! The files of `spec/` mean the same to readers of YAML 1.1, such as PyYAML, as to ours.
//!
//! The table is the resolver of YAML 1.1, written down apart from the code that quotes.

use std::path::Path;

use regex::Regex;
use serde_json::Value;

use crate::document::Document;

/// What YAML 1.1 takes a plain scalar for, from <https://yaml.org/type/>.
const RESOLVER: [(&str, &str); 8] = [
    ("bool", r"^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$"),
    ("null", r"^(?:~|null|Null|NULL)$"),
    ("int", r"^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)$"),
    ("int in base 60", r"^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$"),
    (
        "float",
        r"^[-+]?(?:(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*\.|\.inf|\.Inf|\.INF)$|^\.(?:nan|NaN|NAN)$",
    ),
    ("float in base 60", r"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$"),
    (
        "timestamp",
        r"^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$",
    ),
    ("merge or value", r"^(?:<<|=)$"),
];

fn resolver() -> Vec<(&'static str, Regex)> {
    RESOLVER.iter().map(|(kind, pattern)| (*kind, Regex::new(pattern).unwrap())).collect()
}

/// Every text of the value, keys included.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(map) => {
            for (key, value) in map {
                found.push(key.clone());
                texts(value, found);
            }
        }
        _ => {}
    }
}

/// The texts of a file that stand in it plainly and that YAML 1.1 takes for something else.
fn misread(yaml: &str) -> Vec<String> {
    let resolver = resolver();
    let mut found = Vec::new();
    texts(&Document::parse("spec/test.yaml", yaml).unwrap().root, &mut found);
    found.sort();
    found.dedup();
    // Quotes a text that our reader would take for another kind of scalar.
    let is_text =
        |text: &str| Document::parse("spec/test.yaml", &format!("a: {text}")).is_ok_and(|it| it.root["a"] == text);
    let plainly = |text: &str| {
        let token = format!(r"(?m)(?:^\s*|[-:,\[{{]\s+|[\[{{]){}\s*(?:$|[,\]}}]|:\s|:$|\s#)", regex::escape(text));
        Regex::new(&token).unwrap().is_match(yaml)
    };
    let kind = |text: &str| resolver.iter().find(|(_, pattern)| pattern.is_match(text)).map(|(kind, _)| *kind);
    found
        .iter()
        .filter_map(|text| Some(format!("{text} is a {}", kind(text).filter(|_| is_text(text) && plainly(text))?)))
        .collect()
}

#[test]
fn a_text_that_is_misread_is_found() {
    assert_eq!(misread("a:\n- on\n- 'off'\n"), ["on is a bool"]);
    assert_eq!(misread("a: {b: [yes, c], n: 'no'}\n"), ["n is a bool", "yes is a bool"]);
    assert_eq!(misread("y: 1:30\n"), ["1:30 is a int in base 60", "y is a bool"]);
    assert_eq!(misread("a: '2026-01-02'\nb: \"=\"\nc: turned on\n"), [""; 0]);
}

#[test]
fn no_text_of_the_spec_is_misread() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            assert_eq!(misread(&std::fs::read_to_string(&path).unwrap()), [""; 0], "{}", path.display());
            files += 1;
        }
    }
    assert!(files >= 5, "{files}");
}
