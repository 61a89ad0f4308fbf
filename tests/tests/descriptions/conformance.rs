//! Upstream's samples go through the crate unchanged.

use std::path::Path;

use tests::conformance::{self, Report};
use tests::description::{Version, versions};
use tests::tree::workspace;
use tests::upstream;

/// The share of values that typed fields hold, in percent.
const LEAST_TYPED: f64 = 97.0;

fn run(version: &Version, path: &Path) -> Report {
    conformance::run(&workspace(), &version.name, path).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
#[cfg_attr(not(upstream), ignore = "needs upstream's descriptions beside the checkout")]
fn the_samples_of_every_description_conform_and_nearly_all_values_are_typed() {
    let found = upstream::all();
    assert!(found.len() >= versions(&workspace()).len(), "{} descriptions", found.len());
    for (date, version, path) in found {
        let report = run(&version, &path);
        eprintln!("{date}: {report}");
        let Report { answers, errors, requests, .. } = &report;
        assert!(!report.failed(), "{report}");
        assert!(answers.samples > 100 && errors.samples > 100 && requests.samples > 100, "{report}");
        for tally in [answers, errors] {
            assert_eq!((tally.decoded, tally.lossless, tally.drifted), (tally.samples, tally.samples, 0), "{report}");
        }
        assert!(answers.share() > LEAST_TYPED, "{report}");
    }
}

/// The counts in the tree are those of the descriptions that its versions were vendored from.
#[test]
#[cfg_attr(not(upstream), ignore = "needs upstream's descriptions beside the checkout")]
fn the_recorded_numbers_of_samples_are_those_of_the_samples() {
    let recorded = std::fs::read_to_string(workspace().join(xtask::samples::FILE)).expect("the counts");
    for version in versions(&workspace()) {
        let path = upstream::of(&version);
        let (name, report) = (&version.name, run(&version, &path));
        assert!(report.arms.len() > 10, "{name} reads only {:?}", report.arms);
        let text =
            conformance::record::text(&workspace(), name, &path, &report).unwrap_or_else(|error| panic!("{error}"));
        assert!(recorded == text, "run: cargo xtask conformance {name} --from {} --record", path.display());
    }
}

#[test]
fn a_description_without_samples_is_refused() {
    let facts = workspace().join("spec/2.14.yaml");
    let error =
        conformance::run(&workspace(), "2.14", &facts).map_or_else(|error| error.to_string(), |_| String::new());
    assert!(error.contains("holds no samples"), "{error}");
}

#[test]
fn an_unknown_version_is_refused() {
    let facts = workspace().join("spec/2.14.yaml");
    let error =
        conformance::run(&workspace(), "2.13", &facts).map_or_else(|error| error.to_string(), |_| String::new());
    assert!(error.contains("2.13") && error.contains("hint"), "{error}");
}
