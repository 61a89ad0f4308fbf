//! Deliveries of any bytes: what Intercom did not sign is refused, and what it did is read, whatever it holds.

use intercom_gen::webhooks::{self, Event as _};
use intercom_gen::{Error, ErrorKind, unstable, v2_14};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use tests::calls::{Extent, Maker};
use tests::description::{described, versions};
use tests::property::{holds_in_parallel, verdict};
use tests::signature;
use tests::tree::workspace;

use crate::text::{Edits, edits};

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

/// A delivery of a topic about an item; four of five with a few bytes changed.
#[derive(Clone, Debug)]
struct Delivery {
    topic: &'static str,
    item: Index,
    edits: Option<Edits>,
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let edits = prop::option::weighted(0.8, edits());
    let parts = (select(unstable::Topic::NAMES), any::<Index>(), edits);
    parts.prop_map(|(topic, item, edits)| Delivery { topic, item, edits })
}

impl Delivery {
    fn body(&self, items: &[Value]) -> Vec<u8> {
        let data = json!({"type": "notification_event_data", "item": self.item.get(items)});
        let body = json!({
            "type": "notification_event", "topic": self.topic, "id": "n1", "created_at": 1_768_020_547, "data": data,
        });
        let body = body.to_string().into_bytes();
        self.edits.as_ref().map_or_else(|| body.clone(), |edits| edits.of(&body))
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
    let verified = match webhooks::verify(SECRET, &headers, body) {
        Ok(verified) => verified,
        Err(error) => return Some(format!("a signed body is refused: {error}")),
    };
    let results = [
        verified.parse::<unstable::Notification>().err(),
        verified.parse::<v2_14::Notification>().err(),
        verified.parse::<unstable::FinNotification>().err(),
    ];
    results.into_iter().flatten().find_map(|error| helpless(&error))
}

#[test]
fn any_signed_delivery_is_read_or_refused_at_a_place() {
    let items = items();
    holds_in_parallel(0x3eb4_00c5, CASES, delivery, |delivery| {
        let body = delivery.body(&items);
        verdict(fault(&body).map(|fault| format!("{fault}: {}", String::from_utf8_lossy(&body))))
    });
}

#[test]
fn a_delivery_with_another_signature_is_refused_as_such() {
    let items = items();
    holds_in_parallel(
        0x0519_04a7,
        CASES,
        || (delivery(), edits()),
        |(delivery, edits)| {
            let body = delivery.body(&items);
            let [(name, right)] = signed(&body);
            let wrong = String::from_utf8_lossy(&edits.of(right.as_bytes())).into_owned();
            // Digits in capitals are the same digits, and the scheme may be left out.
            let bare = |text: &str| text.trim().trim_start_matches("sha1=").to_ascii_lowercase();
            if bare(&wrong) == bare(&right) {
                return Ok(());
            }
            match webhooks::verify(SECRET, &[(name, wrong.as_str())], &body) {
                Ok(_) => Err(format!("{wrong:?} passes for {right:?}")),
                Err(error) if error.kind() == ErrorKind::Signature && error.to_string().contains(name) => Ok(()),
                Err(error) => Err(format!("{wrong:?} is refused with {error}")),
            }
        },
    );
}
