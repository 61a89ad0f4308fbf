//! What an object's fields could not take: undeclared keys, and the text of values that did not fit.
//!
//! Raw text in one buffer, not trees: keeping a key costs a copy, and nothing is parsed until someone asks. An object that
//! matches its description pays for an empty string.

use std::borrow::Cow;
use std::fmt;

use super::lexer::{Lexer, key_text};
use super::reader::MAX_DEPTH;
use super::value::Json;
use super::writer::Writer;

/// Keys that the description does not declare, and values that did not fit their field, as they came.
///
/// A value that did not fit is written again only as long as its field is what decoding left there: assigning the field
/// wins.
// Keys and values as they stand in an object, each with a comma behind it. Of a key that is here twice the last counts. A key
// that is required and did not come stands here without a value.
#[derive(Clone, Default)]
pub struct Extra(String);

impl Extra {
    /// Whether nothing is here.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// How many keys are here.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Json> {
        self.raw(key).map(Json::from_raw)
    }

    /// The JSON text of a key's value.
    pub fn raw(&self, key: &str) -> Option<&str> {
        self.all().filter_map(|entry| (entry.key == key).then_some(entry.raw)).last()
    }

    /// The keys, in the order in which they came.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.entries().into_iter().map(|entry| entry.key.into_owned())
    }

    /// Keys and values, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (String, Json)> {
        self.entries().into_iter().map(|entry| (entry.key.into_owned(), Json::from_raw(entry.raw)))
    }

    /// Sets a key. Where the type has a field of that name, the field wins unless it still has its default.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Json>) {
        self.forget(key.as_ref());
        let mut entry = String::new();
        Writer::new(&mut entry).entry(key.as_ref(), &value.into());
        self.keep(&entry);
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let value = self.get(key);
        self.forget(key);
        value
    }

    /// What stands in an object's text: keys and values, without the braces.
    pub(super) fn of(mut properties: String) -> Self {
        if !properties.is_empty() {
            properties.push(',');
        }
        Self(properties)
    }

    /// Keeps a key with its value, as they stand in an object.
    pub(super) fn keep(&mut self, entry: &str) {
        if self.0.capacity() == 0 {
            // What has one key that is not declared mostly has a few.
            self.0.reserve(entry.len() * 4);
        }
        self.0.push_str(entry);
        self.0.push(',');
    }

    pub(super) fn forget(&mut self, key: &str) {
        let mut rest = String::new();
        for entry in self.stored().filter(|entry| entry.key != key || entry.raw.is_empty()) {
            rest.push_str(entry.whole);
            rest.push(',');
        }
        self.0 = rest;
    }

    /// Notes that a required key did not come, so that writing does not invent it.
    pub(super) fn miss(&mut self, key: &str) {
        Writer::new(&mut self.0).string(key);
        self.0.push_str(":,");
    }

    pub(super) fn misses(&self, key: &str) -> bool {
        self.stored().any(|entry| entry.raw.is_empty() && entry.key == key)
    }

    /// Whether writing has to look here at all.
    pub(super) fn matters(&self) -> bool {
        !self.0.is_empty()
    }

    /// One entry for each key.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        let all: Vec<_> = self.all().collect();
        let is_last = |index: usize, entry: &Entry<'_>| all.iter().skip(index + 1).all(|later| later.key != entry.key);
        all.iter().enumerate().filter(|(index, entry)| is_last(*index, entry)).map(|(_, entry)| entry.clone()).collect()
    }

    fn all(&self) -> impl Iterator<Item = Entry<'_>> {
        self.stored().filter(|entry| !entry.raw.is_empty())
    }

    /// Also the required keys that did not come, without a value.
    fn stored(&self) -> impl Iterator<Item = Entry<'_>> {
        let mut lexer = Lexer::new(&self.0);
        std::iter::from_fn(move || Entry::read(&mut lexer))
    }
}

/// A key with its value.
#[derive(Clone)]
pub(super) struct Entry<'e> {
    pub(super) key: Cow<'e, str>,
    /// The value's text; empty where a required key did not come.
    pub(super) raw: &'e str,
    /// Both, as they stand in an object.
    pub(super) whole: &'e str,
}

impl<'e> Entry<'e> {
    fn read(lexer: &mut Lexer<'e>) -> Option<Self> {
        let start = lexer.at;
        let key = lexer.key_and_colon()?;
        let has_value = lexer.peek() != b',';
        let value = lexer.at;
        if has_value {
            lexer.skip(MAX_DEPTH)?;
        }
        let entry = Self { key: key_text(key), raw: lexer.since(value), whole: lexer.since(start) };
        lexer.take(b',').then_some(entry)
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
            || (self.len() == other.len() && self.iter().all(|(key, value)| other.get(&key) == Some(value)))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
