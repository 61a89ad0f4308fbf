//! Bodies that are too large to be held at once.

use std::fmt;

use bytes::Bytes;

use crate::runtime::error::{Error, Result};

/// A body that is read piece by piece, exactly as it was sent: what is compressed stays so.
pub struct Download {
    operation: &'static str,
    response: reqwest::Response,
}

impl Download {
    pub(super) fn new(operation: &'static str, response: reqwest::Response) -> Self {
        Self { operation, response }
    }

    /// The next piece, or `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.response.chunk().await.map_err(|error| Error::transport(error).of_operation(self.operation))
    }

    /// All of it.
    pub async fn bytes(self) -> Result<Bytes> {
        self.response.bytes().await.map_err(|error| Error::transport(error).of_operation(self.operation))
    }

    /// How many bytes will come, if the server says so.
    pub fn content_length(&self) -> Option<u64> {
        self.response.content_length()
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("content_length", &self.content_length()).finish_non_exhaustive()
    }
}
