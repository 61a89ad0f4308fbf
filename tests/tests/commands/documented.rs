//! The commands and options that README, CONTRIBUTING and the workflows name are there.

use crate::command::xtask;
use tests::tree::workspace;

const TEXTS: [&str; 5] =
    ["README.md", "CONTRIBUTING.md", ".github/workflows/ci.yml", ".github/workflows/update.yml", ".ci/run"];

/// Every `cargo xtask …` of a text, up to the end of what is quoted or of the line.
fn calls(text: &str) -> Vec<Vec<&str>> {
    let rest = text.split("cargo xtask ").skip(1);
    let calls = rest.filter_map(|rest| rest.split(['`', '\n', ';', '&', '#', '>', ')']).next());
    calls.map(|call| call.split_whitespace().collect()).collect()
}

/// The options of a call, without brackets around them and values after them.
fn options<'a>(call: &[&'a str]) -> Vec<&'a str> {
    let bare = call.iter().map(|word| word.trim_matches(['[', ']', '"', '.', ',']));
    bare.filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap_or(word)).collect()
}

#[test]
fn what_is_documented_is_there() {
    let root = &workspace();
    let mut seen = 0;
    for file in TEXTS {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        for call in calls(&text) {
            let Some(command) = call.first().filter(|word| word.chars().all(|char| char.is_ascii_lowercase())) else {
                continue;
            };
            let help = xtask(&[command, "--help"], root);
            assert_eq!(help.code, Some(0), "{file}: `cargo xtask {command}`: {}", help.stderr);
            for option in options(&call) {
                assert!(help.stdout.contains(option), "{file}: `cargo xtask {command}` has no `{option}`");
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} commands found");
}

#[test]
fn a_command_is_found_with_its_options() {
    let text = "run `cargo xtask diff OLD NEW [--format json]`, then cargo xtask regen --check && true";
    let found: Vec<_> = calls(text).iter().map(|call| (call[0], options(call))).collect();
    assert_eq!(found, [("diff", vec!["--format"]), ("regen", vec!["--check"])]);
}
