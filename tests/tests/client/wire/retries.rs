//! What is sent again, through emitted code.

use std::time::Duration;

use intercom_gen::RetryPolicy;
use intercom_gen::unstable::{Client, OPERATIONS, types::CreateContactRequest};
use tests::loopback::{Reply, Server};

use super::CONTACT;

fn quick() -> RetryPolicy {
    RetryPolicy::default().first_delay(Duration::from_millis(1))
}

fn retrying(replies: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::new(replies);
    let client = server.retrying(Client::builder(), quick());
    (server, client)
}

#[tokio::test]
async fn a_post_that_only_reads_outlives_a_bad_gateway() {
    let (server, client) = retrying([Reply::new(502), Reply::json(r#"{"type": "list", "data": []}"#)]);
    client.companies().list().await.expect("a list");
    let [first, second] = server.requests();
    assert_eq!(first.line, "POST /companies/list");
    assert_eq!((first.line, first.body), (second.line, second.body));
}

#[tokio::test]
async fn a_post_that_makes_something_does_not() {
    let (server, client) = retrying([Reply::new(502), Reply::json(CONTACT)]);
    let error = client.contacts().create(CreateContactRequest::new().email("a@b.c")).await.expect_err("an error");
    assert_eq!(error.status(), Some(502));
    let [_once] = server.requests();
}

#[test]
fn the_table_of_operations_tells_which_may_be_sent_twice() {
    let of = |id: &str| OPERATIONS.iter().find(|operation| operation.id == id).expect("an operation").idempotent;
    for id in
        ["ShowContact", "UpdateContact", "DeleteContact", "SearchContacts", "searchConversations", "lisDataEvents"]
    {
        assert!(of(id), "{id}");
    }
    for id in ["CreateContact", "MergeContact", "replyConversation"] {
        assert!(!of(id), "{id}");
    }
}
