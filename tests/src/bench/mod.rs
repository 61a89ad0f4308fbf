//! Benchmarks of the generator and of the types that it emits.

pub mod growth;
pub mod types;
