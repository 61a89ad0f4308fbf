//! The samples of a description: those of media types, `example` and `examples` alike.

use serde_json::Value;
use xtask::document::{Document, child, pointer};
use xtask::error::{Errors, Result};
use xtask::openapi::{METHODS, identity};

/// What a sample shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The body of a request.
    Request,
    /// The body of a successful answer.
    Answer,
    /// The body of an error, with its status.
    Error(String),
}

/// One sample of one operation.
#[derive(Clone, Debug)]
pub struct Sample {
    /// `GET /contacts/{}`.
    pub operation: String,
    /// What it shows.
    pub part: Part,
    /// Its media type.
    pub media: String,
    /// Its key in `examples`, or `example`.
    pub name: String,
    /// The sample.
    pub value: Value,
    /// The schema beside it.
    pub schema: Option<Value>,
}

/// Every sample of a description, in its order.
pub fn of(document: &Document) -> Result<Vec<Sample>> {
    let mut found = Vec::new();
    let mut errors = Errors::default();
    let paths = document.root.get("paths").and_then(Value::as_object).into_iter().flatten();
    for (path, item) in paths {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let at = pointer(&["paths", path, method]);
            let reader = Operation { document, identity: identity(method, path) };
            errors.keep(reader.read(operation, &at, &mut found));
        }
    }
    errors.into_result()?;
    Ok(found)
}

struct Operation<'d> {
    document: &'d Document,
    identity: String,
}

impl Operation<'_> {
    fn read(&self, operation: &Value, at: &str, found: &mut Vec<Sample>) -> Result<()> {
        if let Some(body) = operation.get("requestBody") {
            self.content(body, &child(at, "requestBody"), &Part::Request, found)?;
        }
        let responses: Vec<(&String, &Value)> =
            operation.get("responses").and_then(Value::as_object).into_iter().flatten().collect();
        let named_success = responses.iter().any(|(status, _)| status.starts_with('2'));
        for (status, response) in responses {
            let is_success = status.starts_with('2') || (status == "default" && !named_success);
            let part = if is_success { Part::Answer } else { Part::Error(status.clone()) };
            self.content(response, &child(&child(at, "responses"), status), &part, found)?;
        }
        Ok(())
    }

    fn content(&self, holder: &Value, at: &str, part: &Part, found: &mut Vec<Sample>) -> Result<()> {
        let holder = self.followed(holder, at)?;
        for (media, content) in holder.get("content").and_then(Value::as_object).into_iter().flatten() {
            let at = child(&child(at, "content"), media);
            let named = content.get("examples").and_then(Value::as_object).into_iter().flatten();
            let mut values: Vec<(&str, &Value)> =
                content.get("example").map(|value| ("example", value)).into_iter().collect();
            for (name, example) in named {
                let at = child(&child(&at, "examples"), name);
                let Some(value) = self.followed(example, &at)?.get("value") else {
                    return Err(self
                        .document
                        .error(at, "a sample without a `value`")
                        .hint("only samples in the file can be run"));
                };
                values.push((name, value));
            }
            found.extend(values.into_iter().map(|(name, value)| Sample {
                operation: self.identity.clone(),
                part: part.clone(),
                media: media.clone(),
                name: name.to_owned(),
                value: value.clone(),
                schema: content.get("schema").cloned(),
            }));
        }
        Ok(())
    }

    fn followed<'v>(&'v self, value: &'v Value, at: &str) -> Result<&'v Value> {
        match value.get("$ref").and_then(Value::as_str) {
            None => Ok(value),
            Some(reference) => self.document.resolve(reference).ok_or_else(|| {
                self.document
                    .error(at, format!("unresolved reference `{reference}`"))
                    .hint("declare it under #/components")
            }),
        }
    }
}

#[cfg(test)]
#[path = "samples_tests.rs"]
mod tests;
