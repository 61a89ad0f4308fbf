//! The operations of a description, with what stands elsewhere put in its place.

use serde_json::Value;

use crate::description::{self, entries, list, resolved, unnamed};

/// One method of one path.
#[derive(Clone, Debug)]
pub struct Operation<'d> {
    /// `GET /contacts/{}`: without the variables' names, which differ between versions.
    pub identity: String,
    /// In capitals.
    pub method: String,
    /// With its variables.
    pub path: &'d str,
    /// The `operationId`; empty if there is none.
    pub id: &'d str,
    /// The operation as it is described.
    pub node: &'d Value,
    /// Its parameters, those of the path included.
    pub parameters: Vec<&'d Value>,
    /// What it takes as a body.
    pub body: Option<Body<'d>>,
    /// What it answers, by status.
    pub answers: Vec<Answer<'d>>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body<'d> {
    /// Its media type.
    pub media: &'d str,
    /// What it holds.
    pub schema: &'d Value,
    /// Where that stands, as a pointer.
    pub pointer: String,
    /// Whether it has to be there.
    pub required: bool,
}

/// One answer that is described.
#[derive(Clone, Debug)]
pub struct Answer<'d> {
    /// A status, or `default`.
    pub status: &'d str,
    /// Its media type; none if it has no content.
    pub media: Option<&'d str>,
    /// What it holds; none if it has no content, or none that is described.
    pub schema: Option<&'d Value>,
    /// Where that stands, as a pointer.
    pub pointer: String,
}

/// Every operation, in the description's order.
pub fn operations(description: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in entries(description, "paths") {
        for (verb, node) in description::operations(item) {
            let (method, home) = (verb.to_uppercase(), format!("/paths/{}/{verb}", escaped(path)));
            found.push(Operation {
                identity: format!("{method} {}", unnamed(path)),
                method,
                path,
                id: node.get("operationId").and_then(Value::as_str).unwrap_or_default(),
                node,
                parameters: parameters(description, item, node),
                body: node
                    .get("requestBody")
                    .and_then(|it| body(&Placed::new(description, it, format!("{home}/requestBody")))),
                answers: entries(node, "responses")
                    .map(|(status, it)| (status, Placed::new(description, it, format!("{home}/responses/{status}"))))
                    .map(|(status, it)| answer(status, &it))
                    .collect(),
            });
        }
    }
    found
}

impl<'d> Operation<'d> {
    /// The answer to a call that succeeds: the first 2xx, or `default` where no success is described.
    pub fn answer(&self) -> Option<&Answer<'d>> {
        let success = self.answers.iter().find(|answer| answer.status.starts_with('2'));
        success.or_else(|| self.answers.iter().find(|answer| answer.status == "default"))
    }
}

/// The name of a parameter.
pub(super) fn name_of(parameter: &Value) -> &str {
    parameter.get("name").and_then(Value::as_str).unwrap_or_default()
}

/// An operation's own parameter wins over one of its path.
fn parameters<'d>(description: &'d Value, item: &'d Value, node: &'d Value) -> Vec<&'d Value> {
    let listed = |holder: &'d Value| list(holder, "parameters").iter().map(|it| resolved(description, it));
    let mut found: Vec<&Value> = listed(node).collect();
    let same = |one: &Value, other: &Value| (&one["name"], &one["in"]) == (&other["name"], &other["in"]);
    for shared in listed(item) {
        if !found.iter().any(|own| same(own, shared)) {
            found.push(shared);
        }
    }
    found
}

/// What holds content, and where it stands once a reference was followed.
struct Placed<'d> {
    node: &'d Value,
    pointer: String,
}

impl<'d> Placed<'d> {
    fn new(description: &'d Value, node: &'d Value, pointer: String) -> Self {
        let target = node.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        Self { node: resolved(description, node), pointer: target.map_or(pointer, str::to_owned) }
    }

    /// The first media type with its content, and the place of the content's schema.
    fn content(&self) -> Option<(&'d str, &'d Value, String)> {
        let (media, content) = entries(self.node, "content").next()?;
        Some((media, content, format!("{}/content/{}/schema", self.pointer, escaped(media))))
    }
}

/// A step of a JSON pointer.
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn body<'d>(body: &Placed<'d>) -> Option<Body<'d>> {
    let required = body.node.get("required") == Some(&Value::Bool(true));
    let (media, content, pointer) = body.content()?;
    Some(Body { media, schema: content.get("schema")?, pointer, required })
}

fn answer<'d>(status: &'d str, answer: &Placed<'d>) -> Answer<'d> {
    let Some((media, content, pointer)) = answer.content() else {
        return Answer { status, media: None, schema: None, pointer: String::new() };
    };
    Answer { status, media: Some(media), schema: content.get("schema"), pointer }
}
