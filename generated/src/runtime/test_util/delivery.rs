//! Deliveries of webhooks as Intercom makes them.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::webhooks::Scheme;

/// The body of a notification about `item`, which is JSON: `notification("contact.merged", r#"{"id": "c1"}"#)`. What is no
/// JSON makes a body that is none either. Every topic has an id of its own.
pub fn notification(topic: &str, item: impl ToString) -> String {
    let item = item.to_string();
    let topic = crate::Json::from(topic);
    let id = crate::Json::from(format!("notif_{}", topic.as_str().unwrap_or_default()));
    format!(
        r#"{{"type":"notification_event","app_id":"test","data":{{"type":"notification_event_data","item":{item}}},"links":{{}},"id":{id},"topic":{topic},"delivery_status":"pending","delivery_attempts":1,"delivered_at":0,"first_sent_at":1700000000,"created_at":1700000000,"self":null}}"#
    )
}

/// The header with which Intercom signs a body.
///
/// ```
/// use intercom_gen::{test_util, webhooks};
///
/// let body = test_util::notification("ping", "{}");
/// let headers = test_util::signed(webhooks::Scheme::Hub, "secret", &body);
/// assert!(webhooks::verify("secret", &headers, &body).is_ok());
/// assert!(webhooks::verify("another", &headers, &body).is_err());
/// ```
pub fn signed(scheme: Scheme, secret: &str, body: impl AsRef<[u8]>) -> HeaderMap {
    let name = HeaderName::from_bytes(scheme.header().as_bytes());
    let value = HeaderValue::from_str(&scheme.sign(secret, body.as_ref()));
    // Both are made of letters and digits.
    name.ok().zip(value.ok()).into_iter().collect()
}
