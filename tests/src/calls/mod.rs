//! What there is to call, read from a description: each operation's arguments, with as little as the description
//! demands, with everything it permits, and with each shape of a choice.
//!
//! Nothing here is shared with the generator, so that what both misread shows as a difference.

mod flat;
mod maker;
mod operation;

use serde_json::{Map, Value, json};

pub use maker::{Extent, Maker, UNKNOWN, instances};
pub use operation::{Answer, Body, Operation, operations};

use crate::description::entries;

/// The arguments of one call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// `GET /contacts/{}`.
    pub identity: String,
    /// The operation's id in the description.
    pub operation: String,
    /// Which method of the crate it is for, where the operation has several (`x-methods` of an overlay).
    pub method: Option<String>,
    /// `minimal`, `full`, or these with a number where there are choices.
    pub name: String,
    /// `{"path": {…}, "query": {…}, "body": …}`, of these the ones that there are; in place of the body of a form it is
    /// `"form": {…}`, with files as `{"name": …, "content": …}`.
    pub args: Value,
    /// The schema of what the call answers; none where that is no JSON.
    pub answer: Option<Value>,
}

/// What one method of the crate takes and answers.
struct Job<'d> {
    name: Option<&'d str>,
    parameters: Vec<&'d Value>,
    required: Vec<&'d str>,
    answer: Option<&'d Value>,
}

/// Every call of an operation.
pub fn calls(description: &Value, operation: &Operation<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    for job in jobs(operation) {
        for (extent, name) in [(Extent::Minimal, "minimal"), (Extent::Full, "full"), (Extent::Nulls, "nulls")] {
            let bodies =
                operation.body.as_ref().map_or_else(Vec::new, |body| instances(description, body.schema, extent));
            let known = |args: &Value, calls: &[Call]| {
                calls.iter().any(|call| call.method.as_deref() == job.name && call.args == *args)
            };
            let count = bodies.len().max(1);
            for turn in 0..count {
                let mut args = parameters(description, &job, extent);
                args.extend(operation.body.as_ref().zip(bodies.get(turn)).map(|(body, value)| sent(body, value)));
                let args = Value::Object(args);
                if !known(&args, &calls) {
                    let name = if count > 1 { format!("{name} {}", turn + 1) } else { name.to_owned() };
                    calls.push(job.call(operation, name, args));
                }
            }
        }
    }
    calls
}

/// The methods that `x-methods` names, or the operation itself.
fn jobs<'d>(operation: &Operation<'d>) -> Vec<Job<'d>> {
    let described = operation.answer().and_then(|answer| answer.schema);
    let named: Vec<Job<'_>> = entries(operation.node, "x-methods")
        .map(|(name, job)| {
            let texts = |key| crate::description::list(job, key).iter().filter_map(Value::as_str).collect::<Vec<_>>();
            let takes = texts("parameters");
            let is_taken = |parameter: &&&Value| {
                let name = operation::name_of(parameter);
                parameter["in"] != "query" || takes.contains(&name)
            };
            Job {
                name: Some(name),
                parameters: operation.parameters.iter().filter(is_taken).copied().collect(),
                required: texts("required"),
                answer: job.get("schema").or(described),
            }
        })
        .collect();
    if named.is_empty() {
        return vec![Job {
            name: None,
            parameters: operation.parameters.clone(),
            required: Vec::new(),
            answer: described,
        }];
    }
    named
}

impl Job<'_> {
    fn call(&self, operation: &Operation<'_>, name: String, args: Value) -> Call {
        Call {
            identity: operation.identity.clone(),
            operation: operation.id.to_owned(),
            method: self.name.map(str::to_owned),
            name,
            args,
            answer: self.answer.cloned(),
        }
    }

    /// What `x-methods` demands is demanded; else what the description does, but for parameters of a method that says
    /// which it takes.
    fn needs(&self, parameter: &Value) -> bool {
        let required = parameter.get("required") == Some(&Value::Bool(true));
        match self.name {
            Some(_) if parameter["in"] == "query" => self.required.contains(&operation::name_of(parameter)),
            _ => required,
        }
    }
}

fn parameters(description: &Value, job: &Job<'_>, extent: Extent) -> Map<String, Value> {
    let mut args: Map<String, Value> = Map::new();
    for (count, parameter) in job.parameters.iter().enumerate() {
        let place = parameter["in"].as_str().unwrap_or_default();
        if place == "header" || (extent == Extent::Minimal && !job.needs(parameter)) {
            continue;
        }
        // A parameter is never null, and its place in the list is what tells it from the others.
        let value = Maker::new(description, Extent::Full, count).instance(&parameter["schema"]);
        let values = args.entry(place).or_insert_with(|| json!({}));
        values[operation::name_of(parameter)] = value;
    }
    args
}

/// A body as an argument of a call.
fn sent(body: &Body<'_>, value: &Value) -> (String, Value) {
    if body.media != "multipart/form-data" {
        return ("body".to_owned(), value.clone());
    }
    let is_file = |name: &str| body.schema["properties"][name]["format"] == "binary";
    let part = |(name, value): (&String, &Value)| {
        let value = if is_file(name) { json!({"name": "file.csv", "content": value}) } else { value.clone() };
        (name.clone(), value)
    };
    ("form".to_owned(), value.as_object().into_iter().flatten().map(part).collect::<Map<_, _>>().into())
}

#[cfg(test)]
#[path = "calls_tests.rs"]
mod tests;
