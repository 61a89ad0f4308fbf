//! What goes wrong on the way back, and what the error says of it.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::test_server::{Server, answer, ok};
use crate::runtime::imitation::{Client, Contact};
use crate::{Error, ErrorCode, Id, Method, Region, RetryPolicy, Timestamp};

async fn failure(answer: Vec<u8>) -> Error {
    Server::new(vec![answer]).client().contacts().get(1).await.expect_err("an error")
}

#[tokio::test]
async fn an_api_error_tells_everything_that_the_api_told() {
    let body = r#"{"type":"error.list","request_id":"req_2","errors":[{"code":"not_found","message":"User Not Found","field":null},
        {"code":"brand_new","message":null,"field":"email"}]}"#;
    let headers = [
        ("X-Request-Id", "req_1"),
        ("X-RateLimit-Limit", "166"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", "1734537243"),
    ];
    let error = failure(answer("404 Not Found", &headers, body)).await;
    assert!(error.is_api() && error.is_not_found() && !error.is_conflict());
    assert_eq!(
        error.to_string(),
        "ShowContact: 404 Not Found: not_found: User Not Found: brand_new [email] (request req_2)"
    );
    assert!(error.has_code(ErrorCode::NotFound) && error.has_code("brand_new") && !error.has_code("conflict"));
    assert_eq!(error.code(), Some(&ErrorCode::NotFound));
    assert_eq!(error.message(), "User Not Found");
    assert_eq!(error.errors()[1].field.as_deref(), Some("email"));
    assert_eq!((error.operation(), error.request_id()), (Some("ShowContact"), Some("req_2")));
    assert_eq!(error.body(), Some(body.as_bytes()));
    let limit = error.rate_limit().expect("a rate limit");
    assert_eq!((limit.limit, limit.remaining), (Some(166), Some(0)));
    assert_eq!(limit.reset, Some(Timestamp::from(1_734_537_243_i64)));
}

#[tokio::test]
async fn an_error_of_any_other_form_still_gives_status_and_body() {
    let cases = [
        ("502 Bad Gateway", "<html>\n<h1>no</h1>", "ShowContact: 502 Bad Gateway: <html>\\n<h1>no</h1>"),
        ("400 Bad Request", r#"{"message":"wrong"}"#, "ShowContact: 400 Bad Request: wrong"),
        (
            "422 Unprocessable Entity",
            r#"{"error_key":"bad_phone","message":"no"}"#,
            "ShowContact: 422 Unprocessable Entity: no: bad_phone",
        ),
        (
            "422 Unprocessable Entity",
            r#"{"errors":{"rating":"is late"}}"#,
            "ShowContact: 422 Unprocessable Entity: [rating]: is late",
        ),
        ("500 Internal Server Error", "", "ShowContact: 500 Internal Server Error"),
        ("500 Internal Server Error", "[1,", "ShowContact: 500 Internal Server Error: [1,"),
        ("599 Odd", "null", "ShowContact: 599 status: null"),
    ];
    for (status, body, text) in cases {
        let error = failure(answer(status, &[], body)).await;
        assert_eq!(error.to_string(), text);
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.status().map(|code| code.to_string()).as_deref(), status.get(..3));
    }
}

#[tokio::test]
async fn whatever_an_error_says_it_is_printed_on_one_line_that_has_an_end() {
    let long = "lorem\\nipsum\\u001b[31m ".repeat(10_000);
    let bodies = [
        format!(r#"{{"message":"{long}"}}"#),
        format!(r#"{{"request_id":"r\n1","errors":[{{"code":"{long}","field":"a\rb"}}]}}"#),
        format!(r#"{{"errors":[{}]}}"#, vec![r#"{"code":"not_found","message":"no\u2028no"}"#; 10_000].join(",")),
        format!("<html>\n{long}"),
    ];
    for body in bodies {
        let error = failure(answer("400 Bad Request", &[("X-Request-Id", "req_1")], &body)).await;
        let text = error.to_string();
        assert!(text.starts_with("ShowContact: 400 Bad Request: "), "{text}");
        assert!(text.len() < 1_500 && !text.contains(|c: char| c.is_control() || c == '\u{2028}'), "{text}");
        assert!(text.ends_with("(request req_1)") || text.ends_with("(request r\\n1)"), "{text}");
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn an_error_keeps_its_status_where_its_body_is_beyond_the_limit() {
    let server = Server::new(vec![answer("404 Not Found", &[], format!("<p>{}", "x".repeat(2_000)))]);
    let builder = Client::builder().token("t").base_url(&server.url).max_body(1_000);
    let error = builder.build().expect("a client").contacts().get(1).await.expect_err("an error");
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.body().map(<[u8]>::len), Some(1_000));
}

#[tokio::test]
async fn a_merged_contact_leads_to_the_other() {
    for (link, target, id) in [
        (r#"</contacts/2>; rel="canonical""#, "/contacts/2", Some("2")),
        ("<https://api.intercom.io/contacts/2?a=/b>", "https://api.intercom.io/contacts/2?a=/b", Some("2")),
        ("</contacts/>", "/contacts/", None),
        ("</companies/2>", "/companies/2", None),
        ("2", "2", None),
    ] {
        let error = failure(answer("410 Gone", &[("Link", link)], r#"{"errors":[{"code":"contact_merged"}]}"#)).await;
        assert!(error.is_gone() && error.has_code(ErrorCode::ContactMerged));
        assert_eq!((error.link(), error.merged_into()), (Some(target), id.map(Id::from)));
    }
    let error = failure(answer("404 Not Found", &[("Link", "</contacts/2>")], "")).await;
    assert_eq!(error.merged_into(), None);
}

#[tokio::test]
async fn an_error_has_no_code_where_the_api_gives_none() {
    let bodies =
        [r#"{"errors":{"rating":"is late"}}"#, r#"{"errors":[{"message":"no","code":""}]}"#, r#"{"code":null}"#];
    for body in bodies {
        assert_eq!(failure(answer("422 Unprocessable Entity", &[], body)).await.code(), None, "{body}");
    }
    let second = r#"{"errors":[{"message":"no"},{"code":"not_found"}]}"#;
    assert_eq!(failure(answer("404 Not Found", &[], second)).await.code(), Some(&ErrorCode::NotFound));
}

#[tokio::test]
async fn a_request_of_the_callers_own_is_named_by_method_and_path() {
    let server = Server::new(vec![answer("404 Not Found", &[], ""), ok("[")]);
    let ask = || server.client().request(Method::POST, "/beta/thing").query("key", "secret");
    let error = ask().await.expect_err("an error");
    assert_eq!((error.to_string().as_str(), error.operation()), ("POST /beta/thing: 404 Not Found", None));
    let error = ask().await.expect_err("an error");
    assert!(error.to_string().starts_with("POST /beta/thing: status 200, but "), "{error}");
    let error = server.client().request(Method::GET, "/a\n?key=1").await.expect_err("an error");
    assert!(error.to_string().starts_with(r"GET /a\n: the path "), "{error}");
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_a_decode_error_with_all_there_is() {
    let deep = format!(r#"{{"id":"1","new":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    let cases: [(&[u8], &str, &str); 7] = [
        (b"", "$", "nothing, where a value is due"),
        (b" \r\n", "$", "nothing, where a value is due"),
        (b"<!DOCTYPE html>", "$", "<!DOCTYPE html>"),
        (br#"{"id":"1","avatar":{"image_url":"u"#, "$.avatar.image_url", "the text ends too early"),
        (b"{\"id\":\"1\",\"emails\":[\"a\",\"\xff\"]}", "$.emails[1]", "invalid UTF-8 at byte 25"),
        (deep.as_bytes(), "$.new", "containers nest too deep"),
        (b"[]", "$", "expected an object"),
    ];
    for (body, path, text) in cases {
        let error = failure(ok(body)).await;
        assert!(error.is_decode(), "{error}");
        assert_eq!(
            (error.status(), error.request_id(), error.path()),
            (Some(200), Some("req_1"), Some(path)),
            "{error}"
        );
        assert!(error.to_string().contains(text), "{error}");
        assert!(error.to_string().len() < 400, "{error}");
        assert_eq!(error.body(), Some(body));
    }
}

#[tokio::test]
async fn drift_is_in_the_response_and_goes_to_the_hook() {
    let body = r#"{"id":"1","visits":"x","new":true,"role":"robot"}"#;
    let server = Server::new(vec![ok(body)]);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hook = Arc::clone(&heard);
    let builder = Client::builder().token("t").base_url(&server.url).on_drift(move |operation, drift| {
        hook.lock().expect("a lock").extend(drift.iter().map(|drift| format!("{operation} {}", drift.path)));
    });
    let response = builder.build().expect("a client").contacts().get(1).send_raw().await.expect("a response");
    assert_eq!((response.status(), response.request_id()), (200, Some("req_1")));
    assert_eq!(response.drift().len(), 1);
    assert_eq!(response.body(), body.as_bytes());
    let additions: Vec<_> = response.additions().into_iter().map(|addition| addition.path).collect();
    assert_eq!(additions, ["$.new", "$.role"]);
    assert_eq!(*heard.lock().expect("a lock"), ["ShowContact $.visits"]);
    assert_eq!(response.into_value().to_json(), r#"{"id":"1","role":"robot","visits":"x","new":true}"#);
}

#[tokio::test]
async fn a_strict_client_makes_drift_an_error_and_lets_additions_pass() {
    let server = Server::new(vec![ok(r#"{"id":"1","visits":"x"}"#), ok(r#"{"id":"1","new":1,"role":"robot"}"#)]);
    let client = Client::builder().token("t").base_url(&server.url).strict(true).build().expect("a client");
    let error = client.contacts().get(1).await.expect_err("an error");
    assert!(error.is_decode());
    assert_eq!(error.path(), Some("$.visits"));
    client.contacts().get(1).await.expect("a contact");
}

#[tokio::test]
async fn a_byte_order_mark_does_not_matter() {
    let server = Server::new(vec![ok("\u{feff}{\"id\":\"1\"}")]);
    let contact: Contact = server.client().contacts().get(1).await.expect("a contact");
    assert_eq!(contact.id, "1");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_told_with_the_head_that_came() {
    let whole = ok(r#"{"id":"1"}"#);
    let error = failure(whole[..whole.len() - 3].to_vec()).await;
    assert!(error.is_transport(), "{error:?}");
    assert_eq!((error.status(), error.request_id(), error.body()), (Some(200), Some("req_1"), None));
    let text = error.to_string();
    assert!(text.starts_with("ShowContact: status 200, but the body broke off: "), "{text}");
    assert!(text.ends_with(" (request req_1)"), "{text}");
}

#[tokio::test]
async fn a_head_that_breaks_off_is_no_answer() {
    let error = failure(b"HTTP/1.1 2".to_vec()).await;
    assert!(error.is_transport() && error.status().is_none(), "{error:?}");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_and_told_with_its_head() {
    let server = Server::new(vec![ok(format!(r#"{{"id":"{}"}}"#, "x".repeat(2_000)))]);
    let client = Client::builder().token("t").base_url(&server.url).max_body(1_000).build().expect("a client");
    let error = client.contacts().get(1).await.expect_err("an error");
    let text = "ShowContact: status 200, but the body is larger than 1000 bytes (request req_1)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn an_excerpt_has_its_quotes_and_no_line_breaks() {
    let error = failure(ok("{\"id\":\"a\\\"b\",\n\"it's\":\u{1b}1")).await;
    assert!(error.to_string().contains(r#", in `{"id":"a\"b",\n"it's":\u{1b}1`"#), "{error}");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_a_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        while stream.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {}
    });
    let client =
        Client::builder().token("t").base_url(url).timeout(Duration::from_millis(100)).build().expect("a client");
    let error = client.contacts().get(1).await.expect_err("an error");
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_by_its_origin_alone() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let builder = Client::builder().token("t").base_url(format!("{url}/proxy")).retry(RetryPolicy::none());
    let request = builder.build().expect("a client").contacts().get(1).query("key", "secret");
    let error = request.await.expect_err("an error");
    let text = error.to_string();
    assert!(error.is_transport() && text.starts_with(&format!("ShowContact: no answer from {url}: ")), "{text}");
    assert!(text.contains("refused") && !text.contains("proxy") && !text.contains("secret"), "{text}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn redirects_without_end_are_told_as_such() {
    let answers = (0..11).map(|_| answer("302 Found", &[("Location", "/contacts/1")], "")).collect();
    let error = Server::new(answers).client().contacts().get(1).await.expect_err("an error");
    assert_eq!(error.to_string(), "ShowContact: more than 10 redirects");
}

fn from(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let find = |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
    Client::builder().environment_from(find)?.build()
}

#[test]
fn the_environment_sets_a_client_up() {
    let base_url = |variables: &[(&str, &str)]| from(variables).expect("a client").core().0.base_url.clone();
    let token = ("INTERCOM_ACCESS_TOKEN", "t");
    assert_eq!(base_url(&[token]), "https://api.intercom.io");
    for region in ["EU", "eu", " Europe "] {
        assert_eq!(base_url(&[token, ("INTERCOM_REGION", region)]), "https://api.eu.intercom.io");
    }
    assert_eq!(base_url(&[token, ("INTERCOM_REGION", "")]), Region::Us.base_url());
    assert_eq!(base_url(&[token, ("INTERCOM_REGION", "AU"), ("INTERCOM_BASE_URL", "https://x/y/")]), "https://x/y");
}

#[test]
fn a_client_that_cannot_work_is_refused() {
    let token = ("INTERCOM_ACCESS_TOKEN", "t");
    let cases: [(&[(&str, &str)], &str); 9] = [
        (&[], "no access token: set INTERCOM_ACCESS_TOKEN"),
        (&[("INTERCOM_ACCESS_TOKEN", " ")], "no access token"),
        (&[("INTERCOM_ACCESS_TOKEN", "a\u{1}b")], "no header can carry"),
        (&[token, ("INTERCOM_REGION", "Mars")], "INTERCOM_REGION: \"Mars\" is no region"),
        (&[token, ("INTERCOM_BASE_URL", "api.intercom.io")], "has to be absolute"),
        (&[token, ("INTERCOM_BASE_URL", "ftp://x")], "has to begin with https://"),
        (&[token, ("INTERCOM_BASE_URL", "https://user:pass@x")], "must not hold a user"),
        (&[token, ("INTERCOM_BASE_URL", "https://x/?a=b")], "must not have a query"),
        (&[token, ("INTERCOM_BASE_URL", "https://")], "base URL"),
    ];
    for (variables, text) in cases {
        let error = from(variables).expect_err("an error");
        assert!(error.is_config() && error.to_string().contains(text), "{error}");
        assert!(!error.to_string().contains("a\u{1}b"));
    }
}

#[test]
fn a_builder_does_not_print_the_password_of_an_address() {
    for address in ["https://user:pass@x", "user:pass@x", "https://x/?key=pass"] {
        let builder = Client::builder().token("t").base_url(address);
        let error = builder.clone().build().expect_err("an error");
        let text = format!("{builder:?} {error} {error:?}");
        assert!(!text.contains("user:pass") && !text.contains("key=pass"), "{text}");
    }
}

#[test]
fn what_no_header_can_carry_is_refused_when_the_client_is_made() {
    let client = || Client::builder().token("t");
    for text in ["a\r\nX-Evil: b", "a\0", "a\n"] {
        for builder in [client().user_agent(text), client().version(text)] {
            assert!(builder.build().expect_err("an error").to_string().contains("no header can carry"), "{text:?}");
        }
        assert!(client().token(format!("t{text}t")).build().expect_err("an error").is_config());
    }
}

#[tokio::test]
async fn a_token_that_comes_back_shows_in_no_error() {
    let echo = r#"{"id":"1","visits":"Bearer secret-token","name":"secret-token"}"#;
    let server = Server::new(vec![ok(echo)]);
    let builder = Client::builder().token("secret-token").base_url(&server.url).strict(true);
    let error = builder.build().expect("a client").contacts().get(1).await.expect_err("an error");
    assert_eq!(error.path(), Some("$.visits"));
    let body = |error: &Error| String::from_utf8_lossy(error.body().unwrap_or_default()).into_owned();
    assert!(!format!("{error} {error:?} {}", body(&error)).contains("secret-token"), "{error}");

    let server = Server::new(vec![answer("403 Forbidden", &[], "who is Bearer another-token?")]);
    let request = server.client().contacts().get(1).header("Authorization", "bearer another-token");
    let error = request.await.expect_err("an error");
    assert!(!format!("{error} {}", body(&error)).contains("another-token"), "{error}");
}

#[tokio::test]
async fn a_list_of_errors_is_an_error_of_the_api_though_its_status_is_a_success() {
    let body = r#"{"type":"error.list","request_id":"req_2","errors":[{"code":"server_error","message":"x"}]}"#;
    let error = failure(ok(body)).await;
    assert!(error.is_api() && error.has_code("server_error"), "{error}");
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("req_2")));
    assert_eq!(error.to_string(), "ShowContact: 200 OK: server_error: x (request req_2)");
    let server = Server::new(vec![ok(body); 3]);
    let client = server.client();
    let body = crate::runtime::imitation::CreateContactRequest::new("e");
    assert!(client.contacts().detach("1", "2", body).await.expect_err("an error").is_api());
    assert!(client.contacts().transcript("app").await.expect_err("an error").is_api());
    assert!(client.request(Method::GET, "/x").await.expect_err("an error").is_api());
}

#[tokio::test]
async fn a_list_of_errors_is_an_error_where_a_file_is_expected() {
    let body = r#"{"type":"error.list","errors":[{"code":"not_found"}]}"#;
    let server = Server::new(vec![answer("200 OK", &[("Content-Type", "application/json; charset=utf-8")], body)]);
    let error = server.client().contacts().recording().await.expect_err("an error");
    assert!(error.is_api() && error.has_code("not_found"), "{error}");
    let server = Server::new(vec![answer("200 OK", &[("Content-Type", "application/json")], r#"{"a":"error.list"}"#)]);
    let file = server.client().contacts().recording().await.expect("a download").bytes().await.expect("bytes");
    assert_eq!(&file[..], br#"{"a":"error.list"}"#);
}

#[tokio::test]
async fn an_error_of_the_server_that_comes_as_a_success_is_tried_again() {
    let busy = ok(r#"{"type":"error.list","errors":[{"code":"server_error"}]}"#);
    let limited = ok(r#"{"type":"error.list","errors":[{"code":"rate_limit_exceeded"}]}"#);
    let server = Server::new(vec![busy, limited, ok(r#"{"id":"1"}"#)]);
    let policy = RetryPolicy::default().first_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(5));
    assert_eq!(server.retrying(policy).contacts().get(1).await.expect("a contact").id, "1");
}

#[tokio::test]
async fn data_that_only_mentions_a_list_of_errors_is_data() {
    let server = Server::new(vec![ok(r#"{"id":"error.list","emails":["error.list"]}"#)]);
    assert_eq!(server.client().contacts().get(1).await.expect("a contact").id, "error.list");
}

#[tokio::test]
async fn null_in_place_of_an_object_is_told_as_such() {
    for body in ["null", " null\n", "\u{feff}null"] {
        let error = failure(ok(body)).await;
        assert!(error.is_decode() && error.to_string().contains("the API returned `null`"), "{error}");
        assert_eq!((error.status(), error.path()), (Some(200), Some("$")));
    }
}

#[tokio::test]
async fn a_conflict_tells_which_contact_is_in_the_way_and_whether_it_is_archived() {
    let conflict = |message: &str| format!(r#"{{"errors":[{{"code":"conflict","message":"{message}"}}]}}"#);
    for (message, id, archived) in [
        (
            "A contact matching those details already exists with id=6957000000000000000000a1",
            Some("6957000000000000000000a1"),
            false,
        ),
        (
            "An archived contact matching those details already exists with id=6957000000000000000000a1.",
            Some("6957000000000000000000a1"),
            true,
        ),
        ("Something with ID = 17 exists", Some("17"), false),
        ("is valid=5", None, false),
        ("already exists with id=", None, false),
        ("already exists", None, false),
    ] {
        let error = failure(answer("409 Conflict", &[], conflict(message))).await;
        assert_eq!(error.conflicting_id(), id.map(Id::from), "{message}");
        assert_eq!(error.is_archived_conflict(), archived, "{message}");
    }
    let error = failure(answer("400 Bad Request", &[], conflict("An archived contact exists with id=1"))).await;
    assert_eq!((error.conflicting_id(), error.is_archived_conflict()), (None, false));
}

#[tokio::test]
async fn a_wait_that_the_api_asks_for_has_an_end() {
    for seconds in ["18446744073709551615", "99999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let error = failure(answer("429 Too Many Requests", &[("Retry-After", seconds)], "")).await;
        let wait = error.retry_after().expect("a wait");
        assert!(wait <= Duration::from_secs(366 * 24 * 3600), "{wait:?}");
        assert!(std::time::Instant::now().checked_add(wait).is_some());
    }
}

#[test]
fn a_base_url_in_plain_http_is_for_this_machine_unless_the_caller_allows_it() {
    let build = |url: &str| Client::builder().token("t").base_url(url).build();
    for url in ["http://localhost:8080", "http://127.0.0.1", "http://127.8.8.8:1/x", "http://[::1]:80", "https://x"] {
        assert!(build(url).is_ok(), "{url}");
    }
    for url in [
        "http://api.intercom.io",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://[::2]",
        "http://0.0.0.0",
    ] {
        let error = build(url).expect_err("an error");
        assert!(error.is_config() && error.to_string().contains("allow_http"), "{url}: {error}");
        assert!(Client::builder().token("t").base_url(url).allow_http(true).build().is_ok(), "{url}");
    }
    assert!(from(&[("INTERCOM_ACCESS_TOKEN", "t"), ("INTERCOM_BASE_URL", "http://x")]).is_err());
}

/// Set where this test runs itself again, below a proxy that is not there.
const CHILD: &str = "INTERCOM_GEN_TEST_BEHIND_A_PROXY";

#[tokio::test]
async fn a_proxy_of_the_environment_does_not_see_calls_to_this_machine() {
    if std::env::var_os(CHILD).is_some() {
        let server = Server::new(vec![ok(r#"{"id":"1"}"#)]);
        server.client().contacts().get(1).await.expect("no proxy on the way");
        return;
    }
    let name = "runtime::http::fault_tests::a_proxy_of_the_environment_does_not_see_calls_to_this_machine";
    let mut again = std::process::Command::new(std::env::current_exe().expect("a test"));
    again.args(["--exact", name]).env(CHILD, "1");
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        again.env(variable, "http://127.0.0.1:1");
    }
    for variable in ["NO_PROXY", "no_proxy"] {
        again.env_remove(variable);
    }
    let output = again.output().expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

#[test]
fn a_base_url_is_an_address_and_nothing_more() {
    let build = |url: &str| Client::builder().token("t").base_url(url).build();
    for (url, kept) in [
        ("https://api.intercom.io", "https://api.intercom.io"),
        (" https://API.intercom.io/ \n", "https://api.intercom.io"),
        ("https://x:8443/a/b//", "https://x:8443/a/b"),
        ("https://x/a/../b", "https://x/b"),
        ("http://0x7f.1:80", "http://127.0.0.1"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]"),
    ] {
        assert_eq!(build(url).expect("a client").core().0.base_url, kept, "{url}");
    }
    for url in [
        "",
        " ",
        "/",
        "//x",
        "x",
        "x:443",
        "https:",
        "https://",
        "https://:443",
        "https://x:99999",
        "https://x y",
        "https://x?a",
        "https://x#a",
        "https://x/#",
        "https://u@x",
        "https://:p@x",
        "ws://x",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:0",
        "https://x\0y",
        "https://[::1",
        "https://%00",
    ] {
        assert!(build(url).expect_err("an error").is_config(), "{url:?}");
    }
}

#[tokio::test]
async fn a_success_that_is_too_large_is_an_error_at_any_size_above_the_limit() {
    for (length, fits) in [(999, true), (1_000, true), (1_001, false), (100_000, false)] {
        let body = format!(r#"{{"id":"1"}}{}"#, " ".repeat(length - 10));
        let server = Server::new(vec![ok(&body)]);
        let client = Client::builder().token("t").base_url(&server.url).max_body(1_000).build().expect("a client");
        let outcome = client.contacts().get(1).retry(RetryPolicy::none()).await;
        assert_eq!(outcome.is_ok(), fits, "{length}");
    }
}
