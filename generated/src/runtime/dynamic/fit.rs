//! Arguments as JSON, read as the type that a method takes.

use serde_json::Value;

use crate::runtime::json::{Addition, Drift, Field, Json, Reader, to_text};

/// Where and why a value does not fit; the place is relative to the value.
pub(super) struct Misfit {
    pub(super) path: String,
    pub(super) why: String,
}

/// Reads the text of a value into `field`, and tells what the description does not list. Whatever does not fit is an
/// error: a request is made of what the caller has said, or not at all.
pub(super) fn read(field: &mut dyn Field, text: &str) -> Result<Vec<Addition>, Misfit> {
    let mut reader = Reader::with_additions(text);
    if let Err(broken) = reader.root(field) {
        let why = format!("{}, got {}", broken.what, shown(text));
        return Err(Misfit { path: relative(&broken.path), why });
    }
    let (drift, additions) = reader.into_reports();
    match drift.first() {
        None => Ok(additions),
        Some(Drift { path, raw, .. }) if raw.is_empty() => {
            Err(Misfit { path: relative(path), why: "is missing, and has to be there".to_owned() })
        }
        Some(Drift { path, expected, raw, .. }) => {
            Err(Misfit { path: relative(path), why: format!("expected {expected}, got {}", shown(raw)) })
        }
    }
}

/// Reads a body. What is `null` where nothing may be would vanish on the way, so it is an error too.
pub(super) fn read_whole(field: &mut dyn Field, value: &Json) -> Result<Vec<Addition>, Misfit> {
    let text = value.to_string();
    let additions = read(field, &text)?;
    let tree = |text: &str| serde_json::from_str(text).unwrap_or_default();
    match lost_null(&tree(&text), &tree(&to_text(field))) {
        Some(path) => Err(Misfit { path, why: "must not be null; leave the key out".to_owned() }),
        None => Ok(additions),
    }
}

/// Where `given` has a null that `written` lacks. The path is made on the way back, so that it costs nothing where there is
/// none.
fn lost_null(given: &Value, written: &Value) -> Option<String> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => given.iter().find_map(|(key, value)| {
            let lost = match written.get(key) {
                None => value.is_null().then(String::new),
                Some(written) => lost_null(value, written),
            };
            lost.map(|rest| format!(".{key}{rest}"))
        }),
        (Value::Array(given), Value::Array(written)) => {
            let mut pairs = given.iter().zip(written).enumerate();
            pairs.find_map(|(index, (given, written))| lost_null(given, written).map(|rest| format!("[{index}]{rest}")))
        }
        _ => None,
    }
}

/// Reads a value that is text on the wire, where `5` and `"5"` are the same, and `a,b` is a list.
pub(super) fn read_text(field: &mut dyn Field, value: &Json) -> Result<Vec<Addition>, Misfit> {
    let as_given = match read(field, &value.to_string()) {
        Ok(additions) => return Ok(additions),
        Err(misfit) => misfit,
    };
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.as_list().is_some() || value.as_map().is_some() => return Err(as_given),
        None => value.to_string(),
    };
    let list: Json = text.split(',').map(Json::from).collect();
    let other = [Json::parse(&text).ok(), Some(Json::from(text)), Some(list)].into_iter().flatten();
    for reading in other {
        if let Ok(additions) = read(field, &reading.to_string()) {
            return Ok(additions);
        }
    }
    Err(as_given)
}

/// `$.a[0].b` without its root.
pub(super) fn relative(path: &str) -> String {
    path.strip_prefix('$').unwrap_or(path).to_owned()
}

/// The start of a value.
fn shown(text: &str) -> String {
    const SHOWN: usize = 80;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
