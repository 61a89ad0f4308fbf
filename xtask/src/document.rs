//! A description as ordered JSON, read from YAML with every doubt resolved.
//!
//! YAML allows more than OpenAPI means: keys that are numbers, keys twice, merge keys, tags, `.nan`, several
//! documents in one file, aliases that expand without end. Each is either turned into what the author must
//! have meant (`200:` is the key `"200"`) or refused with its line, so that everything after this module works
//! on plain JSON.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

mod decode;
mod nesting;
mod read;

/// A parsed file: ordered JSON whose root is an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file's name for messages, relative to the root where possible.
    pub file: String,
    /// The content; keys keep the file's order.
    pub root: Value,
}

impl Document {
    /// Parses YAML (or JSON, which is YAML). `file` is used in messages only.
    pub fn parse(file: impl Into<String>, text: &str) -> Result<Self> {
        let file = file.into();
        nesting::check(&file, text)?;
        let root = read::yaml(&file, text)?;
        if !root.is_object() {
            return Err(Error::at(file, "#", format!("the file holds {}, not an object", kind(&root)))
                .hint("an OpenAPI description or an overlay is a map of keywords at the top level"));
        }
        Ok(Self { file, root })
    }

    /// Reads and parses `file`, which is relative to `root`.
    pub fn load(root: &Path, file: &str) -> Result<Self> {
        Self::parse(file, &read_text(root, file)?)
    }

    /// An error at a pointer into this document.
    pub fn error(&self, pointer: impl Into<String>, what: impl Into<String>) -> Error {
        Error::at(self.file.clone(), pointer, what)
    }

    /// The value that a local reference (`#/components/schemas/contact`) points to.
    pub fn resolve(&self, reference: &str) -> Option<&Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }
}

/// Reads a UTF-8 file below `root`; the error names `file` as given.
pub fn read_text(root: &Path, file: &str) -> Result<String> {
    let bytes = std::fs::read(root.join(file)).map_err(|error| {
        Error::file(file, format!("cannot be read: {error}")).hint("check that the file exists and is readable")
    })?;
    utf8(file, bytes)
}

/// The bytes as text, or an error with the line of the first byte that is not UTF-8.
pub fn utf8(file: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Error::line(file, line, column, "the text is not UTF-8").hint("save the file as UTF-8")
    })
}

/// The text of a YAML file that holds `value` below a comment.
pub fn render<T: Serialize>(file: &str, comment: &str, value: &T) -> Result<String> {
    let text = serde_yaml::to_string(value).map_err(|error| {
        Error::file(file, format!("cannot be written as YAML: {error}")).hint("this is a fault of the generator")
    })?;
    Ok(format!("{comment}{text}"))
}

/// The SHA-256 of a file's content, as 64 hexadecimal digits.
pub fn sha256(content: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(content))
}

/// `pointer` extended by one token, escaped as RFC 6901 says.
pub fn child(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The pointer `#/a/b` of a list of unescaped tokens.
pub fn pointer(tokens: &[&str]) -> String {
    tokens.iter().fold("#".to_owned(), |pointer, token| child(&pointer, token))
}

/// What a JSON value is, in words for messages.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests;
