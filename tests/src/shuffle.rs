//! The same YAML with its keys in another order, which must not show in anything that is made from it.

use serde_yaml::{Mapping, Value};

use crate::dice::Dice;

/// The text with the keys of every map in an order that `seed` gives; lists keep theirs, which has a meaning.
pub fn yaml(text: &str, seed: u64) -> String {
    let value: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("cannot be shuffled: {error}"));
    let mut dice = Dice::new(seed);
    serde_yaml::to_string(&shuffled(value, &mut dice)).unwrap_or_else(|error| panic!("cannot be written: {error}"))
}

fn shuffled(value: Value, dice: &mut Dice) -> Value {
    match value {
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(|item| shuffled(item, dice)).collect()),
        Value::Mapping(map) => {
            let mut left: Vec<(Value, Value)> = map.into_iter().collect();
            let mut mixed = Mapping::with_capacity(left.len());
            while !left.is_empty() {
                let (key, value) = left.swap_remove(dice.below(left.len()));
                mixed.insert(key, shuffled(value, dice));
            }
            Value::Mapping(mixed)
        }
        other => other,
    }
}
