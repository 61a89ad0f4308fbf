//! The body of an error answer, in every form that has been seen: the documented list, a map of fields, a message at top
//! level, a page of a proxy, nothing.

use std::fmt;

use super::ErrorCode;
use crate::runtime::http::Secrets;
use crate::runtime::json::{Json, from_json};

/// A longer body of a success is not looked at for errors: it is data, and reading it twice would take time.
pub(crate) const LONGEST_ERROR_LIST: usize = 64 << 10;

/// Whether a body is the API's list of errors, which now and then comes with the status of a success.
pub(crate) fn is_error_list(body: &[u8]) -> bool {
    let text =
        Some(body).filter(|body| body.len() <= LONGEST_ERROR_LIST).and_then(|body| std::str::from_utf8(body).ok());
    // Almost no body has the words in it, and only those that have are parsed.
    let json = text.filter(|text| text.contains("error.list")).and_then(|text| Json::parse(text).ok());
    let has = |key: &str| json.as_ref().and_then(|json| json.get(key));
    has("type").is_some_and(|ty| ty.as_str() == Some("error.list")) && has("errors").is_some()
}

/// One error of those that the API listed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// What went wrong, if the API has a code for it.
    pub code: Option<ErrorCode>,
    /// The same for people.
    pub message: Option<String>,
    /// The property or parameter that it is about.
    pub field: Option<String>,
}

impl ErrorDetail {
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        let Self { code, message, field } = self;
        message.iter_mut().chain(field).for_each(|text| secrets.redact_text(text));
        if let Some(code) = code {
            let mut text = code.as_str().to_owned();
            secrets.redact_text(&mut text);
            *code = ErrorCode::from(text);
        }
    }
}

impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.as_ref().map(|code| code.as_str().to_owned());
        let about: Vec<_> = code.into_iter().chain(self.field.as_ref().map(|field| format!("[{field}]"))).collect();
        let about = Some(about.join(" ")).filter(|about| !about.is_empty());
        let parts: Vec<_> = about.iter().chain(&self.message).map(String::as_str).collect();
        f.write_str(&parts.join(": "))
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
        let code = code(&json, "code").or_else(|| code(&json, "error_key")).filter(|_| details.is_empty());
        details.extend(code.map(|code| ErrorDetail { code: Some(code), message: None, field: None }));
        Self { message: text("message").or_else(|| text("error")), request_id: text("request_id"), details }
    }
}

/// Errors come as a list of objects, or as a map of field to text.
fn details(errors: &Json) -> Vec<ErrorDetail> {
    if let Some(list) = errors.as_list() {
        let says = |detail: &ErrorDetail| detail.code.is_some() || detail.message.is_some() || detail.field.is_some();
        return list.iter().map(detail).filter(says).collect();
    }
    let fields = errors.as_map().unwrap_or_default().into_iter();
    fields.map(|(field, message)| ErrorDetail { code: None, message: in_words(&message), field: Some(field) }).collect()
}

fn detail(error: &Json) -> ErrorDetail {
    let text = |key| error.get(key).as_ref().and_then(in_words);
    let message = text("message").or_else(|| error.as_str().map(str::to_owned));
    ErrorDetail { code: code(error, "code"), message, field: text("field") }
}

fn code(json: &Json, key: &str) -> Option<ErrorCode> {
    json.get(key).as_ref().and_then(in_words).filter(|code| !code.is_empty()).map(ErrorCode::from)
}

fn in_words(value: &Json) -> Option<String> {
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None if value.is_null() => None,
        None => Some(value.to_string()),
    }
}
