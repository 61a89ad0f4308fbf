//! Downloads that go to a file.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::test_server::{Server, answer, ok};
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

/// A server that sends the second half of a body on request.
fn halves(content: &'static [u8]) -> (String, std::sync::mpsc::Sender<()>) {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (go, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 4096]);
        let whole = ok(content);
        let half = whole.len() - content.len() / 2;
        let _ = stream.write_all(&whole[..half]);
        let _ = told.recv();
        let _ = stream.write_all(&whole[half..]);
    });
    (url, go)
}

async fn half_of(content: &'static [u8]) -> (Download, std::sync::mpsc::Sender<()>) {
    let (url, go) = halves(content);
    let client = crate::runtime::imitation::Client::builder().token("t").base_url(url).build().expect("a client");
    (client.contacts().recording().await.expect("a download"), go)
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_waits_beside_the_file_is_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, victim) = (folder.path().join("export"), folder.path().join("victim"));
    std::fs::write(&victim, "untouched").expect("a file");
    for name in ["export.part", "export.tmp", "export"] {
        std::os::unix::fs::symlink(&victim, folder.path().join(name)).expect("a link");
    }
    download(ok("content")).await.to_file(&path).await.expect("a file");
    assert_eq!(std::fs::read_to_string(&victim).expect("a file"), "untouched");
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "content");
}

#[tokio::test]
async fn a_download_removes_nothing_that_it_did_not_make() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, other) = (folder.path().join("export"), folder.path().join("export.part"));
    std::fs::write(&other, "another's").expect("a file");
    let whole = ok(vec![7; 1_000]);
    download(whole[..whole.len() - 5].to_vec()).await.to_file(&path).await.expect_err("an error");
    assert_eq!(std::fs::read_to_string(&other).expect("a file"), "another's");
    download(ok("x")).await.to_file(&path).await.expect("a file");
    assert_eq!(std::fs::read_to_string(&other).expect("a file"), "another's");
}

#[tokio::test]
async fn two_downloads_to_one_path_at_once_are_both_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export");
    let ((one, go_one), (other, go_other)) = (half_of(&[1; 2_000]).await, half_of(&[2; 3_000]).await);
    let (first, second) = (path.clone(), path.clone());
    let (first, second) = (tokio::spawn(one.to_file(first)), tokio::spawn(other.to_file(second)));
    while names(&folder).len() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    go_one.send(()).expect("a server");
    assert_eq!(first.await.expect("no panic").expect("a file"), 2_000);
    assert_eq!(std::fs::read(&path).expect("a file"), [1; 2_000]);
    go_other.send(()).expect("a server");
    assert_eq!(second.await.expect("no panic").expect("a file"), 3_000);
    assert_eq!(std::fs::read(&path).expect("a file"), [2; 3_000]);
    assert_eq!(names(&folder), ["export"]);
}

#[tokio::test]
async fn a_download_that_is_dropped_half_way_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (download, _go) = half_of(&[1; 2_000]).await;
    let task = tokio::spawn(download.to_file(folder.path().join("export")));
    while names(&folder).is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    task.abort();
    assert!(task.await.is_err());
    assert_eq!(names(&folder), [""; 0]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_has_come_is_for_its_owner_alone_until_it_is_whole() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let folder = tempfile::tempdir().expect("a folder");
    let (download, go) = half_of(&[1; 2_000]).await;
    let path = folder.path().join("export");
    let task = tokio::spawn(download.to_file(path.clone()));
    while names(&folder).is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(mode(&folder.path().join(&names(&folder)[0])), 0o600);
    go.send(()).expect("a server");
    task.await.expect("no panic").expect("a file");
    std::fs::write(folder.path().join("any"), "").expect("a file");
    assert_eq!(mode(&path), mode(&folder.path().join("any")), "as any new file");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_replaced_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export");
    std::fs::write(&path, "before").expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    download(ok("after")).await.to_file(&path).await.expect("a file");
    assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[tokio::test]
async fn a_part_that_nobody_asked_for_is_no_whole_file() {
    let part = || answer("206 Partial Content", &[("Content-Range", "bytes 0-3/9")], "part");
    let error = Server::new(vec![part()]).client().contacts().recording().await.expect_err("an error");
    assert_eq!((error.status(), error.kind()), (Some(206), ErrorKind::Decode), "{error}");
    let error = Server::new(vec![part()]).client().contacts().transcript("app").await.expect_err("an error");
    assert_eq!(error.status(), Some(206), "{error}");
    let server = Server::new(vec![part()]);
    let request = server.client().contacts().recording().header("Range", "bytes=0-3");
    assert_eq!(&request.await.expect("a download").bytes().await.expect("bytes")[..], b"part");
}

#[tokio::test]
async fn a_success_without_content_is_no_empty_file() {
    for status in ["204 No Content", "202 Accepted"] {
        let error = Server::new(vec![answer(status, &[], "")]).client().contacts().recording().await;
        let error = error.expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("expected a file"), "{error}");
    }
}
