//! Everything that can be awaited may move between threads, and so may what makes it.
//!
//! Every operation gives a `Request<T>`, or a type of its own around one that derives nothing else, and all of them send
//! it as `Sending<T>`: so what holds here for any answer holds for every operation of every version. That each operation's
//! answer is such a `T` is seen by the compiler where `by_name` boxes the future of each as one that is `Send`.

use intercom_gen::unstable::{Client, types};
use intercom_gen::{
    CustomRequest, Download, Error, Items, Job, Pages, Request, Response, Sending, WithCancel, WithFile, v2_14,
};

fn assert_send<T: Send>(_: T) {}

fn is_send<T: Send>() {}

fn is_shared<T: Send + Sync + Clone + 'static>() {}

/// Holds for every answer that there is: it compiles for all of them at once.
fn for_any_answer<T: Send + 'static>() {
    is_send::<Sending<T>>();
    is_send::<Request<T>>();
    is_send::<<Request<T> as IntoFuture>::IntoFuture>();
    is_send::<Response<T>>();
    is_send::<Items<T>>();
    is_send::<Pages<T>>();
    is_send::<Job<T>>();
    is_send::<Job<T, WithFile, WithCancel<T>>>();
}

/// The futures of `async` methods have no names: here they are made, and not awaited.
fn futures(
    mut items: Items<types::Contact>,
    mut pages: Pages<types::ContactList>,
    mut job: Job<types::DataExport, WithFile, WithCancel<types::DataExport>>,
    [mut first, second, third, fourth]: [Download; 4],
) {
    assert_send(items.try_next());
    assert_send(items.collect_up_to(1));
    assert_send(pages.try_next());
    assert_send(job.start());
    assert_send(job.wait());
    assert_send(job.download());
    assert_send(job.to_file("x"));
    assert_send(job.cancel());
    assert_send(job.into_future());
    assert_send(first.chunk());
    assert_send(second.bytes());
    assert_send(third.to_file("x"));
    assert_send(fourth.to_file_with("x", |_| {}));
}

#[test]
fn all_futures_are_send() {
    for_any_answer::<types::Contact>();
    let _ = futures;
    is_send::<Download>();
    is_send::<CustomRequest>();
    is_send::<Error>();
    is_shared::<Client>();
    is_shared::<v2_14::Client>();
}
