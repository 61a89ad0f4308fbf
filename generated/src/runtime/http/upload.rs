//! Forms and the files in them. A file is read while it is sent, so its size does not matter.

use std::fmt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};

use crate::runtime::error::{Error, Result};

/// A file to send with a request: one on the disk as what its extension stands for, anything else as
/// `application/octet-stream`. A name with control characters is an error of the call.
///
/// ```no_run
/// use intercom_gen::Upload;
///
/// let from_disk = Upload::file("products.json");
/// let from_memory = Upload::bytes("products.json", "[]");
/// ```
#[derive(Clone)]
pub struct Upload {
    name: String,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    File(PathBuf),
}

impl Upload {
    /// The file at `path`, read piece by piece while it is sent. One that cannot be read fails the call.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { name, content: Content::File(path) }
    }

    /// What is in memory, under the name of a file.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content: Content::Bytes(bytes.into()) }
    }

    /// The name that is sent.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    async fn part(&self) -> Result<Part> {
        let part = match &self.content {
            Content::Bytes(bytes) => {
                // A part that names no type is text (RFC 7578).
                let octets = (CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
                Part::stream_with_length(bytes.clone(), bytes.len() as u64).headers(HeaderMap::from_iter([octets]))
            }
            Content::File(path) => Part::file(path).await.map_err(|error| Error::unreadable_file(path, error))?,
        };
        Ok(part.file_name(self.name.clone()))
    }
}

impl From<&Path> for Upload {
    fn from(path: &Path) -> Self {
        Self::file(path)
    }
}

impl From<PathBuf> for Upload {
    fn from(path: PathBuf) -> Self {
        Self::file(path)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Upload").field(&self.name).finish()
    }
}

/// What a part of a form holds.
pub(super) enum FormPart {
    Text(String),
    File(Upload),
}

/// The form of `parts`, made anew for each attempt.
pub(super) async fn form(parts: &[(&'static str, FormPart)]) -> Result<Form> {
    let mut form = Form::new();
    for (name, part) in parts {
        form = match part {
            FormPart::Text(text) => form.text(*name, text.clone()),
            FormPart::File(upload) => form.part(*name, upload.part().await?),
        };
    }
    Ok(form)
}
