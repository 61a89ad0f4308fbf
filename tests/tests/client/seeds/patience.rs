//! Jobs whose callers do not wait for an answer that does not come.

use std::time::Duration;

use intercom_gen::unstable::{Client, types::CreateDataExportRequest};
use intercom_gen::{Poll, RetryPolicy};
use tests::raw::{End, Raw, Script};

fn client(server: &Raw) -> Client {
    let builder = Client::builder().token("secret-token").base_url(server.url()).retry(RetryPolicy::none());
    builder.build().expect("a client")
}

fn order() -> CreateDataExportRequest {
    CreateDataExportRequest::new(1_700_000_000, 1_700_086_400)
}

fn job(state: &str, end: End) -> Script {
    let body = format!(r#"{{"job_identifier": "j1", "status": "{state}"}}"#);
    (format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()), end)
}

fn silence() -> Script {
    (String::new(), End::Silence)
}

fn quick() -> Poll {
    Poll::default().first_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn a_status_that_does_not_come_ends_the_wait_in_time() {
    let server = Raw::new([job("pending", End::Close), silence()]);
    let mut job = client(&server).data_export().create(order()).job().poll(quick().total(Duration::from_secs(1)));
    let error = job.wait().await.expect_err("no status");
    assert!(error.is_timeout(), "{error}");
    assert_eq!((error.job_state(), error.job_outcome()), (Some(""), None));
}

#[tokio::test]
async fn a_job_whose_start_was_waited_for_in_vain_is_not_started_twice() {
    let server = Raw::new([job("pending", End::Close), silence(), job("completed", End::Close)]);
    let mut job = client(&server).data_export().create(order()).job().poll(quick());
    // The request is on its way, or answered, when nobody waits for it any more.
    tokio::select! {
        biased;
        () = server.heard() => {}
        _ = job.start() => {}
    }
    tokio::select! {
        _ = job.wait() => panic!("a status"),
        () = async { while server.lines().len() < 2 { server.heard().await } } => {}
    }
    let done = job.wait().await.expect("a status");
    assert!(done.job_identifier.is_some_and(|id| id == "j1"));
    assert_eq!(
        server.lines(),
        ["POST /export/content/data", "GET /export/content/data/j1", "GET /export/content/data/j1",]
    );
}

#[tokio::test]
async fn a_file_that_breaks_off_is_fetched_again_and_the_job_not_started_again() {
    let file =
        |text: &str, end| (format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\n{text}"), end);
    let server = Raw::new([
        job("pending", End::Close),
        job("completed", End::Close),
        file("abc", End::Reset),
        job("completed", End::Close),
        file("abcdef", End::Close),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("messages.csv.gz");
    let mut job = client(&server).data_export().create(order()).job().poll(quick());
    let error = job.to_file(&path).await.expect_err("half a file");
    assert!(error.is_transport() && !path.exists(), "{error}");
    assert_eq!(job.to_file(&path).await.expect("a file"), 6);
    assert_eq!(std::fs::read(&path).expect("a file"), b"abcdef");
    assert_eq!(server.lines().iter().filter(|line| line.starts_with("POST")).count(), 1);
}
