//! Addresses of any arguments: whatever they hold, they stay what they are, and where they are.

use std::cell::Cell;

use intercom_gen::ErrorKind;
use intercom_gen::unstable::Client;
use proptest::prelude::*;
use proptest::sample::select;
use tests::percent::decoded;
use tests::property::{holds, verdict};

use crate::stub::{Stub, runtime};
use crate::text::any_text;

/// How many addresses of each kind are made.
const CASES: usize = 4_000;

const SEED: u64 = 0xadd2_e55e;

const HOME: &str = "https://api.intercom.io";

fn client(stub: &Stub) -> Client {
    stub.answer(br#"{"id": "1"}"#.to_vec());
    stub.builder().build().expect("a client")
}

#[test]
fn an_argument_of_a_path_is_one_segment_and_comes_back_as_it_was_or_is_refused_by_name() {
    let (stub, runtime) = (Stub::default(), runtime());
    let client = client(&stub);
    holds(SEED, CASES, (any_text(), any_text()), |(one, other)| {
        let result = runtime.block_on(client.contacts().detach_tag(one.as_str(), other.as_str()).into_future());
        let right = match (stub.asked(), &result) {
            (Some(url), Ok(_)) => {
                let segments = url.strip_prefix(HOME).map(|path| path.split('/').map(decoded).collect::<Vec<_>>());
                let wanted = ["", "contacts", &one, "tags", &other].map(|segment| Some(segment.to_owned()));
                segments.as_deref() == Some(&wanted) && !url.contains(['?', '#'])
            }
            (None, Err(error)) => {
                let is_no_segment = |text: &str| matches!(text, "" | "." | "..");
                let text = error.to_string();
                let named = (is_no_segment(&one) && text.contains("contact_id"))
                    || (is_no_segment(&other) && text.contains("id"));
                error.kind() == ErrorKind::Argument && named
            }
            _ => false,
        };
        if right { Ok(()) } else { Err(format!("gave {:?}", result.err())) }
    });
}

#[test]
fn an_argument_of_a_query_comes_back_as_it_was() {
    let (stub, runtime) = (Stub::default(), runtime());
    let client = client(&stub);
    let arguments = (any_text(), any_text(), [any_text(), any_text()]);
    holds(SEED, CASES, arguments, |(name, value, items)| {
        let call = client.contacts().list().starting_after(value.as_str()).query(&name, items.as_slice());
        let result = runtime.block_on(call.into_future());
        let url = stub.asked().unwrap_or_default();
        let pairs = url.strip_prefix(HOME).and_then(|path| path.strip_prefix("/contacts?")).unwrap_or_default();
        let pairs: Vec<(Option<String>, Vec<Option<String>>)> = pairs
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or_default())
            .map(|(name, value)| (decoded(name), value.split(',').map(decoded).collect()))
            .collect();
        let wanted = [("starting_after".to_owned(), vec![value.clone()]), (name.clone(), items.to_vec())];
        let wanted = wanted.map(|(name, values)| (Some(name), values.into_iter().map(Some).collect::<Vec<_>>()));
        let right = result.is_ok() && pairs == wanted && !url.contains('#');
        if right { Ok(()) } else { Err(format!("gave {url}: {:?}", result.err())) }
    });
}

/// A base URL: mostly one that could be meant.
fn base_url() -> impl Strategy<Value = String> {
    let scheme = select(vec!["http://", "https://", "https:/", "ftp://", "file:///", "", "HTTPS://", "https://a@"]);
    let host = select(vec![
        "localhost",
        "127.0.0.1:8080",
        "[::1]",
        "api.intercom.io",
        "exa mple",
        "",
        "日本.jp",
        "a:99999",
        "a..b",
    ]);
    let path = select(vec!["", "/", "//", "/proxy/", "/a%20b", "?q=1", "#f", "/../x", "/{id}"]);
    let rest = prop_oneof![3 => Just(String::new()), 1 => any_text()];
    (scheme, host, path, rest).prop_map(|(scheme, host, path, rest)| format!("{scheme}{host}{path}{rest}"))
}

#[test]
fn a_base_url_is_where_calls_go_or_is_refused_by_name() {
    let (stub, runtime) = (Stub::default(), runtime());
    stub.answer(br#"{"id": "1"}"#.to_vec());
    let (taken, refused) = (Cell::new(0), Cell::new(0));
    // Each is a client of its own, which takes its time to make.
    let cases = CASES / 10;
    holds(SEED, cases, base_url(), |base| {
        verdict(match stub.builder().base_url(base.as_str()).build() {
            Err(error) => {
                refused.set(refused.get() + 1);
                (!error.to_string().contains("base URL")).then(|| format!("is refused with {error}"))
            }
            Ok(client) => {
                taken.set(taken.get() + 1);
                let result = runtime.block_on(client.contacts().get("a/b").into_future());
                let url = stub.asked().unwrap_or_default();
                let authority = url.split('/').nth(2).unwrap_or_default();
                let plain = url.starts_with("http") && !url.contains(['?', '#']) && !authority.contains('@');
                let right = result.is_ok() && plain && url.ends_with("/contacts/a%2Fb");
                (!right).then(|| format!("gives {url:?}: {:?}", result.err()))
            }
        })
    });
    assert!(taken.get() > cases / 20 && refused.get() > cases / 20, "{taken:?} taken, {refused:?} refused");
}
