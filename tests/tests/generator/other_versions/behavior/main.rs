//! What the older version's types and calls do. This is no test of its own: `main.rs` above copies it into the package
//! that it makes, and runs it there.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use golden::v2_9::types::{Admin, AdminWithApp, Contact, CreateContactRequest};
use golden::v2_9::{Client, OPERATIONS};

/// Answers one request with a body, and gives the address and what was asked.
fn serve(body: &'static str) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(&stream).lines().map(Result::unwrap);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let length = body.len();
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").unwrap();
        head.join("\n").to_lowercase()
    });
    (url, thread)
}

fn client(url: &str) -> Client {
    Client::builder().token("t").base_url(url).build().unwrap()
}

#[tokio::test]
async fn a_list_whose_items_lack_what_is_required_is_read_and_the_lack_is_told() {
    let (url, asked) = serve(r#"[{"type":"admin","id":"1","name":"Ada"},{"type":"admin","id":2,"name":"Bo"}]"#);
    let response = client(&url).admins().list().send_raw().await.unwrap();
    let missing: Vec<String> = response.drift().iter().map(|drift| drift.path.to_string()).collect();
    assert!(missing.iter().any(|path| path.contains("email")), "{missing:?}");
    let admins: Vec<Admin> = response.into_value();
    assert_eq!(admins.iter().map(|admin| admin.name.as_str()).collect::<Vec<_>>(), ["Ada", "Bo"]);
    let asked = asked.join().unwrap();
    assert!(asked.starts_with("get /admins ") && asked.contains("intercom-version: 2.9"), "{asked}");
}

#[tokio::test]
async fn what_leads_nowhere_in_the_description_is_any_json() {
    let (url, _) = serve(r#"{"type":"contact","id":"7","custom_attributes":{"plan":[1,"two"]}}"#);
    let contact: Contact = client(&url).contacts().get("7").await.unwrap();
    assert!(contact.to_json().contains(r#""custom_attributes":{"plan":[1,"two"]}"#), "{}", contact.to_json());
    assert_eq!(CreateContactRequest::new().email("a@example.com").to_json(), r#"{"email":"a@example.com"}"#);
}

#[test]
fn what_two_proposals_would_name_alike_has_names_of_its_own() {
    let names: Vec<(&str, &str)> = OPERATIONS
        .iter()
        .filter(|operation| operation.group == "subscribers")
        .map(|operation| (operation.path, operation.name))
        .collect();
    assert_eq!(names, [("/subscribers", "list"), ("/subscribers/all", "list_subscribers")]);
}

#[test]
fn all_of_and_null_come_together() {
    let json = r#"{"type":"admin","id":"1","name":"A","email":"e","avatar":null,"team_ids":[],"app":null}"#;
    let me = AdminWithApp::from_json(json).unwrap();
    assert_eq!((me.name.as_str(), me.app.is_none()), ("A", true));
}
