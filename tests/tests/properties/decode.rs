//! Bodies of any bytes through the largest types of answers.

use intercom_gen::Codec;
use intercom_gen::unstable::codecs::ANSWERS;
use proptest::prelude::*;
use proptest::sample::Index;
use tests::calls::{Extent, calls, instances, operations};
use tests::description::{described, versions};
use tests::property::{holds, holds_in_parallel, verdict};
use tests::tree::workspace;

use crate::stub::{Stub, runtime};
use crate::text::{Edits, any_text, edits};

/// How many of the types are tried: those with the largest instances.
const TYPES: usize = 10;

/// How many bodies each type reads.
const CASES: usize = 8_000;

/// How many bodies each of them gets as the answer to a call.
const BODIES: usize = 400;

/// Instances that are larger than this are cut short by their ends, which are tried as well.
const LARGEST: usize = 6_000;

/// The types with the largest answers, with an instance of each.
fn largest() -> Vec<(&'static Codec, String)> {
    let version = versions(&workspace()).into_iter().find(|version| version.name == "unstable").expect("the version");
    let description = described(&workspace(), &version);
    let mut found: Vec<(&Codec, String)> = Vec::new();
    for operation in operations(&description) {
        let schema = operation.answer().and_then(|answer| answer.schema);
        let codec = ANSWERS.iter().find(|codec| codec.name() == operation.id);
        let instance = schema.and_then(|schema| instances(&description, schema, Extent::Full).pop());
        let Some((codec, instance)) = codec.zip(instance.map(|instance| instance.to_string())) else { continue };
        // Operations that answer the same are one.
        if !found.iter().any(|(_, other)| *other == instance) {
            found.push((codec, instance));
        }
    }
    found.sort_by_key(|(_, instance)| std::cmp::Reverse(instance.len()));
    found.truncate(TYPES);
    found
}

/// What is wrong with how a text is read, if anything is.
fn fault(codec: &'static Codec, body: &str) -> Option<String> {
    match codec.check(body) {
        Err(error) => {
            let placed = error.is_decode() && error.path().is_some_and(|path| path.starts_with('$'));
            (!placed).then(|| format!("{} refuses without a place: {error}: {body}", codec.name()))
        }
        Ok(checked) => {
            let again = codec.check(&checked.json).map(|again| again.json);
            let same = again.as_ref().is_ok_and(|again| *again == checked.json);
            (!same).then(|| {
                format!("{} reads what it wrote as something else: {} became {again:?}", codec.name(), checked.json)
            })
        }
    }
}

/// What is read.
#[derive(Clone, Debug)]
enum Body {
    Text(String),
    /// An instance, or the beginning of a large one, with changes.
    Changed(Option<Index>, Edits),
}

fn body() -> impl Strategy<Value = Body> {
    let beginning = prop::option::weighted(0.9, any::<Index>());
    prop_oneof![
        1 => any_text().prop_map(Body::Text),
        49 => (beginning, edits()).prop_map(|(beginning, edits)| Body::Changed(beginning, edits)),
    ]
}

impl Body {
    fn of(&self, instance: &str) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Changed(beginning, edits) => {
                let beginning = beginning.filter(|_| instance.len() > LARGEST);
                let taken: String = beginning.map_or_else(
                    || instance.to_owned(),
                    |beginning| instance.chars().take(beginning.index(LARGEST)).collect(),
                );
                String::from_utf8_lossy(&edits.of(taken.as_bytes())).into_owned()
            }
        }
    }
}

#[test]
fn any_text_is_read_or_refused_at_a_place() {
    let largest = largest();
    assert_eq!(largest.len(), TYPES);
    for (number, (codec, instance)) in (0..).zip(&largest) {
        holds_in_parallel(0xdec0_de00 + number, CASES, body, |body| verdict(fault(codec, &body.of(instance))));
    }
}

#[test]
fn any_body_of_a_success_is_read_or_refused_at_a_place() {
    let (stub, runtime) = (Stub::default(), runtime());
    let api = stub.builder().build().expect("a client").dynamic();
    let version = versions(&workspace()).into_iter().find(|version| version.name == "unstable").expect("the version");
    let description = described(&workspace(), &version);
    for (number, (codec, instance)) in (0..).zip(largest()) {
        let operation =
            operations(&description).into_iter().find(|operation| operation.id == codec.name()).expect("it");
        let call = calls(&description, &operation).swap_remove(0);
        let start: String = instance.chars().take(LARGEST).collect();
        holds(0xb0d1_e500 + number, BODIES, edits(), |edits| {
            let body = edits.of(start.as_bytes());
            stub.answer(body.clone());
            let Err(error) = runtime.block_on(api.call(&call.operation, call.args.clone())) else { return Ok(()) };
            let placed = error.is_decode() && error.path().is_some_and(|path| path.starts_with('$'));
            let shown = error.status() == Some(200) && error.body() == Some(&body[..]);
            if placed && shown { Ok(()) } else { Err(format!("{}: {error}", codec.name())) }
        });
    }
}
