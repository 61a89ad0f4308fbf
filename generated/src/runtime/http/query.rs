//! How values are written into addresses.

use std::fmt::{Display, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::runtime::scalar::{Id, Number, Timestamp};

/// Everything but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Appends `text`, percent-encoded.
pub(crate) fn push_encoded(target: &mut String, text: &str) {
    target.extend(utf8_percent_encode(text, RESERVED));
}

/// What can be the value of a query parameter. A list is written with commas.
pub trait QueryValue {
    /// Appends the value, percent-encoded.
    fn append_to(&self, query: &mut String);
}

fn push_display(query: &mut String, value: &dyn Display) {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write!(text, "{value}");
    push_encoded(query, &text);
}

impl QueryValue for str {
    fn append_to(&self, query: &mut String) {
        push_encoded(query, self);
    }
}

macro_rules! displayed {
    ($($type:ty),*) => {$(
        impl QueryValue for $type {
            fn append_to(&self, query: &mut String) {
                push_display(query, self);
            }
        }
    )*};
}

displayed!(String, bool, i32, i64, u32, u64, Id, Number, Timestamp);

impl<T: QueryValue + ?Sized> QueryValue for &T {
    fn append_to(&self, query: &mut String) {
        T::append_to(self, query);
    }
}

impl<T: QueryValue> QueryValue for [T] {
    fn append_to(&self, query: &mut String) {
        for (index, value) in self.iter().enumerate() {
            if index > 0 {
                query.push(',');
            }
            value.append_to(query);
        }
    }
}

impl<T: QueryValue, const N: usize> QueryValue for [T; N] {
    fn append_to(&self, query: &mut String) {
        self.as_slice().append_to(query);
    }
}

impl<T: QueryValue> QueryValue for Vec<T> {
    fn append_to(&self, query: &mut String) {
        self.as_slice().append_to(query);
    }
}
