//! Shared helpers of the tests.

pub mod bench;
pub mod calls;
pub mod conformance;
pub mod description;
pub mod freshness;
pub mod golden;
pub mod loopback;
pub mod package;
pub mod percent;
pub mod prism;
pub mod programs;
pub mod property;
pub mod raw;
pub mod scratch;
pub mod shuffle;
pub mod signature;
pub mod tally;
pub mod tree;
pub mod upstream;

/// The code of the README, which has to compile. The one of the crate is the front page of its documentation.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
