//! The words of JSON: a cursor over text that is known to be UTF-8.
//!
//! A pull parser of a well-kept crate was measured in this place, and reading took half as many instructions again as
//! `serde` derives take; what made the difference was the way from one key to the next. This does just what the reader
//! needs, and its tests compare it with `serde_json` on many thousands of texts.
//!
//! What a function does not find it leaves unsaid as `None` or `false`, and says in `fault` what was expected: results
//! that fit into registers are a good part of the speed.

use std::borrow::Cow;
use std::str::Chars;

pub(super) const TOO_DEEP: &str = "containers nest too deep";

/// A place in a text. A copy looks ahead without consuming.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'j> {
    text: &'j str,
    pub(super) at: usize,
    /// Where the last key started, with its quotation mark.
    pub(super) key_at: usize,
    /// Whether the last string has escapes.
    pub(super) has_escapes: bool,
    /// Why the last function that found nothing did not.
    pub(super) fault: &'static str,
}

impl<'j> Lexer<'j> {
    pub(super) fn new(text: &'j str) -> Self {
        Self { text, at: 0, key_at: 0, has_escapes: false, fault: "" }
    }

    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    #[cold]
    fn fail<T>(&mut self, fault: &'static str) -> Option<T> {
        self.fault = if self.at < self.text.len() { fault } else { "the text ends too early" };
        None
    }

    #[inline]
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn since(&self, start: usize) -> &'j str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is no white space; zero at the end, where no value begins either.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        match self.byte() {
            byte if byte > b' ' => byte,
            _ => self.peek_behind_space(),
        }
    }

    #[inline(never)]
    fn peek_behind_space(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Consumes `byte`, if it is next.
    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    #[inline]
    pub(super) fn literal(&mut self, word: &str) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return self.fail("expected a value");
        }
        self.at += word.len();
        Some(())
    }

    /// What stands between quotation marks, escapes and all. The cursor is at the first mark.
    #[inline]
    pub(super) fn string(&mut self) -> Option<&'j str> {
        let start = self.at + 1;
        self.at = find_special(self.text.as_bytes(), start);
        self.has_escapes = self.byte() != b'"';
        if self.has_escapes {
            self.behind_escapes()?;
        }
        let raw = self.since(start);
        self.at += 1;
        Some(raw)
    }

    /// From the first byte of a string that is not plain to the mark that ends it.
    #[inline(never)]
    fn behind_escapes(&mut self) -> Option<()> {
        loop {
            match self.byte() {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => return self.fail("a control character in a string"),
            }
            self.at = find_special(self.text.as_bytes(), self.at);
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += 1;
        let digits = match self.byte() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 0,
            b'u' => 4,
            _ => return self.fail("no such escape"),
        };
        self.at += 1;
        for _ in 0..digits {
            if !self.byte().is_ascii_hexdigit() {
                return self.fail("no such escape");
            }
            self.at += 1;
        }
        Some(())
    }

    /// A number, and whether it has neither fraction nor exponent.
    #[inline]
    pub(super) fn number(&mut self) -> Option<(&'j str, bool)> {
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        let zero = self.byte() == b'0';
        if self.digits()? > 1 && zero {
            return self.fail("a number that begins with zero");
        }
        let is_integer = !matches!(self.byte(), b'.' | b'e' | b'E');
        if !is_integer {
            self.fraction_and_exponent()?;
        }
        Some((self.since(start), is_integer))
    }

    fn fraction_and_exponent(&mut self) -> Option<()> {
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        Some(())
    }

    #[inline]
    fn digits(&mut self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { self.fail("expected a digit") } else { Some(count) }
    }

    /// The next key of an object, up to and with its colon; `first` also consumes the brace before it. `Some(None)` at the
    /// end of the object.
    #[inline(always)]
    pub(super) fn key(&mut self, first: bool) -> Option<Option<&'j str>> {
        let bytes = self.text.as_bytes();
        if (first || self.byte() == b',') && bytes.get(self.at + 1) == Some(&b'"') {
            let start = self.at + 2;
            let end = find_special(bytes, start);
            if bytes.get(end..end + 2) == Some(b"\":") {
                (self.key_at, self.at, self.has_escapes) = (self.at + 1, end + 2, false);
                return Some(Some(self.text.get(start..end).unwrap_or_default()));
            }
        }
        self.any_key(first)
    }

    /// A key that stands otherwise than in compact text, or the end of the object.
    #[inline(never)]
    fn any_key(&mut self, first: bool) -> Option<Option<&'j str>> {
        self.at += usize::from(first);
        let separator = self.peek();
        if separator == b'}' {
            self.at += 1;
            return Some(None);
        }
        if !first {
            if separator != b',' {
                return self.fail("expected a comma or the end of the object");
            }
            self.at += 1;
        }
        self.key_and_colon().map(Some)
    }

    pub(super) fn key_and_colon(&mut self) -> Option<&'j str> {
        if self.peek() != b'"' {
            return self.fail("expected a key");
        }
        self.key_at = self.at;
        let key = self.string()?;
        if self.take(b':') { Some(key) } else { self.fail("expected a colon") }
    }

    /// Whether the array has another element; `first` also consumes the bracket before it.
    #[inline]
    pub(super) fn element(&mut self, first: bool) -> Option<bool> {
        self.at += usize::from(first);
        let more = match self.peek() {
            b']' => false,
            _ if first => return Some(true),
            b',' => true,
            _ => return self.fail("expected a comma or the end of the list"),
        };
        self.at += 1;
        Some(more)
    }

    /// Consumes a value of text that is known to be JSON, however deep it nests.
    pub(super) fn skip_known(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                b'{' | b'[' => {
                    self.at += 1;
                    depth += 1;
                }
                b'}' | b']' => {
                    self.at += 1;
                    depth = depth.saturating_sub(1);
                }
                b',' | b':' => self.at += 1,
                first => self.scalar(first)?,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Consumes a value of any kind that nests no deeper than `room`.
    pub(super) fn skip(&mut self, room: usize) -> Option<()> {
        // A bit for each container that is open: whether it is an object.
        let (mut depth, mut objects) = (0, 0_u128);
        loop {
            let opened = match self.peek() {
                b'{' | b'[' if depth >= room => return self.fail(TOO_DEEP),
                b'{' => self.key(true)?.map(|_| 1),
                b'[' => self.element(true)?.then_some(0),
                first => self.scalar(first).map(|()| None)?,
            };
            if let Some(is_object) = opened {
                depth += 1;
                objects = objects << 1 | is_object;
                continue;
            }
            loop {
                let more = match objects & 1 {
                    _ if depth == 0 => return Some(()),
                    1 => self.key(false)?.is_some(),
                    _ => self.element(false)?,
                };
                if more {
                    break;
                }
                depth -= 1;
                objects >>= 1;
            }
        }
    }

    #[inline]
    fn scalar(&mut self, first: u8) -> Option<()> {
        match first {
            b'"' => self.string().map(drop),
            b'-' | b'0'..=b'9' => self.number().map(drop),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            _ => self.fail("expected a value"),
        }
    }

    /// The end of the text.
    pub(super) fn end(&mut self) -> Option<()> {
        self.peek();
        if self.at < self.text.len() { self.fail("something follows the value") } else { Some(()) }
    }
}

/// Bits of a machine word that stand for one byte each.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;

/// Where the next byte is that a string cannot hold as it is: eight at a time, because bodies are mostly strings, and the
/// first eight without a call, because keys are short.
#[inline(always)]
fn find_special(bytes: &[u8], start: usize) -> usize {
    let Some(eight) = bytes.get(start..).and_then(|rest| rest.first_chunk()) else { return find_further(bytes, start) };
    match specials(u64::from_le_bytes(*eight)) {
        0 => find_further(bytes, start + 8),
        found => start + found.trailing_zeros() as usize / 8,
    }
}

#[inline(never)]
fn find_further(bytes: &[u8], start: usize) -> usize {
    let (eights, rest) = bytes.get(start..).unwrap_or_default().as_chunks();
    let mut at = start;
    for eight in eights {
        let found = specials(u64::from_le_bytes(*eight));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | ..b' ')).count()
}

/// The high bit of each byte that is a quotation mark, a backslash or a control character. Behind the first such byte there
/// may be bits too many.
#[inline]
fn specials(word: u64) -> u64 {
    // Below zero is what was zero, or less than what is taken off; or it was above 127, which `!word` excludes.
    let quote = (word ^ (LOW * u64::from(b'"'))).wrapping_sub(LOW);
    let backslash = (word ^ (LOW * u64::from(b'\\'))).wrapping_sub(LOW);
    let control = word.wrapping_sub(LOW * u64::from(b' '));
    (quote | backslash | control) & !word & HIGH
}

/// The text of a key. One that holds half of a character is taken as it is written.
pub(super) fn key_text(raw: &str) -> Cow<'_, str> {
    let unescaped = if raw.contains('\\') { unescape(raw) } else { None };
    unescaped.map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// The text that a string with escapes spells. `None` where it is half of a character.
pub(super) fn unescape(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    // A quotation mark is always escaped, so that nothing but a backslash is special here.
    while let Some((plain, escape)) = rest.split_at_checked(find_special(rest.as_bytes(), 0)) {
        text.push_str(plain);
        let mut characters = escape.chars();
        if characters.next().is_none() {
            return Some(text);
        }
        let character = match characters.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => code_point(&mut characters)?,
            itself => itself,
        };
        text.push(character);
        rest = characters.as_str();
    }
    None
}

/// The character of one unit of UTF-16, or of two.
fn code_point(characters: &mut Chars<'_>) -> Option<char> {
    let first = unit(characters)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    let is_escape = characters.next() == Some('\\') && characters.next() == Some('u');
    let second = if is_escape { unit(characters)?.checked_sub(0xdc00)? } else { return None };
    if second < 0x400 { char::from_u32(0x1_0000 + (first - 0xd800) * 0x400 + second) } else { None }
}

fn unit(characters: &mut Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + characters.next()?.to_digit(16)?))
}

#[cfg(test)]
#[path = "lexer_tests.rs"]
mod tests;
