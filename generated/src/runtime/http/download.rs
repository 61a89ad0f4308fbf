//! Bodies that are too large to be held at once.

use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::runtime::error::{Error, Result};

/// A body that is read piece by piece, exactly as it was sent: what is compressed stays so.
pub struct Download {
    operation: &'static str,
    /// How long it may stand still.
    patience: Duration,
    response: reqwest::Response,
}

impl Download {
    pub(super) fn new(operation: &'static str, patience: Duration, response: reqwest::Response) -> Self {
        Self { operation, patience, response }
    }

    /// The next piece, or `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        let chunk = tokio::time::timeout(self.patience, self.response.chunk()).await;
        let chunk = chunk.map_or_else(|_| Err(Error::timeout(self.patience)), |chunk| chunk.map_err(Error::transport));
        chunk.map_err(|error| error.of_operation(self.operation))
    }

    /// All of it, in memory.
    pub async fn bytes(mut self) -> Result<Bytes> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
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
