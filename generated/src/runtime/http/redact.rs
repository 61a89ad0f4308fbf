//! Takes secrets out of what errors, logs and `Debug` show: some servers and proxies send back what they were sent.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

/// The most backslashes before a character that are followed: JSON in a string of JSON in a string of JSON has seven.
const MAX_BACKSLASHES: usize = 8;

/// A shorter text is not a token, but is part of many words.
const SHORTEST_TOKEN: usize = 8;

/// Parts of the names of headers that carry credentials.
const CREDENTIALS: [&str; 7] = ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey"];

/// Whether the value of a header gives access to something.
pub(crate) fn is_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    CREDENTIALS.iter().any(|part| name.contains(part))
}

/// Marks the values of headers that give access to something, so that `Debug` does not print them.
#[cfg(feature = "test-util")]
pub(crate) fn hide_credentials(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        if is_credential(name.as_str()) {
            value.set_sensitive(true);
        }
    }
}

/// The secrets of a request, and what stands in their place.
#[derive(Default)]
pub(crate) struct Secrets(Vec<(Vec<char>, &'static str)>);

impl Secrets {
    /// Adds a secret of any length; an empty one is ignored.
    pub(super) fn add(&mut self, secret: &str, mark: &'static str) {
        let secret: Vec<char> = secret.chars().collect();
        if !secret.is_empty() {
            self.0.push((secret, mark));
        }
        // A secret that is part of another one must not be replaced first.
        self.0.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
    }

    /// Adds what a header carries: the token of `Authorization`, each value of `Cookie`, anything else as a whole.
    pub(super) fn add_header(&mut self, name: &HeaderName, value: &HeaderValue) {
        let value = String::from_utf8_lossy(value.as_bytes());
        let mark = if *name == AUTHORIZATION { "[token]" } else { "[secret]" };
        let after_scheme = value.split_once(' ').map_or("", |(_, token)| token.trim());
        let cookies = value.split(';').filter_map(|pair| Some(pair.split_once('=')?.1.trim()));
        let whole = Some(&*value).filter(|_| after_scheme.is_empty() || *name != AUTHORIZATION);
        for secret in whole.into_iter().chain([after_scheme]).chain(cookies.filter(|_| name == "cookie")) {
            if secret.len() >= SHORTEST_TOKEN {
                self.add(secret, mark);
            }
        }
    }

    /// `text` without any secret, however it is spelled; `None` if there is none in it.
    fn redacted(&self, text: &[u8]) -> Option<Vec<u8>> {
        let replace = |kept: Option<Vec<u8>>, (secret, mark): &(Vec<char>, &'static str)| {
            replaced(kept.as_deref().unwrap_or(text), secret, mark.as_bytes()).or(kept)
        };
        self.0.iter().fold(None, replace)
    }

    /// Takes every secret out of `text`.
    pub(crate) fn redact(&self, text: &mut Vec<u8>) {
        if let Some(redacted) = self.redacted(text) {
            *text = redacted;
        }
    }

    /// Takes every secret out of `text`.
    pub(crate) fn redact_text(&self, text: &mut String) {
        if let Some(redacted) = self.redacted(text.as_bytes()) {
            *text = String::from_utf8_lossy(&redacted).into_owned();
        }
    }

    /// Takes every secret out of the values of headers.
    pub(super) fn redact_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Some(redacted) = self.redacted(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&redacted).unwrap_or(HeaderValue::from_static("[secret]"));
            }
        }
    }
}

/// `text` with `mark` in the place of every `secret`; `None` if there is none.
fn replaced(text: &[u8], secret: &[char], mark: &[u8]) -> Option<Vec<u8>> {
    let mut search = Search::default();
    let (mut kept, mut from, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        match search.end(text, at, secret) {
            Some(end) => {
                kept.extend_from_slice(&text[from..at]);
                kept.extend_from_slice(mark);
                (from, at) = (end, end);
            }
            None => at += 1,
        }
    }
    (from > 0).then(|| {
        kept.extend_from_slice(&text[from..]);
        kept
    })
}

/// The places that a secret's characters so far may lead to; kept from one start to the next to allocate once.
#[derive(Default)]
struct Search {
    places: Vec<usize>,
    next: Vec<usize>,
}

impl Search {
    /// Where `secret` ends that begins at `at`. Its characters may be spelled in several ways, so several places are
    /// followed at once; there are never more than a few.
    fn end(&mut self, text: &[u8], at: usize, secret: &[char]) -> Option<usize> {
        self.places.clear();
        self.places.push(at);
        for character in secret {
            self.next.clear();
            for place in &self.places {
                spellings(text.get(*place..).unwrap_or_default(), *character, &mut |length| {
                    self.next.push(place + length);
                });
            }
            self.next.sort_unstable();
            self.next.dedup();
            if self.next.is_empty() {
                return None;
            }
            std::mem::swap(&mut self.places, &mut self.next);
        }
        self.places.last().copied()
    }
}

/// Calls `found` with the length of every spelling of `character` at the start of `text`: as it is, and escaped as in
/// JSON, an address or HTML.
fn spellings(text: &[u8], character: char, found: &mut dyn FnMut(usize)) {
    let mut buffer = [0; 4];
    let plain = character.encode_utf8(&mut buffer).as_bytes();
    if text.starts_with(plain) {
        found(plain.len());
    }
    match text.first() {
        Some(b'\\') => in_json(text, character, plain, found),
        Some(b'%') => in_an_address(text, plain).into_iter().for_each(found),
        Some(b'&') => in_html(text, character).into_iter().for_each(found),
        _ => {}
    }
}

fn in_json(text: &[u8], character: char, plain: &[u8], found: &mut dyn FnMut(usize)) {
    let backslashes = text.iter().take(MAX_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    if character == '\\' {
        // The first of them was found as it is.
        (2..=backslashes).for_each(&mut *found);
    }
    let rest = &text[backslashes..];
    if character != '\\' && rest.starts_with(plain) {
        found(backslashes + plain.len());
    }
    let mut units = [0; 2];
    let mut length = 0;
    for unit in character.encode_utf16(&mut units) {
        let rest = &text[length..];
        let backslashes = rest.iter().take_while(|byte| **byte == b'\\').take(MAX_BACKSLASHES).count();
        let digits = rest.get(backslashes..).and_then(|rest| rest.strip_prefix(b"u")).and_then(|rest| rest.get(..4));
        let value = digits.and_then(|digits| number(digits, 16));
        if backslashes == 0 || value != Some(u32::from(*unit)) {
            return;
        }
        length += backslashes + 5;
    }
    found(length);
}

fn in_an_address(text: &[u8], plain: &[u8]) -> Option<usize> {
    let is_escaped = |(index, byte): (usize, &u8)| {
        let escape = text.get(3 * index..3 * index + 3)?;
        (number(escape.strip_prefix(b"%")?, 16)? == u32::from(*byte)).then_some(())
    };
    plain.iter().enumerate().map(is_escaped).collect::<Option<()>>().map(|()| 3 * plain.len())
}

fn in_html(text: &[u8], character: char) -> Option<usize> {
    // The longest is `&#x10ffff;`, but for zeros in front.
    let length = text.iter().take(16).position(|byte| *byte == b';')? + 1;
    let value = match text.get(1..length - 1)? {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        b"amp" => u32::from('&'),
        b"lt" => u32::from('<'),
        b"gt" => u32::from('>'),
        b"quot" => u32::from('"'),
        b"apos" => u32::from('\''),
        _ => return None,
    };
    (value == u32::from(character)).then_some(length)
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with(['+', '-']))?;
    u32::from_str_radix(digits, radix).ok()
}

#[cfg(test)]
#[path = "redact_tests.rs"]
mod tests;
