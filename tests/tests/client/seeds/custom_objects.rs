//! Custom object instances, by their own id and by that of the system they come from.

use intercom_gen::{Id, Json, Nullable};
use serde_json::{Value, json};
use tests::loopback::Reply;

use super::{asked, each_version, serving, was_asked};

fn order() -> Value {
    json!({
        "type": "Order", "id": "o-1", "external_id": "shop/17",
        "external_created_at": 1_700_000_000, "external_updated_at": null,
        "created_at": 1_700_000_010, "updated_at": 1_700_000_020,
        "custom_attributes": {"state": "shipped", "items": "3"},
    })
}

fn deleted() -> Value {
    json!({"id": "o-1", "object": "Order", "deleted": true})
}

/// The id of an answer; one version promises that there is one, the other does not.
fn given(id: impl Into<Option<Id>>) -> Id {
    id.into().expect("an id")
}

each_version! {
    use types::CreateOrUpdateCustomObjectInstanceRequest as Changes;

    #[tokio::test]
    async fn an_instance_is_written_with_its_attributes() {
        let (server, client) = serving(Client::builder(), [Reply::json(order())]);

        let attributes = [("state", Json::from("shipped")), ("items", Json::from(3)), ("notes", Json::null())];
        let attributes = attributes.map(|(key, value)| (key.to_owned(), value));
        let changes = Changes::new().external_id("shop/17").external_created_at(1_700_000_000);
        let changes = changes.external_updated_at(Nullable::Null).custom_attributes(Nullable::Value(attributes.into()));
        let order = client.custom_object_instances().create_or_update("Order", changes).await.expect("an order");

        assert_eq!((order.r#type.as_deref(), order.external_id), (Some("Order"), Some("shop/17".into())));
        assert_eq!(order.external_created_at.map(|moment| moment.seconds()), Some(1_700_000_000));
        assert_eq!(order.external_updated_at, None);
        let attributes = order.custom_attributes.expect("attributes");
        assert_eq!(attributes.get("items").and_then(|items| items.as_str().map(str::to_owned)).as_deref(), Some("3"));
        was_asked(&server, VERSION, [asked("POST /custom_object_instances/Order").with(json!({
            "external_id": "shop/17", "external_created_at": 1_700_000_000, "external_updated_at": null,
            "custom_attributes": {"state": "shipped", "items": 3, "notes": null},
        }))]);
    }

    #[tokio::test]
    async fn an_instance_is_read_by_either_id() {
        let (server, client) = serving(Client::builder(), [Reply::json(order()), Reply::json(order())]);
        let instances = client.custom_object_instances();

        let found = instances.get_by_external_id("Order", "shop/17").await.expect("an order");
        let read = instances.get("Order", given(found.id.clone())).await.expect("an order");

        assert_eq!(read, found);
        assert_eq!(read.updated_at.map(|moment| moment.seconds()), Some(1_700_000_020));
        was_asked(&server, VERSION, [
            asked("GET /custom_object_instances/Order?external_id=shop%2F17"),
            asked("GET /custom_object_instances/Order/o-1"),
        ]);
    }

    #[tokio::test]
    async fn an_instance_is_deleted_by_either_id() {
        let (server, client) = serving(Client::builder(), [Reply::json(deleted()), Reply::json(deleted())]);
        let instances = client.custom_object_instances();

        let by_id = instances.delete("Order", "o-1").await.expect("a deletion");
        let by_external_id = instances.delete_by_external_id("Order", "shop/17").await.expect("a deletion");

        assert_eq!((by_id.id.as_str(), by_id.deleted), ("o-1", Some(true)));
        assert_eq!(by_external_id.object.as_deref(), Some("Order"));
        was_asked(&server, VERSION, [
            asked("DELETE /custom_object_instances/Order/o-1"),
            asked("DELETE /custom_object_instances/Order?external_id=shop%2F17"),
        ]);
    }
}
