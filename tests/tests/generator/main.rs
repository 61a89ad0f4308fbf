//! The generator: what it makes of descriptions, what it refuses, and what a change of a description changes.

mod determinism;
mod diff;
mod freshness;
mod golden;
mod locality;
mod mutations;
mod other_versions;
mod refusals;
