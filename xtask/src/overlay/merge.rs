//! The deep merge of an overlay's `update`.

use serde_json::{Map, Value};

use crate::document::{child, kind};

/// One merge, with what it did.
pub(super) struct Merge {
    /// Leave out what does not fit, instead of refusing it.
    pub(super) lenient: bool,
    /// Whether anything changed.
    pub(super) changed: bool,
}

/// Why an update does not go with what is there.
pub(super) enum Mismatch {
    /// It would create an object that holds documentation only.
    DocumentsNothing(String),
    /// The kinds of values differ.
    Kinds(String),
}

impl Merge {
    /// Merges `update` into `target`, which is at `pointer` (without `#`).
    pub(super) fn values(&mut self, target: &mut Value, update: &Value, pointer: &str) -> Result<(), Mismatch> {
        match (target, update) {
            (Value::Object(target), Value::Object(update)) => self.object(target, update, pointer),
            (Value::Array(target), Value::Array(update)) => {
                update.iter().for_each(|entry| self.append(target, entry));
                Ok(())
            }
            (Value::Array(target), entry) => {
                self.append(target, entry);
                Ok(())
            }
            (target @ Value::Object(_), update) | (target, update @ (Value::Object(_) | Value::Array(_))) => {
                let what = format!("#{pointer} is {}, the update is {}", kind(target), kind(update));
                Err(Mismatch::Kinds(what))
            }
            (target, update) => {
                if target != update {
                    update.clone_into(target);
                    self.changed = true;
                }
                Ok(())
            }
        }
    }

    fn object(
        &mut self,
        target: &mut Map<String, Value>,
        update: &Map<String, Value>,
        pointer: &str,
    ) -> Result<(), Mismatch> {
        for (key, value) in update {
            let place = child(pointer, key);
            if let Some(old) = target.get_mut(key) {
                self.values(old, value, &place)?;
            } else if is_documentation(value) && !pointer.ends_with("/responses") {
                if !self.lenient {
                    return Err(Mismatch::DocumentsNothing(place));
                }
            } else {
                target.insert(key.clone(), value.clone());
                self.changed = true;
            }
        }
        Ok(())
    }

    /// Appends an entry. In a provisional version, which may have what another lacks, one that is there is left out.
    fn append(&mut self, target: &mut Vec<Value>, entry: &Value) {
        if self.lenient && target.iter().any(|old| old == entry || same_parameter(old, entry)) {
            return;
        }
        target.push(entry.clone());
        self.changed = true;
    }
}

/// An object whose leaves are texts for people only. A response is the one object that may consist of its
/// `description`.
fn is_documentation(value: &Value) -> bool {
    let Value::Object(map) = value else { return false };
    !map.is_empty()
        && map.iter().all(|(key, value)| match value {
            Value::String(_) => matches!(key.as_str(), "description" | "summary" | "title"),
            other => is_documentation(other),
        })
}

fn same_parameter(old: &Value, new: &Value) -> bool {
    let (name, place) = (new.get("name"), new.get("in"));
    name.is_some() && place.is_some() && old.get("name") == name && old.get("in") == place
}
