use std::time::{Duration, Instant};

use super::*;

fn redacted(secret: &str, text: &str) -> String {
    let (mut secrets, mut text) = (Secrets::default(), text.to_owned());
    secrets.add(secret, "[x]");
    secrets.redact_text(&mut text);
    text
}

#[test]
fn every_occurrence_is_replaced_and_the_rest_stays() {
    assert_eq!(redacted("ab", "ab-aab ba ab"), "[x]-a[x] ba [x]");
    assert_eq!(redacted("ab", "nothing"), "nothing");
    assert_eq!(redacted("ab", r"\u00e9 \a\b %41 &amp;"), r"\u00e9 [x] %41 &amp;");
    assert_eq!(redacted("", "text"), "text");
    assert_eq!(redacted("a\\\"b", r#"{"k":"a\\\"b","j":"a\\\\\\\"b"}"#), r#"{"k":"[x]","j":"[x]"}"#);
    assert_eq!(redacted("é😀", r"\u00e9\ud83d\ude00 %C3%A9%f0%9F%98%80 &#233;&#x1F600; é😀"), "[x] [x] [x] [x]");
}

#[test]
fn a_longer_secret_is_replaced_before_its_part() {
    let mut secrets = Secrets::default();
    secrets.add("part", "[short]");
    secrets.add("part-and-more", "[long]");
    let mut text = "part-and-more part".to_owned();
    secrets.redact_text(&mut text);
    assert_eq!(text, "[long] [short]");
}

#[test]
fn a_long_text_of_what_almost_is_the_secret_takes_no_time_to_speak_of() {
    let secret = "dG9rZW4tdG9rZW4tdG9rZW4tdG9rZW4tdG9rZW4tdG9rZW4tdG9rZW4tdG9r";
    for text in [&secret[..59], "\\\\", "\\u0064", "&#100;", "%64"] {
        let began = Instant::now();
        redacted(secret, &text.repeat((1 << 18) / text.len()));
        assert!(began.elapsed() < Duration::from_secs(5), "{text}: {:?}", began.elapsed());
    }
}

#[test]
fn headers_with_credentials_are_known_by_their_names() {
    for name in ["Authorization", "proxy-authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Auth-Token"] {
        assert!(is_credential(name), "{name}");
    }
    for name in ["Accept", "X-Request-Id", "Intercom-Version", "Host"] {
        assert!(!is_credential(name), "{name}");
    }
}
