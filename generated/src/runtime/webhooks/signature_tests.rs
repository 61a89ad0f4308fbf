use std::collections::{BTreeMap, HashMap};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::*;
use crate::{ErrorKind, Json};

const SECRET: &str = "s3cret";
const BODY: &[u8] = b"{\"topic\":\"ping\"}\n";

/// Signatures of the body as another implementation makes them.
const SHA1: &str = "cefc9a3a39ba673a2c38632fbf8a0d9e3f741ba9";
const SHA256: &str = "8b338aa886fcf6f5c33ea39d638314c7ea35c2537006f418b11cd004c2a17c64";

fn verdict(header: &str, value: &str) -> crate::Result<Scheme> {
    verify(SECRET, &[(header, value)], BODY).map(|verified| verified.scheme())
}

#[track_caller]
fn assert_refused(header: &str, value: &str) {
    let error = verdict(header, value).expect_err("an error");
    assert!(error.is_signature() && error.to_string().contains(header), "{error}");
}

#[test]
fn each_scheme_is_found_by_its_header() {
    assert_eq!(verdict("X-Hub-Signature", &format!("sha1={SHA1}")).expect("verified"), Scheme::Hub);
    assert_eq!(verdict("X-Body-Signature", SHA256).expect("verified"), Scheme::Body);
    assert_eq!(verdict("X-Fin-Agent-API-Webhook-Signature", SHA256).expect("verified"), Scheme::FinAgent);
}

#[test]
fn the_prefix_of_fin_is_optional() {
    let value = format!("sha256={SHA256}");
    assert_eq!(verdict("X-Fin-Agent-API-Webhook-Signature", &value).expect("verified"), Scheme::FinAgent);
}

#[test]
fn digits_may_be_in_upper_case() {
    assert!(verdict("X-Body-Signature", &SHA256.to_uppercase()).is_ok());
}

#[test]
fn what_is_signed_here_is_what_others_sign() {
    assert_eq!(Scheme::Hub.sign(SECRET, BODY), format!("sha1={SHA1}"));
    assert_eq!(Scheme::Body.sign(SECRET, BODY), SHA256);
    assert_eq!(Scheme::FinAgent.sign(SECRET, BODY), SHA256);
}

#[test]
fn any_other_signature_is_refused() {
    let changed = SHA1.replacen('c', "d", 1);
    let longer = format!("{SHA1}00");
    let nothing = ["", "sha1=", "sha256=", "zz", "sha1=ü", &SHA1[..38], &SHA1[..39], SHA256, &changed, &longer];
    for value in nothing {
        assert_refused("X-Hub-Signature", value);
    }
    for value in ["", "00", SHA1, &SHA256[2..]] {
        assert_refused("X-Body-Signature", value);
        assert_refused("X-Fin-Agent-API-Webhook-Signature", value);
    }
}

#[test]
fn a_body_that_was_changed_is_refused() {
    let headers = [("X-Body-Signature", SHA256)];
    for body in [&b"{\"topic\":\"ping\"}"[..], b"{\"topic\": \"ping\"}\n", b""] {
        assert!(verify(SECRET, &headers, body).is_err_and(|error| error.is_signature()));
    }
}

#[test]
fn another_secret_is_refused_and_none_is_printed() {
    for secret in ["s3cre", "s3crets", "S3CRET"] {
        let error = verify(secret, &[("X-Body-Signature", SHA256)], BODY).expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Signature);
        assert!(!format!("{error} {error:?}").to_lowercase().contains("s3cre"), "{error:?}");
    }
}

#[test]
fn an_empty_secret_is_refused_because_anybody_has_it() {
    let signed = Scheme::Body.sign("", BODY);
    let error = verify("", &[("X-Body-Signature", &signed)], BODY).expect_err("an error");
    assert!(error.is_config(), "{error}");
}

#[test]
fn a_missing_header_is_an_error_that_names_those_that_would_do() {
    let error = verify(SECRET, &[("Content-Type", "application/json")], BODY).expect_err("an error");
    assert!(error.is_signature());
    for scheme in Scheme::ALL {
        assert!(error.to_string().contains(scheme.header()), "{error}");
    }
}

#[test]
fn headers_come_as_anything_and_in_any_case() {
    let (name, value) = ("x-body-SIGNATURE", SHA256);
    let map = HeaderMap::from_iter([(
        HeaderName::from_bytes(name.as_bytes()).expect("a name"),
        HeaderValue::from_str(value).expect("a value"),
    )]);
    let kinds: [&dyn Headers; 5] = [
        &map,
        &[(name, value.as_bytes())],
        &vec![(name.to_owned(), value.to_owned())],
        &HashMap::from([(name, value)]),
        &BTreeMap::from([(name.to_owned(), value)]),
    ];
    for headers in kinds {
        assert!(verify(SECRET, headers, BODY).is_ok());
    }
}

#[test]
fn a_verified_body_is_given_as_it_came_and_does_not_print_it() {
    let verified = verify(SECRET, &[("X-Body-Signature", SHA256)], BODY).expect("verified");
    assert_eq!(verified.body(), BODY);
    assert_eq!(verified.parse::<Json>().expect("JSON").get("topic"), Some("ping".into()));
    assert!(!format!("{verified:?}").contains("topic"));
}

#[test]
fn a_caller_may_insist_on_one_scheme() {
    let (hub, body) = (Scheme::Hub.sign(SECRET, BODY), Scheme::Body.sign(SECRET, BODY));
    let both = [("X-Hub-Signature", hub.as_str()), ("X-Body-Signature", body.as_str())];
    for scheme in [Scheme::Hub, Scheme::Body] {
        assert_eq!(verify_with(scheme, SECRET, &both, BODY).expect("verified").scheme(), scheme);
    }
    let error = verify_with(Scheme::FinAgent, SECRET, &both, BODY).expect_err("an error");
    assert!(error.is_signature(), "{error}");
    assert!(error.to_string().contains("X-Fin-Agent-API-Webhook-Signature"), "{error}");
    // One that fits does not make up for the one that was insisted on.
    let forged = [("X-Hub-Signature", "sha1=00"), ("X-Body-Signature", body.as_str())];
    assert!(verify_with(Scheme::Hub, SECRET, &forged, BODY).is_err_and(|error| error.is_signature()));
    assert!(verify_with(Scheme::Body, SECRET, &forged, BODY).is_ok());
}

#[test]
fn a_secret_of_white_space_is_no_secret() {
    for secret in [" ", "\n", " \t\r\n", "\u{a0}"] {
        let signed = Scheme::Body.sign(secret, BODY);
        let error = verify(secret, &[("X-Body-Signature", &signed)], BODY).expect_err("an error");
        assert!(error.is_config(), "{error}");
        assert!(verify_with(Scheme::Body, secret, &[("X-Body-Signature", &signed)], BODY).is_err());
    }
}
