//! The one writer of JSON, and the rules by which an object's fields and its `extra` make one object again.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hasher as _};

use super::extra::Extra;
use super::field::Field;
use super::object::Object;

/// Writes JSON text.
pub struct Writer<'w> {
    out: &'w mut String,
    first: bool,
    required: &'static [&'static str],
    /// The object's `extra` and the keys that fields have settled; only where there is something in it.
    beside: Option<Box<Beside>>,
    /// Where the text goes that is written for its fingerprint alone.
    fingerprint: Option<Fingerprint<'w>>,
}

/// The text of a value as it is in memory, fields and `extra`, made into a number piece by piece: the text could be as large
/// as the value.
struct Fingerprint<'w> {
    hasher: DefaultHasher,
    /// The one field that is written, until it is.
    only: Option<&'w str>,
}

/// Text that gets longer than this while a fingerprint is made goes into it.
const PIECE: usize = 4096;

struct Beside {
    extra: Extra,
    settled: BTreeSet<String>,
    fresh: fn() -> Box<dyn Object>,
    /// The fields of an object into which nothing was read; made when the first of them is in question.
    defaults: Option<Extra>,
}

impl Beside {
    /// Whether nobody has assigned a field since decoding. Where a part of a value fits, the field is known by its
    /// fingerprint; else decoding has left the default.
    fn is_untouched(&mut self, key: &str, kept: Option<&Kept>, field: &dyn Field, is_absent: bool) -> bool {
        match kept.and_then(|kept| kept.fingerprint) {
            Some(fingerprint) => fingerprint == fingerprint_of_field(field),
            None => {
                let defaults = self.defaults.get_or_insert_with(|| defaults(self.fresh));
                let written = (!is_absent).then(|| to_text(field));
                defaults.raw(key) == written.as_deref()
            }
        }
    }
}

/// A value of `extra`.
struct Kept {
    raw: String,
    fingerprint: Option<u64>,
}

/// The fields of an object into which nothing was read.
fn defaults(fresh: fn() -> Box<dyn Object>) -> Extra {
    let object = fresh();
    let mut fields = String::new();
    object.write(&mut Writer { required: object.required(), ..Writer::new(&mut fields) });
    if !fields.is_empty() {
        fields.push(',');
    }
    Extra::of(fields)
}

/// The fingerprint of the field of `object` that is called `key`.
pub(super) fn fingerprint_of(object: &dyn Object, key: &str) -> u64 {
    let mut out = String::new();
    let mut writer = Writer::for_fingerprint(&mut out, Some(key));
    object.write(&mut writer);
    writer.finish()
}

fn fingerprint_of_field(field: &dyn Field) -> u64 {
    let mut out = String::new();
    let mut writer = Writer::for_fingerprint(&mut out, None);
    field.write(&mut writer);
    writer.finish()
}

/// The JSON text of a value.
pub(crate) fn to_text(value: &dyn Field) -> String {
    let mut out = String::new();
    value.write(&mut Writer::new(&mut out));
    out
}

impl<'w> Writer<'w> {
    pub(crate) fn new(out: &'w mut String) -> Self {
        Self { out, first: true, required: &[], beside: None, fingerprint: None }
    }

    /// Writes for a fingerprint: of all that is written, or of the field `only`.
    fn for_fingerprint(out: &'w mut String, only: Option<&'w str>) -> Self {
        let fingerprint = Some(Fingerprint { hasher: DefaultHasher::new(), only });
        Self { fingerprint, ..Self::new(out) }
    }

    fn finish(mut self) -> u64 {
        self.flush();
        self.fingerprint.map_or(0, |fingerprint| fingerprint.hasher.finish())
    }

    /// Puts what is written into the fingerprint, if one is made.
    fn flush(&mut self) {
        if let Some(fingerprint) = &mut self.fingerprint {
            fingerprint.hasher.write(self.out.as_bytes());
            self.out.clear();
        }
    }

    /// Writes a property, unless it is absent.
    pub fn put(&mut self, key: &str, field: &dyn Field) {
        if self.beside.is_some() {
            return self.put_beside(key, field);
        }
        if self.fingerprint.is_some() {
            return self.put_for_fingerprint(key, field);
        }
        if !field.is_absent(self.required.contains(&key)) {
            self.entry(key, field);
        }
    }

    /// Writes a property that always has the same value.
    pub fn constant(&mut self, key: &str, value: &str) {
        let is_other = self.fingerprint.as_ref().is_some_and(|fingerprint| fingerprint.only.is_some());
        if !is_other && self.beside.as_deref().is_none_or(|beside| beside.extra.raw(key).is_none()) {
            self.key(key);
            self.string(value);
        }
    }

    /// Writes a value that has no key of its own: the content of a union's arm.
    pub fn value(&mut self, value: &dyn Field) {
        value.write(self);
    }

    /// Writes an object of the type of which `fresh` makes another one.
    pub(crate) fn object(&mut self, object: &dyn Object, fresh: fn() -> Box<dyn Object>) {
        let extra = object.extra();
        let beside = (extra.matters() && self.fingerprint.is_none())
            .then(|| Box::new(Beside { extra: extra.clone(), settled: BTreeSet::new(), fresh, defaults: None }));
        let outer = (self.first, self.required, std::mem::replace(&mut self.beside, beside));
        (self.first, self.required) = (true, object.required());
        self.out.push('{');
        object.write(self);
        self.rest_of_extra();
        if let Some(fingerprint) = &mut self.fingerprint {
            fingerprint.hasher.write(self.out.as_bytes());
            fingerprint.hasher.write(extra.text().as_bytes());
            self.out.clear();
        }
        self.out.push('}');
        (self.first, self.required, self.beside) = outer;
    }

    /// Writes a field of an object that has something in its `extra`: the raw value as long as nobody has assigned the field,
    /// nothing where the key was missing and still is.
    #[cold]
    fn put_beside(&mut self, key: &str, field: &dyn Field) {
        let Some(mut beside) = self.beside.take() else { return };
        let is_absent = field.is_absent(self.required.contains(&key));
        let entry = beside.extra.entry(key);
        let kept = entry.map(|entry| Kept { raw: entry.raw.to_owned(), fingerprint: entry.fingerprint });
        let is_in_question = kept.is_some() || beside.extra.misses(key);
        if is_in_question && beside.is_untouched(key, kept.as_ref(), field, is_absent) {
            if let Some(kept) = &kept {
                self.key(key);
                self.out.push_str(&kept.raw);
            }
        } else if !is_absent {
            self.entry(key, field);
        }
        if kept.is_some() {
            beside.settled.insert(key.to_owned());
        }
        self.beside = Some(beside);
    }

    /// Writes a field of which a fingerprint is made: also where its raw value is in `extra`, which is written behind all
    /// fields.
    #[cold]
    fn put_for_fingerprint(&mut self, key: &str, field: &dyn Field) {
        match self.fingerprint.as_mut().and_then(|fingerprint| fingerprint.only.take()) {
            None if !field.is_absent(self.required.contains(&key)) => self.entry(key, field),
            None => {}
            Some(only) => {
                if only == key {
                    field.write(self);
                }
                if let Some(fingerprint) = &mut self.fingerprint {
                    fingerprint.only = Some(only);
                }
            }
        }
        if self.out.len() > PIECE {
            self.flush();
        }
    }

    fn rest_of_extra(&mut self) {
        if let Some(beside) = self.beside.take() {
            for entry in beside.extra.entries() {
                if !beside.settled.contains(&*entry.key) {
                    self.comma();
                    self.out.push_str(entry.whole);
                }
            }
        }
    }

    /// Writes the elements that `at` gives, from the first to the last.
    pub(crate) fn list<'f>(&mut self, at: &dyn Fn(usize) -> Option<&'f dyn Field>) {
        self.out.push('[');
        let mut index = 0;
        while let Some(element) = at(index) {
            if index > 0 {
                self.out.push(',');
            }
            element.write(self);
            if self.out.len() > PIECE {
                self.flush();
            }
            index += 1;
        }
        self.out.push(']');
    }

    pub(crate) fn map(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Field)>) {
        let outer = std::mem::replace(&mut self.first, true);
        self.out.push('{');
        for (key, value) in entries {
            self.entry(key, value);
        }
        self.out.push('}');
        self.first = outer;
    }

    /// Writes a key with its value.
    pub(super) fn entry(&mut self, key: &str, value: &dyn Field) {
        self.key(key);
        value.write(self);
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.string(key);
        self.out.push(':');
    }

    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
    }

    pub(crate) fn null(&mut self) {
        self.out.push_str("null");
    }

    /// Writes text that is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// Writes a value whose `Display` is JSON.
    pub(crate) fn display(&mut self, value: &dyn fmt::Display) {
        // Writing to a string does not fail.
        let _ = write!(self.out, "{value}");
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            let (plain, special) = rest.split_at(at);
            self.out.push_str(plain);
            let mut characters = special.chars();
            match characters.next() {
                Some('\n') => self.out.push_str("\\n"),
                Some('\r') => self.out.push_str("\\r"),
                Some('\t') => self.out.push_str("\\t"),
                Some(c @ ('"' | '\\')) => self.out.extend(['\\', c]),
                Some(c) => drop(write!(self.out, "\\u{:04x}", u32::from(c))),
                None => {}
            }
            rest = characters.as_str();
        }
        self.out.push_str(rest);
        self.out.push('"');
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
