//! Where in a body something is: kept as slices while reading, rendered as a JSONPath (RFC 9535) when reported.

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
    let mut path = String::with_capacity(128);
    path.push('$');
    for step in steps {
        match step {
            Step::Start => {}
            Step::Index(index) => {
                path.push('[');
                push_digits(&mut path, *index);
                path.push(']');
            }
            // A key without escapes is its own text, which saves looking for them.
            Step::Key(key) if is_name(key) => push_name(&mut path, key),
            Step::Key(key) => push_key(&mut path, &key_text(key)),
        }
    }
    path.shrink_to_fit();
    path
}

fn push_digits(path: &mut String, number: usize) {
    if number >= 10 {
        push_digits(path, number / 10);
    }
    path.push(char::from(b'0' + (number % 10) as u8));
}

/// Whether JSONPath writes the key behind a dot.
fn is_name(key: &str) -> bool {
    let is_plain = |byte: &u8| NAME_BYTES.get(usize::from(*byte)) == Some(&true);
    let starts = key.as_bytes().first().is_some_and(|first| !first.is_ascii_digit());
    starts && key.len() <= MAX_KEY && key.as_bytes().iter().all(is_plain)
}

/// Which bytes such a key has.
const NAME_BYTES: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    plain
};

fn push_name(path: &mut String, key: &str) {
    path.push('.');
    path.push_str(key);
}

/// Appends `key` as JSONPath writes it.
pub(super) fn push_key(path: &mut String, key: &str) {
    if is_name(key) {
        return push_name(path, key);
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
