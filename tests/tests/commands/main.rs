//! Programs, as a person runs them: the commands of `cargo xtask` and the examples of the crate.

mod call;
mod command;
mod conformance;
mod diff;
mod documented;
mod hostile;
mod regen;
mod release;
mod update;
mod vendor;
mod whoami;
mod workflow;
