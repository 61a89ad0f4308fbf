//! The body of an error answer, in every form that has been seen: the documented list, a map of fields, a message at top
//! level, a page of a proxy, nothing.

use std::fmt;

use super::ErrorCode;
use crate::runtime::json::{Json, from_json};

/// One error of those that the API listed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// What went wrong.
    pub code: ErrorCode,
    /// The same for people.
    pub message: Option<String>,
    /// The property or parameter that it is about.
    pub field: Option<String>,
}

impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        if let Some(field) = &self.field {
            write!(f, " [{field}]")?;
        }
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

/// What an error's body says.
#[derive(Default)]
pub(super) struct Body {
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) details: Vec<ErrorDetail>,
}

impl Body {
    pub(super) fn read(body: &[u8]) -> Self {
        let mut json = Json::null();
        let text = String::from_utf8_lossy(body);
        if from_json(&mut json, &text).is_err() {
            return Self::default();
        }
        let text = |key| json.get(key).as_ref().and_then(in_words);
        let mut details = json.get("errors").map(|errors| details(&errors)).unwrap_or_default();
        let code = text("code").or_else(|| text("error_key")).filter(|_| details.is_empty());
        details.extend(code.map(|code| ErrorDetail { code: code.into(), message: None, field: None }));
        Self { message: text("message").or_else(|| text("error")), request_id: text("request_id"), details }
    }
}

/// Errors come as a list of objects, or as a map of field to text.
fn details(errors: &Json) -> Vec<ErrorDetail> {
    if let Some(list) = errors.as_list() {
        return list.iter().map(detail).collect();
    }
    let fields = errors.as_map().unwrap_or_default().into_iter();
    fields
        .map(|(field, message)| ErrorDetail {
            code: ErrorCode::ValidationError,
            message: in_words(&message),
            field: Some(field),
        })
        .collect()
}

fn detail(error: &Json) -> ErrorDetail {
    let text = |key| error.get(key).as_ref().and_then(in_words);
    let message = text("message").or_else(|| error.as_str().map(str::to_owned));
    ErrorDetail { code: text("code").unwrap_or_default().into(), message, field: text("field") }
}

fn in_words(value: &Json) -> Option<String> {
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None if value.is_null() => None,
        None => Some(value.to_string()),
    }
}
