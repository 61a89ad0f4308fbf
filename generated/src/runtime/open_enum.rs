//! Enumerations that stay open: a value the description does not list survives as it came.

use super::json::{Read, Reader};

/// A string of which the description lists some values.
pub trait OpenEnum: Clone + PartialEq + 'static {
    /// The listed values, with their spelling on the wire.
    const VALUES: &'static [(&'static str, Self)];
}

/// The spelling of a listed value.
pub(crate) fn spelling<E: OpenEnum>(all: &'static [(&'static str, E)], value: &E) -> &'static str {
    all.iter().find(|(_, listed)| listed == value).map_or("", |(text, _)| text)
}

/// The listed value of a spelling.
pub(crate) fn listed<E: OpenEnum>(text: &str) -> Option<E> {
    E::VALUES.iter().find(|(listed, _)| *listed == text).map(|(_, value)| value.clone())
}

/// Reads a value; one that is not listed is an addition.
pub(crate) fn read<E: OpenEnum>(value: &mut E, unknown: fn(String) -> E, r: &mut Reader<'_>) -> Read {
    let start = r.offset();
    let Some(text) = r.string() else { return r.misfit("a string") };
    if let Some(listed) = listed(&text) {
        *value = listed;
        return Read::Done;
    }
    *value = unknown(text.into_owned());
    let raw = r.since(start);
    r.added(raw);
    Read::Done
}
