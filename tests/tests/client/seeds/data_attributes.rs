//! Data attributes: creating one, listing those of a kind of object, changing one.

use serde_json::{Value, json};
use tests::loopback::Reply;

use super::{asked, each_version, serving, was_asked};

fn attribute(description: &str, archived: bool) -> Value {
    json!({
        "type": "data_attribute", "id": 1878, "model": "contact", "name": "Shoe size",
        "full_name": "custom_attributes.Shoe size",
        "label": "Shoe size", "description": description, "data_type": "string", "options": ["small", "large"],
        "api_writable": true, "messenger_writable": false, "ui_writable": true, "custom": true, "archived": archived,
        "admin_id": "991", "created_at": 1_700_000_000, "updated_at": 1_700_000_060,
    })
}

each_version! {
    use types::create_data_attribute_request::{DataType as NewDataType, ListOption as NewOption};
    use types::data_attribute::{DataType, Model};
    use types::list_data_attributes_query::Model as ListedModel;
    use types::update_data_attribute_request::ListOption as ChangedOption;

    #[tokio::test]
    async fn an_attribute_is_created_with_its_options() {
        let (server, client) = serving(Client::builder(), [Reply::json(attribute("For boots", false))]);

        let new = types::CreateDataAttributeRequest::new("Shoe size", "contact", NewDataType::Options);
        let options = ["small", "large"].map(|option| NewOption::new().value(option));
        let new = new.description("For boots").options(options);
        let created = client.data_attributes().create(new).await.expect("an attribute");

        assert_eq!((created.id, created.model), (Some(1878.into()), Some(Model::Contact)));
        assert_eq!(created.data_type, Some(DataType::String));
        assert_eq!(created.options, ["small", "large"]);
        assert_eq!(created.created_at.map(|moment| moment.seconds()), Some(1_700_000_000));
        was_asked(&server, VERSION, [asked("POST /data_attributes").with(json!({
            "name": "Shoe size", "model": "contact", "data_type": "options", "description": "For boots",
            "options": [{"value": "small"}, {"value": "large"}],
        }))]);
    }

    #[tokio::test]
    async fn the_attributes_of_contacts_are_listed_with_the_archived_ones() {
        let list = json!({"type": "list", "data": [attribute("For boots", false), attribute("For skates", true)]});
        let (server, client) = serving(Client::builder(), [Reply::json(list)]);

        let listed = client.data_attributes().list().model(ListedModel::Contact).include_archived(true).await;

        let listed = listed.expect("attributes").data;
        assert_eq!(listed.iter().map(|attribute| attribute.archived).collect::<Vec<_>>(), [Some(false), Some(true)]);
        assert_eq!(listed[1].full_name.as_deref(), Some("custom_attributes.Shoe size"));
        was_asked(&server, VERSION, [asked("GET /data_attributes?model=contact&include_archived=true")]);
    }

    #[tokio::test]
    async fn an_attribute_is_changed_and_archived() {
        let (server, client) = serving(Client::builder(), [Reply::json(attribute("For skates", true))]);

        let options = ["small", "huge"].map(|option| ChangedOption::new().value(option));
        let changes = types::UpdateDataAttributeRequest::new().description("For skates").archived(true);
        let changes = changes.options(options);
        let updated = client.data_attributes().update(1878, changes).await.expect("an attribute");

        assert_eq!((updated.description.as_deref(), updated.archived), (Some("For skates"), Some(true)));
        was_asked(&server, VERSION, [asked("PUT /data_attributes/1878").with(json!({
            "description": "For skates", "archived": true, "options": [{"value": "small"}, {"value": "huge"}],
        }))]);
    }
}
