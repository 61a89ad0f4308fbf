//! Content import sources, and the external pages that belong to them.

use serde_json::{Value, json};
use tests::loopback::Reply;

use super::{asked, each_version, serving, was_asked};

fn source(url: &str, status: &str) -> Value {
    json!({
        "type": "content_import_source", "id": 33, "url": url, "sync_behavior": "api", "status": status,
        "created_at": 1_700_000_000, "updated_at": 1_700_000_060, "last_synced_at": 1_700_000_120,
    })
}

fn page(title: &str) -> Value {
    json!({
        "type": "external_page", "id": "21", "title": title, "html": "<h1>Gears</h1>",
        "url": "https://docs.example.com/gears", "ai_agent_availability": true, "ai_copilot_availability": false,
        "fin_availability": true, "locale": "en",
        "source_id": 33, "external_id": "gears/1", "created_at": 1_700_000_000, "updated_at": 1_700_000_060,
        "last_ingested_at": 1_700_000_120,
    })
}

fn list(data: Value) -> Value {
    let pages = json!({"type": "pages", "page": 1, "per_page": 50, "total_pages": 1, "next": null});
    json!({"type": "list", "total_count": 1, "pages": pages, "data": [data]})
}

each_version! {
    use types::content_import_source::{Status, SyncBehavior};

    #[tokio::test]
    async fn an_import_source_lives_from_its_creation_to_its_deletion() {
        let active = source("https://docs.example.com", "active");
        let (server, client) = serving(Client::builder(), [
            Reply::json(&active),
            Reply::json(list(active.clone())),
            Reply::json(&active),
            Reply::json(source("https://help.example.com", "deactivated")),
            Reply::new(204),
        ]);
        let sources = client.ai_content();

        let new = types::CreateContentImportSourceRequest::new("https://docs.example.com").status("active");
        let created = sources.create_import_source(new).await.expect("a source");
        assert_eq!((created.id.as_str(), &created.status), ("33", &Status::Active));
        assert_eq!(created.last_synced_at.seconds(), 1_700_000_120);

        let listed = sources.list_import_sources().await.expect("sources");
        assert_eq!((listed.total_count, listed.data), (Some(1), vec![created.clone()]));
        assert_eq!(listed.pages.and_then(|pages| pages.total_pages), Some(1));

        let read = sources.get_import_source(&created.id).await.expect("a source");
        assert_eq!((read.url.as_str(), read.sync_behavior), ("https://docs.example.com", SyncBehavior::Api));

        let changes = types::UpdateContentImportSourceRequest::new("api", "https://help.example.com");
        let changes = changes.status("deactivated");
        let updated = sources.update_import_source(&created.id, changes).await.expect("a source");
        assert_eq!((updated.url.as_str(), updated.status), ("https://help.example.com", Status::Deactivated));

        sources.delete_import_source(&created.id).await.expect("nothing");

        was_asked(&server, VERSION, [
            asked("POST /ai/content_import_sources")
                .with(json!({"sync_behavior": "api", "status": "active", "url": "https://docs.example.com"})),
            asked("GET /ai/content_import_sources"),
            asked("GET /ai/content_import_sources/33"),
            asked("PUT /ai/content_import_sources/33")
                .with(json!({"sync_behavior": "api", "status": "deactivated", "url": "https://help.example.com"})),
            asked("DELETE /ai/content_import_sources/33"),
        ]);
    }

    #[tokio::test]
    #[allow(deprecated, reason = "what Intercom advises against is sent and read all the same")]
    async fn an_external_page_lives_from_its_creation_to_its_deletion() {
        let (server, client) = serving(Client::builder(), [
            Reply::json(source("https://docs.example.com", "active")),
            Reply::json(page("Gears")),
            Reply::json(list(page("Gears"))),
            Reply::json(page("Gears")),
            Reply::json(page("Toothed wheels")),
            Reply::json(page("Toothed wheels")),
        ]);
        let content = client.ai_content();
        let source = content.get_import_source(33).await.expect("a source");

        let new = types::CreateExternalPageRequest::new("Gears", "<h1>Gears</h1>", &source.id, "gears/1");
        let new = new.url("https://docs.example.com/gears").ai_agent_availability(true).ai_copilot_availability(false);
        let created = content.create_external_page(new).await.expect("a page");
        assert_eq!((created.id.as_str(), created.external_id.as_str()), ("21", "gears/1"));
        assert_eq!(created.source_id, source.id);
        assert_eq!((created.ai_agent_availability, created.ai_copilot_availability), (true, false));

        let listed = content.list_external_pages().await.expect("pages");
        assert_eq!((listed.total_count, listed.data), (Some(1), vec![created.clone()]));

        let read = content.get_external_page(&created.id).await.expect("a page");
        assert_eq!((read.html.as_str(), read.locale.as_str()), ("<h1>Gears</h1>", "en"));

        let url = "https://docs.example.com/gears";
        let changes = types::UpdateExternalPageRequest::new("Toothed wheels", "<h1>Gears</h1>", url, &source.id);
        let changes = changes.fin_availability(true).external_id("gears/1");
        let updated = content.update_external_page(&created.id, changes).await.expect("a page");
        assert_eq!((updated.title.as_str(), updated.fin_availability), ("Toothed wheels", Some(true)));

        let deleted = content.delete_external_page(&created.id).await.expect("a page");
        assert_eq!(deleted.last_ingested_at.seconds(), 1_700_000_120);

        was_asked(&server, VERSION, [
            asked("GET /ai/content_import_sources/33"),
            asked("POST /ai/external_pages").with(json!({
                "title": "Gears", "html": "<h1>Gears</h1>", "url": url, "locale": "en", "source_id": 33,
                "external_id": "gears/1", "ai_agent_availability": true, "ai_copilot_availability": false,
            })),
            asked("GET /ai/external_pages"),
            asked("GET /ai/external_pages/21"),
            asked("PUT /ai/external_pages/21").with(json!({
                "title": "Toothed wheels", "html": "<h1>Gears</h1>", "url": url, "locale": "en", "source_id": 33,
                "external_id": "gears/1", "fin_availability": true,
            })),
            asked("DELETE /ai/external_pages/21"),
        ]);
    }
}
