//! The same types on serde's derives.
#![allow(warnings)]

pub mod codecs;
pub mod prelude;
