//! Webhooks: every topic and event that is known, with the types of both versions.

mod app;
mod deliveries;
mod endpoint;
mod events;
mod topics;

/// The secret of the app that these notifications are for.
const SECRET: &str = "client-secret";

/// A notification of `topic` about `item`, in the form in which Intercom sends it.
fn notification(topic: &str, item: &str) -> String {
    let data = format!(r#"{{"type": "notification_event_data", "item": {item}}}"#);
    format!(
        r#"{{"type": "notification_event", "app_id": "ab1", "data": {data}, "links": {{}}, "id": "notif_{topic}",
            "topic": "{topic}", "delivery_status": "pending", "delivery_attempts": 1, "delivered_at": 0,
            "first_sent_at": 1768020547, "created_at": 1768020547, "self": null}}"#
    )
}

/// The header that Intercom would send with the body.
fn signed(body: &str) -> [(&'static str, String); 1] {
    [tests::signature::hub(SECRET, body.as_bytes())]
}
