//! What a property of an object can be, and how it is read in place and written.
//!
//! Reading goes into `&mut self` so that large types are built where they stay, and reports one byte: everything else
//! about a misfit (what was expected, where) stays in the [`Reader`] until the object's loop asks for it.

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
    /// Reads the value ahead. After [`Read::Misfit`] the position is of no importance: the caller goes back.
    fn read(&mut self, r: &mut Reader<'_>) -> Read;

    /// Forgets what an earlier value under the same key left behind, where reading does not replace it as a whole.
    fn clear(&mut self) {}

    /// Writes the value, without its key.
    fn write(&self, w: &mut Writer<'_>);

    /// Another one of the same type, as it was before reading: what tells "still the default" from "assigned".
    fn fresh(&self) -> Box<dyn Field>;

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
        let read = self.insert(T::default()).read(r);
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

    fn fresh(&self) -> Box<dyn Field> {
        Box::new(Self::None)
    }

    fn is_absent(&self, _required: bool) -> bool {
        self.is_none()
    }
}

impl<T: Field + Default> Field for Box<T> {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        T::read(self, r)
    }

    fn write(&self, w: &mut Writer<'_>) {
        T::write(self, w);
    }

    fn fresh(&self) -> Box<dyn Field> {
        Box::new(Self::default())
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
        match r.string() {
            Some(text) => {
                *self = text.into_owned();
                Read::Done
            }
            None => r.misfit("a string"),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.string(self);
    }

    fn fresh(&self) -> Box<dyn Field> {
        Box::new(Self::new())
    }
}

impl Field for i64 {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        match r.integer() {
            Some(value) => {
                *self = value;
                Read::Done
            }
            None => r.misfit("an integer of 64 bits"),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.display(self);
    }

    fn fresh(&self) -> Box<dyn Field> {
        Box::new(0_i64)
    }
}

impl Field for bool {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        match r.boolean() {
            Some(value) => {
                *self = value;
                Read::Done
            }
            None => r.misfit("true or false"),
        }
    }

    fn write(&self, w: &mut Writer<'_>) {
        w.display(self);
    }

    fn fresh(&self) -> Box<dyn Field> {
        Box::new(false)
    }
}
