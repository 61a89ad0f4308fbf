//! The signatures of deliveries, as Intercom makes them.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// The header `X-Hub-Signature` of a notification.
pub fn hub(secret: &str, body: &[u8]) -> (&'static str, String) {
    ("X-Hub-Signature", format!("sha1={}", digits::<Hmac<Sha1>>(secret, body)))
}

/// The digits of the signature of an event of Fin.
pub fn fin(secret: &str, body: &[u8]) -> String {
    digits::<Hmac<Sha256>>(secret, body)
}

fn digits<M: Mac + KeyInit>(secret: &str, body: &[u8]) -> String {
    let mac = <M as KeyInit>::new_from_slice(secret.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    base16ct::lower::encode_string(&mac.chain_update(body).finalize().into_bytes())
}
