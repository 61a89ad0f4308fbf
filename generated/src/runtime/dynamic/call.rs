//! From a name and arguments to a call, and to its answer.

use std::fmt;
use std::ops::Deref;

use super::arguments::Arguments;
use super::find;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::{Core, Download, Erased, Response, Sending};
use crate::runtime::json::{Addition, Json};
use crate::runtime::operation::Operation;
use crate::runtime::paging::Items;

/// What the typed method made of the arguments.
pub(crate) enum Made {
    /// A request that is ready to send, and what of the arguments the description does not list.
    Call(Erased, Vec<Addition>),
    /// The items of every page.
    Items(Items<Json>),
}

/// A method by name: calls it with the arguments.
pub(crate) type Row = (&'static str, fn(&Core, Arguments) -> Result<Made>);

/// The methods of a group.
pub(crate) type Group = (&'static str, &'static [Row]);

/// Calls operations by name, with arguments and answers as JSON. It is the same type for every version of the API.
///
/// ```no_run
/// # #[cfg(feature = "unstable")]
/// # async fn example() -> intercom_gen::Result<()> {
/// use intercom_gen::{Arguments, unstable::Client};
///
/// let api = Client::from_env()?.dynamic();
/// let reply = api.call("ShowContact", Arguments::new().path("id", "5ba682d23d7cf92bef87bfd4")).await?;
/// println!("{} {}", reply.status(), reply.value);
///
/// let mut contacts = api.items("contacts.list", Arguments::new().query("per_page", 50))?;
/// while let Some(contact) = contacts.try_next().await? {
///     println!("{contact}");
/// }
/// # Ok(())
/// # }
/// ```
///
/// An operation is named by its id (`ShowContact`), by method and path (`GET /contacts/{id}`; other names in braces are the
/// names of the arguments then) or by the method that calls it (`contacts.get`). Where an operation has several methods, the first two choose the one
/// that takes the arguments, and one that lists before one that finds.
#[derive(Clone)]
pub struct Dynamic {
    core: Core,
    operations: &'static [Operation],
    groups: &'static [Group],
}

impl Dynamic {
    pub(crate) fn new(core: &Core, operations: &'static [Operation], groups: &'static [Group]) -> Self {
        Self { core: core.clone(), operations, groups }
    }

    /// Every operation that there is.
    pub fn operations(&self) -> &'static [Operation] {
        self.operations
    }

    /// What `name` means; several where the operation has several methods.
    ///
    /// # Errors
    ///
    /// If nothing is called so; the message has the names that are near.
    pub fn find(&self, name: &str) -> Result<Vec<&'static Operation>> {
        find::named(self.operations, name)
    }

    /// Calls an operation. Nothing is sent if an argument is unknown, missing, or of another type than the method takes;
    /// the error's path is where it stands in the arguments: `query.per_page`, `body.email`. Keys of a body that the
    /// description does not list are sent, and listed in [`DynamicReply::sent`].
    pub fn call(&self, operation: &str, arguments: impl Into<Arguments>) -> Sending<DynamicReply> {
        let made = self.make(operation, arguments.into());
        Box::pin(async move {
            match made? {
                Made::Call(request, sent) => {
                    let (answer, download) = request.answer().await?;
                    Ok(DynamicReply { answer, sent, download })
                }
                Made::Items(_) => Err(Error::argument("the method lists where it should call")),
            }
        })
    }

    /// Every item of every page of a list, each as JSON. An item that does not fit its type is left out, and told to
    /// [`ClientBuilder::on_drift`](crate::ClientBuilder::on_drift).
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), and if the operation's list does not come in pages.
    pub fn items(&self, operation: &str, arguments: impl Into<Arguments>) -> Result<Items<Json>> {
        let arguments = Arguments { listing: true, ..arguments.into() };
        match self.make(operation, arguments)? {
            Made::Items(items) => Ok(items),
            Made::Call(request, _) => {
                let why = "the operation gives no list that comes in pages: call it once";
                Err(Error::argument(why).of_operation(request.operation()))
            }
        }
    }

    fn make(&self, name: &str, mut arguments: Arguments) -> Result<Made> {
        let methods = self.find(name)?;
        if let Some(operation) = methods.first() {
            arguments.rename(&find::renamed(name, operation));
        }
        let of_operation = |error: Error| match methods.first() {
            Some(operation) => error.of_operation(operation.id),
            None => error,
        };
        let operation = find::chosen(&methods, &arguments).map_err(of_operation)?;
        let rows = self.groups.iter().find(|(group, _)| *group == operation.group).map_or(&[][..], |(_, rows)| rows);
        let row = rows.iter().find(|(name, _)| *name == operation.name);
        let (_, make) = row.ok_or_else(|| Error::argument("the method is not in the table")).map_err(of_operation)?;
        make(&self.core, arguments).map_err(of_operation)
    }
}

impl fmt::Debug for Dynamic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dynamic").field("client", &self.core).finish_non_exhaustive()
    }
}

/// An answer as JSON, with all that is known of it: [`status`](Response::status), [`drift`](Response::drift),
/// [`additions`](Response::additions), [`request_id`](Response::request_id), …
///
/// Its `value` is what the typed answer is written as: null where the operation answers with nothing or with a file, a
/// string where it answers with text.
#[derive(Debug)]
#[non_exhaustive]
pub struct DynamicReply {
    answer: Response<Json>,
    /// What was sent and is not in the description: keys of the body, values of enumerations, arms of unions.
    pub sent: Vec<Addition>,
    /// The file that the operation answers with, still to be read.
    pub download: Option<Download>,
}

impl DynamicReply {
    /// The value alone.
    pub fn into_value(self) -> Json {
        self.answer.into_value()
    }
}

impl Deref for DynamicReply {
    type Target = Response<Json>;

    fn deref(&self) -> &Self::Target {
        &self.answer
    }
}
