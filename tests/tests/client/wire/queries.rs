//! Query parameters: each by its type, escaped, and only those that were set.

use intercom_gen::unstable::types::list_data_attributes_query::Model;
use intercom_gen::unstable::types::list_data_connector_execution_results_query::{ErrorType, IncludeBodies};

use super::{CONTACT, answering, serving, serving_2_14};
use tests::loopback::Reply;

/// The query that searching articles for a phrase gives.
async fn searched(phrase: &str) -> String {
    let (server, client) = answering(r#"{"type": "list"}"#);
    client.articles().search().phrase(phrase).await.expect("articles");
    let [seen] = server.requests();
    seen.line.strip_prefix("GET /articles/search?phrase=").expect("a search").to_owned()
}

#[tokio::test]
async fn nothing_is_sent_for_what_is_not_set() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    client.articles().search().await.expect("articles");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /articles/search");
}

#[tokio::test]
async fn a_space_is_percent_encoded() {
    assert_eq!(searched("getting started").await, "getting%20started");
}

#[tokio::test]
async fn signs_with_a_meaning_in_queries_lose_it() {
    assert_eq!(searched("a&b=c+d?e#f").await, "a%26b%3Dc%2Bd%3Fe%23f");
}

#[tokio::test]
async fn a_percent_sign_is_encoded_once() {
    assert_eq!(searched("100%20").await, "100%2520");
}

#[tokio::test]
async fn any_language_is_sent_as_utf_8() {
    assert_eq!(searched("Größe 日").await, "Gr%C3%B6%C3%9Fe%20%E6%97%A5");
}

#[tokio::test]
async fn an_empty_text_is_a_value_too() {
    assert_eq!(searched("").await, "");
}

#[tokio::test]
async fn booleans_are_words() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    client.articles().search().phrase("a").highlight(true).await.expect("articles");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /articles/search?phrase=a&highlight=true");
}

#[tokio::test]
async fn integers_are_digits() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    client.companies().filter().page(2).per_page(50).await.expect("companies");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /companies?page=2&per_page=50");
}

#[tokio::test]
async fn ids_are_written_as_they_came() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    client.companies().filter().tag_id(12).segment_id("a b").await.expect("companies");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /companies?tag_id=12&segment_id=a%20b");
}

#[tokio::test]
async fn an_enum_is_sent_as_it_is_spelt_on_the_wire() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    let connectors = client.data_connectors();
    let results = connectors.list_execution_results(5).error_type(ErrorType::ThirdPartyError).success(false);
    results.include_bodies(IncludeBodies::True).await.expect("results");
    let [seen] = server.requests();
    let query = "error_type=3rd_party_error&success=false&include_bodies=true";
    assert_eq!(seen.line, format!("GET /data_connectors/5/execution_results?{query}"));
}

#[tokio::test]
async fn a_value_that_an_enum_does_not_list_can_be_sent() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    client.data_attributes().list().model("new kind").await.expect("attributes");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /data_attributes?model=new%20kind");
}

#[tokio::test]
async fn setting_a_parameter_again_replaces_it() {
    let (server, client) = answering(r#"{"type": "list"}"#);
    let list = client.data_attributes().list().model(Model::Contact).include_archived(false).model(Model::Company);
    list.await.expect("attributes");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /data_attributes?include_archived=false&model=company");
}

#[tokio::test]
async fn a_required_parameter_is_an_argument() {
    let (server, client) = serving_2_14([Reply::json(r#"{"type": "activity_log.list"}"#)]);
    client.admins().list_activity_logs("1700000000").created_at_before("1700000060").await.expect("logs");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /admins/activity_logs?created_at_after=1700000000&created_at_before=1700000060");
}

#[tokio::test]
async fn parameters_that_the_description_does_not_know_can_be_added() {
    let (server, client) = answering(CONTACT);
    client.contacts().get("c1").query("née", "1+1").query("ids", [1_i64, 2]).await.expect("a contact");
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /contacts/c1?n%C3%A9e=1%2B1&ids=1,2");
}

#[tokio::test]
async fn an_address_that_does_two_jobs_is_two_calls() {
    let company = Reply::json(r#"{"type": "company", "id": "o1", "name": "Engines & Sons"}"#);
    let (server, client) = serving([company, Reply::json(r#"{"type": "list", "data": [{"id": "o1"}, {"id": "o2"}]}"#)]);
    let found = client.companies().find().name("Engines & Sons").await.expect("a company");
    let filtered = client.companies().filter().tag_id("t1").await.expect("companies");
    assert_eq!(found.name.as_deref(), Some("Engines & Sons"));
    assert_eq!(filtered.data.len(), 2);
    let [find, filter] = server.requests();
    assert_eq!(find.line, "GET /companies?name=Engines%20%26%20Sons");
    assert_eq!(filter.line, "GET /companies?tag_id=t1");
}

#[tokio::test]
async fn a_deletion_can_have_a_query() {
    let (server, client) = answering(r#"{"id": "o1", "object": "Order", "deleted": true}"#);
    client.custom_object_instances().delete_by_external_id("Order", "a&b").await.expect("a deletion");
    let [seen] = server.requests();
    assert_eq!(seen.line, "DELETE /custom_object_instances/Order?external_id=a%26b");
}
