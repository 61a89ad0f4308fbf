//! What an object's fields could not take: undeclared keys, and the text of values that did not fit.
//!
//! Raw text in one buffer, not trees: keeping a key costs a copy, and nothing is parsed until someone asks. An object that
//! matches its description pays for an empty string.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::sync::OnceLock;

use super::field::Read;
use super::lexer::{Lexer, key_text};
use super::reader::Reader;
use super::value::Json;
use super::writer::Writer;

/// Text up to this many bytes is searched from its start; longer text gets an index.
const SEARCHED: usize = 256;

/// Keys that the description does not declare, and values that did not fit their field, as they came.
///
/// A value that did not fit is written again only as long as its field is what decoding left there: assigning the field
/// wins.
///
/// Finding, setting and removing a key takes logarithmic time, and everything that visits all keys takes `n log n`.
#[derive(Clone)]
pub struct Extra(Repr);

/// Keys and values as they are in an object, each with a comma behind it. Of a key that is here twice the last counts. A
/// required key that did not come has no value. A list or map that fits in part has, between its text and the comma, `#` and
/// the fingerprint of what its field holds.
///
/// Every struct has one of these, and most are empty, so that the index of a long text is elsewhere.
#[derive(Clone)]
enum Repr {
    Short(String),
    Long(Box<Long>),
}

/// Text with an index.
#[derive(Clone)]
struct Long {
    text: String,
    /// Made when it is needed first. From then on an entry that is not in it does not count.
    index: OnceLock<Index>,
}

#[derive(Clone, Default)]
struct Index {
    /// Where in the text each key's last entry starts.
    values: BTreeMap<Box<str>, usize>,
    /// The required keys that did not come.
    missing: BTreeSet<Box<str>>,
    /// The bytes of entries that no longer count.
    dead: usize,
}

impl Extra {
    /// Whether nothing is here.
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }

    /// How many keys are here.
    pub fn len(&self) -> usize {
        self.entries().count()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Json> {
        self.raw(key).map(Json::from_raw)
    }

    /// The JSON text of a key's value.
    pub fn raw(&self, key: &str) -> Option<&str> {
        self.entry(key).map(|entry| entry.raw)
    }

    /// The keys, in the order in which they came.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.entries().map(|entry| entry.key.into_owned())
    }

    /// Keys and values, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (String, Json)> {
        self.entries().map(|entry| (entry.key.into_owned(), Json::from_raw(entry.raw)))
    }

    /// Sets a key. Where the type has a field of that name, the field wins unless it still has its default.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Json>) {
        let key = key.as_ref();
        self.forget(key);
        self.change(|text, index| {
            index.values.insert(key.into(), text.len());
            Writer::new(text).entry(key, &value.into());
            text.push(',');
        });
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let value = self.get(key)?;
        self.forget(key);
        Some(value)
    }

    fn forget(&mut self, key: &str) {
        if self.raw(key).is_none() {
            return;
        }
        let mut mostly_dead = false;
        self.change(|text, index| {
            let start = index.values.remove(key);
            index.dead += start.and_then(|start| Entry::at(text, start)).map_or(0, |entry| entry.whole.len());
            mostly_dead = index.dead * 2 > text.len();
        });
        if mostly_dead {
            self.keep_only(|extra, entry| entry.raw.is_empty() || extra.counts(entry));
        }
    }

    /// Drops the text of the entries for which `keeps` does not hold.
    fn keep_only(&mut self, keeps: impl Fn(&Self, &Entry<'_>) -> bool) {
        let mut text = String::with_capacity(self.text().len());
        for entry in self.stored().filter(|entry| keeps(self, entry)) {
            text.push_str(entry.stored);
            text.push(',');
        }
        *self = Self::of(text);
    }

    /// What `text` holds: keys and values, each with a comma behind it.
    pub(super) fn of(text: String) -> Self {
        let mut extra = Self(Repr::Short(text));
        if extra.text().len() > SEARCHED {
            extra.make_long();
        }
        extra
    }

    /// Whether a required key did not come.
    pub(super) fn misses(&self, key: &str) -> bool {
        match self.index() {
            Some(index) => index.missing.contains(key),
            None => self.stored().any(|entry| entry.raw.is_empty() && entry.key == key),
        }
    }

    /// Whether writing has to look here at all.
    pub(super) fn matters(&self) -> bool {
        !self.text().is_empty()
    }

    /// Everything that is kept, as it is kept.
    pub(super) fn text(&self) -> &str {
        match &self.0 {
            Repr::Short(text) => text,
            Repr::Long(long) => &long.text,
        }
    }

    /// One entry for each key, in the order in which they came.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.stored().filter(|entry| !entry.raw.is_empty() && self.counts(entry))
    }

    /// The entry of a key.
    pub(super) fn entry(&self, key: &str) -> Option<Entry<'_>> {
        match self.index() {
            Some(index) => Entry::at(self.text(), *index.values.get(key)?),
            None => self.stored().filter(|entry| !entry.raw.is_empty() && entry.key == key).last(),
        }
    }

    /// Whether `entry` is the one that counts for its key.
    fn counts(&self, entry: &Entry<'_>) -> bool {
        match self.index() {
            Some(index) => index.values.get(&*entry.key) == Some(&entry.start),
            None => self.entry(&entry.key).is_some_and(|last| last.start == entry.start),
        }
    }

    /// The index of a long text.
    fn index(&self) -> Option<&Index> {
        match &self.0 {
            Repr::Short(_) => None,
            Repr::Long(long) => Some(long.index.get_or_init(|| Index::of(&long.text))),
        }
    }

    /// Changes text and index together.
    fn change(&mut self, change: impl FnOnce(&mut String, &mut Index)) {
        self.make_long();
        let Repr::Long(long) = &mut self.0 else { return };
        let mut index = long.index.take().unwrap_or_else(|| Index::of(&long.text));
        change(&mut long.text, &mut index);
        long.index = OnceLock::from(index);
    }

    /// Gives a short text an index.
    fn make_long(&mut self) {
        if let Repr::Short(text) = &mut self.0 {
            self.0 = Repr::Long(Box::new(Long { text: std::mem::take(text), index: OnceLock::new() }));
        }
    }

    fn text_mut(&mut self) -> &mut String {
        match &mut self.0 {
            Repr::Short(text) => text,
            Repr::Long(long) => &mut long.text,
        }
    }

    /// All entries of the text, also the required keys that did not come.
    fn stored(&self) -> impl Iterator<Item = Entry<'_>> {
        all(self.text())
    }
}

impl Index {
    fn of(text: &str) -> Self {
        let mut index = Self::default();
        for entry in all(text) {
            let key = Box::from(&*entry.key);
            if entry.raw.is_empty() {
                index.missing.insert(key);
            } else if let Some(earlier) = index.values.insert(key, entry.start) {
                index.dead += Entry::at(text, earlier).map_or(0, |entry| entry.whole.len());
            }
        }
        index
    }
}

fn all(text: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut lexer = Lexer::new(text);
    std::iter::from_fn(move || Entry::read(&mut lexer))
}

/// A key with its value.
pub(super) struct Entry<'e> {
    start: usize,
    pub(super) key: Cow<'e, str>,
    /// The value's text; empty where a required key did not come.
    pub(super) raw: &'e str,
    /// Both, as they are in an object.
    pub(super) whole: &'e str,
    /// What the field of a list or map held that fits in part.
    pub(super) fingerprint: Option<u64>,
    /// All of it, without the comma.
    stored: &'e str,
}

impl<'e> Entry<'e> {
    fn at(text: &'e str, start: usize) -> Option<Self> {
        let mut lexer = Lexer::new(text);
        lexer.at = start;
        Self::read(&mut lexer)
    }

    fn read(lexer: &mut Lexer<'e>) -> Option<Self> {
        let start = lexer.at;
        let key = lexer.key_and_colon()?;
        let has_value = lexer.peek() != b',';
        let value = lexer.at;
        if has_value {
            lexer.skip_known()?;
        }
        let (raw, whole) = (lexer.since(value), lexer.since(start));
        let fingerprint = if lexer.take(b'#') { lexer.number()?.0.parse().ok() } else { None };
        let stored = lexer.since(start);
        let entry = Self { start, key: key_text(key), raw, whole, fingerprint, stored };
        lexer.take(b',').then_some(entry)
    }
}

impl Reader<'_> {
    /// Keeps a key with its value, as they are in an object, with the fingerprint of a field that took a part of it.
    pub(super) fn keep(&mut self, extra: &mut Extra, entry: &str, fingerprint: Option<u64>) -> Result<(), Read> {
        /// A comma, a mark and the digits of a fingerprint.
        const MARKS: usize = 22;

        self.make_room(extra, entry.len() + MARKS)?;
        let text = extra.text_mut();
        text.push_str(entry);
        if let Some(fingerprint) = fingerprint {
            // Writing to a string does not fail.
            let _ = write!(text, "#{fingerprint}");
        }
        text.push(',');
        Ok(())
    }

    /// Notes that a required key did not come, so that writing does not invent it.
    #[cold]
    pub(super) fn keep_missing(&mut self, extra: &mut Extra, key: &str) -> Result<(), Read> {
        let mut entry = String::new();
        Writer::new(&mut entry).string(key);
        entry.push_str(":,");
        self.make_room(extra, entry.len())?;
        extra.text_mut().push_str(&entry);
        Ok(())
    }

    /// Drops the entries of `keys`, which have a value that fits behind the one that did not.
    #[cold]
    pub(super) fn forget(&mut self, extra: &mut Extra, keys: &[&str]) -> Result<(), Read> {
        self.charge(extra.text().len())?;
        extra.keep_only(|_, entry| !keys.contains(&&*entry.key));
        Ok(())
    }

    /// Makes room for `more` bytes in the text of `extra`.
    #[inline]
    fn make_room(&mut self, extra: &mut Extra, more: usize) -> Result<(), Read> {
        let text = extra.text_mut();
        if more > text.capacity() - text.len() { self.grow_text(extra, more) } else { Ok(()) }
    }

    /// Grows the text of `extra` so that `more` bytes fit, and pays for it.
    #[inline(never)]
    fn grow_text(&mut self, extra: &mut Extra, more: usize) -> Result<(), Read> {
        let text = extra.text_mut();
        let (length, capacity) = (text.len(), text.capacity());
        // An object that has one key that is not declared mostly has a few.
        let wanted = if capacity == 0 { (more * 4).min(more + SEARCHED) } else { (length + more).max(capacity * 2) };
        self.charge(wanted)?;
        text.reserve_exact(wanted - length);
        self.refund(capacity);
        if length + more > SEARCHED && matches!(extra.0, Repr::Short(_)) {
            self.charge(size_of::<Long>())?;
            extra.make_long();
        }
        Ok(())
    }
}

impl Default for Extra {
    fn default() -> Self {
        Self(Repr::Short(String::new()))
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(key, value): (String, Json)| other.get(&key) == Some(value);
        let counts_whole = |extra: &Self| extra.index().is_none_or(|index| index.dead == 0);
        (self.text() == other.text() && counts_whole(self) && counts_whole(other))
            || (self.len() == other.len() && self.iter().all(is_same))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
#[path = "extra_tests.rs"]
mod tests;
