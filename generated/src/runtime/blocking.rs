//! Calls without a runtime of one's own.
//!
//! ```no_run
//! # #[cfg(feature = "unstable")]
//! # fn example() -> intercom_gen::Result<()> {
//! use intercom_gen::{blocking, unstable::Client};
//!
//! let client = Client::from_env()?;
//! let me = client.admins().me().send_blocking()?;
//! for contact in client.contacts().list().items().blocking() {
//!     println!("{}", contact?.id);
//! }
//! let export = client.data_export().download("job1").send_blocking()?;
//! blocking::wait(export.to_file("messages.csv.gz"))?;
//! # Ok(())
//! # }
//! ```
//!
//! Nothing of the API is there twice: what is awaited elsewhere is waited for here. One thread in the background keeps
//! connections, timers and files of all calls going, and ends with the process; a call itself runs on the thread that
//! makes it. So connections are kept from one call to the next, whatever threads make them.

use std::cell::Cell;
use std::future::pending;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Builder, Handle};

use super::error::{Error, Result};
use super::paging::{Items, Pages};

/// Waits for what a future of this crate gives: a request, a download, a job.
///
/// # Errors
///
/// Those of the future. On a thread of an asynchronous runtime nothing is waited for, which is an error: other tasks would
/// have to wait as well. There, await the future; in `spawn_blocking`, use `tokio::runtime::Handle::block_on`.
pub fn wait<T>(future: impl IntoFuture<Output = Result<T>>) -> Result<T> {
    let handle = handle()?;
    let _here = Here::enter();
    handle.block_on(future.into_future())
}

fn handle() -> Result<Handle> {
    static HANDLE: Mutex<Option<Handle>> = Mutex::new(None);
    if Handle::try_current().is_ok() {
        return Err(Error::config(
            "a blocking call on a thread of an asynchronous runtime would hold up its other tasks: await the request, or \
             in `spawn_blocking` use `Handle::block_on`",
        ));
    }
    let mut handle = HANDLE.lock().unwrap_or_else(PoisonError::into_inner);
    match &*handle {
        Some(handle) => Ok(handle.clone()),
        None => {
            let started = start().map_err(|error| Error::config(format!("no runtime for blocking calls: {error}")))?;
            Ok(handle.insert(started).clone())
        }
    }
}

fn start() -> std::io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new().name("intercom-gen".to_owned()).spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Marks the thread as one that waits, until it is dropped.
struct Here;

impl Here {
    fn enter() -> Self {
        WAITING.set(true);
        Self
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        WAITING.set(false);
    }
}

/// Whether the thread waits for a blocking call.
pub(crate) fn is_waiting() -> bool {
    WAITING.get()
}

/// Pages or items, one after the other, on the thread that asks for them. The first error ends it.
#[derive(Debug)]
#[must_use = "an iterator sends nothing until it is asked for an element"]
pub struct Blocking<S>(Option<S>);

impl<P: 'static> Pages<P> {
    /// The pages as an iterator.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

impl<I: 'static> Items<I> {
    /// The items as an iterator.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

impl<S> Blocking<S> {
    fn step<T>(&mut self, next: impl AsyncFnOnce(&mut S) -> Result<Option<T>>) -> Option<Result<T>> {
        let element = wait(next(self.0.as_mut()?)).transpose();
        if !matches!(element, Some(Ok(_))) {
            self.0 = None;
        }
        element
    }
}

impl<P: 'static> Iterator for Blocking<Pages<P>> {
    type Item = Result<P>;

    fn next(&mut self) -> Option<Result<P>> {
        self.step(Pages::try_next)
    }
}

impl<I: 'static> Iterator for Blocking<Items<I>> {
    type Item = Result<I>;

    fn next(&mut self) -> Option<Result<I>> {
        self.step(Items::try_next)
    }
}
