//! Exports that take their time: of message statistics, and of reporting datasets.

use serde_json::{Value, json};
use tests::loopback::Reply;

use super::{asked, each_version, serving, was_asked};

/// The beginning of a gzip file, which is no text.
const FILE: &[u8] = b"\x1f\x8b\x08\x00\xff\xfe\x00csv";

fn file() -> Reply {
    Reply::new(200).with("Content-Type", "application/octet-stream").with("Content-Encoding", "gzip").body(FILE)
}

fn job(status: &str) -> Value {
    json!({"job_identifier": "job/1", "status": status, "download_url": "", "download_expires_at": ""})
}

each_version! {
    use types::data_export::Status;

    #[tokio::test]
    async fn statistics_of_messages_are_ordered_awaited_and_fetched() {
        let (server, client) = serving(Client::builder(), [
            Reply::json(job("pending")),
            Reply::json(job("in_progress")),
            Reply::json(json!({
                "job_identifier": "job/1", "status": "completed", "download_expires_at": "1700009999",
                "download_url": "https://api.intercom.io/download/content/data/job%2F1",
            })),
            file(),
        ]);
        let exports = client.data_export();

        let period = types::CreateDataExportRequest::new(1_700_000_000, 1_700_086_400);
        let ordered = exports.create(period).await.expect("a job");
        assert_eq!(ordered.status, Some(Status::Pending));
        let id = ordered.job_identifier.expect("the job's id");
        let waiting = exports.get(&id).await.expect("a job");
        assert_eq!(waiting.status, Some(Status::InProgress));
        let done = exports.get(&id).await.expect("a job");
        assert_eq!(done.status, Some(Status::Completed));
        assert_eq!(done.download_expires_at.as_deref(), Some("1700009999"));
        let download = exports.download(&id).await.expect("a download");
        assert_eq!(&download.bytes().await.expect("bytes")[..], FILE);

        was_asked(&server, VERSION, [
            asked("POST /export/content/data")
                .with(json!({"created_at_after": 1_700_000_000, "created_at_before": 1_700_086_400})),
            asked("GET /export/content/data/job%2F1"),
            asked("GET /export/content/data/job%2F1"),
            asked("GET /download/content/data/job%2F1").for_a_file(),
        ]);
    }

    #[tokio::test]
    async fn an_export_is_cancelled() {
        let (server, client) = serving(Client::builder(), [Reply::json(job("canceled"))]);
        let job = client.data_export().cancel("job/1").await.expect("a job");
        assert_eq!(job.status, Some(Status::Canceled));
        was_asked(&server, VERSION, [asked("POST /export/cancel/job%2F1")]);
    }

    #[tokio::test]
    async fn what_can_be_reported_on_is_listed() {
        let (server, client) = serving(Client::builder(), [Reply::json(json!({"type": "list", "data": [{
            "id": "conversation", "name": "Conversations", "description": "One row for each",
            "default_time_attribute_id": "conversation.started_at",
            "attributes": [
                {"id": "conversation.id", "name": "Id"},
                {"id": "conversation.started_at", "name": "Started at"},
            ],
        }]}))]);

        let datasets = client.reporting_export().list_datasets().await.expect("datasets").data;

        assert_eq!(datasets.len(), 1);
        assert_eq!(datasets[0].name.as_deref(), Some("Conversations"));
        assert_eq!(datasets[0].default_time_attribute_id, Some("conversation.started_at".into()));
        assert_eq!(datasets[0].attributes[1].id, datasets[0].default_time_attribute_id);
        was_asked(&server, VERSION, [asked("GET /export/reporting_data/get_datasets")]);
    }

    #[tokio::test]
    async fn a_report_is_ordered_awaited_and_fetched() {
        let (server, client) = serving(Client::builder(), [
            Reply::json(job("pending")),
            Reply::json(json!({
                "job_identifier": "job/1", "status": "complete", "download_expires_at": "2026-01-25T10:00:00Z",
                "download_url": "https://api.intercom.io/download/reporting_data/job%2F1",
            })),
            file(),
        ]);
        let reports = client.reporting_export();

        let wanted = ["conversation.id", "conversation.started_at"];
        let order = types::CreateReportingExportRequest::new("conversation", wanted, 1_700_000_000, 1_700_086_400);
        let ordered = reports.create(order).await.expect("a job");
        assert_eq!(ordered.status.as_deref(), Some("pending"));
        let id = ordered.job_identifier.expect("the job's id");
        let done = reports.get(&id, "app1", "me & co").await.expect("a job");
        assert_eq!(done.status.as_deref(), Some("complete"));
        assert_eq!(done.download_expires_at.as_deref(), Some("2026-01-25T10:00:00Z"));
        let download = reports.download(&id, "app1").await.expect("a download");
        assert_eq!(&download.bytes().await.expect("bytes")[..], FILE);

        was_asked(&server, VERSION, [
            asked("POST /export/reporting_data/enqueue").with(json!({
                "dataset_id": "conversation", "attribute_ids": ["conversation.id", "conversation.started_at"],
                "start_time": 1_700_000_000, "end_time": 1_700_086_400,
            })),
            asked("GET /export/reporting_data/job%2F1?app_id=app1&client_id=me%20%26%20co"),
            asked("GET /download/reporting_data/job%2F1?app_id=app1").for_a_file(),
        ]);
    }
}
