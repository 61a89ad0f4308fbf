//! Jobs as a whole: each that the descriptions have, through every end that it can come to.

use std::time::Duration;

use intercom_gen::{ErrorKind, JobOutcome, Poll, RetryPolicy};
use serde_json::{Value, json};
use tests::loopback::{Reply, Server};

use super::{asked, each_version, serving, was_asked};

/// The beginning of a gzip file, which is no text.
const FILE: &[u8] = b"\x1f\x8b\x08\x00\xff\xfe\x00csv";

fn file() -> Reply {
    Reply::new(200).with("Content-Type", "application/octet-stream").with("Content-Encoding", "gzip").body(FILE)
}

fn quick() -> Poll {
    Poll::default().first_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1))
}

/// Asks once, and then no more.
fn hasty() -> Poll {
    quick().total(Duration::ZERO)
}

fn export(status: &str) -> Reply {
    Reply::json(json!({"job_identifier": "job/1", "status": status, "download_url": "", "download_expires_at": ""}))
}

fn queued(status: &str) -> Reply {
    let made = (status == "success").then_some("t1");
    Reply::json(json!({"type": "job", "id": "5", "status": status, "url": "/jobs/status/5", "resource_type": "ticket",
        "resource_id": made, "resource_url": made}))
}

fn period() -> Value {
    json!({"created_at_after": 1_700_000_000, "created_at_before": 1_700_086_400})
}

/// What the API says to a second export.
fn one_at_a_time() -> Reply {
    let message = "Exceeded rate limit of 1 pending message data export jobs";
    let error = json!({"code": "rate_limit_exceeded", "message": message});
    Reply::json(json!({"type": "error.list", "request_id": "r1", "errors": [error]})).status(429)
}

each_version! {
    fn order() -> types::CreateDataExportRequest {
        types::CreateDataExportRequest::new(1_700_000_000, 1_700_086_400)
    }

    fn report() -> types::CreateReportingExportRequest {
        types::CreateReportingExportRequest::new("conversation", ["conversation.id"], 1_700_000_000, 1_700_086_400)
    }

    fn ticket() -> types::CreateTicketRequest {
        types::CreateTicketRequest::new("7", [types::create_ticket_request::Contact::from_json(r#"{"id": "c1"}"#).expect("a contact")])
    }

    #[tokio::test]
    async fn statistics_of_messages_end_in_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("messages.csv.gz");
        let (server, client) = serving(Client::builder(), [
            export("pending"), export("pending"), export("in_progress"), export("completed"), file(),
        ]);

        let mut job = client.data_export().create(order()).job().poll(quick());
        assert_eq!(job.id(), None);
        let written = job.to_file(&path).await.expect("a file");

        assert_eq!(written, FILE.len() as u64);
        assert_eq!(std::fs::read(&path).expect("a file"), FILE);
        assert!(job.id().is_some_and(|id| id == "job/1"));
        was_asked(&server, VERSION, [
            asked("POST /export/content/data").with(period()),
            asked("GET /export/content/data/job%2F1"),
            asked("GET /export/content/data/job%2F1"),
            asked("GET /export/content/data/job%2F1"),
            asked("GET /download/content/data/job%2F1").for_a_file(),
        ]);
    }

    #[tokio::test]
    async fn an_export_that_ends_without_a_file_says_why() {
        for (state, outcome) in
            [("failed", JobOutcome::Failed), ("no_data", JobOutcome::Empty), ("canceled", JobOutcome::Canceled)]
        {
            let (server, client) = serving(Client::builder(), [export("pending"), export(state)]);
            let error = client.data_export().create(order()).job().poll(quick()).download().await.expect_err(state);
            assert_eq!(error.kind(), ErrorKind::Job);
            assert_eq!((error.job_outcome(), error.job_state()), (Some(outcome), Some(state)));
            assert_eq!(error.operation(), Some("getDataExport"));
            assert!(error.to_string().contains(state), "{error}");
            assert!(error.body().is_some_and(|body| body.starts_with(b"{\"job_identifier\"")));
            was_asked(&server, VERSION, [
                asked("POST /export/content/data").with(period()),
                asked("GET /export/content/data/job%2F1"),
            ]);
        }
    }

    #[tokio::test]
    async fn each_status_is_told_while_the_job_is_waited_for() {
        let server = Server::new([export("pending"), export("pending"), export("in_progress"), export("completed"), file()]);
        let client = server.client(Client::builder());
        let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let hears = std::sync::Arc::clone(&told);
        let job = client.data_export().create(order()).job().poll(quick());
        let mut job = job.on_status(move |export| {
            let status = export.status.as_ref().map(|status| status.as_str().to_owned());
            hears.lock().expect("a lock").extend(status);
        });
        job.download().await.expect("a file");
        assert_eq!(*told.lock().expect("a lock"), ["pending", "in_progress", "completed"]);
    }

    #[tokio::test]
    async fn an_export_that_takes_too_long_is_told_with_its_state() {
        for state in ["in_progress", "archiving"] {
            let server = Server::new([export("pending"), export(state), export("completed"), file()]);
            let client = server.client(Client::builder());
            let mut job = client.data_export().create(order()).job().poll(hasty());
            let error = job.wait().await.expect_err("no end");
            assert!(error.is_timeout() && error.to_string().contains(&format!("still `{state}`")), "{error}");
            assert_eq!((error.job_outcome(), error.job_state()), (None, Some(state)));
            let download = job.poll(quick()).download().await.expect("a file, after all");
            assert_eq!(&download.bytes().await.expect("bytes")[..], FILE);
        }
    }

    #[tokio::test]
    async fn a_second_export_is_refused_at_once() {
        let server = Server::new([one_at_a_time()]);
        let client = server.retrying(Client::builder(), RetryPolicy::default());
        let error = client.data_export().create(order()).job().await.expect_err("an error");
        assert!(error.is_rate_limited() && error.is_job_under_way());
        was_asked(&server, VERSION, [asked("POST /export/content/data").with(period())]);
    }

    #[tokio::test]
    async fn a_question_that_fails_is_asked_again() {
        let server = Server::new([export("pending"), Reply::new(502), export("completed")]);
        let client = server.retrying(Client::builder(), RetryPolicy::default().first_delay(Duration::from_millis(1)));
        let done = client.data_export().create(order()).job().poll(quick()).await.expect("an end");
        assert_eq!(done.status, Some(types::data_export::Status::Completed));
        let [_, failed, asked] = server.requests();
        assert_eq!(failed.line, asked.line);
    }

    #[tokio::test]
    async fn a_started_export_is_cancelled() {
        let (server, client) = serving(Client::builder(), [export("pending"), export("canceled")]);
        let mut job = client.data_export().create(order()).job();
        job.start().await.expect("a job");
        let cancelled = job.cancel().await.expect("an answer").expect("a job");
        assert_eq!(cancelled.status, Some(types::data_export::Status::Canceled));
        was_asked(&server, VERSION, [
            asked("POST /export/content/data").with(period()),
            asked("POST /export/cancel/job%2F1"),
        ]);
    }

    #[tokio::test]
    async fn an_export_that_was_not_started_is_not_started_by_cancelling_it() {
        let (server, client) = serving(Client::builder(), []);
        let mut job = client.data_export().create(order()).job();
        assert_eq!(job.cancel().await.expect("no request"), None);
        assert_eq!(job.wait().await.expect_err("no job").kind(), ErrorKind::Argument);
        was_asked(&server, VERSION, []);
    }

    #[tokio::test]
    async fn an_export_of_another_day_is_waited_for() {
        let (server, client) = serving(Client::builder(), [export("in_progress"), export("completed")]);
        client.data_export().get("job/1").job().poll(quick()).await.expect("an end");
        was_asked(&server, VERSION, [
            asked("GET /export/content/data/job%2F1"),
            asked("GET /export/content/data/job%2F1"),
        ]);
    }

    #[tokio::test]
    async fn what_the_first_request_was_given_holds_for_all() {
        let (server, client) = serving(Client::builder(), [export("pending"), export("completed"), file()]);
        let request = client.data_export().create(order()).header("X-Trace", "7").api_version("2.11");
        request.job().poll(quick()).download().await.expect("a file");
        for seen in server.requests::<3>() {
            assert_eq!((seen.header("x-trace"), seen.header("intercom-version")), (Some("7"), Some("2.11")));
        }
    }

    #[tokio::test]
    async fn an_answer_without_the_id_of_a_job_is_an_error() {
        let (_server, client) = serving(Client::builder(), [Reply::json(json!({"status": "pending"}))]);
        let mut job = client.data_export().create(order()).job();
        let error = job.wait().await.expect_err("no id");
        assert!(error.is_decode() && error.path() == Some("$.job_identifier"), "{error}");
        assert_eq!(error.operation(), Some("createDataExport"));
    }

    #[tokio::test]
    async fn a_report_ends_in_a_file() {
        let (server, client) =
            serving(Client::builder(), [export("pending"), export("pending"), export("complete"), file()]);
        let mut job = client.reporting_export().create(report()).job("app1", "me & co").poll(quick());
        let download = job.download().await.expect("a file");
        assert_eq!(&download.bytes().await.expect("bytes")[..], FILE);
        was_asked(&server, VERSION, [
            asked("POST /export/reporting_data/enqueue").with(json!({
                "dataset_id": "conversation", "attribute_ids": ["conversation.id"],
                "start_time": 1_700_000_000, "end_time": 1_700_086_400,
            })),
            asked("GET /export/reporting_data/job%2F1?app_id=app1&client_id=me%20%26%20co"),
            asked("GET /export/reporting_data/job%2F1?app_id=app1&client_id=me%20%26%20co"),
            asked("GET /download/reporting_data/job%2F1?app_id=app1").for_a_file(),
        ]);
    }

    #[tokio::test]
    async fn a_report_that_fails_or_takes_too_long_has_no_file() {
        let (_server, client) = serving(Client::builder(), [export("pending"), export("failed")]);
        let mut job = client.reporting_export().create(report()).job("app1", 1).poll(quick());
        assert_eq!(job.download().await.expect_err("a failure").job_outcome(), Some(JobOutcome::Failed));
        let (_server, client) = serving(Client::builder(), [export("pending"), export("pending")]);
        let mut job = client.reporting_export().create(report()).job("app1", 1).poll(hasty());
        assert_eq!(job.download().await.expect_err("no end").job_state(), Some("pending"));
    }

    #[tokio::test]
    async fn a_ticket_that_is_made_later_leads_to_its_id() {
        let (server, client) = serving(Client::builder(), [queued("pending"), queued("pending"), queued("success")]);
        let done = client.tickets().enqueue(ticket()).job().poll(quick()).await.expect("an end");
        assert_eq!(done.resource_id, Some("t1".into()));
        let [start, _, last] = server.requests();
        assert_eq!((start.line.as_str(), last.line.as_str()), ("POST /tickets/enqueue", "GET /jobs/status/5"));
    }

    #[tokio::test]
    async fn a_ticket_that_cannot_be_made_is_an_error() {
        let (_server, client) = serving(Client::builder(), [queued("pending"), queued("failed")]);
        let error = client.tickets().enqueue(ticket()).job().poll(quick()).await.expect_err("a failure");
        assert_eq!(error.job_outcome(), Some(JobOutcome::Failed));
    }
}

/// The bulk jobs, which the moving channel alone has.
mod bulk {
    use intercom_gen::unstable::{Client, types};

    use super::*;

    fn job(state: &str) -> Reply {
        Reply::json(json!({"type": "bulk_job", "id": "b 1", "state": state, "tasks": [], "url": "/b"}))
    }

    /// A server whose jobs end in this state, and a client of it.
    fn ending(state: &str) -> (Server, Client) {
        let server = Server::new([job("pending"), job("running"), job(state)]);
        let client = server.client(Client::builder());
        (server, client)
    }

    /// Runs each bulk job, and gives the start's line, the questions' line and how it ended.
    macro_rules! each {
        ($state:literal, |$start:ident, $question:ident, $end:ident| $check:block) => {
            each!(@ $state, $start, $question, $end, $check,
                companies.bulk_create(BulkCreateCompaniesRequest) "POST /companies/bulk",
                companies.bulk_update(BulkUpdateCompaniesRequest) "PUT /companies/bulk",
                companies.bulk_delete(BulkDeleteCompaniesRequest) "POST /companies/bulk/delete",
                contacts.bulk_create(BulkCreateContactsRequest) "POST /contacts/bulk",
                contacts.bulk_update(BulkUpdateContactsRequest) "PUT /contacts/bulk",
                contacts.bulk_delete(BulkDeleteContactsRequest) "POST /contacts/bulk/delete",
            );
        };
        (@ $state:literal, $start:ident, $question:ident, $end:ident, $check:block,
            $($group:ident.$method:ident($body:ident) $line:literal,)*) => {$({
            let (server, client) = ending($state);
            let $end = client.$group().$method(types::$body::default()).job().poll(quick()).await;
            let [first, second, third] = server.requests();
            assert_eq!((first.line.as_str(), second.line.as_str()), ($line, third.line.as_str()));
            assert_eq!(second.line, concat!("GET /", stringify!($group), "/bulk/b%201"));
            let ($start, $question) = (first.line, second.line);
            $check
        })*};
    }

    #[tokio::test]
    async fn end_well() {
        each!("completed", |start, question, end| {
            let id = end.unwrap_or_else(|error| panic!("{start}, {question}: {error}")).id;
            assert_eq!(id, Some("b 1".into()));
        });
    }

    #[tokio::test]
    async fn that_end_with_errors_are_errors() {
        each!("completed_with_errors", |start, question, end| {
            let Err(error) = end else { panic!("{start}, {question}: no error") };
            assert_eq!(error.job_outcome(), Some(JobOutcome::Partial));
        });
    }
}
