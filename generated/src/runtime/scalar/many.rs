//! Collections that can be cleared.

use super::Nullable;
use crate::runtime::json::{Map, map_of};

/// What the setter of a list or a map takes that can also be `null`: whatever can be iterated over, or a [`Nullable`].
///
/// A list is made of elements, a map of names with their values. Values of several kinds are [`Json`](crate::Json)s:
///
/// ```
/// # #[cfg(feature = "unstable")] {
/// use intercom_gen::{Json, Nullable, unstable::types::UpdateContactRequest};
/// use std::collections::HashMap;
///
/// let contact = UpdateContactRequest::new();
/// contact.clone().custom_attributes([("plan", "pro")]);
/// contact.clone().custom_attributes([("plan", Json::from("pro")), ("seats", 5.into())]);
/// contact.clone().custom_attributes(HashMap::from([("plan".to_owned(), "pro".to_owned())]));
/// contact.clone().custom_attribute("plan", "pro").custom_attribute("seats", 5);
/// contact.custom_attributes(Nullable::Null);
/// # }
/// ```
pub trait IntoNullable<C> {
    /// The collection, or `null`.
    fn into_nullable(self) -> Nullable<C>;
}

impl<C> IntoNullable<C> for Nullable<C> {
    #[inline]
    fn into_nullable(self) -> Nullable<C> {
        self
    }
}

impl<I: IntoIterator<Item = (N, V)>, N: Into<String>, V: Into<T>, T> IntoNullable<Map<T>> for I {
    #[inline]
    fn into_nullable(self) -> Nullable<Map<T>> {
        Nullable::Value(map_of(self))
    }
}

impl<I: IntoIterator<Item = V>, V: Into<T>, T> IntoNullable<Vec<T>> for I {
    #[inline]
    fn into_nullable(self) -> Nullable<Vec<T>> {
        Nullable::Value(self.into_iter().map(Into::into).collect())
    }
}

impl<T> Nullable<Map<T>> {
    /// Adds an entry; where there was `null`, there is a map with it alone.
    pub fn insert(&mut self, name: impl Into<String>, value: T) {
        let mut map = std::mem::take(self).into_value().unwrap_or_default();
        map.insert(name.into(), value);
        *self = Self::Value(map);
    }
}
