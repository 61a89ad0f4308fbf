//! Changes of a tree: a node is taken out, swapped with another, or becomes something else.

use serde_json::{Map, Value, json};
use tests::dice::Dice;

/// Changes one node of `tree`; tells what it did.
pub fn change(tree: &mut Value, dice: &mut Dice) -> String {
    let pointers = pointers(tree);
    let at = dice.below(pointers.len());
    let Some(pointer) = pointers.get(at).cloned() else { return String::new() };
    match dice.below(5) {
        0 => {
            remove(tree, &pointer);
            format!("without {pointer}")
        }
        1 => {
            let other = pointers[dice.below(pointers.len())].clone();
            swap(tree, &pointer, &other);
            format!("{pointer} swapped with {other}")
        }
        2 => {
            let other = pointers[dice.below(pointers.len())].clone();
            let copy = tree.pointer(&other).cloned().unwrap_or_default();
            replace(tree, &pointer, copy);
            format!("{pointer} a copy of {other}")
        }
        3 => {
            rename(tree, &pointer, dice);
            format!("{pointer} renamed")
        }
        _ => {
            let value = odd(dice);
            let what = format!("{pointer} is {value}");
            replace(tree, &pointer, value);
            what
        }
    }
}

/// What stands in no description, or not there.
fn odd(dice: &mut Dice) -> Value {
    let all = [
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
    ];
    all[dice.below(all.len())].clone()
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

/// Gives a key another name: one that is nearly the same, that Rust has for itself, or that other keys have.
fn rename(tree: &mut Value, pointer: &str, dice: &mut Dice) {
    let Some((Value::Object(keys), old)) = parent(tree, pointer) else { return };
    let others = [
        old.to_uppercase(),
        format!("{old}_"),
        format!(" {old}"),
        old.replace('{', "{{"),
        "type".to_owned(),
        "extra".to_owned(),
        "Self".to_owned(),
        "{".to_owned(),
        String::new(),
    ];
    let new = &others[dice.below(others.len())];
    let renamed = |(key, value): (String, Value)| if key == old { (new.clone(), value) } else { (key, value) };
    *keys = std::mem::take(keys).into_iter().map(renamed).collect::<Map<_, _>>();
}
