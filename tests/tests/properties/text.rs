//! Changes of a text that know nothing of its meaning.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Bytes that mean something to one reader or another.
const SIGNS: [&[u8]; 30] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b":",
    b",",
    b"null",
    b"true",
    b"-",
    b"1e999",
    b"0",
    b"\0",
    b"\xff",
    b"\xe2\x82",
    b"\\u",
    b"\\ud83e",
    b"\n",
    b"\t",
    b"- ",
    b"? ",
    b"&a ",
    b"*a",
    b"!!int ",
    b"|\n",
    b"#",
    b"---\n",
    b"\xef\xbb\xbf",
    b"{\"a\":[",
];

/// Characters that mean something in an address.
const MARKS: [char; 20] =
    ['/', '?', '#', '%', '&', '=', '+', ' ', '.', '\\', ':', '@', '{', '}', ';', '\0', '\n', 'é', '日', '🦀'];

/// A few changes of any text.
#[derive(Clone, Debug)]
pub struct Edits(Vec<Edit>);

#[derive(Clone, Debug)]
enum Edit {
    Remove(Span),
    Repeat(Span),
    Cut(Index),
    Replace(Span, &'static [u8], usize),
    Insert(Index, &'static [u8]),
    Flip(Index, u32),
    Copy(Span, Index),
}

/// A short part of a text.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: Index,
    length: usize,
}

/// One to three changes; most leave a part of the text as it was.
pub fn edits() -> impl Strategy<Value = Edits> {
    prop::collection::vec(edit(), 1..=3).prop_map(Edits)
}

fn edit() -> impl Strategy<Value = Edit> {
    let sign = || select(&SIGNS[..]);
    let place = any::<Index>;
    prop_oneof![
        span().prop_map(Edit::Remove),
        span().prop_map(Edit::Repeat),
        place().prop_map(Edit::Cut),
        (span(), sign(), 1..=3_usize).prop_map(|(span, sign, times)| Edit::Replace(span, sign, times)),
        (place(), sign()).prop_map(|(at, sign)| Edit::Insert(at, sign)),
        (place(), 0..8_u32).prop_map(|(at, bit)| Edit::Flip(at, bit)),
        (span(), place()).prop_map(|(span, to)| Edit::Copy(span, to)),
    ]
}

fn span() -> impl Strategy<Value = Span> {
    (any::<Index>(), 0..=64_usize).prop_map(|(from, length)| Span { from, length })
}

impl Edits {
    /// The text with these changes.
    pub fn of(&self, text: &[u8]) -> Vec<u8> {
        let mut bytes = text.to_owned();
        self.0.iter().for_each(|edit| edit.apply(&mut bytes));
        bytes
    }
}

impl Edit {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Remove(span) => drop(bytes.splice(span.of(bytes), [])),
            Self::Repeat(span) => {
                let range = span.of(bytes);
                let part = bytes[range.clone()].to_owned();
                bytes.splice(range.start..range.start, part);
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
            Self::Replace(span, sign, times) => drop(bytes.splice(span.of(bytes), sign.repeat(*times))),
            Self::Insert(at, sign) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, sign.iter().copied());
            }
            Self::Flip(at, bit) => {
                let at = at.index(bytes.len() + 1);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Copy(span, to) => {
                let (part, to) = (bytes[span.of(bytes)].to_owned(), to.index(bytes.len() + 1));
                bytes.splice(to..to, part);
            }
        }
    }
}

impl Span {
    fn of(self, bytes: &[u8]) -> std::ops::Range<usize> {
        let from = self.from.index(bytes.len() + 1);
        from..bytes.len().min(from + self.length)
    }
}

/// Text of any characters, mostly short.
pub fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        1 => any::<char>(),
        1 => select(&MARKS[..]),
        4 => proptest::char::range(' ', '~'),
    ];
    prop::collection::vec(character, 0..=33).prop_map(|characters| characters.into_iter().collect())
}
