//! Upstream's samples go through the crate unchanged. The descriptions are not ours to commit: where they are not
//! there, these tests say so and pass.

use std::path::PathBuf;

use tests::conformance::{self, Report};
use tests::tree::workspace;

/// An upstream description, if it is beside the checkout.
fn upstream(file: &str) -> Option<PathBuf> {
    let path = workspace().join("../shared/upstream").join(file);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// Runs the samples of a description; all of them have to pass, and nearly all values be typed.
fn assert_conforms(version: &str, file: &str, least_typed: f64) {
    let Some(path) = upstream(file) else { return };
    let report = conformance::run(&workspace(), version, &path).unwrap_or_else(|error| panic!("{error}"));
    eprintln!("{report}");
    let Report { answers, errors, requests, .. } = &report;
    assert!(!report.failed(), "{report}");
    assert!(answers.samples > 100 && errors.samples > 100 && requests.samples > 100, "{report}");
    for tally in [answers, errors] {
        assert_eq!((tally.decoded, tally.lossless, tally.drifted), (tally.samples, tally.samples, 0), "{report}");
    }
    assert!(answers.share() > least_typed, "{report}");
}

#[test]
fn samples_of_the_described_2_14_conform() {
    assert_conforms("2.14", "2026-04-17/2.14.yaml", 97.0);
}

#[test]
fn samples_of_the_described_unstable_conform() {
    assert_conforms("unstable", "2026-04-17/0.yaml", 97.0);
}

#[test]
fn samples_of_a_later_2_14_conform() {
    assert_conforms("2.14", "2026-08-21/2.14.yaml", 97.0);
}

/// The crate lacks the properties that this description added, so fewer values are typed.
#[test]
fn samples_of_a_later_unstable_conform() {
    assert_conforms("unstable", "2026-08-21/0.yaml", 97.0);
}

/// The counts in the tree are those of the descriptions that its versions were vendored from.
#[test]
fn the_recorded_numbers_of_samples_are_those_of_the_samples() {
    let recorded = std::fs::read_to_string(workspace().join(xtask::samples::FILE)).expect("the counts");
    for (version, file) in [("2.14", "2026-08-21/2.14.yaml"), ("unstable", "2026-08-21/0.yaml")] {
        let Some(path) = upstream(file) else { continue };
        let report = conformance::run(&workspace(), version, &path).unwrap_or_else(|error| panic!("{error}"));
        assert!(report.arms.len() > 10, "{version} reads only {:?}", report.arms);
        let text =
            conformance::record::text(&workspace(), version, &path, &report).unwrap_or_else(|error| panic!("{error}"));
        assert!(recorded == text, "run: cargo xtask conformance {version} --from {} --record", path.display());
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
