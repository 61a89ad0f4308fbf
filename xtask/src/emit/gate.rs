//! The last look at emitted files before anything is written.
//!
//! What files declare is worked out twice: from the model and its names here, and by the emitter that made their tokens.
//! Each file is parsed again as Rust reads it, and has to declare what the model says, no more and no less. A description
//! that finds a way through the emitter is stopped here, and nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use super::render::header;
use crate::error::{Error, Errors, Result};

mod expected;
mod found;

pub use expected::Expected;
use found::Found;

/// The derives that emitted types have.
const DERIVES: [&str; 7] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "PartialEq"];

/// The attributes that emitted items have without a value.
const MARKS: [&str; 2] = ["non_exhaustive", "must_use"];

/// The lints that emitted files allow.
const LINTS: [&str; 5] = [
    "deprecated",
    "missing_docs",
    "clippy::large_enum_variant",
    "clippy::should_implement_trait",
    "clippy::too_many_arguments",
];

/// The macros that emitted expressions call.
const MACROS: [&str; 2] = ["format_args", "matches"];

/// What emitted code names of the standard library by its path.
const OF_STD: [&str; 3] = ["std::fmt::Debug", "std::fmt::Formatter", "std::fmt::Result"];

/// What emitted code names of the crate by its path, beside its own version.
const OF_CRATE: [&str; 5] = ["ApiVersion", "Error", "Result", "runtime", "webhooks"];

/// What is allowed in one file.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Declared once.
    needed: BTreeSet<String>,
    /// Declared any number of times.
    possible: BTreeSet<String>,
}

/// Checks that `files` are those that are expected, and declare what is expected. Files that are not Rust are not looked at.
pub fn check(files: &BTreeMap<String, String>, expected: &Expected) -> Result<()> {
    let mut errors = Errors::default();
    let rust = || files.iter().filter(|(path, _)| path.ends_with(".rs"));
    for (path, text) in rust() {
        match expected.files.get(path) {
            Some(file) => one(path, text, file, expected, &mut errors),
            None => errors.push(fault(path, "is not a file of the model".to_owned())),
        }
    }
    for path in expected.files.keys().filter(|path| !files.contains_key(*path)) {
        errors.push(fault(path, "is missing".to_owned()));
    }
    errors.into_result()
}

fn one(path: &str, text: &str, file: &File, expected: &Expected, errors: &mut Errors) {
    let header = header(&expected.source);
    let Some(code) = text.strip_prefix(&header) else {
        return errors.push(fault(path, format!("expected the first line `{}`", header.trim_end())));
    };
    let found = match syn::parse_file(code) {
        Ok(file) => Found::of(&file, expected),
        Err(error) => return errors.push(fault(path, format!("is not Rust: {error}"))),
    };
    for what in &found.refused {
        errors.push(fault(path, format!("has {what}, which emitted code does not have")));
    }
    let mut missing: BTreeSet<&String> = file.needed.iter().collect();
    for declared in &found.declared {
        if !missing.remove(declared) && !file.possible.contains(declared) {
            errors.push(fault(path, format!("declares `{declared}`, which the model does not have")));
        }
    }
    for declaration in missing {
        errors.push(fault(path, format!("does not declare `{declaration}`, which the model has")));
    }
}

fn fault(path: &str, what: String) -> Error {
    Error::file(path, what).hint(
        "this is a fault of the generator; nothing was written. If the emitter was changed on purpose, change what \
         xtask/src/emit/gate expects as well",
    )
}

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;
