//! Whatever goes wrong in a description, the generator gives files or an error with a place and a remedy; it never
//! panics, and never blames itself. Every node of every golden case is removed and replaced in turn.

use std::panic::catch_unwind;

use serde_yaml::Value;
use tests::golden::Case;
use tests::scratch::SPEC;
use xtask::error::Error;

/// What a node is replaced by; `None` removes it.
const REPLACEMENTS: [Option<&str>; 6] = [None, Some("null"), Some("[]"), Some("{}"), Some("'x y'"), Some("7")];

/// Of all changes every so many-th is tried, which comes to the end of each description with each replacement.
const STEP: usize = 7;

#[test]
fn no_change_of_a_description_makes_the_generator_panic_or_blame_itself() {
    let mut faults = String::new();
    for case in Case::all() {
        let description: Value = serde_yaml::from_str(&case.description()).unwrap_or_default();
        let changes = (1..count(&description)).flat_map(|index| REPLACEMENTS.map(|by| (index, by)));
        for (mut index, by) in changes.step_by(STEP) {
            let mut description = description.clone();
            let path = change(&mut description, &mut index, by).unwrap_or_default();
            let text = serde_yaml::to_string(&description).unwrap_or_default();
            let fault = match catch_unwind(|| case.tree().with(SPEC, text).generate().err()) {
                Ok(error) => error.and_then(|error| fault(&error)),
                Err(_) => Some("it panics".to_owned()),
            };
            let change = by.unwrap_or("nothing");
            faults +=
                &fault.map_or_else(String::new, |fault| format!("{} with {change} at {path}: {fault}\n", case.name));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{faults}", faults.lines().count());
}

/// What a maintainer could not work with in an error.
fn fault(error: &Error) -> Option<String> {
    let helpless =
        |text: &str| ["fault of the generator", "openapiv3", "please report"].iter().any(|words| text.contains(words));
    error
        .problems()
        .iter()
        .find(|problem| {
            problem.hint.is_empty() || problem.file.is_empty() || helpless(&problem.what) || helpless(&problem.hint)
        })
        .map(|problem| problem.to_string().lines().next().unwrap_or_default().to_owned())
}

/// How many nodes there are, the root included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Mapping(map) => map.values().map(count).sum(),
        Value::Sequence(list) => list.iter().map(count).sum(),
        _ => 0,
    }
}

/// Removes or replaces the node that is `left` nodes ahead; gives the path to it.
fn change(value: &mut Value, left: &mut usize, by: Option<&str>) -> Option<String> {
    match value {
        Value::Mapping(map) => {
            let keys: Vec<Value> = map.keys().cloned().collect();
            for key in keys {
                *left -= 1;
                let name = key.as_str().unwrap_or_default().to_owned();
                if *left == 0 {
                    match by {
                        Some(by) => drop(map.insert(key, serde_yaml::from_str(by).ok()?)),
                        None => drop(map.shift_remove(&key)),
                    }
                    return Some(name);
                }
                if let Some(path) = map.get_mut(&key).and_then(|value| change(value, left, by)) {
                    return Some(format!("{name}/{path}"));
                }
            }
        }
        Value::Sequence(list) => {
            for index in 0..list.len() {
                *left -= 1;
                if *left == 0 {
                    match by {
                        Some(by) => *list.get_mut(index)? = serde_yaml::from_str(by).ok()?,
                        None => drop(list.remove(index)),
                    }
                    return Some(index.to_string());
                }
                if let Some(path) = list.get_mut(index).and_then(|value| change(value, left, by)) {
                    return Some(format!("{index}/{path}"));
                }
            }
        }
        _ => {}
    }
    None
}
