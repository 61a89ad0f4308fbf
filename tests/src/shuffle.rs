//! The same YAML with its keys in another order, which must not show in anything that is made from it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_yaml::Value;

/// The text with the keys of every map in an order that `seed` gives; lists keep theirs, which has a meaning.
pub fn yaml(text: &str, seed: u64) -> String {
    let value: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("cannot be shuffled: {error}"));
    serde_yaml::to_string(&shuffled(value, seed)).unwrap_or_else(|error| panic!("cannot be written: {error}"))
}

fn shuffled(value: Value, seed: u64) -> Value {
    match value {
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(|item| shuffled(item, seed)).collect()),
        Value::Mapping(map) => {
            let mut entries: Vec<(Value, Value)> = map.into_iter().collect();
            entries.sort_by_cached_key(|(key, _)| {
                // The same in every run, as a hasher with random keys is not.
                let mut hasher = DefaultHasher::new();
                (seed, key).hash(&mut hasher);
                hasher.finish()
            });
            Value::Mapping(entries.into_iter().map(|(key, value)| (key, shuffled(value, seed))).collect())
        }
        other => other,
    }
}
