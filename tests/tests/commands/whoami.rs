//! The example `whoami`, run as a program against a server on loopback.

use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::json;
use tests::loopback::{Reply, Server, TOKEN};
use tests::programs;

/// The example's program, built once.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| programs::example("whoami"))
}

/// What the program does in an environment that says nothing else of Intercom.
async fn run(variables: &[(&'static str, &str)]) -> Output {
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let run = move || {
        let mut command = Command::new(program());
        for name in ["INTERCOM_ACCESS_TOKEN", "INTERCOM_REGION", "INTERCOM_BASE_URL"] {
            command.env_remove(name);
        }
        command.envs(variables).output().unwrap_or_else(|error| panic!("{}: {error}", program()))
    };
    // The server has to answer meanwhile.
    tokio::task::spawn_blocking(run).await.expect("an end")
}

/// What the program does with a token, where the server gives this reply.
async fn answered(reply: Reply) -> (Server, Output) {
    let server = Server::new([reply]);
    let output = run(&[("INTERCOM_ACCESS_TOKEN", TOKEN), ("INTERCOM_BASE_URL", server.url())]).await;
    (server, output)
}

/// The single line that a program that failed with `code` has left.
#[track_caller]
fn complaint(output: &Output, code: i32) -> &str {
    let text = std::str::from_utf8(&output.stderr).expect("text");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(code), &b""[..]), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(!text.contains(TOKEN) && !text.contains("panicked"), "{text}");
    text.trim_end()
}

#[tokio::test]
async fn it_prints_who_and_which_workspace_and_region() {
    let app = json!({"type": "app", "id_code": "ab12", "name": "Analytical Engines", "region": "EU"});
    let me = json!({"type": "admin", "id": "7", "name": "Ada", "email": "ada@example.com", "app": app});

    let (server, output) = answered(Reply::json(me)).await;

    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let expected = "Ada <ada@example.com>, workspace Analytical Engines, region EU\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert!(output.status.success());
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.text()), ("GET /me", ""));
    assert_eq!(seen.header("authorization"), Some("Bearer secret-token"));
    assert_eq!(seen.header("intercom-version"), Some("Preview"));
}

#[tokio::test]
async fn it_says_so_where_the_answer_does_not_tell() {
    let (_server, output) = answered(Reply::json(json!({"type": "admin", "id": "7", "name": null, "app": null}))).await;
    assert_eq!(String::from_utf8_lossy(&output.stdout), "admin 7, workspace unknown, region unknown\n");
    assert!(output.status.success());
}

#[tokio::test]
async fn without_a_token_it_names_the_variable_and_ends_with_2() {
    for variables in [&[][..], &[("INTERCOM_ACCESS_TOKEN", " ")]] {
        let output = run(variables).await;
        let text = complaint(&output, 2);
        assert!(text.starts_with("whoami: no access token: set INTERCOM_ACCESS_TOKEN"), "{text}");
    }
}

#[tokio::test]
async fn an_unknown_region_is_refused_with_those_that_there_are() {
    let output = run(&[("INTERCOM_ACCESS_TOKEN", TOKEN), ("INTERCOM_REGION", "Mars")]).await;
    assert_eq!(complaint(&output, 2), "whoami: INTERCOM_REGION: \"Mars\" is no region: it has to be US, EU or AU");
}

#[tokio::test]
async fn a_token_that_is_no_good_is_an_error_of_the_api() {
    let body = r#"{"type": "error.list", "request_id": "req_1",
        "errors": [{"code": "unauthorized", "message": "Access Token Invalid"}]}"#;
    let (_server, output) = answered(Reply::json(body).status(401)).await;
    let text = complaint(&output, 1);
    assert!(text.contains("401 Unauthorized: unauthorized: Access Token Invalid (request req_1)"), "{text}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_with_its_cause() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    let output = run(&[("INTERCOM_ACCESS_TOKEN", TOKEN), ("INTERCOM_BASE_URL", &url)]).await;
    let text = complaint(&output, 1);
    assert!(text.contains(&format!("no answer from {url}: ")) && text.contains("refused"), "{text}");
}
