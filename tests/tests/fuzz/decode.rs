//! Bodies of any bytes through the largest types of answers.

use std::panic::catch_unwind;

use intercom_gen::Codec;
use intercom_gen::unstable::codecs::ANSWERS;
use tests::calls::{Extent, calls, instances, operations};
use tests::description::{described, versions};
use tests::dice::Dice;
use tests::tree::workspace;

use crate::stub::Stub;
use crate::{assert_none, said, text};

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

/// What is wrong with how a text is read.
fn fault(codec: &'static Codec, body: &str) -> Option<String> {
    match catch_unwind(|| codec.check(body)) {
        Err(panic) => Some(format!("{} panics: {}: {body}", codec.name(), said(&*panic))),
        Ok(Err(error)) => {
            let placed = error.is_decode() && error.path().is_some_and(|path| path.starts_with('$'));
            (!placed).then(|| format!("{} refuses without a place: {error}: {body}", codec.name()))
        }
        Ok(Ok(checked)) => {
            let again = codec.check(&checked.json).map(|again| again.json);
            let same = again.as_ref().is_ok_and(|again| *again == checked.json);
            (!same).then(|| {
                format!("{} reads what it wrote as something else: {} became {again:?}", codec.name(), checked.json)
            })
        }
    }
}

#[test]
fn any_text_is_read_or_refused_at_a_place() {
    let largest = largest();
    assert_eq!(largest.len(), TYPES);
    let mut faults = Vec::new();
    for (number, (codec, instance)) in largest.iter().enumerate() {
        let mut dice = Dice::new(0xdec0_de00 + number as u64);
        for case in 0..CASES {
            // The beginning of a large instance, or its end under an open object, is read as well as all of it.
            let body = match case % 10 {
                0 => instance.clone(),
                _ if instance.len() <= LARGEST => instance.clone(),
                _ => instance.chars().take(dice.below(LARGEST)).collect(),
            };
            let body = match case % 50 {
                49 => text::any(&mut dice).into_bytes(),
                _ => text::changed(body.as_bytes(), &mut dice),
            };
            faults.extend(fault(codec, &String::from_utf8_lossy(&body)));
        }
    }
    assert_none(&faults);
}

#[tokio::test]
async fn any_body_of_a_success_is_read_or_refused_at_a_place() {
    let stub = Stub::default();
    let api = stub.builder().build().expect("a client").dynamic();
    let version = versions(&workspace()).into_iter().find(|version| version.name == "unstable").expect("the version");
    let description = described(&workspace(), &version);
    let mut faults = Vec::new();
    for (number, (codec, instance)) in largest().iter().enumerate() {
        let mut dice = Dice::new(0xb0d1_e500 + number as u64);
        let operation =
            operations(&description).into_iter().find(|operation| operation.id == codec.name()).expect("it");
        let call = calls(&description, &operation).swap_remove(0);
        for _ in 0..BODIES {
            let start: String = instance.chars().take(LARGEST).collect();
            let body = text::changed(start.as_bytes(), &mut dice);
            stub.answer(body.clone());
            let Err(error) = api.call(&call.operation, call.args.clone()).await else { continue };
            let placed = error.is_decode() && error.path().is_some_and(|path| path.starts_with('$'));
            let shown = error.status() == Some(200) && error.body() == Some(&body[..]);
            faults.extend((!placed || !shown).then(|| format!("{}: {error}", codec.name())));
        }
    }
    assert_none(&faults);
}
