//! Addresses of any arguments: whatever they hold, they stay what they are, and where they are.

use intercom_gen::unstable::Client;
use tests::dice::Dice;
use tests::percent::decoded;

use crate::stub::Stub;
use crate::{assert_none, text};

/// How many addresses of each kind are made.
const CASES: usize = 4_000;

const HOME: &str = "https://api.intercom.io";

fn dice() -> Dice {
    Dice::new(0xadd2_e55e)
}

fn client(stub: &Stub) -> Client {
    stub.answer(br#"{"id": "1"}"#.to_vec());
    stub.builder().build().expect("a client")
}

#[tokio::test]
async fn an_argument_of_a_path_is_one_segment_and_comes_back_as_it_was_or_is_refused_by_name() {
    let (stub, mut dice, mut faults) = (Stub::default(), dice(), Vec::new());
    let client = client(&stub);
    for _ in 0..CASES {
        let (one, other) = (text::any(&mut dice), text::any(&mut dice));
        let result = client.contacts().detach_tag(one.as_str(), other.as_str()).await;
        let right = match (stub.asked(), result) {
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
                error.kind() == intercom_gen::ErrorKind::Argument && named
            }
            _ => false,
        };
        faults.extend((!right).then(|| format!("{one:?} and {other:?}")));
    }
    assert_none(&faults);
}

#[tokio::test]
async fn an_argument_of_a_query_comes_back_as_it_was() {
    let (stub, mut dice, mut faults) = (Stub::default(), dice(), Vec::new());
    let client = client(&stub);
    for _ in 0..CASES {
        let (name, value, items) =
            (text::any(&mut dice), text::any(&mut dice), [text::any(&mut dice), text::any(&mut dice)]);
        let call = client.contacts().list().starting_after(value.as_str()).query(&name, items.as_slice());
        let result = call.await;
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
        faults.extend((!right).then(|| format!("{name:?}={value:?} gave {url}: {:?}", result.err())));
    }
    assert_none(&faults);
}

#[tokio::test]
async fn a_base_url_is_where_calls_go_or_is_refused_by_name() {
    let (stub, mut dice, mut faults) = (Stub::default(), dice(), Vec::new());
    stub.answer(br#"{"id": "1"}"#.to_vec());
    let (mut taken, mut refused) = (0, 0);
    // Each is a client of its own, which takes its time to make.
    let cases = CASES / 10;
    for _ in 0..cases {
        let scheme =
            ["http://", "https://", "https:/", "ftp://", "file:///", "", "HTTPS://", "https://a@"][dice.below(8)];
        let host =
            ["localhost", "127.0.0.1:8080", "[::1]", "api.intercom.io", "exa mple", "", "日本.jp", "a:99999", "a..b"]
                [dice.below(9)];
        let path = ["", "/", "//", "/proxy/", "/a%20b", "?q=1", "#f", "/../x", "/{id}"][dice.below(9)].to_owned();
        let path = if dice.below(4) == 0 { path + &text::any(&mut dice) } else { path };
        let base = format!("{scheme}{host}{path}");
        let fault = match stub.builder().base_url(base.as_str()).build() {
            Err(error) => {
                refused += 1;
                (!error.to_string().contains("base URL")).then(|| format!("{base:?} is refused with {error}"))
            }
            Ok(client) => {
                taken += 1;
                let result = client.contacts().get("a/b").await;
                let url = stub.asked().unwrap_or_default();
                let authority = url.split('/').nth(2).unwrap_or_default();
                let plain = url.starts_with("http") && !url.contains(['?', '#']) && !authority.contains('@');
                let right = result.is_ok() && plain && url.ends_with("/contacts/a%2Fb");
                (!right).then(|| format!("{base:?} gives {url:?}: {:?}", result.err()))
            }
        };
        faults.extend(fault);
    }
    assert_none(&faults);
    assert!(taken > cases / 20 && refused > cases / 20, "{taken} taken, {refused} refused");
}
