use std::time::Duration;

use super::*;
use crate::runtime::imitation::Client;
use crate::{ErrorKind, Json, Method, RetryPolicy};

const CONTACT: &str = r#"{"id": "c1"}"#;

fn client(api: &StandIn) -> Client {
    Client::builder().token("secret-token").transport(api.clone()).build().expect("a client")
}

#[tokio::test]
async fn a_reply_is_given_to_the_request_that_it_fits() {
    let api = StandIn::new().on(Method::GET, "/contacts/c2", Canned::json(r#"{"id": "two"}"#)).on(
        Method::GET,
        "/contacts/c1",
        Canned::json(r#"{"id": "one"}"#),
    );
    let client = client(&api);
    assert_eq!(client.contacts().get("c1").await.expect("a contact").id, "one");
    assert_eq!(client.contacts().get("c2").await.expect("a contact").id, "two");
    assert_eq!(api.left(), [""; 0]);
}

#[tokio::test]
async fn a_path_may_leave_arguments_open() {
    let api = StandIn::new().always(Method::GET, "/contacts/{id}", Canned::json(CONTACT));
    let client = client(&api);
    for id in ["c1", "a/b", "c1"] {
        client.contacts().get(id).await.expect("a contact");
    }
    assert!(client.request(Method::GET, "/contacts/c1/tags").await.is_err());
    assert!(client.request(Method::DELETE, "/contacts/c1").await.is_err());
    let asked: Vec<String> = api.requests().iter().take(3).map(ToString::to_string).collect();
    assert_eq!(asked, ["GET /contacts/c1", "GET /contacts/a%2Fb", "GET /contacts/c1"]);
}

#[tokio::test]
async fn replies_to_one_path_are_given_in_their_order() {
    let unavailable = Canned::status(503).header("Retry-After", "0");
    let api = StandIn::new().on(Method::GET, "/contacts/{id}", unavailable).then(Canned::json(CONTACT));
    assert_eq!(client(&api).contacts().get("c1").await.expect("a contact").id, "c1");
    assert_eq!(api.requests().len(), 2);
}

#[tokio::test]
async fn a_request_that_nothing_fits_is_an_error_that_names_it_at_once() {
    let api = StandIn::new().on(Method::GET, "/me", Canned::status(200));
    let error = client(&api).contacts().get("c1").await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Transport);
    let text = error.to_string();
    assert!(text.contains("no canned reply fits GET /contacts/c1; there are: GET /me"), "{text}");
    assert_eq!((api.requests().len(), api.left()), (1, vec!["GET /me".to_owned()]));
}

#[tokio::test]
async fn a_request_is_recorded_without_the_token() {
    let api = StandIn::new().always(Method::POST, "/contacts", Canned::json(CONTACT));
    let request = client(&api).request(Method::POST, "/contacts").query("dry", true).header("X-Mine", "yes");
    request.body(&Json::parse(r#"{"email": "ada@example.com"}"#).expect("JSON")).await.expect("an answer");
    let [seen] = &api.requests()[..] else { panic!("{api:?}") };
    assert_eq!((seen.method(), seen.path(), seen.query("dry").as_deref()), (&Method::POST, "/contacts", Some("true")));
    assert_eq!(seen.url().as_str(), "https://api.intercom.io/contacts?dry=true");
    assert_eq!((seen.header("x-mine"), seen.header("authorization")), (Some("yes"), Some("[token]")));
    assert_eq!(seen.json().get("email"), Some("ada@example.com".into()));
    assert!(!format!("{api:?} {seen:?}").contains("secret-token"));
}

#[tokio::test]
async fn errors_come_as_the_api_tells_them() {
    let api = StandIn::new().then(Canned::error(404, "not_found", "Contact not found"));
    let error = client(&api).contacts().get("c1").await.expect_err("an error");
    assert!(error.is_not_found() && error.has_code("not_found"), "{error}");
    assert_eq!((error.message(), error.request_id()), ("Contact not found", Some("req_canned")));
}

#[tokio::test]
async fn a_connection_may_fail() {
    let api = StandIn::new().then(Canned::failure("cut off"));
    let error = client(&api).contacts().get("c1").retry(RetryPolicy::none()).await.expect_err("an error");
    assert!(error.is_transport() && error.to_string().contains("cut off"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_reply_may_come_late_or_too_late() {
    let late = |seconds| Canned::json(CONTACT).after(Duration::from_secs(seconds));
    let api = StandIn::new().then(late(9)).then(late(11)).then(Canned::json(CONTACT).after(Duration::MAX));
    let client = client(&api);
    let call = || client.contacts().get("c1").timeout(Duration::from_secs(10));
    assert_eq!(call().await.expect("a contact").id, "c1");
    for _ in 0..2 {
        let error = call().await.expect_err("an error");
        assert!(error.is_timeout(), "{error}");
    }
    assert_eq!(api.requests().len(), 3);
}

#[tokio::test]
async fn what_was_sent_can_be_compared_as_a_whole() {
    let api = StandIn::new().then(Canned::json(CONTACT));
    let body = Json::from(serde_json::json!({"role": "user", "email": "ada@example.com"}));
    client(&api).request(Method::POST, "/contacts").body(&body).await.expect("an answer");
    let [seen] = &api.requests()[..] else { panic!("{api:?}") };
    assert_eq!(seen.json(), serde_json::json!({"email": "ada@example.com", "role": "user"}).into());
}

#[tokio::test]
async fn a_reply_that_cannot_be_sent_is_an_error() {
    for canned in [Canned::status(7), Canned::status(200).header("no name", ""), Canned::status(200).header("a", "\n")]
    {
        let api = StandIn::new().then(canned);
        let error = client(&api).contacts().get("c1").retry(RetryPolicy::none()).await.expect_err("an error");
        assert!(error.is_transport() && error.to_string().contains("canned"), "{error}");
    }
}

#[tokio::test]
async fn a_recorded_request_prints_no_credentials() {
    let api = StandIn::new().then(Canned::json("{}")).then(Canned::json("{}"));
    let request = client(&api).request(Method::POST, "/x").header("Cookie", "hidden-1").header("X-Api-Key", "hidden-2");
    let request = request.header("Proxy-Authorization", "hidden-3");
    request.body(&Json::parse(r#"{"password": "hidden-4"}"#).expect("JSON")).await.expect("an answer");
    #[cfg(feature = "oauth")]
    {
        let app = crate::oauth::App::new("app", "hidden-5");
        client(&api).exchange_code(&app, "hidden-6").await.expect_err("no token");
    }
    let text = format!("{api:?} {:?}", api.requests());
    assert!(!text.contains("hidden") && text.contains("POST /x"), "{text}");
    assert_eq!(api.requests()[0].json().get("password"), Some("hidden-4".into()), "a test may look");
}

#[cfg(feature = "dynamic")]
#[test]
fn arguments_print_no_credentials() {
    let arguments = crate::Arguments::new().path("id", "5").header("authorization", "Bearer hidden-1");
    let arguments = arguments.header("Cookie", "hidden-2").header("X-Mine", "shown");
    let text = format!("{arguments:?}");
    assert!(!text.contains("hidden") && text.contains("authorization") && text.contains("shown"), "{text}");
}

#[cfg(feature = "webhooks")]
mod deliveries {
    use crate::webhooks::{Scheme, verify};
    use crate::{Json, test_util};

    #[test]
    fn what_is_signed_here_is_accepted_in_every_scheme() {
        let body = test_util::notification("contact.\"merged\"", Json::parse(r#"{"id": "c1"}"#).expect("JSON"));
        for scheme in Scheme::ALL {
            let headers = test_util::signed(scheme, "secret", &body);
            let verified = verify("secret", &headers, &body).expect("a signature");
            assert_eq!(verified.scheme(), scheme);
            let json = verified.parse::<Json>().expect("JSON");
            assert_eq!(json.get("topic"), Some("contact.\"merged\"".into()));
            assert!(verify("another", &headers, &body).is_err());
        }
    }

    #[test]
    fn an_item_that_is_no_json_shows_when_it_is_read() {
        let body = test_util::notification("contact.merged", "{id: 1}");
        let error = Json::parse(&body).expect_err("an error");
        assert!(error.is_decode() && error.to_string().contains("{id: 1}"), "{error}");
    }
}
