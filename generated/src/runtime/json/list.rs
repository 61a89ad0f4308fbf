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
    /// Reads the next element in; one that does not fit is left out. `key` is its key in a map, and `start` where a list
    /// starts.
    fn read_next(&mut self, key: &str, start: usize, r: &mut Reader<'_>) -> Read;

    /// Frees what was made for elements that did not come.
    fn finish(&mut self, r: &mut Reader<'_>) -> Result<(), Read> {
        let _ = r;
        Ok(())
    }
}

/// Capacity that stays unused may take as many bytes as the elements, or as this.
const UNUSED: usize = 4096;

impl<T: Field + Default> Elements for Vec<T> {
    fn read_next(&mut self, _key: &str, start: usize, r: &mut Reader<'_>) -> Read {
        if self.len() == self.capacity() {
            match r.grow_list(self.capacity(), size_of::<T>(), start) {
                Ok(capacity) => self.reserve_exact(capacity - self.len()),
                Err(broken) => return broken,
            }
        }
        self.push(T::fresh());
        let read = self.last_mut().map_or(Read::Misfit, |element| element.fill(r));
        if read == Read::Misfit {
            self.pop();
        }
        read
    }

    fn finish(&mut self, r: &mut Reader<'_>) -> Result<(), Read> {
        let (used, all) = (self.len() * size_of::<T>(), self.capacity() * size_of::<T>());
        if all > 2 * used + UNUSED {
            r.charge(used)?;
            self.shrink_to_fit();
            r.refund(all);
        }
        Ok(())
    }
}

impl<T: Field + Default> Elements for Map<T> {
    fn read_next(&mut self, key: &str, _start: usize, r: &mut Reader<'_>) -> Read {
        if let Err(broken) = r.charge(map_entry(size_of::<T>(), self.is_empty())) {
            return broken;
        }
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

/// What an entry of a map with values of `size` bytes takes: its share of a node that is filled as little as `BTreeMap` lets
/// one be, and for the first the whole node.
fn map_entry(size: usize, is_first: bool) -> usize {
    const SLOTS: usize = 11;
    const FILLED: usize = 5;
    const LINKS: usize = 14 * size_of::<usize>();
    let node = SLOTS * (size_of::<String>() + size) + LINKS;
    if is_first { node } else { node / FILLED }
}

impl Reader<'_> {
    /// The capacity that a full list gets, and pays for: no more than the rest of the text has elements for, if they are
    /// like those before.
    #[cold]
    fn grow_list(&mut self, capacity: usize, size: usize, start: usize) -> Result<usize, Read> {
        /// The elements of a list that has just begun, of which nothing can be told.
        const FIRST: usize = 4;
        /// A list that has this share of the whole text behind it probably goes on to the end.
        const LARGE: usize = 64;

        let read = self.offset().saturating_sub(start);
        let rest = self.length().saturating_sub(self.offset());
        let each = (read / capacity.max(1)).max(2);
        let expected = rest / each + 1;
        let doubled = capacity.max(FIRST);
        let mut more = expected.min(doubled);
        if capacity > FIRST && read > self.length() / LARGE {
            // Some more, so that a list of growing elements does not have to be moved at its very end.
            let whole = expected + expected / 16;
            let is_affordable = (capacity + whole).saturating_mul(size) < self.budget_left() / 8 * 7;
            more = if is_affordable { whole } else { more };
        }
        let wanted = capacity + more;
        // Both are there while the elements move.
        self.charge(wanted.saturating_mul(size))?;
        self.refund(capacity * size);
        Ok(wanted)
    }

    fn list(&mut self, list: &mut dyn Elements) -> Read {
        if self.kind_byte() != b'[' {
            return self.misfit("a list");
        }
        self.elements(list).unwrap_or_else(|broken| broken)
    }

    fn elements(&mut self, list: &mut dyn Elements) -> Result<Read, Read> {
        let start = self.offset();
        self.enter()?;
        let mut whole = Read::Done;
        let mut index = 0;
        while self.next_element(index == 0) {
            self.step(Step::Index(index));
            self.element(list, "", start, &mut whole)?;
            index += 1;
        }
        self.leave()?;
        list.finish(self)?;
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
            self.element(map, &key_text(key), 0, &mut whole)?;
        }
        self.leave()?;
        Ok(whole)
    }

    fn element(&mut self, into: &mut dyn Elements, key: &str, list_start: usize, whole: &mut Read) -> Result<(), Read> {
        let start = self.offset();
        match into.read_next(key, list_start, self) {
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
