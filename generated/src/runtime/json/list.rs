//! Lists and maps. The loops exist once; what depends on the element is a shim of a few lines.
//!
//! An element that does not fit leaves the others where they are: the field is [`Read::Partial`], and the nearest object
//! keeps the text of the whole list.

use std::collections::BTreeMap;

use super::field::{Field, Read};
use super::lexer::key_text;
use super::path::Step;
use super::reader::Reader;
use super::writer::Writer;

/// Named values of one type, or of any if none is named: `<Map>::new()` is a map of [`Json`](super::Json).
pub type Map<T = super::Json> = BTreeMap<String, T>;

/// What the setters of maps make of names and values.
pub(crate) fn map_of<T>(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> Map<T> {
    pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// A container that takes elements from the reader: the part of lists and maps that depends on the element.
trait Elements {
    /// Reads the next element in; one that does not fit is left out.
    fn read_next(&mut self, key: &str, r: &mut Reader<'_>) -> Read;
}

impl<T: Field + Default> Elements for Vec<T> {
    fn read_next(&mut self, _key: &str, r: &mut Reader<'_>) -> Read {
        self.push(T::fresh());
        let read = self.last_mut().map_or(Read::Misfit, |element| element.fill(r));
        if read == Read::Misfit {
            self.pop();
        }
        read
    }
}

impl<T: Field + Default> Elements for Map<T> {
    fn read_next(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        let mut value = T::fresh();
        let read = value.fill(r);
        if read == Read::Misfit {
            self.remove(key);
        } else {
            self.insert(key.to_owned(), value);
        }
        read
    }
}

impl Reader<'_> {
    fn list(&mut self, list: &mut dyn Elements) -> Read {
        if self.kind_byte() != b'[' {
            return self.misfit("a list");
        }
        self.elements(list).unwrap_or_else(|broken| broken)
    }

    fn elements(&mut self, list: &mut dyn Elements) -> Result<Read, Read> {
        self.enter()?;
        let mut whole = Read::Done;
        let mut index = 0;
        while self.next_element(index == 0) {
            self.step(Step::Index(index));
            self.element(list, "", &mut whole)?;
            index += 1;
        }
        self.leave()?;
        Ok(whole)
    }

    fn map(&mut self, map: &mut dyn Elements) -> Read {
        if self.kind_byte() != b'{' {
            return self.misfit("an object");
        }
        self.entries(map).unwrap_or_else(|broken| broken)
    }

    fn entries(&mut self, map: &mut dyn Elements) -> Result<Read, Read> {
        self.enter()?;
        let mut whole = Read::Done;
        let mut first = true;
        while let Some(key) = self.key(first) {
            first = false;
            self.element(map, &key_text(key), &mut whole)?;
        }
        self.leave()?;
        Ok(whole)
    }

    fn element(&mut self, into: &mut dyn Elements, key: &str, whole: &mut Read) -> Result<(), Read> {
        let start = self.offset();
        match into.read_next(key, self) {
            Read::Done => {}
            Read::Broken => return Err(Read::Broken),
            Read::Partial => *whole = Read::Partial,
            Read::Misfit | Read::Undeclared => {
                let raw = self.raw_from(start)?;
                self.drifted(raw);
                *whole = Read::Partial;
            }
        }
        Ok(())
    }
}

impl<T: Field + Default> Field for Vec<T> {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        self.clear();
        r.list(self)
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.list(&|index| self.get(index).map(|element| element as &dyn Field));
    }

    fn is_absent(&self, required: bool) -> bool {
        !required && self.is_empty()
    }
}

impl<T: Field + Default> Field for Map<T> {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        self.clear();
        r.map(self)
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.map(&mut self.iter().map(|(key, value)| (key.as_str(), value as &dyn Field)));
    }
}
