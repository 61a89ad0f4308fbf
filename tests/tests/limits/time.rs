//! Time grows with the size of a body, and not faster.
//!
//! A text and one of four times its size are measured in turns, and the best of several runs counts, so that a machine that is
//! busy does not matter: linear work takes four times as long, quadratic work sixteen times.

use std::time::{Duration, Instant};

use intercom_gen::unstable::types::{Contact, ContactList};
use intercom_gen::{Codec, Extra, VERSIONS};

use super::hostile::{keyed, repeated};

/// How many sizes are measured: up to 4 MB, and without optimization up to 1 MB.
const STEPS: usize = if cfg!(debug_assertions) { 3 } else { 4 };

/// How many times as long four times the work may take: with room for caches and for `n log n`.
const MOST: f64 = 9.0;

fn best(runs: usize, mut work: impl FnMut()) -> Duration {
    let once = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..runs).map(|_| once(&mut work)).min().unwrap_or_default()
}

/// Measures `work` at four sizes, and fails where a step of four takes too long.
#[track_caller]
fn grows_linearly(name: &str, sizes: [usize; STEPS], mut make: impl FnMut(usize) -> Box<dyn FnMut()>) {
    let mut works: Vec<_> = sizes.iter().map(|size| make(*size)).collect();
    let times: Vec<_> = works.iter_mut().zip([5, 4, 3, 2]).map(|(work, runs)| best(runs, work)).collect();
    let shown: Vec<_> = times.iter().map(|time| format!("{:>9.2} ms", time.as_secs_f64() * 1e3)).collect();
    eprintln!("{name:44} {}", shown.join(" "));
    let growth = times[STEPS - 1].as_secs_f64() / times[STEPS - 2].as_secs_f64();
    assert!(growth < MOST, "{name}: four times the text takes {growth:.1} times as long: {times:?}");
}

/// The sizes of the texts in bytes, each four times the one before.
fn sizes() -> [usize; STEPS] {
    std::array::from_fn(|step| (64 << 10) << (2 * step))
}

fn contact_codec() -> Codec {
    let version = VERSIONS.iter().find(|version| version.name == "unstable").expect("a version");
    *version.answers.iter().find(|codec| codec.name() == "ShowContact").expect("the operation")
}

/// The bodies of the audit, of about `size` bytes.
fn bodies(size: usize) -> [(&'static str, String); 5] {
    let pairs = repeated(size / 2, "\"email\":[],\"email\":\"x\"");
    let kilobyte = repeated(900, "\"email\":[]");
    let contacts = repeated(size, &format!("{{\"id\":\"1\",{kilobyte}}}"));
    [
        ("pairs beside undeclared keys", format!("{{\"id\":\"1\",{},{pairs}}}", keyed(size / 2, "1"))),
        ("undeclared keys", format!("{{\"id\":\"1\",{}}}", keyed(size, "1"))),
        ("one undeclared key again and again", format!("{{\"id\":\"1\",{}}}", repeated(size, "\"a\":1"))),
        ("misfits in each kilobyte", format!("{{\"data\":[{contacts}]}}")),
        ("misfits in one object", format!("{{\"id\":\"1\",{}}}", repeated(size, "\"email\":[]"))),
    ]
}

fn each_body(name: &str, work: impl Fn(&str) -> Box<dyn FnMut()>) {
    for index in 0..bodies(64).len() {
        let what = bodies(64)[index].0;
        grows_linearly(&format!("{name}: {what}"), sizes(), |size| work(&bodies(size)[index].1));
    }
}

#[test]
fn decoding_is_linear() {
    each_body("decoding", |text| {
        let text = text.to_owned();
        Box::new(move || {
            drop(ContactList::from_json(&text).map(|list| Contact::from_json(&text).map(|one| (list, one))))
        })
    });
}

#[test]
fn encoding_is_linear() {
    each_body("encoding", |text| {
        let (one, list) = (Contact::from_json(text).expect("JSON"), ContactList::from_json(text).expect("JSON"));
        Box::new(move || drop((one.to_json(), list.to_json())))
    });
}

#[test]
fn debugging_is_linear() {
    each_body("Debug", |text| {
        let (one, list) = (Contact::from_json(text).expect("JSON"), ContactList::from_json(text).expect("JSON"));
        Box::new(move || drop((format!("{one:?}"), format!("{list:?}"))))
    });
}

#[test]
fn a_dynamic_call_reads_and_writes_in_linear_time() {
    each_body("by name", |text| {
        let (codec, text) = (contact_codec(), text.to_owned());
        Box::new(move || drop(codec.check(&text).expect("JSON")))
    });
}

fn extra(size: usize) -> Extra {
    Contact::from_json(&bodies(size)[1].1).expect("JSON").extra
}

#[test]
fn looking_at_undeclared_keys_is_linear() {
    grows_linearly("entries, len, iter, keys", sizes(), |size| {
        let extra = extra(size);
        Box::new(move || assert!(extra.len() == extra.iter().count() && extra.len() == extra.keys().count()))
    });
    grows_linearly("PartialEq, of what is written otherwise", sizes(), |size| {
        let (a, mut b) = (extra(size), extra(size));
        let first = b.keys().next().expect("a key");
        let value = b.remove(&first).expect("a value");
        b.insert(first, value);
        Box::new(move || assert!(a == b))
    });
    grows_linearly("get, of every key", sizes(), |size| {
        let extra = extra(size);
        Box::new(move || assert!(extra.keys().all(|key| extra.get(&key).is_some())))
    });
}

#[test]
fn setting_and_removing_undeclared_keys_is_linear() {
    grows_linearly("insert n keys", sizes(), |size| {
        Box::new(move || {
            let mut extra = Extra::default();
            (0..size / 10).for_each(|index| extra.insert(index.to_string(), 1));
            assert_eq!(extra.len(), size / 10);
        })
    });
    grows_linearly("remove n keys", sizes(), |size| {
        let all = extra(size);
        Box::new(move || {
            let mut extra = all.clone();
            all.keys().for_each(|key| assert!(extra.remove(&key).is_some()));
            assert!(extra.is_empty());
        })
    });
}
