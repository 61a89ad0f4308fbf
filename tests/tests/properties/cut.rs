//! Small descriptions that are cut out of a real one: a few operations with everything that they refer to.

use serde_json::{Map, Value, json};
use tests::description::operations;

/// A description with the `take`n operations of `description`, counted over all paths, and what they need.
pub fn cut(description: &Value, take: &[usize]) -> Value {
    let mut paths = Map::new();
    let mut count = 0;
    for (path, item) in description["paths"].as_object().into_iter().flatten() {
        let mut kept = item.clone();
        for (method, _) in operations(item) {
            match kept.as_object_mut() {
                Some(methods) if !take.contains(&count) => drop(methods.remove(method)),
                // A job names the operation that tells its state, which may be left out.
                Some(methods) => drop(methods[method].as_object_mut().map(|node| node.remove("x-job"))),
                None => {}
            }
            count += 1;
        }
        if operations(&kept).next().is_some() {
            paths.insert(path.clone(), kept);
        }
    }
    let mut small = json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths});
    small["tags"] = description["tags"].clone();
    while let Some(reference) = missing(&small, &small) {
        let mut steps = reference.trim_start_matches("#/").split('/');
        let (Some(_), Some(kind), Some(name)) = (steps.next(), steps.next(), steps.next()) else { break };
        small["components"][kind][name] = description["components"][kind][name].clone();
    }
    small
}

/// How many operations there are to take.
pub fn count(description: &Value) -> usize {
    description["paths"].as_object().into_iter().flatten().map(|(_, item)| operations(item).count()).sum()
}

/// The first unresolved reference.
fn missing(value: &Value, whole: &Value) -> Option<String> {
    match value {
        Value::Object(keys) => {
            let own = keys.get("$ref").and_then(Value::as_str).filter(|reference| {
                reference.strip_prefix('#').is_some_and(|pointer| whole.pointer(pointer).is_none())
            });
            own.map(str::to_owned).or_else(|| keys.values().find_map(|value| missing(value, whole)))
        }
        Value::Array(items) => items.iter().find_map(|value| missing(value, whole)),
        _ => None,
    }
}
