//! The calls that upstream's samples show, where upstream's descriptions are beside the checkout.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};
use tests::calls::{Call, Operation, operations};
use tests::conformance::EXCEPTIONS;
use tests::conformance::exceptions::{Exception, parse};
use tests::description::{entries, resolved, text, yaml};
use tests::tree::workspace;

use super::verdict::exceptions;
use super::versions::Version;

/// What upstream shows.
pub struct Samples {
    pub calls: Vec<Call>,
    /// Samples that are listed as ones not to run, and are not there.
    pub unneeded: Vec<String>,
}

/// The calls of every operation that upstream shows arguments of; none if its description is not there.
pub fn samples(version: &Version) -> Option<Samples> {
    if !version.upstream.exists() {
        return None;
    }
    let upstream = yaml(&version.upstream);
    let shown = operations(&upstream);
    let ours = operations(version.corrected);
    let (mut calls, mut skipped) = (Vec::new(), BTreeSet::new());
    for operation in &ours {
        let Some(shown) = shown.iter().find(|other| other.identity == operation.identity) else { continue };
        let mut bodies = bodies(&upstream, shown);
        let shows_something = !bodies.is_empty();
        bodies.retain(|(name, _)| {
            let refused = is_refused(&version.name, &operation.identity, name);
            skipped.extend(refused.then(|| (operation.identity.clone(), name.clone())));
            !refused
        });
        if shows_something && bodies.is_empty() {
            continue;
        }
        // The minimal call of each method has what a sample may leave out, and no more.
        let mut minimal: Vec<Call> = tests::calls::calls(version.corrected, operation);
        minimal.retain(|call| call.name.starts_with("minimal"));
        minimal.dedup_by(|one, other| one.method == other.method);
        for call in minimal {
            calls.extend(of_call(&call, operation, shown, &bodies));
        }
    }
    let listed = exceptions().sample.iter().filter(|entry| entry.applies_to(&version.name, &version.name));
    let unneeded = listed.filter(|entry| !skipped.contains(&(entry.operation.clone(), entry.sample.clone())));
    let unneeded =
        unneeded.map(|entry| format!("{}: {} has no sample `{}`", version.name, entry.operation, entry.sample));
    Some(Samples { unneeded: unneeded.collect(), calls })
}

/// One call for each sample of a body; one without if there are samples of arguments alone.
fn of_call(call: &Call, ours: &Operation<'_>, shown: &Operation<'_>, bodies: &[(String, Value)]) -> Vec<Call> {
    let mut args = call.args.clone();
    let takes = |parameter: &Value| {
        let named = |other: &&&Value| (&other["in"], &other["name"]) == (&parameter["in"], &parameter["name"]);
        let methods = ours.node.get("x-methods").and_then(|methods| methods.get(call.method.as_deref()?));
        let listed = methods.and_then(|method| method["parameters"].as_array());
        ours.parameters.iter().any(|other| named(&other))
            && listed.is_none_or(|listed| listed.contains(&parameter["name"]))
    };
    let mut shows = false;
    for parameter in shown.parameters.iter().filter(|parameter| parameter["in"] != "header" && takes(parameter)) {
        let Some(example) = parameter.get("example").or_else(|| parameter["schema"].get("example")) else { continue };
        let [place, name] = ["in", "name"].map(|key| parameter[key].as_str().unwrap_or_default());
        args[place][name] = example.clone();
        shows = true;
    }
    if bodies.is_empty() {
        let made = Call { name: "sample".to_owned(), args, ..call.clone() };
        return Vec::from_iter(shows.then_some(made));
    }
    let with_body = |(name, body): &(String, Value)| {
        let mut args: Map<String, Value> = args.as_object().cloned().unwrap_or_default();
        args.insert("body".to_owned(), body.clone());
        Call { name: format!("sample {name}"), args: Value::from(args), ..call.clone() }
    };
    bodies.iter().map(with_body).collect()
}

/// The samples of an operation's body of JSON, by name.
fn bodies(upstream: &Value, shown: &Operation<'_>) -> Vec<(String, Value)> {
    let body = shown.node.get("requestBody").map(|body| resolved(upstream, body));
    let content = body.map_or(&Value::Null, |body| &body["content"]["application/json"]);
    let named = entries(content, "examples").filter_map(|(name, sample)| {
        let sample = resolved(upstream, sample).get("value")?;
        Some((name.clone(), sample.clone()))
    });
    let single = content.get("example").map(|sample| ("example".to_owned(), sample.clone()));
    single.into_iter().chain(named).collect()
}

/// A sample that shows what the API refuses, as `tests/conformance.toml` and our own list have it.
fn is_refused(version: &str, operation: &str, sample: &str) -> bool {
    static LISTED: OnceLock<Vec<Exception>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| parse(EXCEPTIONS, &text(&workspace().join(EXCEPTIONS))).expect("the list"));
    let is_it = |entry: &Exception| {
        entry.operation == operation && entry.sample == sample && entry.applies_to(version, version)
    };
    listed.iter().chain(&exceptions().sample).any(is_it)
}

#[test]
fn the_call_of_a_sample_has_its_body_and_what_it_shows_of_the_path() {
    let schema = json!({"type": "string"});
    let parameters = json!([
        {"in": "path", "name": "id", "required": true, "schema": schema, "example": "63a0"},
        {"in": "query", "name": "seen", "schema": {"type": "boolean", "example": true}},
        {"in": "query", "name": "not_shown", "schema": schema},
    ]);
    let body = json!({"content": {"application/json": {"schema": {"type": "object"}, "examples": {"ok": {"value": {"a": 1}}}}}});
    let description = json!({"paths": {"/x/{id}": {"put": {"parameters": parameters, "requestBody": body}}}});
    let operations = operations(&description);
    let minimal = &tests::calls::calls(&description, &operations[0])[0];
    let found = of_call(minimal, &operations[0], &operations[0], &bodies(&description, &operations[0]));
    let found: Vec<(&str, &Value)> = found.iter().map(|call| (call.name.as_str(), &call.args)).collect();
    let args = json!({"path": {"id": "63a0"}, "query": {"seen": true}, "body": {"a": 1}});
    assert_eq!(found, [("sample ok", &args)]);
}
