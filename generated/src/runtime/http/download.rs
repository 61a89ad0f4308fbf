//! Bodies that are too large to be held at once.

use std::borrow::Cow;
use std::fmt;
use std::fs::Permissions;
use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tempfile::TempPath;
use tokio::fs::File;
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
        let content_length = response.content_length();
        Self::of(prepared, head, attempts, content_length, Box::pin(response.bytes_stream()))
    }

    /// A body that is here already.
    pub(super) fn whole(prepared: &Prepared, head: Reply, attempts: u32, body: Vec<u8>) -> Self {
        let length = u64::try_from(body.len()).ok();
        Self::of(prepared, head, attempts, length, Box::pin(Whole(Some(body.into()))))
    }

    fn of(prepared: &Prepared, head: Reply, attempts: u32, content_length: Option<u64>, body: Body) -> Self {
        let (call, patience) = (prepared.name(), prepared.timeout());
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

    /// Writes all of it to a file, and returns its size in bytes.
    ///
    /// The file is there once it is whole. Until then, what has come is in another file in the same folder, which has a
    /// random name, is readable by its owner alone, and is removed if the download fails or is dropped. A file that was
    /// there before is replaced and its permissions are kept; a new one gets those of any new file. A symbolic link is
    /// replaced, not followed. Of two downloads to the same path, the one that ends last stays.
    ///
    /// # Errors
    ///
    /// If the body breaks off, or the file cannot be written.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<u64> {
        self.to_file_with(path, |_| {}).await
    }

    /// As [`to_file`](Self::to_file), and calls `progress` after each piece.
    pub async fn to_file_with(self, path: impl AsRef<Path>, mut progress: impl FnMut(Progress) + Send) -> Result<u64> {
        let (call, path) = (self.call.clone(), path.as_ref());
        let unwritable = |error| Error::unwritable_file(path, error).of_operation(call.clone());
        let (mut file, unfinished) = Unfinished::create(path).await.map_err(unwritable)?;
        let written = self.write(&mut file, &unwritable, &mut progress).await?;
        unfinished.finish(file).await.map_err(unwritable)?;
        Ok(written)
    }

    async fn write(
        mut self,
        file: &mut File,
        unwritable: &(impl Fn(io::Error) -> Error + Sync),
        progress: &mut (impl FnMut(Progress) + Send),
    ) -> Result<u64> {
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

/// A file that is to replace another one, and is removed unless it does, also where the download is dropped half-way.
struct Unfinished {
    path: TempPath,
    target: PathBuf,
}

impl Unfinished {
    /// Makes a file that nobody else has, in the folder of `target`.
    async fn create(target: &Path) -> io::Result<(File, Self)> {
        let target = target.to_owned();
        blocking(move || {
            let file = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder(&target))?;
            let (file, path) = file.into_parts();
            Ok((File::from_std(file), Self { path, target }))
        })
        .await
    }

    async fn finish(self, file: File) -> io::Result<()> {
        let file = file.into_std().await;
        blocking(move || {
            file.set_permissions(permissions(&self.target)?)?;
            drop(file);
            self.path.persist(&self.target).map_err(|error| error.error)
        })
        .await
    }
}

/// Runs what waits for the disk where that holds up nobody.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The permissions of the file at `path`, or those that a new file gets there.
fn permissions(path: &Path) -> io::Result<Permissions> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(metadata.permissions()),
        _ => new_permissions(folder(path)),
    }
}

/// What the system leaves of read and write for all, which only a file shows that is made so: an empty one.
#[cfg(unix)]
fn new_permissions(folder: &Path) -> io::Result<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    let all = Permissions::from_mode(0o666);
    let probe = tempfile::Builder::new().prefix(".").suffix(".part").permissions(all).tempfile_in(folder)?;
    Ok(probe.as_file().metadata()?.permissions())
}

#[cfg(not(unix))]
fn new_permissions(folder: &Path) -> io::Result<Permissions> {
    Ok(tempfile::tempfile_in(folder)?.metadata()?.permissions())
}

/// A body in one piece.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = reqwest::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("content_length", &self.content_length()).finish_non_exhaustive()
    }
}
