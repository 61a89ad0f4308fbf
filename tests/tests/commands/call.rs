//! The example `call`, run as a program against a server on loopback.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tests::loopback::{Reply, Server, TOKEN};
use tests::tree;

/// The example's program, built once.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| tests::programs::example("call"))
}

/// What the program does with these words and this standard input, in an environment that has a token and nothing else
/// of Intercom.
async fn run(words: &[&str], input: &str) -> Output {
    run_with(Some(TOKEN), words, input).await
}

async fn run_with(token: Option<&'static str>, words: &[&str], input: &str) -> Output {
    let (words, input) = (words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), input.to_owned());
    let run = move || {
        let mut command = Command::new(program());
        for name in ["INTERCOM_ACCESS_TOKEN", "INTERCOM_REGION", "INTERCOM_BASE_URL"] {
            command.env_remove(name);
        }
        command.envs(token.map(|token| ("INTERCOM_ACCESS_TOKEN", token))).args(words).current_dir(tree::workspace());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap_or_else(|error| panic!("{}: {error}", program()));
        let mut standard_input = child.stdin.take().expect("a pipe");
        // A program that reads nothing may be gone by now.
        let _ = standard_input.write_all(input.as_bytes());
        drop(standard_input);
        child.wait_with_output().expect("an end")
    };
    // The server has to answer meanwhile.
    let output = tokio::task::spawn_blocking(run).await.expect("an end");
    for text in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains(TOKEN) && !text.contains("panicked"), "{text}");
    }
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// What the program prints where it succeeds.
#[track_caller]
fn printed(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// The complaint of a program that ends with `code` and prints nothing.
#[track_caller]
fn complaint(output: &Output, code: i32) -> &str {
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(code), ""), "{}", text(&output.stderr));
    text(&output.stderr)
}

fn contact(id: &str) -> Value {
    json!({"type": "contact", "id": id})
}

#[tokio::test]
async fn it_makes_one_call_and_prints_pretty_json() {
    let page = json!({"type": "list", "data": [contact("1")], "total_count": 1});
    let server = Server::new([Reply::json(page)]);
    let output = run(&["ListContacts", "--query", "per_page=5", "--base-url", server.url()], "").await;
    let expected = "{\n  \"type\": \"list\",\n  \"data\": [\n    {\n      \"type\": \"contact\",\n      \"id\": \"1\"\n    }\n  ],\n  \
                    \"total_count\": 1\n}\n";
    assert_eq!((printed(&output), text(&output.stderr)), (expected, ""));
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /contacts?per_page=5");
    assert_eq!(seen.header("intercom-version"), Some("Preview"));
}

#[tokio::test]
async fn it_sends_what_it_is_told_as_the_version_that_it_is_told() {
    let server = Server::new([Reply::json(contact("1"))]);
    let words = ["put /contacts/{id}", "--path=id=1", "--body", "-", "--header", "X-Trace=7", "--api-version", "2.14"];
    let output = run(&[&words[..], &["--base-url", server.url()]].concat(), r#"{"name": "Ada"}"#).await;
    printed(&output);
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.text()), ("PUT /contacts/1", r#"{"name":"Ada"}"#));
    let headers = ["authorization", "intercom-version", "x-trace"].map(|name| seen.header(name));
    assert_eq!(headers, [Some("Bearer secret-token"), Some("2.14"), Some("7")]);
}

#[tokio::test]
async fn all_pages_are_a_line_for_each_item_and_a_count_on_standard_error() {
    let first = json!({"data": [contact("1"), contact("2")], "pages": {"next": {"starting_after": "x"}}});
    let server = Server::new([Reply::json(first), Reply::json(json!({"data": [contact("3")]}))]);
    let output = run(&["contacts.list", "--all", "--base-url", server.url()], "").await;
    let line = |id: &str| format!("{}\n", contact(id));
    assert_eq!(printed(&output), [line("1"), line("2"), line("3")].concat());
    assert_eq!(text(&output.stderr), "3 items\n");
    let [_, second] = server.requests();
    assert_eq!(second.line, "GET /contacts?starting_after=x");
}

#[tokio::test]
async fn a_batch_has_a_line_for_each_line_in_order_and_goes_on_after_bad_ones() {
    let missing = json!({"type": "error.list", "errors": [{"code": "not_found", "message": "No such contact"}]});
    let odd = json!({"type": "contact", "id": "3", "email": 5});
    let file = Reply::new(200).body("abc");
    let replies = [Reply::json(contact("1")), Reply::json(missing).status(404), Reply::json(odd), file];
    let server = Server::new(replies);
    let input = r#"{"operation": "ShowContact", "path": {"id": "1"}}
{"operation": "GET /contacts/{id}", "path": {"id": 2}}

{"operation": "ShowContact", "path": {"id": "3"}, "query": null}
no JSON
[1]
{"path": {}}
{"operation": "ShowContac", "path": {"id": "3"}}
{"operation": "CreateContact", "body": {"email": 5}}
{"operation": "ShowContact", "id": "3"}
{"operation": "downloadDataExport", "path": {"job_identifier": "j"}}"#;
    let output = run(&["--batch", "--base-url", server.url()], input).await;
    let lines: Vec<Value> = printed(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let drift = json!([{"path": "$.email", "expected": "a string", "raw": 5}]);
    assert_eq!(lines[0], json!({"operation": "ShowContact", "status": 200, "value": contact("1"), "drift": []}));
    assert_eq!((&lines[1]["operation"], &lines[1]["error"]["kind"]), (&json!("GET /contacts/{id}"), &json!("api")));
    assert_eq!(lines[1]["error"]["status"], 404);
    assert!(lines[1]["error"]["message"].as_str().is_some_and(|text| text.contains("No such contact")), "{}", lines[1]);
    assert_eq!(lines[2]["drift"], drift);
    let wrong = lines[3..9].iter().map(|line| {
        let error = &line["error"];
        assert_eq!((&error["kind"], &error["status"]), (&json!("argument"), &Value::Null), "{line}");
        (line["operation"].as_str(), error["message"].as_str().unwrap_or_default())
    });
    let expected = [
        (None, "line 5: is no JSON"),
        (None, "line 6: is no object"),
        (None, "line 7: has no `operation`"),
        (Some("ShowContac"), "did you mean ShowContact"),
        (Some("CreateContact"), "body.email: expected a string, got 5"),
        (Some("ShowContact"), "id: is unknown; a call takes path, query, form, headers, extra, body"),
    ];
    for ((operation, message), (due, part)) in wrong.zip(expected) {
        assert!(operation == due && message.contains(part), "{operation:?} {message}");
    }
    assert_eq!(lines[9]["bytes"], 3);
    assert_eq!(lines.len(), 10);
    let [..]: [_; 4] = server.requests();
}

#[tokio::test]
async fn what_does_not_fit_the_description_is_told_on_standard_error() {
    let server = Server::new([Reply::json(json!({"id": "1", "email": 5}))]);
    let words = ["CreateContact", "--body", r#"{"moon": 1}"#, "--base-url", server.url()];
    let output = run(&words, "").await;
    assert_eq!(printed(&output), "{\n  \"id\": \"1\",\n  \"email\": 5\n}\n");
    let told = text(&output.stderr);
    assert!(told.contains("CreateContact: $.email: expected a string, got 5"), "{told}");
    assert!(told.contains("sent body.moon, which the description does not list: 1"), "{told}");
}

#[tokio::test]
async fn a_file_goes_where_it_is_told() {
    let server = Server::new([Reply::new(200).body("abc"), Reply::new(200).body("abc")]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.gz");
    let path = path.to_str().expect("a path");
    let words = ["downloadDataExport", "--path", "job_identifier=j", "--base-url", server.url()];
    let output = run(&[&words[..], &["--output", path]].concat(), "").await;
    assert_eq!((printed(&output), text(&output.stderr)), ("", "3 bytes\n"));
    assert_eq!(std::fs::read(path).expect("a file"), b"abc");
    let output = run(&words, "").await;
    assert_eq!(printed(&output), "abc");
}

#[tokio::test]
async fn a_call_that_fails_ends_with_1() {
    let server = Server::new([Reply::new(404)]);
    let output = run(&["ShowContact", "--path", "id=1", "--base-url", server.url()], "").await;
    assert!(complaint(&output, 1).starts_with("call: ShowContact: 404 Not Found"), "{output:?}");
}

#[tokio::test]
async fn what_is_wrong_before_anything_is_sent_ends_with_2() {
    let url = "http://127.0.0.1:9";
    for (words, part) in [
        (&["ShowContact"][..], "path.id: is missing"),
        (&["ShowContac"], "did you mean ShowContact"),
        (&["ListContacts", "--query", "per_page=many"], "query.per_page: expected an integer"),
        (&["ListContacts", "--query", "per_page"], "--query per_page is not NAME=VALUE"),
        (&["ListContacts", "--quarry", "a=b"], "--quarry is no option"),
        (&["ListContacts", "5"], "5 is one argument too many"),
        (&["CreateContact", "--body", "{"], "--body is no JSON"),
        (&["CreateContact", "--body", "@nowhere.json"], "nowhere.json"),
        (&["ShowContact", "--path", "id=1", "--all"], "no list that comes in pages"),
        (&["ListContacts", "--api-version", "1.0"], "unstable and 2.14"),
        (&["--batch", "ListContacts"], "exclude each other"),
        (&[], "which operation?"),
        (&["ListContacts", "--query="], "--query  is not NAME=VALUE"),
    ] {
        let output = run(&[words, &["--base-url", url]].concat(), "").await;
        let text = complaint(&output, 2);
        assert!(text.contains(part), "{words:?}: {text}");
    }
}

#[tokio::test]
async fn a_token_is_needed_unless_the_server_is_ones_own() {
    let output = run_with(None, &["me"], "").await;
    assert!(complaint(&output, 2).contains("no access token: set INTERCOM_ACCESS_TOKEN"), "{output:?}");
    let server = Server::new([Reply::json(json!({"type": "admin", "id": "1"}))]);
    let output = run_with(None, &["admins.me", "--base-url", server.url()], "").await;
    printed(&output);
    let [seen] = server.requests();
    assert_eq!(seen.header("authorization"), Some("Bearer none"));
}

#[tokio::test]
async fn help_and_the_list_of_operations_need_no_server_and_no_token() {
    let output = run_with(None, &["--help"], "").await;
    assert!(printed(&output).contains("Exit codes: 0"));
    let output = run_with(None, &["--list", "merge_history"], "").await;
    let line = "ListContactMergeHistory  GET /contacts/{id}/merge_history  contacts.list_merge_history(path id: Id, \
                query cursor?: String,";
    assert!(printed(&output).starts_with(line), "{}", text(&output.stdout));
}
