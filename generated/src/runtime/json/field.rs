//! What a property of an object can be, and how it is read in place and written.
//!
//! Reading goes into `&mut self` so that large types are built where they stay, and reports one byte: everything else
//! about a misfit (what was expected, where) stays in the [`Reader`] until the object's loop asks for it.

use std::borrow::Cow;

use super::reader::Reader;
use super::writer::Writer;

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Read {
    /// The value is in its field.
    Done,
    /// Some elements of a list or map did not fit; the others are in the field.
    Partial,
    /// The value does not fit its field: drift.
    Misfit,
    /// The object does not declare the key, or declares another constant: an addition.
    Undeclared,
    /// The text is not JSON from here on.
    Broken,
}

/// A value that a property can hold.
pub trait Field: 'static {
    /// Reads the value ahead in place of what is here. After [`Read::Misfit`] this has its default, and the position is of
    /// no importance: the caller goes back.
    fn read(&mut self, r: &mut Reader<'_>) -> Read;

    /// What a field holds before anything is read into it.
    #[inline]
    fn fresh() -> Self
    where
        Self: Default,
    {
        Self::default()
    }

    /// Reads the value ahead into a field that has its default, so that nothing has to be forgotten first.
    fn fill(&mut self, r: &mut Reader<'_>) -> Read
    where
        Self: Sized,
    {
        self.read(r)
    }

    /// Writes the value, without its key.
    fn write(&self, w: &mut Writer<'_>);

    /// Whether the key is left out. An empty list is sent where it is `required`.
    fn is_absent(&self, required: bool) -> bool {
        let _ = required;
        false
    }

    /// What `null` becomes inside an `Option`.
    fn null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

impl<T: Field + Default> Field for Option<T> {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        if r.take_null() {
            *self = T::null();
            return Read::Done;
        }
        let read = self.insert(T::fresh()).fill(r);
        if read == Read::Misfit {
            *self = None;
        }
        read
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self {
            Some(value) => value.write(w),
            None => w.null(),
        }
    }

    fn is_absent(&self, _required: bool) -> bool {
        self.is_none()
    }
}

impl<T: Field + Default> Field for Box<T> {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        T::read(self, r)
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Read {
        // The box was just made.
        match r.charge(size_of::<T>()) {
            Ok(()) => T::fill(self, r),
            Err(broken) => broken,
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        T::write(self, w);
    }

    fn is_absent(&self, required: bool) -> bool {
        T::is_absent(self, required)
    }

    fn null() -> Option<Self> {
        T::null().map(Self::new)
    }
}

impl Field for String {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let text = r.string().map(Cow::into_owned);
        r.store(self, text, "a string")
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.string(self);
    }
}

impl Field for i64 {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let value = r.integer();
        r.store(self, value, "an integer of 64 bits")
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.display(self);
    }
}

impl Field for bool {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let value = r.boolean();
        r.store(self, value, "true or false")
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.display(self);
    }
}
