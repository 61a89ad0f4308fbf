//! Identifiers: strings in one answer, integers in the next, and the same thing all the time.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::runtime::json::{Field, Read, Reader, Writer};
use crate::runtime::macros::serde_through_json;

/// An identifier. It is sent as it came or as it was given, and compares by its digits or letters.
///
/// ```
/// use intercom_gen::Id;
///
/// assert_eq!(Id::from(5), Id::from("5"));
/// ```
#[derive(Clone, Default)]
pub struct Id {
    text: Box<str>,
    is_number: bool,
}

impl Id {
    /// The identifier's text, without quotation marks.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is no identifier: the default of a field whose key was missing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Field for Id {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let id = match r.kind_byte() {
            b'"' => r.string().map(|text| Self { text: text.into(), is_number: false }),
            _ => match r.number() {
                Some((digits, true)) => Some(Self { text: digits.into(), is_number: true }),
                _ => None,
            },
        };
        r.store(self, id, "an id: a string or an integer")
    }

    fn write(&self, w: &mut Writer<'_>) {
        if self.is_number { w.raw(&self.text) } else { w.string(&self.text) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number { f.write_str(&self.text) } else { fmt::Debug::fmt(&self.text, f) }
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Id {}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.text == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.text == *other
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

impl From<&String> for Id {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        id.clone()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.text.into()
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Id {
            fn from(number: $integer) -> Self {
                Self { text: number.to_string().into(), is_number: true }
            }
        }
    )*};
}

from_integers!(i32, i64, u32, u64, usize);

serde_through_json!(Id);
