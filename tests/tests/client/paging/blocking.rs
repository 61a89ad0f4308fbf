//! Pages and items without a runtime of the caller's own.

use tokio::runtime::Builder;

use super::serving;

const FIRST: &str = r#"{"data":[{"id":"1"},{"id":"2"}],"pages":{"next":{"starting_after":"a"}}}"#;
const SECOND: &str = r#"{"data":[{"id":"3"}],"pages":{"next":{"starting_after":"b"}}}"#;
const LAST: &str = r#"{"data":[{"id":"4"}],"pages":{"next":null}}"#;

#[test]
fn items_are_read_over_all_pages() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let (server, client) = runtime.block_on(async { serving([FIRST, SECOND, LAST]) });
    let ids = client.contacts().list().items().blocking().map(|contact| contact.map(|contact| contact.id.to_string()));
    assert_eq!(ids.collect::<Result<Vec<_>, _>>().expect("contacts"), ["1", "2", "3", "4"]);
    let asked = server.requests::<3>().map(|request| request.line);
    let expected = ["GET /contacts", "GET /contacts?starting_after=a", "GET /contacts?starting_after=b"];
    assert_eq!(asked, expected);
}

#[test]
fn pages_end_with_the_first_error() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let (server, client) = runtime.block_on(async { serving([FIRST, "no JSON"]) });
    let mut pages = client.contacts().list().pages().blocking();
    assert_eq!(pages.next().expect("a page").expect("a page").data.len(), 2);
    assert!(pages.next().expect("an end").expect_err("an error").is_decode());
    assert!(pages.next().is_none());
    let [_, _] = server.requests();
}
