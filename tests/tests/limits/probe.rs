//! Finds out what a type is made of without its description: a value that fits nowhere is reported wherever the type has a
//! field.

use std::collections::{BTreeMap, BTreeSet};

use intercom_gen::{ApiVersion, Codec};
use serde_json::Value;
use tests::description::{described, versions};
use tests::tree::workspace;

/// How many containers a place may be inside of.
const DEPTH: usize = 4;

/// How many places of a type are looked at.
const MOST: usize = 8;

/// A place in a body where a value can be: the text before it and the text behind it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub before: String,
    pub behind: String,
    /// Whether the type wants a list there, rather than an object.
    pub is_list: bool,
}

impl Place {
    pub fn with(&self, value: &str) -> String {
        format!("{}{value}{}", self.before, self.behind)
    }

    fn inside(&self, before: &str, behind: &str, is_list: bool) -> Self {
        Self { before: format!("{}{before}", self.before), behind: format!("{behind}{}", self.behind), is_list }
    }
}

/// The version's description that is built in, and every name of a property in it.
pub fn keys(built: &ApiVersion) -> Vec<String> {
    let root = workspace();
    let version = versions(&root).into_iter().find(|version| version.name == built.name).expect("a version");
    let mut keys = BTreeSet::new();
    collect(&described(&root, &version), &mut keys);
    keys.into_iter().collect()
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| collect(value, keys));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

/// The places of a type where a list or an object can be.
pub fn places(codec: &Codec, keys: &[String]) -> Vec<Place> {
    let all_wrong = format!("{{{}}}", keys.iter().map(|key| format!("\"{key}\":7e1")).collect::<Vec<_>>().join(","));
    let is_list = codec.check("{}").is_err();
    let root = Place { before: String::new(), behind: String::new(), is_list };
    let mut found = vec![root.clone()];
    let mut seen = BTreeSet::from([root]);
    let mut next = 0;
    while next < found.len() && found.len() < MOST {
        let place = found[next].clone();
        next += 1;
        let depth = place.behind.len();
        let holder = if place.is_list { place.inside("[", "]", false) } else { place.clone() };
        let Ok(checked) = codec.check(&holder.with(&all_wrong)) else { continue };
        // A key of the innermost object, which is the last step of the path.
        let mut wanted = BTreeMap::new();
        for drift in &checked.drift {
            if let Some((_, key)) = drift.path.rsplit_once('.')
                && drift.raw == "7e1"
            {
                wanted.insert(key.to_owned(), drift.expected == "a list");
            }
        }
        for (key, is_list) in wanted.into_iter().filter(|_| depth < DEPTH) {
            let inner = holder.inside(&format!("{{\"{key}\":"), "}", is_list);
            if seen.insert(inner.clone()) && is_container(codec, &inner) {
                found.push(inner);
            }
        }
    }
    found
}

/// Whether an empty container fits there.
fn is_container(codec: &Codec, place: &Place) -> bool {
    let checked = codec.check(&place.with(if place.is_list { "[]" } else { "{}" }));
    checked.is_ok_and(|checked| checked.drift.iter().all(|drift| !matches!(drift.raw.as_str(), "[]" | "{}")))
}
