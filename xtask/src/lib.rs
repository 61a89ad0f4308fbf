//! The generator behind `intercom-gen`.

pub mod api;
pub mod bench;
pub mod canonical;
pub mod changelog;
pub mod conformance;
pub mod count;
pub mod diff;
pub mod document;
pub mod emit;
pub mod error;
pub mod generate;
pub mod keywords;
pub mod lower;
pub mod manifest;
pub mod names;
pub mod normalise;
pub mod openapi;
pub mod output;
pub mod overlay;
pub mod region;
pub mod release;
pub mod samples;
mod today;
pub mod update;
pub mod vendor;
pub mod webhooks;
