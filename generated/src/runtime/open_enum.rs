//! Enumerations that stay open: a value the description does not list survives as it came.

use super::json::{Read, Reader};

/// A string of which the description lists some values.
pub trait OpenEnum: Sized + 'static {
    /// The listed values.
    const ALL: &'static [Self];

    /// The listed value that is spelled so on the wire.
    fn listed(text: &str) -> Option<Self>;

    /// How the value is spelled on the wire.
    fn spelling(&self) -> &str;
}

/// The listed values. As a call, because rustdoc shows the path to a constant as its value.
pub(crate) const fn all<E: OpenEnum>() -> &'static [E] {
    E::ALL
}

/// Reads a value; one that is not listed is an addition.
pub(crate) fn read<E: OpenEnum>(value: &mut E, unknown: fn(String) -> E, r: &mut Reader<'_>) -> Read {
    let start = r.offset();
    let Some(text) = r.text() else {
        *value = unknown(String::new());
        return r.misfit("a string");
    };
    *value = match E::listed(&text) {
        Some(listed) => listed,
        None => unknown(r.unlisted(text, start)),
    };
    Read::Done
}
