//! The programs of the workspace, built as the test suite as a whole has built them already.

use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::tree;

/// The path of an example's program.
pub fn example(name: &str) -> String {
    built(&["--example", name])
}

/// The path of `xtask`, which is built once.
pub fn xtask() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| built(&["--bin", "xtask"]))
}

fn built(target: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--workspace", "--message-format", "json"])
        .args(target)
        .current_dir(tree::workspace())
        .output()
        .unwrap_or_else(|error| panic!("cargo cannot be run: {error}"));
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter_map(|message| message["executable"].as_str().map(str::to_owned));
    programs.next_back().unwrap_or_else(|| panic!("no program: {}", String::from_utf8_lossy(&output.stderr)))
}
