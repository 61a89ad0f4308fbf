//! Downloads that go to a file.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::test_server::{Server, ok};
use crate::{Download, ErrorKind, RetryPolicy};

async fn download(answer: Vec<u8>) -> Download {
    Server::new(vec![answer]).client().contacts().recording().await.expect("a download")
}

fn names(folder: &tempfile::TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn a_download_goes_to_a_file_and_tells_how_far_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.csv.gz");
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    let content = vec![7; 300_000];
    let written = download(ok(&content)).await.to_file_with(&path, move |progress| {
        hears.lock().expect("a lock").push((progress.bytes, progress.total));
    });
    assert_eq!(written.await.expect("a file"), 300_000);
    assert_eq!(std::fs::read(&path).expect("a file"), content);
    assert_eq!(names(&folder), ["export.csv.gz"]);
    let told = told.lock().expect("a lock");
    assert_eq!(told.last(), Some(&(300_000, Some(300_000))));
    assert!(told.is_sorted());
}

#[tokio::test]
async fn a_download_that_breaks_off_leaves_the_file_of_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export");
    std::fs::write(&path, "before").expect("a file");
    let whole = ok(vec![7; 1_000]);
    let error = download(whole[..whole.len() - 5].to_vec()).await.to_file(&path).await.expect_err("an error");
    assert!(error.is_transport(), "{error}");
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("req_1")));
    assert!(error.to_string().starts_with("Recording: status 200, but the body broke off: "), "{error}");
    assert_eq!(
        (names(&folder), std::fs::read_to_string(&path).expect("a file")),
        (vec!["export".to_owned()], "before".to_owned())
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("nowhere").join("export");
    let error = download(ok("x")).await.to_file(&path).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.to_string().starts_with("Recording: ") && error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn a_download_that_stands_still_is_a_timeout() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(&ok("all of it")[..80]);
        while stream.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {}
    });
    let builder = crate::runtime::imitation::Client::builder().token("t").base_url(url).retry(RetryPolicy::none());
    let client = builder.build().expect("a client");
    let request = client.contacts().recording().timeout(Duration::from_millis(500));
    let error = match request.await {
        Ok(download) => download.bytes().await.expect_err("an error"),
        Err(error) => error,
    };
    assert!(error.is_timeout(), "{error}");
}
