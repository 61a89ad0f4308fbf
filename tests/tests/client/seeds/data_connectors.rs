//! Data connectors and the log of their calls, which only the moving channel has.

use intercom_gen::unstable::types::{
    CreateDataConnectorRequest, NextPage, UpdateDataConnectorRequest, create_data_connector_request as new,
    data_connector as listed, data_connector_detail as whole, data_connector_execution_result as result,
    get_data_connector_query as get, list_data_connector_execution_results_query as results,
    update_data_connector_request as changed,
};
use intercom_gen::{Json, Map, unstable};
use serde_json::{Value, json};
use tests::loopback::Reply;

use super::{asked, serving, was_asked};

const VERSION: &str = "Preview";

const URL: &str = "https://shop.example.com/orders/{{order}}";

fn connector(state: &str) -> Value {
    json!({
        "type": "data_connector", "id": "501", "name": "Find order", "description": null, "state": state,
        "http_method": "post", "url": URL, "body": "{\"deep\":true}",
        "direct_fin_usage": true, "audiences": ["users", "leads"],
        "execution_type": "server_side", "configuration_response_type": "mock_response_type",
        "data_transformation_type": null, "client_function_name": null, "client_function_timeout_ms": null,
        "headers": [{"name": "X-Shop", "value": "7"}], "token_ids": ["81"],
        "data_inputs": [
            {"name": "order", "type": "integer", "description": "Its number", "required": true, "default_value": "0"},
        ],
        "response_fields": [{"path": "$.state", "type": "string", "example_value": "shipped", "redacted": false}],
        "object_mappings": [{
            "response_object_path": "$.customer", "intercom_object_type": "user",
            "attribute_mappings": [{
                "response_attribute_path": "$.plan", "intercom_attribute_identifier": "plan",
                "mapping_type": "primitive_mapping",
            }],
            "reference_mappings": [{"intercom_object_type": "conversation", "intercom_attribute_identifier": "order"}],
        }],
        "bypass_authentication": false, "customer_authentication": true, "validate_missing_attributes": true,
        "created_by_admin_id": "991", "updated_by_admin_id": null,
        "execution_results_url": "/data_connectors/501/execution_results",
        "created_at": "2026-01-24T10:00:00Z", "updated_at": "2026-01-24T10:05:00Z",
    })
}

fn call(id: &str, success: bool) -> Value {
    let (status, error) = if success { (json!(200), Value::Null) } else { (json!(503), json!("3rd_party_error")) };
    json!({
        "type": "data_connector.execution", "id": id, "data_connector_id": "501", "success": success,
        "http_status": status, "http_method": "post", "execution_time_ms": 240,
        "source_type": "fin", "source_id": null, "conversation_id": "9001",
        "error_type": error, "error_message": null, "request_url": "https://shop.example.com/orders/17",
        "request_body": "{\"deep\":true}", "response_body": "{\"state\":\"shipped\"}", "raw_response_body": null,
        "created_at": "2026-01-24T10:06:00Z",
    })
}

#[tokio::test]
async fn a_connector_is_created_with_all_its_parts() {
    let (server, client) = serving(unstable::Client::builder(), [Reply::json(connector("draft"))]);

    let input = new::DataInput::new().name("order").r#type("integer").description("Its number").required(true);
    let connector = CreateDataConnectorRequest::new("Find order").http_method(new::HttpMethod::Post).url(URL);
    let connector = connector.body("{\"deep\":true}").headers([new::Header::new().name("X-Shop").value("7")]);
    let connector = connector.data_inputs([input.default_value("0")]).token_ids(["81"]).audiences(["users", "leads"]);
    let connector = connector.mock_response(Map::from([("state".to_owned(), Json::from("shipped"))]));
    let connector = connector.direct_fin_usage(true).customer_authentication(true);
    let created = client.data_connectors().create(connector).await.expect("a connector");

    assert_eq!((created.id.as_str(), created.state), ("501", Some(whole::State::Draft)));
    assert_eq!(created.http_method, Some(whole::HttpMethod::Post));
    assert_eq!(created.audiences, [whole::Audience::Users, whole::Audience::Leads]);
    assert_eq!(created.data_inputs[0].r#type, Some(whole::DataInputType::Integer));
    assert_eq!(created.token_ids, ["81"]);
    assert_eq!(created.created_at.map(|moment| moment.seconds()), Some(1_769_248_800));
    was_asked(
        &server,
        VERSION,
        [asked("POST /data_connectors").with(json!({
            "name": "Find order", "http_method": "post", "url": URL, "body": "{\"deep\":true}",
            "headers": [{"name": "X-Shop", "value": "7"}], "token_ids": ["81"], "audiences": ["users", "leads"],
            "data_inputs": [{
                "name": "order", "type": "integer", "description": "Its number", "required": true, "default_value": "0",
            }],
            "mock_response": {"state": "shipped"}, "direct_fin_usage": true, "customer_authentication": true,
        }))],
    );
}

#[tokio::test]
async fn a_connector_is_read_as_a_draft() {
    let (server, client) = serving(unstable::Client::builder(), [Reply::json(connector("draft"))]);

    let read = client.data_connectors().get(501).state_version(get::StateVersion::Draft).await.expect("a connector");

    assert_eq!(read.response_fields[0].example_value, Some(Json::from("shipped")));
    let mapping = &read.object_mappings[0];
    assert_eq!(mapping.intercom_object_type, Some(whole::ObjectMappingIntercomObjectType::User));
    assert_eq!(mapping.attribute_mappings[0].response_attribute_path.as_deref(), Some("$.plan"));
    was_asked(&server, VERSION, [asked("GET /data_connectors/501?state_version=draft")]);
}

#[tokio::test]
async fn connectors_are_listed_page_by_page() {
    let short = json!({
        "type": "data_connector", "id": "501", "name": "Find order", "state": "live", "http_method": "get",
        "direct_fin_usage": true, "created_at": "2026-01-24T10:00:00Z", "updated_at": "2026-01-24T10:05:00Z",
    });
    let page = |next: Value| {
        let pages = json!({"type": "pages", "per_page": 1, "next": next});
        Reply::json(json!({"type": "list", "data": [short], "pages": pages}))
    };
    let replies = [page(json!({"starting_after": "WzE3XQ=="})), page(Value::Null)];
    let (server, client) = serving(unstable::Client::builder(), replies);

    let first = client.data_connectors().list().per_page(1).await.expect("connectors");
    assert_eq!(first.data[0].state, Some(listed::State::Live));
    let Some(NextPage::Cursor(next)) = first.pages.and_then(|pages| pages.next) else { panic!("no cursor") };
    let next = next.starting_after.expect("another page");
    let last = client.data_connectors().list().per_page(1).starting_after(next).await.expect("connectors");
    assert_eq!(last.pages.and_then(|pages| pages.next), None);

    was_asked(
        &server,
        VERSION,
        [
            asked("GET /data_connectors?per_page=1"),
            asked("GET /data_connectors?per_page=1&starting_after=WzE3XQ%3D%3D"),
        ],
    );
}

#[tokio::test]
async fn a_connector_is_put_to_work_and_deleted() {
    let deleted = json!({"id": "501", "object": "data_connector", "deleted": true});
    let replies = [Reply::json(connector("live")), Reply::json(deleted)];
    let (server, client) = serving(unstable::Client::builder(), replies);

    let changes = UpdateDataConnectorRequest::new().state(changed::State::Live).description("Finds orders");
    let updated = client.data_connectors().update("501", changes).await.expect("a connector");
    assert_eq!(updated.state, Some(whole::State::Live));
    let deleted = client.data_connectors().delete(&updated.id).await.expect("a deletion");
    assert_eq!((deleted.id.as_str(), deleted.deleted), ("501", Some(true)));

    was_asked(
        &server,
        VERSION,
        [
            asked("PATCH /data_connectors/501").with(json!({"state": "live", "description": "Finds orders"})),
            asked("DELETE /data_connectors/501"),
        ],
    );
}

#[tokio::test]
async fn the_failed_calls_of_a_connector_are_listed() {
    let pages = json!({"type": "pages", "per_page": 30, "next": null});
    let list = json!({"type": "list", "data": [call("99", false)], "pages": pages});
    let (server, client) = serving(unstable::Client::builder(), [Reply::json(list)]);

    let failed = client.data_connectors().list_execution_results(501).success(results::Success::False);
    let failed = failed.error_type(results::ErrorType::ThirdPartyError).start_ts(1_769_248_800).end_ts(1_769_252_400);
    let failed = failed.include_bodies(results::IncludeBodies::True).per_page(30).await.expect("calls").data;

    assert_eq!((failed[0].success, failed[0].http_status), (Some(false), Some(503)));
    assert_eq!(failed[0].error_type, Some(result::ErrorType::ThirdPartyError));
    let query = "success=false&error_type=3rd_party_error&start_ts=1769248800&end_ts=1769252400";
    let [seen] = server.requests();
    assert_eq!(
        seen.line,
        format!("GET /data_connectors/501/execution_results?{query}&include_bodies=true&per_page=30")
    );
    assert_eq!(seen.header("intercom-version"), Some(VERSION));
}

#[tokio::test]
async fn one_call_of_a_connector_is_read() {
    let (server, client) = serving(unstable::Client::builder(), [Reply::json(call("99", true))]);

    let call = client.data_connectors().get_execution_result("501", 99).await.expect("a call");

    assert_eq!((call.id.as_str(), call.data_connector_id), ("99", Some(501.into())));
    assert_eq!((call.source_type, call.error_type), (Some(result::SourceType::Fin), None));
    assert_eq!(call.response_body.as_deref(), Some("{\"state\":\"shipped\"}"));
    assert_eq!(call.execution_time_ms, Some(240));
    was_asked(&server, VERSION, [asked("GET /data_connectors/501/execution_results/99")]);
}
