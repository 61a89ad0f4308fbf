//! Forms with files in them.

use intercom_gen::Upload;
use intercom_gen::unstable::types::UploadEcommerceCatalogResponse;
use tests::loopback::{Reply, Seen};

use super::{answering, serving};

const PART: &str = r#"{"import_job_id": "j1", "next_part_number": 3}"#;

/// The parts of a form as they were sent, without the boundary.
fn parts(seen: &Seen) -> Vec<String> {
    let kind = seen.header("content-type").expect("a content type");
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").expect("a form");
    let mark = format!("--{boundary}");
    let all = seen.text().split(&mark).map(str::trim).map(str::to_owned);
    all.filter(|part| !part.is_empty() && part != "--").collect()
}

#[tokio::test]
async fn the_parts_of_a_form_are_sent_as_they_are() {
    let (server, client) = answering(PART);
    let part = client.ecommerce_connectors().upload_catalog("c1").catalog(Upload::bytes("a.json", r#"[{"id":"1"}]"#));
    let answer = part.finalize("false").import_job_id("j1").part_number(2).await.expect("an answer");

    let UploadEcommerceCatalogResponse::Part(answer) = answer else { panic!("{answer:?} is no part") };
    assert_eq!(answer.import_job_id, Some("j1".into()));
    let [seen] = server.requests();
    assert_eq!(seen.line, "POST /ecommerce/connectors/c1/catalog");
    let parts = parts(&seen);
    let has = |name: &str, value: &str| {
        parts.iter().any(|part| part.contains(&format!("name=\"{name}\"")) && part.ends_with(value))
    };
    assert_eq!(parts.len(), 4, "{parts:#?}");
    assert!(has("finalize", "false") && has("import_job_id", "j1") && has("part_number", "2"), "{parts:#?}");
    assert!(has("catalog\"; filename=\"a.json", r#"[{"id":"1"}]"#), "{parts:#?}");
}

#[tokio::test]
async fn what_is_in_memory_says_that_it_is_bytes() {
    let (server, client) = answering(PART);
    let upload = client.ecommerce_connectors().upload_catalog("c1").catalog(Upload::bytes("a.json", "[]"));
    upload.await.expect("an answer");
    let [seen] = server.requests();
    let [part] = &parts(&seen)[..] else { panic!("one part") };
    let (head, _) = part.split_once("\r\n\r\n").expect("a head");
    assert!(head.lines().any(|line| line.eq_ignore_ascii_case("content-type: application/octet-stream")), "{head}");
}

#[tokio::test]
async fn a_file_is_read_from_the_disk_while_it_is_sent() {
    let (server, client) = serving([Reply::json(r#"{"status": "started", "message": "syncing"}"#).status(202)]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("products.json");
    let products = format!("[{}]", r#"{"id":"1"},"#.repeat(100_000));
    std::fs::write(&path, &products).expect("a file");
    let answer = client.ecommerce_connectors().upload_catalog("c1").catalog(path.as_path()).await.expect("an answer");

    assert!(!matches!(answer, UploadEcommerceCatalogResponse::Part(_)), "{answer:?}");
    let [seen] = server.requests();
    let parts = parts(&seen);
    assert!(parts[0].contains("filename=\"products.json\"") && parts[0].ends_with(&products), "{:.200}", parts[0]);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_fails_the_call_before_it_is_sent() {
    let (server, client) = serving([]);
    let call = client.ecommerce_connectors().upload_catalog("c1").catalog(Upload::file("/nowhere/products.json"));
    let error = call.await.expect_err("no file").to_string();
    assert!(error.contains("/nowhere/products.json cannot be read"), "{error}");
    let [] = server.requests();
}
