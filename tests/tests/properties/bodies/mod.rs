//! Nothing that the API may send is refused, lost or changed: any one change of any sample goes through the types.

mod bad_input;
mod changes;
mod json;
mod places;
mod samples;
mod typed;
mod verdict;

use changes::{Change, Kind};
use places::{Base, Known, Place};
use proptest::prelude::*;
use proptest::sample::Index;
use samples::Sample;
use tests::property::{self, holds_in_parallel};

/// The same cases in every run.
const SEED: u64 = 0x5eed_0f1a_7e57_ca5e;

/// How many changes of each kind are tried.
const CASES: usize = 2_000;

/// Fewer places than these, and a kind is as good as not tried.
const LEAST_PLACES: usize = 30;

#[test]
#[cfg_attr(not(upstream), ignore = "needs upstream's descriptions beside the checkout")]
fn any_change_of_any_sample_of_upstream_is_kept_where_it_is() {
    changed(samples::shown(), CASES);
}

#[test]
fn any_change_of_any_described_answer_is_kept_where_it_is() {
    changed(samples::made(), CASES / 10);
}

/// Changes samples in `cases` ways of each kind.
#[track_caller]
fn changed(samples: Vec<Sample>, cases: usize) {
    let mut known = Known::new();
    let bases: Vec<Base> = samples.into_iter().map(|sample| Base::new(sample, &mut known)).collect();
    let places = bases.iter().flat_map(|base| &base.places);
    let keys: Vec<&str> = places.filter_map(|place| Some(place.key.as_ref()?.1.as_str())).collect();
    for (number, kind) in (0..).zip(Kind::ALL) {
        let places: Vec<Vec<(&Base, &Place)>> = bases.iter().map(|base| of_kind(kind, base)).collect();
        let places: Vec<_> = places.into_iter().filter(|places| !places.is_empty()).collect();
        let at = places.iter().map(Vec::len).sum::<usize>();
        assert!(at >= LEAST_PLACES, "{kind:?} has only {at} places");
        // Every sample as often as any other, or else the largest would have most of the cases.
        let change = || (any::<Index>(), any::<Index>(), kind.inserts());
        holds_in_parallel(SEED + number, cases, change, |(sample, place, insert)| {
            let of_sample: &Vec<(&Base, &Place)> = sample.get(&places);
            let (base, place) = place.get(of_sample);
            property::verdict(fault(kind, base, place, &kind.change(base, place, &keys, &insert)))
        });
    }
}

/// The places of a sample that can be changed in this way.
fn of_kind(kind: Kind, base: &Base) -> Vec<(&Base, &Place)> {
    base.places.iter().filter(|place| kind.is_for(place)).map(|place| (base, place)).collect()
}

/// What is wrong with how the changed sample is read and written, if anything is.
fn fault(kind: Kind, base: &Base, place: &Place, change: &Change) -> Option<String> {
    let fault = verdict::fault(kind, base, change)?;
    let around =
        (0..=place.start.saturating_sub(60)).rev().find_map(|from| change.text.get(from..)).unwrap_or_default();
    let name = (&base.sample.name, base.sample.codec.name());
    Some(format!("{kind:?}, {name:?} {}: {fault:.600}\n  …{around:.200}…\n", change.path))
}
