//! Answers of every shape: nothing, text, bytes, a bare list, one description for two kinds of JSON.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use hyper::body::Bytes;
use intercom_gen::Result;
use intercom_gen::unstable::types::CreateDataEventRequest;
use intercom_gen::unstable::types::GetFinVoiceCallByPhoneNumberResponse as ByPhoneNumber;
use tests::loopback::Reply;

use super::{answering, serving, serving_2_14};

#[tokio::test]
async fn no_content_is_nothing() {
    let (server, client) = serving([Reply::new(204)]);
    client.ai_content().delete_import_source(33).await.expect("nothing");
    let [seen] = server.requests();
    assert_eq!((seen.line.as_str(), seen.text()), ("DELETE /ai/content_import_sources/33", ""));
}

#[tokio::test]
async fn where_nothing_is_due_a_body_does_not_matter() {
    let replies = [Reply::new(202).body(" "), Reply::new(200).body("<p>fine</p>"), Reply::json("{}").status(202)];
    let (_server, client) = serving(replies);
    for _ in 0..3 {
        let event = CreateDataEventRequest::new("order-placed", 1_700_000_000).user_id("u1");
        client.data_events().create(event).await.expect("nothing");
    }
}

#[tokio::test]
async fn the_status_of_nothing_can_be_had() {
    let (_server, client) = serving([Reply::new(204).with("X-Request-Id", "req_1")]);
    let response = client.tags().delete("t1").send_raw().await.expect("a response");
    assert_eq!((response.status(), response.request_id()), (204, Some("req_1")));
}

#[tokio::test]
async fn a_transcript_is_text() {
    let text = "Agent: Hello — how can I help?\r\nCaller: \"It's {broken}\"\n";
    let (server, client) = serving([Reply::new(200).with("Content-Type", "text/plain").body(text)]);
    assert_eq!(client.calls().get_transcript("c/1").await.expect("a text"), text);
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /calls/c%2F1/transcript");
}

#[tokio::test]
async fn a_transcript_that_is_not_there_is_the_json_that_says_so() {
    let (_server, client) = answering("[{}]");
    assert_eq!(client.calls().get_transcript("c1").await.expect("a text"), "[{}]");
    let (_server, client) = serving_2_14([Reply::json("[{}]")]);
    assert_eq!(client.calls().get_transcript("c1").await.expect("a text"), "[{}]");
}

#[tokio::test]
async fn a_download_is_a_stream_of_its_pieces() {
    let (server, client) = serving([Reply::new(200).with("Content-Encoding", "gzip").body("\x1f\u{8b}bytes")]);
    let download = client.data_export().download("j1").await.expect("a download");
    let mut stream: Pin<Box<dyn Stream<Item = Result<Bytes>>>> = Box::pin(download);
    let mut pieces = Vec::new();
    while let Some(piece) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        pieces.extend_from_slice(&piece.expect("a piece"));
    }
    assert_eq!(pieces, "\x1f\u{8b}bytes".as_bytes());
    let [seen] = server.requests();
    assert_eq!(seen.header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn a_bare_list_is_a_list() {
    let (server, client) = answering(r#"[{"id": 1, "status": "registered"}, {"id": "2", "app_id": 42}]"#);
    let calls = client.calls().list_fin_voice_calls_by_conversation("v1").await.expect("calls");
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].status.as_deref(), Some("registered"));
    assert_eq!(calls[1].app_id, Some(42.into()));
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /fin_voice/conversation/v1");
}

#[tokio::test]
async fn a_bare_list_may_be_empty() {
    let (_server, client) = answering(" [ ] ");
    assert!(client.calls().list_fin_voice_calls_by_conversation("v1").await.expect("calls").is_empty());
}

#[tokio::test]
async fn a_success_described_only_as_default_is_read() {
    let (server, client) = answering(r#"{"id": 1, "user_phone_number": "+35315550100", "status": "registered"}"#);
    let call = client.calls().get_fin_voice_call_by_phone_number("+35315550100").await.expect("a call");
    let ByPhoneNumber::One(call) = call else { panic!("{call:?}") };
    assert_eq!(call.user_phone_number.as_deref(), Some("+35315550100"));
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /fin_voice/phone_number/%2B35315550100");
}

#[tokio::test]
async fn a_success_described_only_as_default_may_be_a_list() {
    let (_server, client) = answering(r#"[{"id": 1}, {"id": 2}]"#);
    let calls = client.calls().get_fin_voice_call_by_phone_number("1").await.expect("calls");
    let ByPhoneNumber::Many(calls) = calls else { panic!("{calls:?}") };
    assert_eq!(calls.iter().map(|call| call.id.clone()).collect::<Vec<_>>(), [Some(1.into()), Some(2.into())]);
}

#[tokio::test]
async fn default_does_not_make_a_success_of_an_error() {
    let (_server, client) = serving([Reply::json(r#"{"type": "error.list", "errors": []}"#).status(404)]);
    let error = client.calls().get_fin_voice_call_by_phone_number("1").await.expect_err("an error");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_download_is_bytes_as_they_were_sent() {
    // The beginning of a gzip file: neither text nor decompressed on the way.
    let bytes = b"\x1f\x8b\x08\x00\xff\xfe\r\n\x00";
    let file = Reply::new(200).with("Content-Type", "application/octet-stream").with("Content-Encoding", "gzip");
    let (server, client) = serving([file.body(&bytes[..])]);
    let download = client.data_export().download("job1").await.expect("a download");
    assert_eq!(download.content_length(), Some(9));
    assert_eq!(&download.bytes().await.expect("bytes")[..], bytes);
    let [seen] = server.requests();
    assert_eq!(seen.line, "GET /download/content/data/job1");
}

#[tokio::test]
async fn a_download_is_read_piece_by_piece_and_has_no_limit() {
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|number| number as u8).collect();
    let server = tests::loopback::Server::new([Reply::new(200).body(bytes.clone())]);
    let client = server.client(intercom_gen::unstable::Client::builder().max_body(1_000));
    let mut download = client.data_export().download("job1").await.expect("a download");
    let (mut read, mut pieces) = (Vec::new(), 0);
    while let Some(piece) = download.chunk().await.expect("a piece") {
        read.extend_from_slice(&piece);
        pieces += 1;
    }
    assert!(read == bytes && pieces > 1, "{} bytes in {pieces} pieces", read.len());
}

#[tokio::test]
async fn a_download_that_is_refused_is_an_error() {
    let (_server, client) =
        serving([Reply::json(r#"{"type": "error.list", "errors": [{"code": "not_found"}]}"#).status(404)]);
    let error = client.reporting_export().download("job1", "app1").await.expect_err("an error");
    assert!(error.is_not_found() && error.has_code("not_found"), "{error}");
}

#[tokio::test]
async fn ids_of_answers_are_arguments_of_calls_whatever_their_kind() {
    let note = r#"{"type": "note", "id": "17", "body": "<p>hi</p>"}"#;
    let (server, client) = serving_2_14([Reply::json(note), Reply::json(note)]);
    let note = client.notes().get(17).await.expect("a note");
    client.notes().get(&note.id).await.expect("a note");
    let [by_integer, by_id] = server.requests();
    assert_eq!((by_integer.line.as_str(), by_id.line.as_str()), ("GET /notes/17", "GET /notes/17"));
}
