//! Deliveries of any bytes: what Intercom did not sign is refused, and what it did is read, whatever it holds.

use std::panic::catch_unwind;

use intercom_gen::webhooks::{self, Event as _};
use intercom_gen::{Error, ErrorKind, unstable, v2_14};
use serde_json::{Value, json};
use tests::calls::{Extent, Maker};
use tests::description::{described, versions};
use tests::dice::Dice;
use tests::signature;
use tests::tree::workspace;

use crate::{assert_none, said, text};

/// How many deliveries are read.
const CASES: usize = 8_000;

const SECRET: &str = "client-secret";

/// The largest instance of a schema that is sent.
const LARGEST: usize = 4_000;

/// Instances of all schemas: what an item may be, and what it may not.
fn items() -> Vec<Value> {
    let version = versions(&workspace()).into_iter().find(|version| version.name == "unstable").expect("the version");
    let description = described(&workspace(), &version);
    let schemas = description["components"]["schemas"].as_object().into_iter().flatten();
    let made =
        schemas.enumerate().map(|(turn, (_, schema))| Maker::new(&description, Extent::Full, turn).instance(schema));
    made.filter(|item| item.to_string().len() < LARGEST).collect()
}

/// A delivery of some topic about some item, and then some bytes of it others.
fn delivery(items: &[Value], dice: &mut Dice) -> Vec<u8> {
    let topics = unstable::Topic::NAMES;
    let topic = topics[dice.below(topics.len())];
    let data = json!({"type": "notification_event_data", "item": items[dice.below(items.len())]});
    let body =
        json!({"type": "notification_event", "topic": topic, "id": "n1", "created_at": 1_768_020_547, "data": data});
    match dice.below(5) {
        0 => body.to_string().into_bytes(),
        _ => text::changed(body.to_string().as_bytes(), dice),
    }
}

fn signed(body: &[u8]) -> [(&'static str, String); 1] {
    [signature::hub(SECRET, body)]
}

/// What is wrong with an error of reading.
fn helpless(error: &Error) -> Option<String> {
    let placed = error.path().is_some_and(|path| path.starts_with('$'));
    (!placed).then(|| format!("refused without a place: {error}"))
}

/// What is wrong with how a delivery is read by every version, as a notification and as an event of Fin.
fn fault(body: &[u8]) -> Option<String> {
    let headers = signed(body);
    let read = || {
        let verified = webhooks::verify(SECRET, &headers, body)?;
        let results = [
            verified.parse::<unstable::Notification>().err(),
            verified.parse::<v2_14::Notification>().err(),
            verified.parse::<unstable::FinNotification>().err(),
        ];
        Ok::<_, Error>(results.into_iter().flatten().find_map(|error| helpless(&error)))
    };
    match catch_unwind(read) {
        Err(panic) => Some(format!("panics: {}", said(&*panic))),
        Ok(Err(error)) => Some(format!("a signed body is refused: {error}")),
        Ok(Ok(fault)) => fault,
    }
}

#[test]
fn any_signed_delivery_is_read_or_refused_at_a_place() {
    let (items, mut dice) = (items(), Dice::new(0x3eb4_00c5));
    let faults = (0..CASES).filter_map(|_| {
        let body = delivery(&items, &mut dice);
        fault(&body).map(|fault| format!("{fault}: {}", String::from_utf8_lossy(&body)))
    });
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn a_delivery_with_another_signature_is_refused_as_such() {
    let (items, mut dice) = (items(), Dice::new(0x519_4a7));
    let mut faults = Vec::new();
    for _ in 0..CASES {
        let body = delivery(&items, &mut dice);
        let [(name, right)] = signed(&body);
        let wrong = String::from_utf8_lossy(&text::changed(right.as_bytes(), &mut dice)).into_owned();
        // Digits in capitals are the same digits, and the scheme may be left out.
        let bare = |text: &str| text.trim().trim_start_matches("sha1=").to_ascii_lowercase();
        if bare(&wrong) == bare(&right) {
            continue;
        }
        match webhooks::verify(SECRET, &[(name, wrong.as_str())], &body) {
            Ok(_) => faults.push(format!("{wrong:?} passes for {right:?}")),
            Err(error) if error.kind() == ErrorKind::Signature && error.to_string().contains(name) => {}
            Err(error) => faults.push(format!("{wrong:?} is refused with {error}")),
        }
    }
    assert_none(&faults);
}
