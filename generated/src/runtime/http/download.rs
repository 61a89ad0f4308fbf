//! Bodies that are too large to be held at once.

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::AsyncWriteExt as _;
use tokio::time::{Sleep, sleep};

use super::prepared::Prepared;
use super::reply::Reply;
use crate::runtime::error::{Error, Result};

/// A body that is read piece by piece, exactly as it was sent: what is compressed stays so.
///
/// It is a stream of its pieces as well; the first error ends it.
pub struct Download {
    call: Cow<'static, str>,
    attempts: u32,
    /// How long it may stand still.
    patience: Duration,
    /// What has come of the answer.
    head: Reply,
    content_length: Option<u64>,
    /// What is still to come; nothing after the end or an error.
    body: Option<Body>,
    /// When a piece that is waited for has to be there.
    deadline: Option<Pin<Box<Sleep>>>,
}

type Body = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;

impl Download {
    pub(super) fn new(prepared: &Prepared, head: Reply, attempts: u32, response: reqwest::Response) -> Self {
        let (call, patience) = (prepared.name(), prepared.timeout());
        let content_length = response.content_length();
        let body: Body = Box::pin(response.bytes_stream());
        Self { call, attempts, patience, head, content_length, body: Some(body), deadline: None }
    }

    /// The next piece, or `None` at the end. Dropping the future loses nothing.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        poll_fn(|cx| self.poll_chunk(cx)).await.transpose()
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let error = match body.as_mut().poll_next(cx) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.deadline = None;
                return Poll::Ready(Some(Ok(chunk)));
            }
            Poll::Ready(Some(Err(error))) => Some(Error::broken_off(self.head.head(), error)),
            Poll::Ready(None) => None,
            Poll::Pending => {
                let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(self.patience)));
                ready!(deadline.as_mut().poll(cx));
                Some(Error::stood_still(self.head.head(), self.patience))
            }
        };
        (self.body, self.deadline) = (None, None);
        Poll::Ready(error.map(|error| Err(self.blamed(error))))
    }

    fn blamed(&self, error: Error) -> Error {
        error.of_operation(self.call.clone()).after(self.attempts)
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
        let (call, path) = (self.call.clone(), path.as_ref());
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = Unfinished(Some(part.into()));
        let written = self.write(&part, &mut progress).await?;
        part.finish(path).await.map_err(|error| Error::unwritable_file(path, error).of_operation(call))?;
        Ok(written)
    }

    async fn write(mut self, part: &Unfinished, progress: &mut (impl FnMut(Progress) + Send)) -> Result<u64> {
        let (call, path) = (self.call.clone(), part.path());
        let unwritable = |error| Error::unwritable_file(path, error).of_operation(call.clone());
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
        self.content_length
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(cx)
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
