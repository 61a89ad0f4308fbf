//! The calls that Prism judges.
//!
//! It knows upstream's description alone, so the calls are made from that one, and from the corrected one where it
//! permits others. Where an overlay has moved a parameter that upstream demands, it is sent in both places.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value, json};
use xtask::document::Document;
use xtask::error::{Error, Result};

use super::samples::{self, Part};
use crate::calls::{Call, Operation, calls, operations};
use crate::description::{self, Version};

/// Every call that an upstream description permits, those that our overlays make of it, and those that its samples show.
pub fn plan(root: &Path, version: &str, upstream: &Document) -> Result<(Version, Vec<Call>)> {
    let versions = description::versions(root);
    let found = versions.into_iter().find(|candidate| candidate.name == version);
    let version = found.ok_or_else(|| Error::file(version, "is no version").hint("see spec/versions.toml"))?;
    let headers = headers(&version, &upstream.root);
    let corrected = description::described(root, &version);
    let missing = demanded(&upstream.root, &corrected);
    let mut all = made(&upstream.root);
    for call in made(&corrected) {
        if !all.iter().any(|other| (&other.identity, &other.args) == (&call.identity, &call.args)) {
            all.push(Call { name: format!("corrected {}", call.name), ..call });
        }
    }
    all.extend(shown(&made(&corrected), upstream)?);
    for call in &mut all {
        add(&mut call.args, "extra", missing.get(&call.identity).cloned());
        add(&mut call.args, "headers", headers.get(&call.identity).map(|header| json!({"Intercom-Version": header})));
    }
    Ok((version, all))
}

fn made(description: &Value) -> Vec<Call> {
    operations(description).iter().flat_map(|operation| calls(description, operation)).collect()
}

fn add(args: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(value), Value::Object(args)) = (value, args) {
        args.insert(key.to_owned(), value);
    }
}

/// Parameters of the query that upstream demands and that our overlays have taken away or put elsewhere.
fn demanded(upstream: &Value, corrected: &Value) -> BTreeMap<String, Value> {
    let names = |operation: &Operation<'_>, all: bool| -> BTreeSet<String> {
        let query = operation.parameters.iter().filter(|parameter| parameter["in"] == "query");
        let query = query.filter(|parameter| all || parameter["required"] == true);
        query.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
    };
    let ours: BTreeMap<String, BTreeSet<String>> =
        operations(corrected).iter().map(|operation| (operation.identity.clone(), names(operation, true))).collect();
    let theirs = operations(upstream);
    let missing = theirs.iter().filter_map(|operation| {
        let ours = ours.get(&operation.identity)?;
        let missing: Map<String, Value> =
            names(operation, false).difference(ours).map(|name| (name.clone(), json!("1"))).collect();
        (!missing.is_empty()).then(|| (operation.identity.clone(), Value::Object(missing)))
    });
    missing.collect()
}

/// The bodies of upstream's samples, each in the least that its operation can be called with.
fn shown(made: &[Call], upstream: &Document) -> Result<Vec<Call>> {
    let least: BTreeMap<&str, &Call> = made.iter().rev().map(|call| (call.identity.as_str(), call)).collect();
    let samples = samples::of(upstream)?.into_iter().filter(|sample| sample.part == Part::Request);
    let calls = samples.filter(|sample| sample.media == "application/json").filter_map(|sample| {
        let base = *least.get(sample.operation.as_str())?;
        let mut args: Map<String, Value> = base.args.as_object().cloned().unwrap_or_default();
        args.insert("body".to_owned(), sample.value);
        Some(Call { name: format!("sample {:?}", sample.name), args: json!(args), ..base.clone() })
    });
    Ok(calls.collect())
}

/// The versions that upstream's operations want to be asked for, where that is another than the client's own: since April
/// 2026 eight of them list `preview`, in lower case, and the others `Preview`.
fn headers(version: &Version, upstream: &Value) -> BTreeMap<String, String> {
    let wanted = operations(upstream).into_iter().filter_map(|operation| {
        let parameter = operation.parameters.iter().find(|parameter| parameter["name"] == "Intercom-Version")?;
        let schema = description::resolved(upstream, &parameter["schema"]);
        let listed = description::list(schema, "enum");
        if listed.is_empty() || listed.iter().any(|name| *name == version.header) {
            return None;
        }
        let wanted = schema.get("default").or(listed.last())?.as_str()?;
        Some((operation.identity.clone(), wanted.to_owned()))
    });
    wanted.collect()
}
