//! From a document to a type with `serde`, with the place of what does not fit.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::{Document, child};
use crate::error::Result;

impl Document {
    /// Reads the document as a `T`.
    ///
    /// # Errors
    ///
    /// Fails with the pointer of the first value that does not fit.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        serde_path_to_error::deserialize(&self.root)
            .map_err(|error| self.error(pointer(error.path()), error.inner().to_string()))
    }
}

fn pointer(path: &Path) -> String {
    path.iter().fold("#".to_owned(), |pointer, segment| match segment {
        Segment::Seq { index } => child(&pointer, &index.to_string()),
        Segment::Map { key } => child(&pointer, key),
        Segment::Enum { variant } => child(&pointer, variant),
        // A key that is not a string, which JSON does not have.
        Segment::Unknown => pointer,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::document::Document;

    #[test]
    fn an_error_has_the_escaped_pointer_of_the_value() {
        let document = Document::parse("a.yaml", "a/b: {x: [1, two]}").unwrap();
        let error = document.decode::<BTreeMap<String, BTreeMap<String, Vec<u8>>>>().unwrap_err().to_string();
        assert_eq!(error, "a.yaml#/a~1b/x/1: invalid type: string \"two\", expected u8");
    }
}
