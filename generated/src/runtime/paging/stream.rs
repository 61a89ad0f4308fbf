//! Pages and items as streams.
//!
//! The request that is under way belongs to the stream, not to the future that waits for it: dropping that future
//! loses nothing, and the next poll goes on where it stood.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_core::Stream;

use super::engine::Engine;
use super::style::Paging;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::{Request, Response};

/// The pages of a list, one request each. Nothing is sent before the first poll; the first error ends the stream.
///
/// A list that was not read to its end goes on where it stood, also later and in another process:
///
/// ```no_run
/// # #[cfg(feature = "unstable")]
/// # async fn sync(client: intercom_gen::unstable::Client, kept: &mut Option<String>) -> intercom_gen::Result<()> {
/// let mut pages = client.contacts().list().per_page(150).pages();
/// if let Some(position) = &*kept {
///     pages = pages.resume(position);
/// }
/// while let Some(page) = pages.try_next().await? {
///     println!("{} contacts", page.data.len());
///     *kept = pages.position();
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream sends nothing until it is polled"]
pub struct Pages<P> {
    state: State<P>,
    engine: Engine,
}

/// A request under way, which comes back with its answer.
type Turn<P> = Pin<Box<dyn Future<Output = (Request<P>, Result<Response<P>>)> + Send>>;

enum State<P> {
    Ready(Request<P>),
    Sent(Turn<P>),
    /// What came before was fine, and leads to no page.
    Failed(Error),
    Over,
}

impl<P: 'static> Pages<P> {
    pub(crate) fn new(request: Request<P>, paging: Paging) -> Self {
        Self { state: State::Ready(request), engine: Engine::new(paging) }
    }

    /// Where the page is that comes next, or that could not be had: a cursor, a number or what else the list goes by, as a
    /// text for [`resume`](Self::resume). `None` where the request begins, after the last page, and for a scroll, which
    /// cannot be resumed.
    pub fn position(&self) -> Option<String> {
        self.engine.position()
    }

    /// Begins at a [`position`](Self::position) of the same list, if nothing was asked for yet. What is none is an error of
    /// the first page.
    pub fn resume(mut self, position: &str) -> Self {
        if let State::Ready(request) = &mut self.state
            && let Err(error) = self.engine.resume(request.prepared(), position)
        {
            self.state = State::Failed(error);
        }
        self
    }

    /// The next page, or `None` after the last. Dropping the future loses nothing.
    pub async fn try_next(&mut self) -> Result<Option<P>> {
        poll_fn(|cx| self.poll_page(cx)).await.transpose()
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(request) => {
                    let turn = async move {
                        let answer = request.answer().await;
                        (request, answer)
                    };
                    self.state = State::Sent(Box::pin(turn));
                }
                State::Sent(mut turn) => match turn.as_mut().poll(cx) {
                    Poll::Ready((request, answer)) => return Poll::Ready(self.turned(request, answer)),
                    Poll::Pending => {
                        self.state = State::Sent(turn);
                        return Poll::Pending;
                    }
                },
            }
        }
    }

    fn turned(&mut self, mut request: Request<P>, answer: Result<Response<P>>) -> Option<Result<P>> {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if self.engine.is_end(&error) => return None,
            Err(error) => return Some(Err(error)),
        };
        match self.engine.advance(request.prepared(), answer.body()) {
            Ok(true) => self.state = State::Ready(request),
            Ok(false) => {}
            Err(error) => self.state = State::Failed(error),
        }
        Some(Ok(answer.into_value()))
    }
}

impl<P: 'static> Stream for Pages<P> {
    type Item = Result<P>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("engine", &self.engine).finish_non_exhaustive()
    }
}

/// The items of all pages of a list, a request per page. Nothing is sent before the first poll, and no page before its
/// first item is wanted; the first error ends the stream.
#[must_use = "a stream sends nothing until it is polled"]
pub struct Items<I> {
    pub(super) pages: Box<dyn Batches<I>>,
    ready: vec::IntoIter<I>,
}

/// Items are handed out, never polled where they are.
impl<I> Unpin for Items<I> {}

/// The first list that has items, of those in which a page may have them.
pub(crate) fn first<I, const N: usize>(lists: [Vec<I>; N]) -> Vec<I> {
    lists.into_iter().find(|items| !items.is_empty()).unwrap_or_default()
}

/// Pages of which only the items are of interest.
pub(super) trait Batches<I>: Send {
    fn poll_batch(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<I>>>>;
}

struct Opened<P, I> {
    pages: Pages<P>,
    open: fn(P) -> Vec<I>,
}

impl<P: 'static, I> Batches<I> for Opened<P, I> {
    fn poll_batch(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<I>>>> {
        self.pages.poll_page(cx).map(|page| page.map(|page| page.map(self.open)))
    }
}

impl<I: 'static> Items<I> {
    pub(crate) fn new<P: 'static>(pages: Pages<P>, open: fn(P) -> Vec<I>) -> Self {
        Self::of(Box::new(Opened { pages, open }))
    }

    pub(super) fn of(pages: Box<dyn Batches<I>>) -> Self {
        Self { pages, ready: Vec::new().into_iter() }
    }

    /// The next item, or `None` after the last. Dropping the future loses nothing.
    pub async fn try_next(&mut self) -> Result<Option<I>> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    /// The first `limit` items, or all if there are fewer. Pages that are not needed are not asked for.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<Vec<I>> {
        let mut items = Vec::new();
        while items.len() < limit {
            match self.try_next().await? {
                Some(item) => items.push(item),
                None => break,
            }
        }
        Ok(items)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<I>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match self.pages.poll_batch(cx) {
                Poll::Ready(Some(Ok(items))) => self.ready = items.into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<I: 'static> Stream for Items<I> {
    type Item = Result<I>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.ready.len(), None)
    }
}

impl<I> fmt::Debug for Items<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("ready", &self.ready.len()).finish_non_exhaustive()
    }
}
