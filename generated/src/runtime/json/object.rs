//! The one loop that reads objects: keys, duplicates, undeclared keys, drift, missing keys and paths for every type.
//!
//! Where a key comes twice, the last value wins; the earlier one is not kept.

use std::borrow::Cow;

use super::extra::Extra;
use super::field::Read;
use super::lexer::key_text;
use super::reader::Reader;
use super::writer::{Writer, fingerprint_of};

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

    /// The keys whose values are secrets, or hold one. Their text is not reported.
    fn secrets(&self) -> &'static [&'static str] {
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
        let secrets = object.secrets();
        let outer_secret = std::mem::take(&mut self.secret);
        let mut misfits = Misfits::default();
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
            if !secrets.is_empty() {
                self.secret = secrets.contains(&key);
            }
            let (key_start, start) = (self.key_start(), self.offset());
            match object.read(key, self) {
                Read::Done if misfits.is_empty() => {}
                Read::Done => misfits.settle(key),
                Read::Undeclared => {
                    let raw = self.raw_from(start)?;
                    self.added(raw);
                    self.keep(object.extra_mut(), self.since(key_start), None)?;
                }
                Read::Broken => return Err(Read::Broken),
                read => {
                    let fits_as_absent = self.keep_misfit(object, key, key_start, start, read)?;
                    if fits_as_absent {
                        misfits.settle(key);
                    } else if misfits.add(raw_key, key) {
                        self.charge(Misfits::ENTRY)?;
                    }
                }
            }
            required.mark(key);
        }
        self.leave()?;
        self.secret = outer_secret;
        if misfits.any_settled {
            self.forget(object.extra_mut(), &misfits.settled())?;
        }
        if !required.all_seen() {
            self.missing(object, &required)?;
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
        let fingerprint = (read == Read::Partial).then(|| fingerprint_of(object, key));
        self.keep(object.extra_mut(), self.since(key_start), fingerprint)?;
        Ok(false)
    }

    #[cold]
    fn missing(&mut self, object: &mut dyn Object, required: &Required) -> Result<(), Read> {
        for key in required.unseen() {
            self.missed(key);
            self.keep_missing(object.extra_mut(), key)?;
        }
        Ok(())
    }
}

/// The keys of an object whose value did not fit, in case that they come again with one that does: that takes its place.
#[derive(Default)]
struct Misfits<'j> {
    /// Each key once, and whether a value that fits came behind the one that did not. Only declared keys can be here.
    keys: Vec<(Cow<'j, str>, bool)>,
    any_settled: bool,
}

impl<'j> Misfits<'j> {
    /// What a key takes at most: a list that grows has room for twice its elements, and is there twice for a moment.
    const ENTRY: usize = 4 * size_of::<(Cow<'_, str>, bool)>();

    fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn find(&mut self, key: &str) -> Option<&mut bool> {
        self.keys.iter_mut().find(|(misfit, _)| misfit == key).map(|(_, is_settled)| is_settled)
    }

    /// Adds `key`, which is `raw` in the text; `false` if it is there already.
    #[cold]
    fn add(&mut self, raw: &'j str, key: &str) -> bool {
        if let Some(is_settled) = self.find(key) {
            *is_settled = false;
            return false;
        }
        self.keys.push((key_text(raw), false));
        true
    }

    #[cold]
    fn settle(&mut self, key: &str) {
        if let Some(is_settled) = self.find(key) {
            *is_settled = true;
            self.any_settled = true;
        }
    }

    fn settled(&self) -> Vec<&str> {
        self.keys.iter().filter(|(_, is_settled)| *is_settled).map(|(key, _)| &**key).collect()
    }
}

/// Which required keys have come. Most objects have all of theirs after a few keys, and then it costs nothing.
struct Required {
    keys: &'static [&'static str],
    /// A bit for each of the first keys that has not come.
    unseen: u64,
    /// Whether the keys behind those have not come. No description has as many today.
    unseen_later: Vec<bool>,
}

/// How many required keys have a bit.
const BITS: usize = u64::BITS as usize;

impl Required {
    fn new(keys: &'static [&'static str]) -> Self {
        let unseen = 1_u64.checked_shl(u32::try_from(keys.len()).unwrap_or(u32::MAX)).map_or(u64::MAX, |bit| bit - 1);
        Self { keys, unseen, unseen_later: vec![true; keys.len().saturating_sub(BITS)] }
    }

    #[inline]
    fn mark(&mut self, key: &str) {
        if self.unseen != 0
            && let Some(index) = self.keys.iter().take(BITS).position(|name| *name == key)
        {
            self.unseen &= !(1 << index);
        } else if !self.unseen_later.is_empty() {
            self.mark_later(key);
        }
    }

    #[cold]
    fn mark_later(&mut self, key: &str) {
        let later = self.keys.iter().skip(BITS).zip(&mut self.unseen_later);
        later.filter(|(name, _)| **name == key).for_each(|(_, is_unseen)| *is_unseen = false);
    }

    fn all_seen(&self) -> bool {
        self.unseen == 0 && !self.unseen_later.contains(&true)
    }

    fn unseen(&self) -> impl Iterator<Item = &'static str> {
        let first = (0..BITS).map(|index| self.unseen >> index & 1 == 1);
        let is_unseen = first.chain(self.unseen_later.iter().copied());
        self.keys.iter().zip(is_unseen).filter(|(_, is_unseen)| *is_unseen).map(|(key, _)| *key)
    }
}

#[cfg(test)]
#[path = "object_tests.rs"]
mod tests;
