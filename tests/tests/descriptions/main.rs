//! The crate against whole descriptions: nothing is missing, every call is valid, every sample is read.

mod completeness;
mod conformance;
mod judge;
