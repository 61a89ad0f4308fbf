//! Changes of a tree: a node is taken out, swapped with another, or becomes something else.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// A change of one node.
#[derive(Clone, Debug)]
pub struct Change {
    at: Index,
    how: How,
}

#[derive(Clone, Debug)]
enum How {
    Remove,
    Swap(Index),
    Copy(Index),
    Rename(fn(&str) -> String),
    Replace(Value),
}

/// Names that are nearly the old one, that Rust has for itself, or that other keys have.
const NAMES: [fn(&str) -> String; 9] = [
    |old| old.to_uppercase(),
    |old| format!("{old}_"),
    |old| format!(" {old}"),
    |old| old.replace('{', "{{"),
    |_| "type".to_owned(),
    |_| "extra".to_owned(),
    |_| "Self".to_owned(),
    |_| "{".to_owned(),
    |_| String::new(),
];

/// A change of any node.
pub fn change() -> impl Strategy<Value = Change> {
    let how = prop_oneof![
        Just(How::Remove),
        any::<Index>().prop_map(How::Swap),
        any::<Index>().prop_map(How::Copy),
        select(&NAMES[..]).prop_map(How::Rename),
        select(odd()).prop_map(How::Replace),
    ];
    (any::<Index>(), how).prop_map(|(at, how)| Change { at, how })
}

/// Values that no description has, or not in that place.
fn odd() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-7),
        json!(1e300),
        json!(""),
        json!("x y"),
        json!("string"),
        json!("object"),
        json!("array"),
        json!("#/components/schemas/nowhere"),
        json!("#/"),
        json!("日本 'x' \" \u{0} {id}"),
        json!("r#type"),
        json!([]),
        json!([null]),
        json!(["a", "a"]),
        json!([[[]]]),
        json!({}),
        json!({"$ref": "#/paths"}),
        json!({"$ref": 5}),
        json!({"type": "object", "properties": {"self": {}, "Self": {}, "crate": {}, "": {}}}),
        json!({"type": ["string", "null"]}),
        json!({"allOf": []}),
        json!({"oneOf": [{"$ref": "#/components/schemas/nowhere"}]}),
        json!({"enum": []}),
        json!({"enum": ["", "-", "1", "a b", "A-b", "a_b", null, 5]}),
        json!({"additionalProperties": {"additionalProperties": true}}),
    ]
}

impl Change {
    /// Changes the tree, and says where and how.
    pub fn apply(&self, tree: &mut Value) -> String {
        let pointers = pointers(tree);
        if pointers.is_empty() {
            return String::new();
        }
        let pointer = self.at.get(&pointers);
        match &self.how {
            How::Remove => {
                remove(tree, pointer);
                format!("without {pointer}")
            }
            How::Swap(other) => {
                let other = other.get(&pointers);
                swap(tree, pointer, other);
                format!("{pointer} swapped with {other}")
            }
            How::Copy(other) => {
                let other = other.get(&pointers);
                let copy = tree.pointer(other).cloned().unwrap_or_default();
                replace(tree, pointer, copy);
                format!("{pointer} a copy of {other}")
            }
            How::Rename(name) => {
                rename(tree, pointer, *name);
                format!("{pointer} renamed")
            }
            How::Replace(value) => {
                replace(tree, pointer, value.clone());
                format!("{pointer} is {value}")
            }
        }
    }
}

/// Every node but the root.
fn pointers(tree: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(tree, "", &mut found);
    found
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut keep = |step: String, value: &Value| {
        let at = format!("{at}/{step}");
        found.push(at.clone());
        collect(value, &at, found);
    };
    match value {
        Value::Object(keys) => {
            keys.iter().for_each(|(key, value)| keep(key.replace('~', "~0").replace('/', "~1"), value));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| keep(index.to_string(), value)),
        _ => {}
    }
}

fn replace(tree: &mut Value, pointer: &str, by: Value) {
    if let Some(place) = tree.pointer_mut(pointer) {
        *place = by;
    }
}

fn swap(tree: &mut Value, one: &str, other: &str) {
    let (first, second) = (tree.pointer(one).cloned(), tree.pointer(other).cloned());
    replace(tree, one, second.unwrap_or_default());
    replace(tree, other, first.unwrap_or_default());
}

fn parent<'t>(tree: &'t mut Value, pointer: &str) -> Option<(&'t mut Value, String)> {
    let (parent, step) = pointer.rsplit_once('/')?;
    Some((tree.pointer_mut(parent)?, step.replace("~1", "/").replace("~0", "~")))
}

fn remove(tree: &mut Value, pointer: &str) {
    match parent(tree, pointer) {
        Some((Value::Object(keys), key)) => drop(keys.shift_remove(&key)),
        Some((Value::Array(items), index)) => drop(index.parse().map(|index: usize| items.remove(index))),
        _ => {}
    }
}

fn rename(tree: &mut Value, pointer: &str, name: fn(&str) -> String) {
    let Some((Value::Object(keys), old)) = parent(tree, pointer) else { return };
    let new = name(&old);
    let renamed = |(key, value): (String, Value)| if key == old { (new.clone(), value) } else { (key, value) };
    *keys = std::mem::take(keys).into_iter().map(renamed).collect::<Map<_, _>>();
}
