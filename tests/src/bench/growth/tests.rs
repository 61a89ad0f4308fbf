use std::time::Duration;

use xtask::pipeline::Inputs;
use xtask::source::Source;

use super::shapes::{self, Shape, VERSION};
use super::{GATE, Growth, TOTAL, exponent, measure};
use crate::scratch::{SPEC, Scratch};

fn times(of: impl Fn(f64) -> f64) -> Vec<Duration> {
    [1.0, 2.0, 4.0, 8.0].map(|size| Duration::from_secs_f64(of(size))).to_vec()
}

#[test]
fn the_exponent_of_a_power_is_that_of_the_power() {
    for power in [1.0, 1.5, 2.0] {
        let found = exponent(&[10, 20, 40, 80], &times(|size| size.powf(power)));
        assert!((found - power).abs() < 1e-6, "{found}");
    }
}

#[test]
fn a_quadratic_stage_fails_the_gate_though_the_sum_passes() {
    let growth = |small: f64| Growth {
        shape: "shape",
        sizes: vec![1, 2, 4, 8],
        stages: vec![(TOTAL, times(|size| size)), ("stage", times(|size| size * size * small))],
    };
    assert!(growth(1e-6).holds(), "a stage that takes no time has no exponent");
    assert!(!growth(1e-2).holds());
}

#[test]
fn every_shape_passes_all_stages_or_is_refused_where_it_should_be() {
    for Shape { size, make, .. } in shapes::ALL {
        let few = (size / 20).max(2);
        super::stages::run(&make(few), &make(few / 2).description);
    }
}

/// From an eighth of the sizes of the benchmark, and with a bound that a quadratic stage breaks and a busy machine does not.
#[test]
fn the_work_is_not_quadratic_in_what_there_is_most_of() {
    let most = ["schemas", "enum values", "reference chain", "nested maps", "unknown keys", "operations"];
    for shape in shapes::ALL.into_iter().filter(|shape| most.contains(&shape.name)) {
        let growth = measure(&Shape { size: (shape.size / 8).max(4), ..shape }, 1);
        assert!(growth.exponent() < GATE + 0.35, "{}: {:.2}", shape.name, growth.exponent());
    }
}

/// What the generator says of a description, up to its model.
fn lowered(description: &str) -> Result<(), String> {
    let tree = Scratch::new(VERSION, &[]).with(SPEC, description);
    let inputs = Inputs::read(Source::folder(tree.root())).map_err(|error| error.to_string())?;
    let version = inputs.manifest.called(VERSION).map_err(|error| error.to_string())?;
    let model = inputs.facts(version).and_then(|facts| facts.correct()).and_then(|corrected| corrected.model());
    model.map(drop).map_err(|error| error.to_string())
}

#[test]
fn a_chain_of_thousands_of_schemas_takes_no_stack() {
    for name in ["reference chain", "list of lists chain", "chain of properties", "unions of unions"] {
        let shape = shapes::ALL.into_iter().find(|shape| shape.name == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(lowered(&(shape.make)(5_000).description), Ok(()), "{name}");
    }
}

#[test]
fn a_chain_of_all_of_that_would_be_written_out_without_end_is_refused() {
    let description = shapes::all_of_chain(5_000).description;
    let error = lowered(&description).expect_err("a chain");
    assert!(error.contains("`allOf` takes over more than 50000 properties in all"), "{error}");
}
