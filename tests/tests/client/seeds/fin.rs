//! A conversation with Fin: the beginning, with what is known of the user, and a reply.

use intercom_gen::{Json, Map, Timestamp};
use serde_json::json;
use tests::loopback::Reply;

use super::{asked, each_version, serving, was_asked};

const EVENTS: &str = "https://events.example.com/fin/f-1";

fn at(moment: &str) -> Timestamp {
    moment.parse().expect("a moment")
}

fn attributes(key: &str, value: &str) -> Map<Json> {
    Map::from([(key.to_owned(), Json::from(value))])
}

each_version! {
    use types::fin_agent_attachment::Type;
    use types::fin_agent_message::Author;

    /// Version 2.14 requires the moment, and Unstable does not.
    #[allow(clippy::useless_conversion, reason = "in one of the two versions it is one")]
    fn message(author: Author, body: &str, moment: &str) -> types::FinAgentMessage {
        let mut message = types::FinAgentMessage::default();
        message.author = author;
        message.body = body.to_owned();
        message.timestamp = at(moment).into();
        message
    }

    #[tokio::test]
    async fn fin_is_asked_with_everything_that_is_known() {
        use types::start_fin_conversation_response::Status;
        let (server, client) = serving(Client::builder(), [Reply::json(json!({
            "conversation_id": "f-1", "user_id": "u-1", "status": "thinking",
            "created_at_ms": "2026-01-24T10:01:20.500Z", "sse_subscription_url": EVENTS,
            "errors": {"user": {"attributes": {"plan": "is not known"}}, "conversation": {"attributes": {}}},
        }))]);

        let question = message(Author::User, "Where is my order?", "2026-01-24T10:01:20Z");
        let before = message(Author::Agent, "Welcome!", "2026-01-24T10:00:00Z");
        let user = types::FinAgentUser::new("u-1").name("Ada").email("ada@example.com");
        let user = user.attributes(attributes("plan", "pro"));
        let metadata = types::FinAgentConversationMetadata::new().history([before]);
        let metadata = metadata.attributes(attributes("topic", "order"));
        let photo = types::FinAgentAttachment::new(Type::Url).url("https://example.com/box.png");
        let start = types::StartFinConversationRequest::new("f-1", question, user);
        let start = start.conversation_metadata(metadata).attachments([photo]);
        let answer = client.fin_agent().start(start).await.expect("an answer");

        assert_eq!((answer.conversation_id, answer.user_id), (Some("f-1".into()), Some("u-1".into())));
        assert_eq!(answer.status, Some(Status::Thinking));
        assert_eq!(answer.created_at_ms.map(|moment| moment.milliseconds()), Some(1_769_248_880_500));
        assert_eq!(answer.sse_subscription_url.as_deref(), Some(EVENTS));
        let wrong = answer.errors.and_then(|errors| errors.user).and_then(|user| user.attributes).expect("errors");
        assert_eq!(wrong.get("plan").map(String::as_str), Some("is not known"));
        was_asked(&server, VERSION, [asked("POST /fin/start").with(json!({
            "conversation_id": "f-1",
            "message": {"author": "user", "body": "Where is my order?", "timestamp": "2026-01-24T10:01:20Z"},
            "user": {"id": "u-1", "name": "Ada", "email": "ada@example.com", "attributes": {"plan": "pro"}},
            "attachments": [{"type": "url", "url": "https://example.com/box.png"}],
            "conversation_metadata": {
                "history": [{"author": "agent", "body": "Welcome!", "timestamp": "2026-01-24T10:00:00Z"}],
                "attributes": {"topic": "order"},
            },
        }))]);
    }

    #[tokio::test]
    async fn fin_gets_a_reply_with_a_file() {
        use types::reply_to_fin_response::Status;
        let (server, client) = serving(Client::builder(), [Reply::json(json!({
            "conversation_id": "f-1", "user_id": "u-1", "status": "awaiting_user_reply",
            "created_at_ms": "2026-01-24T10:02:00.000Z", "sse_subscription_url": EVENTS,
        }))]);

        let reply = message(Author::User, "Number 17", "2026-01-24T10:02:00Z");
        let reply = reply.timestamp_ms(at("2026-01-24T10:02:00.250Z"));
        let file = types::FinAgentAttachment::new(Type::File).name("a.txt").content_type("text/plain").data("aGk=");
        let request = types::ReplyToFinRequest::new("f-1", reply, types::FinAgentUser::new("u-1")).attachments([file]);
        let answer = client.fin_agent().reply(request).await.expect("an answer");

        assert_eq!(answer.status, Some(Status::AwaitingUserReply));
        assert_eq!(answer.errors, None);
        was_asked(&server, VERSION, [asked("POST /fin/reply").with(json!({
            "conversation_id": "f-1",
            "message": {
                "author": "user", "body": "Number 17", "timestamp": "2026-01-24T10:02:00Z",
                "timestamp_ms": "2026-01-24T10:02:00.250Z",
            },
            "user": {"id": "u-1"},
            "attachments": [{"type": "file", "name": "a.txt", "content_type": "text/plain", "data": "aGk="}],
        }))]);
    }
}
