//! Nothing that the API may send is refused, lost or changed: any one change of any sample goes through the types.

mod bad_input;
mod changes;
mod json;
mod places;
mod samples;
mod typed;
mod verdict;

use std::fmt::Write as _;
use std::thread;

use changes::Kind;
use places::{Base, Known, Place};
use samples::Sample;
use tests::dice::Dice;

/// The same cases in every run.
const SEED: u64 = 0x5eed_0f1a_7e57_ca5e;

/// How many changes of each kind are tried.
const CASES: usize = 2_000;

/// Fewer places than these, and a kind is as good as not tried.
const LEAST_PLACES: usize = 30;

/// Threads that share the work.
const THREADS: usize = 2;

/// How many faults a failure shows.
const SHOWN: usize = 12;

#[test]
fn any_change_of_any_sample_is_kept_where_it_is() {
    let upstream = samples::upstream();
    let tried = if upstream.is_empty() {
        eprintln!("upstream's descriptions are not there: instances of ours take their place");
        changed(samples::made(), CASES)
    } else {
        changed(upstream, CASES)
    };
    assert!(tried >= 20_000, "only {tried} cases");
}

#[test]
fn any_change_of_any_described_answer_is_kept_where_it_is() {
    changed(samples::made(), CASES / 10);
}

/// Changes samples in `cases` ways of each kind, prints how many that were, and gives their number.
#[track_caller]
fn changed(samples: Vec<Sample>, cases: usize) -> usize {
    let mut known = Known::new();
    let bases: Vec<Base> = samples.into_iter().map(|sample| Base::new(sample, &mut known)).collect();
    let places = bases.iter().flat_map(|base| &base.places);
    let keys: Vec<&str> = places.filter_map(|place| Some(place.key.as_ref()?.1.as_str())).collect();
    let (mut table, mut faults, mut total) = (format!("{} samples\n", bases.len()), Vec::new(), 0);
    for kind in Kind::ALL {
        let places: Vec<Vec<(&Base, &Place)>> = bases.iter().map(|base| of_kind(kind, base)).collect();
        let places: Vec<_> = places.iter().filter(|places| !places.is_empty()).map(Vec::as_slice).collect();
        let at = places.iter().map(|places| places.len()).sum::<usize>();
        assert!(at >= LEAST_PLACES, "{kind:?} has only {at} places");
        let (count, found) = tried(kind, &places, &keys, cases);
        assert!(count >= cases, "{kind:?} has only {count} cases");
        let _ = writeln!(table, "{count:6} of {kind:?} at {at} places, {} faults", found.len());
        faults.extend(found);
        total += count;
    }
    eprintln!("{table}{total:6} in all");
    let shown: Vec<String> = faults.iter().take(SHOWN).cloned().collect();
    assert!(faults.is_empty(), "{} faults\n{table}\n{}", faults.len(), shown.join("\n"));
    total
}

/// The places of a sample that can be changed in this way.
fn of_kind(kind: Kind, base: &Base) -> Vec<(&Base, &Place)> {
    base.places.iter().filter(|place| kind.is_for(place)).map(|place| (base, place)).collect()
}

/// How many changes of a kind were tried, and what was wrong with them.
fn tried(kind: Kind, places: &[&[(&Base, &Place)]], keys: &[&str], cases: usize) -> (usize, Vec<String>) {
    let share = |first: usize| {
        let mut tried = (0, Vec::new());
        for case in (first..cases).step_by(THREADS) {
            tried.0 += 1;
            tried.1.extend(one(kind, places, keys, case));
        }
        tried
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|first| scope.spawn(move || share(first))).collect();
        let shares = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| panic!("{kind:?} panicked")));
        shares.fold((0, Vec::new()), |(count, faults), (more, found)| (count + more, [faults, found].concat()))
    })
}

/// What is wrong with one case, if anything is.
fn one(kind: Kind, places: &[&[(&Base, &Place)]], keys: &[&str], case: usize) -> Option<String> {
    let number = (kind as u64) << 32 | case as u64;
    let mut dice = Dice::new(SEED.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    // Every sample as often as any other, or else the largest would have most of the cases.
    let sample = dice.pick(places);
    let (base, place) = dice.pick(sample);
    let change = kind.change(base, place, keys, &mut dice);
    let fault = verdict::fault(kind, base, &change)?;
    let around =
        (0..=place.start.saturating_sub(60)).rev().find_map(|from| change.text.get(from..)).unwrap_or_default();
    let name = (&base.sample.name, base.sample.codec.name());
    Some(format!("{kind:?} {case}, {name:?} {}: {fault:.600}\n  …{around:.200}…\n", change.path))
}
