//! Signed requests about the app itself, which are not notifications.

use hmac::{Hmac, KeyInit as _, Mac as _};
use intercom_gen::ErrorKind;
use intercom_gen::unstable::Notification;
use intercom_gen::webhooks::{self, AppRequest, Scheme, Verified};
use sha2::Sha256;

use super::{SECRET, notification};

/// What Intercom sends when a workspace uninstalls the app, signed.
fn uninstalled(body: &str) -> Verified<'_> {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    let bytes = mac.chain_update(body).finalize().into_bytes();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    webhooks::verify(SECRET, &[("X-Body-Signature", digits)], body).expect("a signature")
}

#[test]
fn a_body_without_a_topic_is_no_notification() {
    for body in [r#"{"app_id": "x"}"#, r#"{"app_id": "x", "topic": null}"#, r#"{"app_id": "x", "topic": ""}"#] {
        let error = uninstalled(body).parse::<Notification>().expect_err("no notification");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("without a topic"), "{error}");
    }
}

#[test]
fn a_request_about_the_app_has_a_type_of_its_own() {
    let verified = uninstalled(r#"{"app_id": "x", "reason": "none"}"#);
    assert_eq!(verified.scheme(), Scheme::Body);
    let request = verified.parse::<AppRequest>().expect("a request about the app");
    assert_eq!(request.app_id, Some("x".into()));
    assert!(request.extra.contains_key("reason") && !request.extra.contains_key("app_id"));
}

#[test]
fn a_notification_is_no_request_about_the_app() {
    let body = notification("ping", "{}");
    let error = uninstalled(&body).parse::<AppRequest>().expect_err("a notification");
    assert!(error.to_string().contains("found a notification"), "{error}");
}
