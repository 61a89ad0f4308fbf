//! What holds for every job that the descriptions have, whatever it is about.

use std::cell::Cell;
use std::future::ready;
use std::time::Duration;

use intercom_gen::{Job, Poll, RetryPolicy};
use serde_json::json;
use tests::loopback::{Reply, Server};
use tests::tree::{text, workspace};

/// How a job is started and asked after, and what its answers look like.
struct About {
    start: &'static str,
    question: &'static str,
    /// The keys of its id and of its state.
    id: &'static str,
    state: &'static str,
    /// The state in which all went well.
    done: &'static str,
}

impl About {
    const fn export(start: &'static str, question: &'static str) -> Self {
        Self { start, question, id: "job_identifier", state: "status", done: "completed" }
    }

    const fn bulk(start: &'static str, question: &'static str) -> Self {
        Self { start, question, id: "id", state: "state", done: "completed" }
    }

    fn is(&self, state: &str) -> Reply {
        Reply::json(json!({self.id: "j1", self.state: state}))
    }

    /// The server was asked to start it once, and then so often how it is.
    #[track_caller]
    fn was_asked<const COUNT: usize>(&self, server: &Server) {
        let lines = server.requests::<COUNT>().map(|seen| seen.line);
        let expected: [&str; COUNT] = std::array::from_fn(|index| if index == 0 { self.start } else { self.question });
        assert_eq!(lines, expected);
    }
}

const CONTENT: About = About::export("POST /export/content/data", "GET /export/content/data/j1");
const REPORT: About =
    About::export("POST /export/reporting_data/enqueue", "GET /export/reporting_data/j1?app_id=app1&client_id=c1");
const TICKET: About = About {
    start: "POST /tickets/enqueue",
    question: "GET /jobs/status/j1",
    id: "id",
    state: "status",
    done: "success",
};
const COMPANIES: &str = "GET /companies/bulk/j1";
const CONTACTS: &str = "GET /contacts/bulk/j1";

/// What has to hold, whatever the job's types.
trait Check {
    fn replies(&self, about: &About) -> Vec<Reply>;

    async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, job: Job<T, F, C>);
}

/// Checks a job of a version, with a server of its own.
macro_rules! run {
    ($check:ident, $version:ident, $about:expr, |$client:ident| $job:expr) => {{
        let about = $about;
        let server = Server::new($check.replies(&about));
        let policy = RetryPolicy::default().first_delay(Duration::from_millis(1));
        let $client = server.retrying(intercom_gen::$version::Client::builder(), policy);
        $check.check(&server, &about, $job.poll(quick())).await;
    }};
}

async fn every(check: impl Check) {
    macro_rules! of_both {
        ($version:ident) => {
            run!(check, $version, CONTENT, |client| client.data_export().create(Default::default()).job());
            run!(check, $version, REPORT, |client| {
                client.reporting_export().create(Default::default()).job("app1", "c1")
            });
            run!(check, $version, TICKET, |client| client.tickets().enqueue(Default::default()).job());
        };
    }
    of_both!(unstable);
    of_both!(v2_14);
    macro_rules! bulk {
        ($group:ident.$method:ident, $start:literal, $question:ident) => {
            let about = About::bulk($start, $question);
            run!(check, unstable, about, |client| client.$group().$method(Default::default()).job());
        };
    }
    bulk!(companies.bulk_create, "POST /companies/bulk", COMPANIES);
    bulk!(companies.bulk_update, "PUT /companies/bulk", COMPANIES);
    bulk!(companies.bulk_delete, "POST /companies/bulk/delete", COMPANIES);
    bulk!(contacts.bulk_create, "POST /contacts/bulk", CONTACTS);
    bulk!(contacts.bulk_update, "PUT /contacts/bulk", CONTACTS);
    bulk!(contacts.bulk_delete, "POST /contacts/bulk/delete", CONTACTS);
}

fn quick() -> Poll {
    Poll::default().first_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn every_job_of_the_listings_is_here() {
    struct Counted<'c>(&'c Cell<usize>);
    impl Check for Counted<'_> {
        fn replies(&self, _: &About) -> Vec<Reply> {
            Vec::new()
        }

        async fn check<T: 'static, F, C>(&self, _: &Server, _: &About, _: Job<T, F, C>) {
            self.0.set(self.0.get() + 1);
        }
    }
    let checked = Cell::new(0);
    every(Counted(&checked)).await;
    let listings = ["2.14", "unstable"].map(|version| text(&workspace().join(format!("generated/api/{version}.txt"))));
    let starts = |line: &&str| line.contains("().job(") && line.contains(") -> ");
    let listed: usize = listings.iter().map(|listing| listing.lines().filter(starts).count()).sum();
    assert_eq!(checked.get(), listed);
}

#[tokio::test]
async fn it_is_refused_at_once_where_another_is_under_way() {
    struct Refused;
    impl Check for Refused {
        fn replies(&self, _: &About) -> Vec<Reply> {
            let message = "Exceeded rate limit of 1 pending reporting dataset export jobs";
            let error = json!({"code": "rate_limit_exceeded", "message": message});
            vec![Reply::json(json!({"type": "error.list", "errors": [error]})).status(429)]
        }

        async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, mut job: Job<T, F, C>) {
            let error = job.wait().await.err().expect(about.start);
            assert!(error.is_rate_limited() && error.is_job_under_way(), "{}: {error}", about.start);
            about.was_asked::<1>(server);
        }
    }
    every(Refused).await;
}

#[tokio::test]
async fn a_rate_limit_of_another_kind_is_waited_out() {
    struct Limited;
    impl Check for Limited {
        fn replies(&self, about: &About) -> Vec<Reply> {
            let error = json!({"code": "rate_limit_exceeded", "message": "Exceeded rate limit of 83 in 10_seconds"});
            let limited = Reply::json(json!({"type": "error.list", "errors": [error]})).status(429);
            vec![limited.with("Retry-After", "0"), about.is("pending"), about.is(about.done)]
        }

        async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, mut job: Job<T, F, C>) {
            job.wait().await.unwrap_or_else(|error| panic!("{}: {error}", about.start));
            let [limited, started, _] = server.requests();
            assert_eq!((limited.line.as_str(), started.line.as_str()), (about.start, about.start));
        }
    }
    every(Limited).await;
}

#[tokio::test]
async fn a_state_that_nobody_knows_means_that_it_goes_on() {
    struct Odd;
    impl Check for Odd {
        fn replies(&self, about: &About) -> Vec<Reply> {
            vec![about.is("pending"), about.is("archiving"), about.is("archiving"), about.is(about.done)]
        }

        async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, job: Job<T, F, C>) {
            // Asks once, and then no more.
            let mut job = job.poll(quick().total(Duration::ZERO));
            let error = job.wait().await.err().expect(about.start);
            assert!(error.is_timeout() && error.job_outcome().is_none(), "{}: {error}", about.start);
            assert_eq!(error.job_state(), Some("archiving"), "{}", about.start);
            let mut job = job.poll(quick());
            job.wait().await.unwrap_or_else(|error| panic!("{}: {error}", about.start));
            about.was_asked::<4>(server);
        }
    }
    every(Odd).await;
}

#[tokio::test]
async fn nobody_who_stops_waiting_stops_it_or_starts_it_twice() {
    struct Left;
    impl Check for Left {
        fn replies(&self, about: &About) -> Vec<Reply> {
            vec![about.is("pending"), about.is("pending"), about.is(about.done)]
        }

        async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, mut job: Job<T, F, C>) {
            for _ in 0..5 {
                tokio::select! {
                    biased;
                    _ = job.start() => break,
                    () = ready(()) => {}
                }
            }
            job.start().await.unwrap_or_else(|error| panic!("{}: {error}", about.start));
            tokio::select! {
                biased;
                _ = job.wait() => panic!("{}: no answer can be there at once", about.start),
                () = ready(()) => {}
            }
            job.wait().await.unwrap_or_else(|error| panic!("{}: {error}", about.start));
            assert!(job.id().is_some_and(|id| id == "j1"));
            about.was_asked::<3>(server);
        }
    }
    every(Left).await;
}

#[tokio::test]
async fn a_question_that_fails_is_asked_again() {
    struct Failing;
    impl Check for Failing {
        fn replies(&self, about: &About) -> Vec<Reply> {
            vec![about.is("pending"), Reply::new(502), Reply::new(503), about.is(about.done)]
        }

        async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, mut job: Job<T, F, C>) {
            job.wait().await.unwrap_or_else(|error| panic!("{}: {error}", about.start));
            about.was_asked::<4>(server);
        }
    }
    every(Failing).await;
}

#[tokio::test]
async fn an_answer_without_its_id_is_an_error_and_no_job() {
    struct Nameless;
    impl Check for Nameless {
        fn replies(&self, about: &About) -> Vec<Reply> {
            vec![Reply::json(json!({about.id: null, about.state: "pending"}))]
        }

        async fn check<T: 'static, F, C>(&self, server: &Server, about: &About, mut job: Job<T, F, C>) {
            let error = job.wait().await.err().expect(about.start);
            assert_eq!(error.path(), Some(format!("$.{}", about.id).as_str()), "{}: {error}", about.start);
            about.was_asked::<1>(server);
        }
    }
    every(Nameless).await;
}
