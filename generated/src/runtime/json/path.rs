//! Where in a body something is: kept as slices while reading, rendered as a JSONPath (RFC 9535) when reported.

use std::fmt::Write as _;

use super::lexer::key_text;

/// A key longer than this is cut in a path, so that many reports below one huge key stay small.
const MAX_KEY: usize = 200;

/// One step from a container to a value in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'j> {
    /// A key as it is written in the text.
    Key(&'j str),
    Index(usize),
    /// In a container, before its first key or element.
    Start,
}

pub(super) fn render(steps: &[Step<'_>]) -> String {
    let mut path = String::with_capacity(64);
    path.push('$');
    for step in steps {
        match step {
            Step::Start => {}
            Step::Index(index) => drop(write!(path, "[{index}]")),
            Step::Key(key) => push_key(&mut path, &key_text(key)),
        }
    }
    path
}

/// Appends `key` as JSONPath writes it.
pub(super) fn push_key(path: &mut String, key: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_name = key.bytes().all(is_plain) && !key.starts_with(|c: char| c.is_ascii_digit());
    if is_name && (1..=MAX_KEY).contains(&key.len()) {
        path.push('.');
        path.push_str(key);
        return;
    }
    path.push_str("['");
    for c in key.chars().take(MAX_KEY) {
        match c {
            '\'' | '\\' => path.extend(['\\', c]),
            c if c.is_control() => path.extend(c.escape_unicode()),
            c => path.push(c),
        }
    }
    path.push_str("']");
}
