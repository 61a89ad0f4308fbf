//! The one loop that reads objects: keys, duplicates, undeclared keys, drift, missing keys and paths for every type.
//!
//! Where a key comes twice, the last value wins; the earlier one is not kept.

use std::borrow::Cow;

use super::extra::Extra;
use super::field::Read;
use super::lexer::key_text;
use super::reader::Reader;
use super::writer::Writer;

/// A type with named properties. Emitted code lists the keys once for reading and once for writing.
pub trait Object {
    /// Reads the value of `key` into its field.
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read;

    /// Writes every field with its key.
    fn write(&self, w: &mut Writer<'_>);

    /// The keys that have to be there.
    fn required(&self) -> &'static [&'static str] {
        &[]
    }

    /// What the fields could not take.
    fn extra(&self) -> &Extra;

    /// What the fields could not take.
    fn extra_mut(&mut self) -> &mut Extra;
}

impl Reader<'_> {
    /// Reads the object ahead into `object`.
    pub(crate) fn object(&mut self, object: &mut dyn Object) -> Read {
        if self.kind_byte() != b'{' {
            return self.misfit("an object");
        }
        match self.properties(object) {
            Ok(()) => Read::Done,
            Err(broken) => broken,
        }
    }

    fn properties(&mut self, object: &mut dyn Object) -> Result<(), Read> {
        self.enter()?;
        let mut required = Required::new(object.required());
        // Keys whose value did not fit, in case that they come again with one that does.
        let mut misfits = Vec::new();
        let mut first = true;
        while let Some(raw_key) = self.key(first) {
            first = false;
            let unescaped;
            let key = if self.key_has_escapes() {
                unescaped = key_text(raw_key);
                &*unescaped
            } else {
                raw_key
            };
            let (key_start, start) = (self.key_start(), self.offset());
            match object.read(key, self) {
                Read::Done if misfits.is_empty() => {}
                Read::Done => settle(object, &mut misfits, key),
                Read::Undeclared => {
                    let raw = self.raw_from(start)?;
                    self.added(raw);
                    object.extra_mut().keep(self.since(key_start));
                }
                Read::Broken => return Err(Read::Broken),
                read => {
                    let fits_as_absent = self.keep_misfit(object, key, key_start, start, read)?;
                    if fits_as_absent {
                        settle(object, &mut misfits, key);
                    } else {
                        misfits.push(key_text(raw_key));
                    }
                }
            }
            required.mark(key);
        }
        self.leave()?;
        if !required.all_seen() {
            self.missing(object, &required);
        }
        Ok(())
    }

    /// Keeps a value that did not fit, unless it is the `null` of a list, which is no `Option` but may be absent like one.
    #[cold]
    fn keep_misfit(
        &mut self,
        object: &mut dyn Object,
        key: &str,
        key_start: usize,
        start: usize,
        read: Read,
    ) -> Result<bool, Read> {
        let raw = if read == Read::Partial { self.since(start) } else { self.raw_from(start)? };
        if raw == "null" && !object.required().contains(&key) {
            return Ok(true);
        }
        if read == Read::Misfit {
            self.drifted(raw);
        }
        object.extra_mut().keep(self.since(key_start));
        Ok(false)
    }

    #[cold]
    fn missing(&mut self, object: &mut dyn Object, required: &Required) {
        for key in required.unseen() {
            self.missed(key);
            object.extra_mut().miss(key);
        }
    }
}

/// A value that fits takes the place of one that did not and came before it.
#[cold]
fn settle(object: &mut dyn Object, misfits: &mut Vec<Cow<'_, str>>, key: &str) {
    if let Some(index) = misfits.iter().position(|misfit| misfit == key) {
        misfits.swap_remove(index);
        object.extra_mut().forget(key);
    }
}

/// Which required keys have come. Most objects have all of theirs after a few keys, and then it costs nothing.
struct Required {
    keys: &'static [&'static str],
    unseen: u64,
}

impl Required {
    /// No description comes near the 64 required keys that can be told apart here.
    fn new(keys: &'static [&'static str]) -> Self {
        let unseen = 1_u64.checked_shl(u32::try_from(keys.len()).unwrap_or(u32::MAX)).map_or(u64::MAX, |bit| bit - 1);
        Self { keys, unseen }
    }

    #[inline]
    fn mark(&mut self, key: &str) {
        if self.unseen != 0
            && let Some(index) = self.keys.iter().take(64).position(|name| *name == key)
        {
            self.unseen &= !(1 << index);
        }
    }

    fn all_seen(&self) -> bool {
        self.unseen == 0
    }

    fn unseen(&self) -> impl Iterator<Item = &'static str> {
        let unseen = self.unseen;
        self.keys.iter().take(64).enumerate().filter(move |(index, _)| unseen >> index & 1 == 1).map(|(_, key)| *key)
    }
}
