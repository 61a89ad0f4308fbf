//! A job, from its start to its file.

use std::fmt;
use std::path::Path;

use super::poll::Poll;
use super::states::{Watch, at};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::{Core, Download, Options, Request, Sending};
use crate::runtime::json::{Field as _, Json, Read, Reader};
use crate::runtime::scalar::Id;

/// Makes the request that does something about the job with an id.
type Making<T> = Box<dyn Fn(&Core, &Id) -> T + Send + Sync>;

/// Hears each status.
pub(super) type Hook<T> = Box<dyn FnMut(&T) + Send>;

/// Work that the API does in its own time. Nothing is sent before it is awaited or one of its methods is.
///
/// Awaited, it is seen through to its end and gives the last status. A job that ends otherwise than well is an error, see
/// [`Error::job_outcome`]; one that is not over when [`Poll::total`] is, an error with [`Error::job_state`]. A question
/// that fails is retried as any request is; if that does not help, the job goes on all the same, and waiting anew asks
/// again.
///
/// Its methods can be dropped while they wait, as by a timeout or `select!`, and called again: nothing is started twice.
///
/// ```no_run
/// # #[cfg(feature = "unstable")]
/// # async fn export(client: intercom_gen::unstable::Client, stop: impl Future<Output = ()>) -> intercom_gen::Result<()> {
/// use intercom_gen::{JobOutcome, unstable::types::CreateDataExportRequest};
///
/// let yesterday = CreateDataExportRequest::new(1_700_000_000, 1_700_086_400);
/// let mut export = client.data_export().create(yesterday).job().on_status(|export| println!("{:?}", export.status));
/// let written = tokio::select! {
///     written = export.to_file("messages.csv.gz") => written,
///     () = stop => return export.cancel().await.map(drop),
/// };
/// match written {
///     Err(error) if error.job_outcome() == Some(JobOutcome::Empty) => println!("nothing was sent"),
///     written => println!("{} bytes", written?),
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a job does nothing until it is awaited"]
pub struct Job<T, File = (), Cancel = ()> {
    stage: Stage<T>,
    id: Option<Id>,
    poll: Poll,
    hook: Option<Hook<T>>,
    /// What the first request was given, for those that follow.
    options: Options,
    file: File,
    cancel: Cancel,
}

/// Part of the type of a [`Job`] that ends with a file.
pub struct WithFile(Making<Request<Download>>);

/// Part of the type of a [`Job`] that can be cancelled, which gives a `T`.
pub struct WithCancel<T>(Making<Request<T>>);

enum Stage<T> {
    /// The request that starts it, whether it was sent, and how to ask after the job then.
    Start {
        request: Sending<Id>,
        sent: bool,
        watch: Making<Watch<T>>,
    },
    Watched(Watch<T>),
    /// The request that starts it has failed, or is not to be sent any more.
    NotStarted,
}

impl<T: 'static> Job<T> {
    /// A job that `request` starts. Its answer has the job's id where one of `ids` leads.
    pub(crate) fn new<S: 'static>(
        request: Request<S>,
        ids: &'static [&'static [&'static str]],
        watch: impl Fn(&Core, &Id) -> Watch<T> + Send + Sync + 'static,
    ) -> Self {
        let options = request.options();
        let start = async move {
            let answer = request.answer().await?;
            id(answer.body(), ids).map_err(|error| request.redacted(error).of_operation(request.operation()))
        };
        Self::at(Stage::Start { request: Box::pin(start), sent: false, watch: Box::new(watch) }, options)
    }

    /// A job that is under way.
    pub(crate) fn known(watch: Watch<T>) -> Self {
        let options = watch.options();
        Self::at(Stage::Watched(watch), options)
    }

    fn at(stage: Stage<T>, options: Options) -> Self {
        Self { stage, id: None, poll: Poll::default(), hook: None, options, file: (), cancel: () }
    }
}

impl<T: 'static, C> Job<T, (), C> {
    /// The same job, which ends with a file.
    pub(crate) fn with_file(
        self,
        file: impl Fn(&Core, &Id) -> Request<Download> + Send + Sync + 'static,
    ) -> Job<T, WithFile, C> {
        let Self { stage, id, poll, hook, options, file: (), cancel } = self;
        Job { stage, id, poll, hook, options, file: WithFile(Box::new(file)), cancel }
    }
}

impl<T: 'static, F> Job<T, F> {
    /// The same job, which can be cancelled.
    pub(crate) fn with_cancel<X>(
        self,
        cancel: impl Fn(&Core, &Id) -> Request<X> + Send + Sync + 'static,
    ) -> Job<T, F, WithCancel<X>> {
        let Self { stage, id, poll, hook, options, file, cancel: () } = self;
        Job { stage, id, poll, hook, options, file, cancel: WithCancel(Box::new(cancel)) }
    }
}

impl<T: 'static, F, C> Job<T, F, C> {
    /// How often and how long it is asked after.
    pub fn poll(mut self, poll: Poll) -> Self {
        self.poll = poll;
        self
    }

    /// Called with each status that the API gives while the job is waited for, the last one included.
    pub fn on_status(mut self, hook: impl FnMut(&T) + Send + 'static) -> Self {
        self.hook = Some(Box::new(hook));
        self
    }

    /// The job's id, once the API has told it.
    pub fn id(&self) -> Option<&Id> {
        self.id.as_ref()
    }

    /// Starts it, if that has not happened. Waiting for it does so too.
    pub async fn start(&mut self) -> Result<()> {
        if let Stage::Start { request, sent, watch } = &mut self.stage {
            *sent = true;
            // The request belongs to the job, not to who waits for it.
            match request.await {
                Ok(id) => {
                    let watch = watch(self.options.core(), &id).started(&self.poll, &self.options);
                    (self.stage, self.id) = (Stage::Watched(watch), Some(id));
                }
                Err(error) => {
                    self.stage = Stage::NotStarted;
                    return Err(error);
                }
            }
        }
        match &self.stage {
            Stage::Watched(_) => Ok(()),
            Stage::Start { .. } | Stage::NotStarted => Err(not_started()),
        }
    }

    /// Waits until it is over, and gives its last status.
    pub async fn wait(&mut self) -> Result<T> {
        self.start().await?;
        match &mut self.stage {
            Stage::Watched(watch) => watch.wait(&self.poll, &mut self.hook).await,
            Stage::Start { .. } | Stage::NotStarted => Err(not_started()),
        }
    }

    /// The request that `making` makes for this job.
    fn made<X: 'static>(&self, making: &Making<Request<X>>) -> Result<Request<X>> {
        let mut request = making(self.options.core(), self.id.as_ref().ok_or_else(not_started)?);
        request.inherit(&self.options);
        Ok(request)
    }
}

impl<T: 'static, C> Job<T, WithFile, C> {
    /// Waits until it is over, and begins to fetch its file.
    pub async fn download(&mut self) -> Result<Download> {
        self.wait().await?;
        self.made(&self.file.0)?.await
    }

    /// Waits until it is over, and writes its file, as [`Download::to_file`] does. Gives its size in bytes.
    pub async fn to_file(&mut self, path: impl AsRef<Path>) -> Result<u64> {
        self.download().await?.to_file(path).await
    }
}

impl<T: 'static, F, X: 'static> Job<T, F, WithCancel<X>> {
    /// Asks the API to end it, and gives what it says. `None` if it was not started, which it then never is.
    pub async fn cancel(&mut self) -> Result<Option<X>> {
        if matches!(self.stage, Stage::Start { sent: false, .. }) {
            self.stage = Stage::NotStarted;
        }
        if matches!(self.stage, Stage::NotStarted) {
            return Ok(None);
        }
        self.start().await?;
        self.made(&self.cancel.0)?.await.map(Some)
    }
}

impl<T: 'static, F: Send + 'static, C: Send + 'static> IntoFuture for Job<T, F, C> {
    type Output = Result<T>;
    type IntoFuture = Sending<T>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move { self.wait().await })
    }
}

fn not_started() -> Error {
    Error::argument("the job was not started: make it anew")
}

/// The id where one of `places` leads.
fn id(body: &[u8], places: &[&[&str]]) -> Result<Id> {
    let answer = Json::from_raw(&String::from_utf8_lossy(body));
    let found = places.iter().filter_map(|keys| at(&answer, keys)).find_map(|json| {
        let mut id = Id::default();
        let read = id.read(&mut Reader::new(&json.to_string()));
        (read == Read::Done && !id.is_empty()).then_some(id)
    });
    found.ok_or_else(|| Error::no_job(&places.first().map(|keys| keys.join(".")).unwrap_or_default(), body))
}

impl<T, F, C> fmt::Debug for Job<T, F, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("id", &self.id).field("poll", &self.poll).finish_non_exhaustive()
    }
}
