//! Finds out what tests can be compared with here. What is not there makes the tests that need it ignored, with a reason
//! that the test runner shows.

use std::path::Path;
use std::process::Command;

/// Where upstream's descriptions are, if they are: beside the checkout.
const UPSTREAM: &str = "../../shared/upstream";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(upstream, history)");
    // A path that does not exist would be taken for changed in every build: who adds one touches this file.
    println!("cargo::rerun-if-changed=build.rs");
    if Path::new(UPSTREAM).is_dir() {
        println!("cargo::rerun-if-changed={UPSTREAM}");
        println!("cargo::rustc-cfg=upstream");
    }
    if has_history() {
        println!("cargo::rustc-cfg=history");
    }
}

/// Whether this is a clone with all commits.
fn has_history() -> bool {
    let output = Command::new("git").args(["rev-parse", "--is-shallow-repository"]).output();
    output.is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"false"))
}
