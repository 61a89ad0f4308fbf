//! Bodies that are too large to be held at once.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::AsyncWriteExt as _;

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

    /// Writes all of it to a file. The file is there once it is whole; until then a file beside it, with `.part` at the
    /// end of its name, holds what has come, and goes away if the rest does not.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<u64> {
        self.to_file_with(path, |_| {}).await
    }

    /// As [`to_file`](Self::to_file), and tells after each piece how far it has come.
    pub async fn to_file_with(self, path: impl AsRef<Path>, mut progress: impl FnMut(Progress) + Send) -> Result<u64> {
        let (operation, path) = (self.operation, path.as_ref());
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = Unfinished(Some(part.into()));
        let written = self.write(&part, &mut progress).await?;
        part.finish(path).await.map_err(|error| Error::unwritable_file(path, error).of_operation(operation))?;
        Ok(written)
    }

    async fn write(mut self, part: &Unfinished, progress: &mut (impl FnMut(Progress) + Send)) -> Result<u64> {
        let (operation, path) = (self.operation, part.path());
        let unwritable = |error| Error::unwritable_file(path, error).of_operation(operation);
        let mut file = tokio::fs::File::create(path).await.map_err(unwritable)?;
        let mut written = Progress { bytes: 0, total: self.content_length() };
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(unwritable)?;
            written.bytes += chunk.len() as u64;
            progress(written);
        }
        file.sync_all().await.map_err(unwritable)?;
        Ok(written.bytes)
    }

    /// How many bytes will come, if the server says so.
    pub fn content_length(&self) -> Option<u64> {
        self.response.content_length()
    }
}

/// How far a download has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes that are written.
    pub bytes: u64,
    /// Bytes that will be, if the server says so.
    pub total: Option<u64>,
}

/// A file that is removed unless it is finished, also where the download is dropped half-way.
struct Unfinished(Option<PathBuf>);

impl Unfinished {
    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    async fn finish(mut self, path: &Path) -> std::io::Result<()> {
        tokio::fs::rename(self.path(), path).await?;
        self.0 = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Where it was never made, there is nothing to remove.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("content_length", &self.content_length()).finish_non_exhaustive()
    }
}
