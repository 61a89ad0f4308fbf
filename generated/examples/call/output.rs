//! What goes to standard output, and what is said on standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use intercom_gen::{Drift, Error, ErrorKind, Json, Map, Operation, Place};

/// Whoever read the output has read enough, or it cannot be written.
pub struct Gone;

/// Prints a line.
pub fn say(text: &str) -> Result<(), Gone> {
    write(format!("{text}\n").as_bytes())
}

/// Prints bytes.
pub fn write(bytes: &[u8]) -> Result<(), Gone> {
    let mut output = io::stdout().lock();
    output.write_all(bytes).and_then(|()| output.flush()).map_err(|_| Gone)
}

/// Says what in an answer did not fit its description.
pub fn tell_drift(operation: &'static str, drift: &[Drift]) {
    for Drift { path, expected, raw, .. } in drift {
        eprintln!(
            "call: {operation}: {path}: expected {expected}, got {}",
            if raw.is_empty() { "nothing" } else { raw }
        );
    }
}

/// What in an answer did not fit its description, as JSON.
pub fn drift(drift: &[Drift]) -> Json {
    let entry = |Drift { path, expected, raw, .. }: &Drift| {
        let raw = Json::parse(raw).unwrap_or_default();
        let entry = [("path", Json::from(&**path)), ("expected", Json::from(*expected)), ("raw", raw)];
        Json::from(entry.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<Json>>())
    };
    drift.iter().map(entry).collect()
}

/// What kind of error it is, in one word.
pub fn kind(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Api => "api",
        ErrorKind::Decode => "decode",
        ErrorKind::Transport => "transport",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Config => "config",
        ErrorKind::Argument => "argument",
        _ => "other",
    }
}

/// `ListContacts  GET /contacts  contacts.list(query per_page: i64, …) -> types::ContactList`.
pub fn signature(operation: &Operation) -> String {
    let mut arguments: Vec<String> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                _ => "form",
            };
            format!("{place} {}{}: {}", parameter.name, if parameter.required { "" } else { "?" }, parameter.ty)
        })
        .collect();
    arguments.extend(operation.body.map(|ty| format!("body: {ty}")));
    let Operation { id, method, path, group, name, answer, .. } = operation;
    let mut line = format!("{id}  {method} {path}  {group}.{name}({}) -> {answer}", arguments.join(", "));
    if let Some(pages) = operation.pages {
        // Writing to a string does not fail.
        let _ = write!(line, ", in pages ({})", pages.style);
    }
    line
}
