//! Values that come in several shapes. What tells the shapes apart is looked up ahead, without consuming anything.

use std::fmt;

use super::field::{Field, Read};
use super::lexer::{Lexer, key_text};
use super::reader::{MAX_DEPTH, Reader};
use super::value::Json;
use super::writer::Writer;

/// A value of several shapes.
pub trait Union: Sized {
    /// Reads the value ahead as the arm that it is told to be. `None` where the arm's type refuses it.
    fn read(r: &mut Reader<'_>) -> Option<Self>;

    /// Writes the arm's content.
    fn write(&self, w: &mut Writer<'_>);
}

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number without fraction and exponent.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        })
    }
}

impl<'j> Reader<'j> {
    /// Reads a whole union into `target`: an arm whose type refuses the value gives way to `Other`.
    pub(crate) fn union<U: Union>(&mut self, target: &mut U, other: fn(Json) -> U) -> Read {
        let start = self.offset();
        let outer = std::mem::take(&mut self.partial);
        let read = U::read(self);
        let partial = std::mem::replace(&mut self.partial, outer);
        *target = match read {
            Some(value) => value,
            None => match self.none_of_the_arms(start) {
                Some(json) => {
                    self.chose(std::any::type_name::<U>(), "::Other");
                    other(json)
                }
                None => return Read::Broken,
            },
        };
        if partial { Read::Partial } else { Read::Done }
    }

    /// The value at `start`, unless the text is broken.
    #[cold]
    fn none_of_the_arms(&mut self, start: usize) -> Option<Json> {
        if self.is_broken() {
            return None;
        }
        let raw = self.raw_from(start).ok()?;
        self.added(raw);
        Some(Json::from_raw(raw))
    }

    /// The value ahead becomes the content of an arm.
    pub fn arm<T: Field + Default, U, A: FnOnce(T) -> U>(&mut self, arm: A) -> Option<U> {
        let mut content = T::fresh();
        let read = content.fill(self);
        if !matches!(read, Read::Done | Read::Partial) {
            return None;
        }
        self.partial |= read == Read::Partial;
        self.chose(std::any::type_name::<A>(), "");
        Some(arm(content))
    }

    /// Notes which arm was chosen, for tools that ask; for programs it does nothing.
    #[inline(always)]
    fn chose(&mut self, arm: &'static str, behind: &'static str) {
        #[cfg(feature = "dynamic")]
        self.reports.chose([arm, behind]);
        #[cfg(not(feature = "dynamic"))]
        let _ = (arm, behind);
    }

    /// The value ahead is none of the arms.
    pub fn other<U>(&mut self, _other: fn(Json) -> U) -> Option<U> {
        None
    }

    /// The JSON type of the value ahead.
    pub fn kind(&mut self) -> Kind {
        kind(self.ahead()).unwrap_or(Kind::Null)
    }

    /// The text of a string property of the object ahead. One that is written with escapes is nobody's tag.
    pub fn tag(&mut self, key: &str) -> Option<&'j str> {
        property(self.ahead(), key).and_then(plain_string)
    }

    /// Whether the object ahead has the key.
    pub fn has(&mut self, key: &str) -> bool {
        property(self.ahead(), key).is_some()
    }

    /// The JSON type of the first element of the array ahead.
    pub fn first_kind(&mut self) -> Option<Kind> {
        first(self.ahead()).and_then(kind)
    }

    /// Whether the first element of the array ahead is an object that has the key.
    pub fn first_has(&mut self, key: &str) -> bool {
        first(self.ahead()).is_some_and(|element| property(element, key).is_some())
    }
}

/// The place of the value of `key` in the object ahead.
fn property<'j>(mut ahead: Lexer<'j>, key: &str) -> Option<Lexer<'j>> {
    if ahead.peek() != b'{' {
        return None;
    }
    let mut next = ahead.key(true)?;
    while key_text(next?) != key {
        ahead.skip(MAX_DEPTH)?;
        next = ahead.key(false)?;
    }
    Some(ahead)
}

fn first(mut ahead: Lexer<'_>) -> Option<Lexer<'_>> {
    let has_first = ahead.peek() == b'[' && ahead.element(true)?;
    has_first.then_some(ahead)
}

fn plain_string(mut ahead: Lexer<'_>) -> Option<&str> {
    let is_string = ahead.peek() == b'"';
    let text = if is_string { ahead.string()? } else { return None };
    (!ahead.has_escapes).then_some(text)
}

fn kind(mut ahead: Lexer<'_>) -> Option<Kind> {
    Some(match ahead.peek() {
        b'n' => Kind::Null,
        b't' | b'f' => Kind::Bool,
        b'"' => Kind::String,
        b'[' => Kind::Array,
        b'{' => Kind::Object,
        _ => match ahead.number()? {
            (_, true) => Kind::Integer,
            (_, false) => Kind::Number,
        },
    })
}

#[cfg(test)]
#[path = "union_tests.rs"]
mod tests;
