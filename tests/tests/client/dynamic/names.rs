use intercom_gen::Arguments;
use serde_json::json;

use super::{id, refused, serving};
use tests::loopback::Reply;

#[tokio::test]
async fn an_operation_is_called_by_its_id_by_method_and_path_and_by_the_method_that_calls_it() {
    for name in
        ["ShowContact", "GET /contacts/{id}", "get /contacts/{contact_id}", "GET  /contacts/{}", " contacts.get "]
    {
        let (server, api) = serving([Reply::json(json!({"id": "1"}))]);
        api.call(name, id()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let [seen] = server.requests();
        assert_eq!(seen.line, "GET /contacts/1", "{name}");
    }
}

#[tokio::test]
async fn a_path_with_names_of_its_own_has_arguments_of_those_names() {
    for (name, path) in [
        ("GET /contacts/{contact_id}", json!({"contact_id": "1"})),
        ("GET /contacts/{contact_id}", json!({"id": "1"})),
        ("DELETE /contacts/{id}/tags/{contact_id}", json!({"id": "1", "contact_id": "2"})),
    ] {
        let (server, api) = serving([Reply::json("{}")]);
        api.call(name, json!({"path": path})).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let [seen] = server.requests();
        assert!(["GET /contacts/1", "DELETE /contacts/1/tags/2"].contains(&seen.line.as_str()), "{}", seen.line);
    }
    let both = json!({"path": {"id": "1", "contact_id": "2"}});
    assert_eq!(refused("GET /contacts/{contact_id}", both).await.path(), Some("path.contact_id"));
}

#[tokio::test]
async fn an_operation_that_there_is_not_is_refused_with_those_that_may_be_meant() {
    for (wrong, meant) in [
        ("ListContact", "ListContacts"),
        ("showcontact", "ShowContact"),
        ("contacts.gett", "contacts.get"),
        ("GET /contact/{id}", "GET /contacts/{id}"),
    ] {
        let text = refused(wrong, json!({})).await.to_string();
        assert!(text.starts_with(&format!("this version has no operation `{wrong}`: did you mean ")), "{text}");
        assert!(text.contains(meant), "{text}");
    }
    let text = refused("entirely else", json!({})).await.to_string();
    assert!(text.contains("`OPERATIONS` lists them"), "{text}");
}

#[tokio::test]
async fn of_the_methods_of_an_operation_the_arguments_choose() {
    let one = Reply::json(json!({"type": "company", "id": "1"}));
    let many = Reply::json(json!({"type": "list", "data": []}));
    for (arguments, reply, line) in [
        (Arguments::new().query("name", "Ada"), &one, "GET /companies?name=Ada"),
        (Arguments::new().query("tag_id", "1"), &many, "GET /companies?tag_id=1"),
        (Arguments::new(), &many, "GET /companies"),
    ] {
        let (server, api) = serving([reply.clone()]);
        let reply = api.call("retrieveCompany", arguments).await.unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(reply.drift(), []);
        let [seen] = server.requests();
        assert_eq!(seen.line, line);
    }
}

#[tokio::test]
async fn arguments_that_no_method_takes_together_are_refused_with_what_each_takes() {
    let text = refused("GET /companies", json!({"query": {"name": "Ada", "tag_id": "1"}})).await.to_string();
    for part in ["companies.find: query.tag_id", "name", "companies.filter: query.name", "segment_id"] {
        assert!(text.contains(part), "{text}");
    }
}

#[tokio::test]
async fn a_method_that_is_named_is_the_one_that_is_called() {
    let error = refused("companies.find", json!({"query": {"tag_id": "1"}})).await;
    assert_eq!(error.path(), Some("query.tag_id"));
    assert_eq!(error.operation(), Some("retrieveCompany"));
}
