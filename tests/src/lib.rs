//! Shared helpers of the tests.

pub mod conformance;
pub mod freshness;
pub mod golden;
pub mod loopback;
pub mod package;
pub mod scratch;
pub mod shuffle;
pub mod tree;
