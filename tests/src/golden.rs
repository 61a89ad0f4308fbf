//! Golden cases: small descriptions of one feature each, with the output that they have to give.

use std::collections::BTreeMap;
use std::path::PathBuf;

use xtask::generate::Generated;

use crate::freshness;
use crate::scratch::{SPEC, Scratch};
use crate::tree;

/// The report of a run, as a file beside the generated ones.
const REPORT: &str = "report.txt";

/// One case: `golden/<name>/spec` and `golden/<name>/expected`. The name is that of its version and module too.
pub struct Case {
    /// The folder's name.
    pub name: String,
}

impl Case {
    /// Every case, by name.
    pub fn all() -> Vec<Self> {
        let folders = tree::folders(&home()).into_iter();
        folders.filter(|name| home().join(name).join("spec").is_dir()).map(|name| Self { name }).collect()
    }

    /// The case's description.
    pub fn description(&self) -> String {
        tree::text(&home().join(&self.name).join(SPEC))
    }

    /// A tree with what is given in this case.
    pub fn tree(&self) -> Scratch {
        let given = tree::files(&home().join(&self.name), "spec");
        let overlays = given.keys().filter_map(|file| file.strip_prefix("spec/overlays/").map(str::to_owned));
        let scratch = Scratch::new(&self.name, &overlays.collect::<Vec<_>>());
        given.iter().fold(scratch, |scratch, (file, content)| scratch.with(file, content))
    }

    /// What the generator makes of the case.
    pub fn generate(&self) -> Result<Generated, String> {
        self.tree().generate().map_err(|error| format!("{}: {error}\n", self.name))
    }

    /// Where the output differs from what is expected; `update` makes the output the expectation.
    ///
    /// The files that are there are the ones that count: an empty file asks for a new one.
    pub fn check(&self, update: bool) -> Result<(), String> {
        let made = self.interesting(self.generate()?);
        let expected = tree::files(&home().join(&self.name), "expected");
        if expected.is_empty() {
            return Err(format!("{}: nothing is expected of it\n", self.name));
        }
        let mut report = String::new();
        for (file, expected) in expected {
            let path = home().join(&self.name).join(&file);
            let name = format!("golden/{}/{file}", self.name);
            match made.get(&file) {
                Some(text) if text.as_bytes() == expected => {}
                Some(text) if update => tree::put(&path, text),
                Some(text) => report += &freshness::diff(&name, &String::from_utf8_lossy(&expected), text),
                None if update => tree::remove(&path),
                None => report += &format!("{name} is not made any more\n"),
            }
        }
        if report.is_empty() { Ok(()) } else { Err(report) }
    }

    /// The output by the names that it has under `expected`.
    fn interesting(&self, generated: Generated) -> BTreeMap<String, String> {
        let sources = format!("generated/src/{}/", self.name);
        let listing = format!("generated/api/{}.txt", self.name);
        let mut files: BTreeMap<String, String> = generated
            .output
            .files
            .into_iter()
            .filter_map(|(file, text)| match file.strip_prefix(&sources) {
                Some(rest) => Some((format!("expected/{rest}"), text)),
                None if file == listing => Some(("expected/api.txt".to_owned(), text)),
                None => file.strip_prefix("spec/").map(|rest| (format!("expected/{rest}"), text.clone())),
            })
            .collect();
        files.insert(format!("expected/{REPORT}"), generated.report.lines(true).join("\n") + "\n");
        files
    }
}

pub(crate) fn home() -> PathBuf {
    tree::workspace().join("tests/golden")
}
