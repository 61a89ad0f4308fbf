//! Where lowering stands: the identity that an inline type would get, and the pointer for messages.

use crate::api::TypeId;
use crate::document;

/// A place in a description.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The identity of a type found here.
    pub id: TypeId,
    /// The JSON pointer, from `#`.
    pub pointer: String,
}

impl Scope {
    /// The place of a whole schema or body.
    pub fn root(root: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { id: TypeId::root(root), pointer: pointer.into() }
    }

    /// The place of a property's value.
    pub fn property(&self, name: &str) -> Self {
        let mut id = self.id.clone();
        id.path.push(name.to_owned());
        Self { id, pointer: document::child(&document::child(&self.pointer, "properties"), name) }
    }

    /// The place of a list's items.
    pub fn items(&self) -> Self {
        self.suffixed("[]", "items")
    }

    /// The place of the values of an object whose keys are data.
    pub fn values(&self) -> Self {
        self.suffixed("{}", "additionalProperties")
    }

    /// The place of a union's arm, known to the registry as `label`.
    pub fn arm(&self, label: &str, keyword: &str) -> Self {
        let mut id = self.id.clone();
        id.path.push(label.to_owned());
        Self { id, pointer: format!("{}/{keyword}", self.pointer) }
    }

    /// The same identity at another pointer: an arm of `allOf` adds to the type that holds it.
    pub fn part(&self, keyword: &str) -> Self {
        Self { id: self.id.clone(), pointer: format!("{}/{keyword}", self.pointer) }
    }

    /// The name of the property that leads here, without the marks of lists and maps.
    pub fn name(&self) -> &str {
        self.id.path.last().map_or("", |step| step.trim_end_matches("[]").trim_end_matches("{}"))
    }

    fn suffixed(&self, mark: &str, keyword: &str) -> Self {
        let mut id = self.id.clone();
        match id.path.last_mut() {
            Some(step) => step.push_str(mark),
            None => id.path.push(mark.to_owned()),
        }
        Self { id, pointer: format!("{}/{keyword}", self.pointer) }
    }
}
