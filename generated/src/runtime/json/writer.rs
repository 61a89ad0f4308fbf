//! The one writer of JSON, and the rules by which an object's fields and its `extra` make one object again.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::extra::Extra;
use super::field::{Field, Read};
use super::object::Object;
use super::reader::Reader;

/// Writes JSON text.
pub struct Writer<'w> {
    out: &'w mut String,
    first: bool,
    required: &'static [&'static str],
    /// A copy of the object's `extra` and of the keys that fields have settled; only where there is something in it.
    beside: Option<Box<Beside>>,
}

struct Beside {
    extra: Extra,
    settled: BTreeSet<String>,
    fresh: fn() -> Box<dyn Object>,
    /// What decoding left in the fields; made when the first of them is in question.
    left: Option<Extra>,
}

impl Beside {
    /// Whether nobody has assigned a field since decoding; `None` is one that is absent.
    fn is_untouched(&mut self, key: &str, field: Option<&dyn Field>) -> bool {
        let left = self.left.get_or_insert_with(|| left_by(&self.extra, self.fresh));
        left.raw(key) == field.map(to_text).as_deref()
    }
}

/// The fields of an object as decoding left them: their defaults, and of lists that fit in part the elements that fit.
fn left_by(extra: &Extra, fresh: fn() -> Box<dyn Object>) -> Extra {
    let mut object = fresh();
    for entry in extra.entries() {
        let read = |object: &mut dyn Object| object.read(&entry.key, &mut Reader::new(entry.raw));
        if read(&mut *fresh()) == Read::Partial {
            let _ = read(&mut *object);
        }
    }
    let mut fields = String::new();
    object.write(&mut Writer { required: object.required(), ..Writer::new(&mut fields) });
    Extra::of(fields)
}

/// The JSON text of a value.
pub(crate) fn to_text(value: &dyn Field) -> String {
    let mut out = String::new();
    value.write(&mut Writer::new(&mut out));
    out
}

impl<'w> Writer<'w> {
    pub(crate) fn new(out: &'w mut String) -> Self {
        Self { out, first: true, required: &[], beside: None }
    }

    /// Writes a property, unless it is absent.
    pub fn put(&mut self, key: &str, field: &dyn Field) {
        if self.beside.is_some() {
            return self.put_beside(key, field);
        }
        if !field.is_absent(self.required.contains(&key)) {
            self.entry(key, field);
        }
    }

    /// Writes a property that always has the same value.
    pub fn constant(&mut self, key: &str, value: &str) {
        if self.beside.as_deref().is_none_or(|beside| beside.extra.raw(key).is_none()) {
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
        let beside = extra
            .matters()
            .then(|| Box::new(Beside { extra: extra.clone(), settled: BTreeSet::new(), fresh, left: None }));
        let outer = (self.first, self.required, std::mem::replace(&mut self.beside, beside));
        (self.first, self.required) = (true, object.required());
        self.out.push('{');
        object.write(self);
        self.rest_of_extra();
        self.out.push('}');
        (self.first, self.required, self.beside) = outer;
    }

    /// Writes a field of an object that has something in its `extra`: the raw value as long as nobody has assigned the field,
    /// nothing where the key was missing and still is.
    #[cold]
    fn put_beside(&mut self, key: &str, field: &dyn Field) {
        let Some(mut beside) = self.beside.take() else { return };
        let is_absent = field.is_absent(self.required.contains(&key));
        let raw = beside.extra.raw(key).map(str::to_owned);
        let is_in_question = raw.is_some() || beside.extra.misses(key);
        if is_in_question && beside.is_untouched(key, if is_absent { None } else { Some(field) }) {
            if let Some(raw) = &raw {
                self.key(key);
                self.out.push_str(raw);
            }
        } else if !is_absent {
            self.entry(key, field);
        }
        if raw.is_some() {
            beside.settled.insert(key.to_owned());
        }
        self.beside = Some(beside);
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
