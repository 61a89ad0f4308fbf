//! Shared helpers of the tests.

pub mod conformance;
pub mod freshness;
pub mod golden;
pub mod loopback;
pub mod package;
pub mod scratch;
pub mod shuffle;
pub mod tree;

/// The code of the two READMEs, which has to compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[doc = include_str!("../../generated/README.md")]
pub struct Readmes;
