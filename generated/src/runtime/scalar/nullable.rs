//! The difference between leaving a property alone and clearing it.

use super::{Id, Number, Timestamp};
use crate::runtime::json::{Field, Json, Read, Reader, Writer};
use crate::runtime::macros::serde_through_json;

/// A value, or `null`: in a request `None` leaves a property as it is and `Some(Nullable::Null)` clears it.
///
/// Setters take values and `Nullable::Null`, but no `Option`, because a `None` could be meant either way. Where an `Option`
/// says whether there is something to set, set the field: `request.phone = phone.map(Into::into)`.
/// Setters of lists and maps take whatever can be iterated over, for which an `Option` is a list of one or of none.
///
/// ```compile_fail
/// # use intercom_gen::Nullable;
/// let phone: Nullable<String> = None::<String>.into();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// `null`: clear it.
    #[default]
    Null,
    /// Set it to this.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if this is not `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, if this is not `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Changes the value, if this is not `null`.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(change(value)),
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T: Field + Default> Field for Nullable<T> {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        if r.take_null() {
            *self = Self::Null;
            return Read::Done;
        }
        let mut value = T::default();
        let read = value.fill(r);
        *self = if read == Read::Misfit { Self::Null } else { Self::Value(value) };
        read
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self {
            Self::Null => w.null(),
            Self::Value(value) => value.write(w),
        }
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// A type that is boxed because it is large, or holds itself.
impl<T> From<T> for Nullable<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

macro_rules! from_parts {
    ($($value:ty: $($part:ty),*;)*) => {$($(
        impl From<$part> for Nullable<$value> {
            fn from(part: $part) -> Self {
                Self::Value(part.into())
            }
        }
    )*)*};
}

from_parts! {
    String: &str, &String;
    Id: &str, &String, String, &Id, i32, i64, u32, u64, usize;
    Number: i32, i64, u32, u64, f32, f64;
    Timestamp: i64, i32, u32, &Timestamp, std::time::SystemTime;
    i64: i32, u32;
    Json: bool, i32, i64, u32, u64, f64, &str, &String, String;
}

serde_through_json!(Nullable<T>, T);
