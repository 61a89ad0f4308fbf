//! What the server answers: instances of the described answers.

use serde_json::{Value, json};
use tests::calls::{Call, Extent, Operation, instances, operations};
use tests::loopback::Reply;

use super::versions::Version;

/// An answer, and the value that has to become of it.
#[derive(Clone)]
pub struct Answer {
    pub name: String,
    pub reply: Reply,
    pub value: Value,
}

/// The answers to a call of an operation, one at least: by the description with its overlays in every extent, and by
/// upstream's with everything that it permits.
pub fn answers(version: &Version, operation: &Operation<'_>, call: &Call) -> Vec<Answer> {
    let described = operation.answer();
    let status = described.and_then(|answer| answer.status.parse().ok()).unwrap_or(200);
    match described.and_then(|answer| answer.media) {
        Some("application/json") => {
            let mut found = Vec::new();
            let extents = [
                (Extent::Minimal, "minimal"),
                (Extent::Full, "full"),
                (Extent::Nulls, "with nulls"),
                (Extent::Unknown, "with unknown keys"),
            ];
            for (extent, name) in extents {
                let made = call.answer.iter().flat_map(|schema| instances(version.corrected, schema, extent));
                found.extend(made.map(|value| json_answer(status, name, value)));
            }
            let upstreams = if call.method.is_none() { upstreams(version, operation) } else { Vec::new() };
            found.extend(upstreams.into_iter().map(|value| json_answer(status, "of upstream", value)));
            found
        }
        Some("text/plain") => {
            let reply = Reply::new(status).with("Content-Type", "text/plain").body("téxt");
            vec![Answer { name: "text".to_owned(), reply, value: json!("téxt") }]
        }
        Some(media) => {
            let reply = Reply::new(status).with("Content-Type", media).body(&[0x1f, 0x8b, 0xff][..]);
            vec![Answer { name: "a file".to_owned(), reply, value: Value::Null }]
        }
        None => vec![Answer { name: "nothing".to_owned(), reply: Reply::new(status), value: Value::Null }],
    }
}

fn json_answer(status: u16, name: &str, value: Value) -> Answer {
    Answer { name: name.to_owned(), reply: Reply::json(&value).status(status), value }
}

/// Everything that upstream's description says of the answer.
fn upstreams(version: &Version, operation: &Operation<'_>) -> Vec<Value> {
    let operations = operations(version.facts);
    let described = operations.iter().find(|other| other.identity == operation.identity);
    let schema = described.and_then(|operation| operation.answer()).and_then(|answer| answer.schema);
    schema.map(|schema| instances(version.facts, schema, Extent::Full)).unwrap_or_default()
}
