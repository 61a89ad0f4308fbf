use std::io::Write;
use std::net::TcpListener;
use std::time::Instant;

use super::*;

fn provenance_of(url: &str) -> (Option<String>, Option<String>, Option<String>) {
    let fetched = provenance(&Url::parse(url).unwrap());
    (fetched.repository, fetched.path, fetched.commit)
}

const SHA: &str = "2906bde66d948bc9e96dcb8f2648a0b3eaf80e1c";

#[test]
fn a_url_of_github_says_repository_path_and_commit() {
    for url in [
        format!("https://raw.githubusercontent.com/intercom/api/{SHA}/descriptions/0/api.yaml"),
        format!("https://github.com/intercom/api/blob/{SHA}/descriptions/0/api.yaml"),
        format!("https://github.com/intercom/api/raw/{SHA}/descriptions/0/api.yaml"),
    ] {
        let expected = (Some("intercom/api".into()), Some("descriptions/0/api.yaml".into()), Some(SHA.into()));
        assert_eq!(provenance_of(&url), expected);
    }
}

#[test]
fn a_branch_is_no_commit() {
    for url in [
        "https://raw.githubusercontent.com/intercom/api/main/descriptions/0/api.yaml",
        "https://raw.githubusercontent.com/intercom/api/refs/heads/main/descriptions/0/api.yaml",
        "https://github.com/intercom/api/blob/main/descriptions/0/api.yaml",
    ] {
        let expected = (Some("intercom/api".into()), Some("descriptions/0/api.yaml".into()), None);
        assert_eq!(provenance_of(url), expected);
    }
}

#[test]
fn other_urls_say_nothing() {
    for url in
        ["https://example.com/a/b/c/d.yaml", "https://github.com/intercom/api", "https://github.com/a/b/issues/1"]
    {
        assert_eq!(provenance_of(url), (None, None, None), "{url}");
    }
}

#[test]
fn the_page_of_a_file_is_fetched_as_the_file() {
    let url = Url::parse("https://github.com/intercom/api/blob/main/a/blob/b.yaml").unwrap();
    let expected = "https://github.com/intercom/api/raw/main/a/blob/b.yaml";
    assert_eq!(raw(&url, &provenance(&url)).as_str(), expected);
}

#[test]
fn a_missing_file_and_a_folder_are_errors_that_name_them() {
    let folder = tempfile::tempdir().unwrap();
    for from in [folder.path().to_owned(), folder.path().join("none.yaml")] {
        let from = from.display().to_string();
        let message = fetch(&from).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{from}: cannot be read: ")), "{message}");
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_while_it_is_read() {
    let limits = Limits { bytes: 1024 * 1024, ..LIMITS };
    let message = read("/dev/zero", limits).unwrap_err().to_string();
    assert!(message.starts_with("/dev/zero: is larger than 1 MiB"), "{message}");
}

/// Serves the head of a response and then `piece` again and again, with pauses between.
fn endless(head: &'static str, piece: &'static [u8], pause: Duration) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut result = stream.read(&mut [0; 4096]).and_then(|_| stream.write_all(head.as_bytes()));
        while result.is_ok() {
            std::thread::sleep(pause);
            result = stream.write_all(piece);
        }
    });
    Url::parse(&format!("http://{address}/a.yaml")).unwrap()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n";

#[test]
fn a_fetch_ends_in_time_though_bytes_keep_coming() {
    let limits = Limits { time: Duration::from_millis(400), ..LIMITS };
    for head in [HEAD, "HTTP/1.1 200 OK\r\nx-a: "] {
        let began = Instant::now();
        let url = endless(head, b"a", Duration::from_millis(20));
        let message = download("a", url, limits).unwrap_err().to_string();
        assert!(message.contains("expected the whole file within 0.4 s"), "{message}");
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}

#[test]
fn a_fetch_ends_with_the_first_byte_too_many() {
    let limits = Limits { bytes: 1024 * 1024, ..LIMITS };
    let url = endless(HEAD, &[b'a'; 65536], Duration::ZERO);
    let message = download("a", url, limits).unwrap_err().to_string();
    assert!(message.starts_with("a: is larger than 1 MiB"), "{message}");
}
