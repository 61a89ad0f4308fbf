//! `Serialize` and `Deserialize` for every type, so that other crates can use them: two functions through JSON.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

use super::field::Field;
use super::reader::Reader;
use super::writer;

/// Hands the value's JSON on to a serializer.
pub(crate) fn serialize<S: Serializer>(value: &dyn Field, serializer: S) -> Result<S::Ok, S::Error> {
    let tree: serde_json::Value = serde_json::from_str(&writer::to_text(value)).map_err(S::Error::custom)?;
    tree.serialize(serializer)
}

/// Takes a value from a deserializer, with the tolerance of every other way in.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(value: &mut dyn Field, deserializer: D) -> Result<(), D::Error> {
    let text = serde_json::Value::deserialize(deserializer)?.to_string();
    Reader::new(&text)
        .root(value)
        .map_err(|broken| D::Error::custom(format_args!("{} at {}", broken.what, broken.path)))
}
