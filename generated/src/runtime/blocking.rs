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
//!
//! A process that was forked off makes a thread and connections of its own with its first blocking call, so a client that
//! was made before the `fork` works in both. That holds for this module alone: tokio has no runtime that survives a `fork`,
//! and a transport or HTTP client of the caller's own has to be made after it. Fork while no call is under way.
//!
//! In a program that is asynchronous elsewhere, blocking calls belong into `tokio::task::spawn_blocking`. Inside of a task
//! they are an error.

use std::cell::Cell;
use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::task::coop::consume_budget;

use super::error::{Error, Result};
use super::paging::{Items, Pages};

/// More than a task of tokio may do at once before it has to let others go on; tokio counts in a byte.
const MORE_THAN_A_BUDGET: usize = 256;

/// Waits for what a future of this crate gives: a request, a download, a job.
///
/// # Errors
///
/// Those of the future. Inside of an asynchronous task nothing is waited for, which is an error: other tasks would have to
/// wait as well. There, await the future, or use `tokio::task::spawn_blocking`.
pub fn wait<T>(future: impl IntoFuture<Output = Result<T>>) -> Result<T> {
    if is_waiting() || is_in_a_task() {
        return Err(Error::config(
            "a blocking call inside of an asynchronous task would hold up other tasks: await the request, or make the \
             call in `spawn_blocking`",
        ));
    }
    let handle = handle()?;
    let _here = Here::enter();
    // Connections and timers that are made from here on belong to the runtime in the background.
    let _runtime = handle.enter();
    block_on(future.into_future())
}

/// Whether a runtime of tokio is polling a task on this thread. A thread of `spawn_blocking` belongs to a runtime, too, but
/// may wait; tokio tells the two apart by the budget that it gives to what it polls. An error comes of it, so the task may
/// well lose its budget: it will just let others go first.
fn is_in_a_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    Handle::try_current().is_ok()
        && (0..MORE_THAN_A_BUDGET).any(|_| pin!(consume_budget()).poll(&mut context).is_pending())
}

/// Polls on this thread, and never panics: tokio's own `block_on` would where it takes the thread for a task's.
fn block_on<F: Future>(future: F) -> F::Output {
    let (mut future, bell) = (pin!(future), Arc::new(Bell::new()));
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => bell.wait(),
        }
    }
}

/// Wakes the thread that made it. It remembers that it rang, because others may park and unpark the thread as well.
struct Bell {
    rang: AtomicBool,
    thread: Thread,
}

impl Bell {
    fn new() -> Self {
        Self { rang: AtomicBool::new(false), thread: thread::current() }
    }

    fn wait(&self) {
        while !self.rang.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rang.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Something that every process makes for itself: threads and connections do not survive a `fork`.
pub(crate) struct PerProcess<T>(Mutex<Option<(u32, T)>>);

impl<T: Clone> PerProcess<T> {
    const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// What this process has, made by `make` if there is none yet.
    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> T {
        let process = std::process::id();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = known.as_ref().filter(|(of, _)| *of == process) {
            return value.clone();
        }
        let value = make();
        // The parent still uses what its child has a copy of: dropping the copy could say goodbye on a shared connection.
        std::mem::forget(known.replace((process, value.clone())));
        value
    }
}

impl<T: Clone> Default for PerProcess<T> {
    fn default() -> Self {
        Self::new()
    }
}

fn handle() -> Result<Handle> {
    static HANDLE: PerProcess<Result<Handle, String>> = PerProcess::new();
    let handle = HANDLE.get(|| start().map_err(|error| error.to_string()));
    handle.map_err(|error| Error::config(format!("no runtime for blocking calls: {error}")))
}

fn start() -> std::io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new().name("intercom-gen".to_owned()).spawn(move || runtime.block_on(pending::<()>()))?;
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
