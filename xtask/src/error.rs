//! One error type for the whole generator.
//!
//! A maintainer who runs a command gets one message per mistake, and each says where (file and JSON
//! pointer or line), what is wrong and what to do. A description usually has several mistakes of the
//! same kind, so an [`Error`] can carry all of them.

use std::fmt;

use indexmap::IndexSet;

use crate::escape::line;

/// How many mistakes are shown before the rest is only counted.
const SHOWN: usize = 20;

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One or more mistakes in the input, or a failure to read or write a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    problems: Vec<Problem>,
}

/// One mistake: where it is, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The file as a user would type it, relative to the root where possible.
    pub file: String,
    /// Where in the file: a JSON pointer (`#/paths/~1me`) or `line 12, column 3`; empty for the whole file.
    pub at: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl Error {
    /// A mistake at a JSON pointer such as `#/components/schemas/contact`.
    pub fn at(file: impl Into<String>, pointer: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(file.into(), pointer.into(), what.into())
    }

    /// A mistake at a line and column, both counted from 1.
    pub fn line(file: impl Into<String>, line: usize, column: usize, what: impl Into<String>) -> Self {
        Self::new(file.into(), format!("line {line}, column {column}"), what.into())
    }

    /// A mistake that concerns a file as a whole.
    pub fn file(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(file.into(), String::new(), what.into())
    }

    fn new(file: String, at: String, what: String) -> Self {
        let hint = String::new();
        Self { problems: vec![Problem { file, at, what, hint }] }
    }

    /// Says what to do (about every mistake of this error that has no hint yet).
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        for problem in self.problems.iter_mut().filter(|problem| problem.hint.is_empty()) {
            problem.hint.clone_from(&hint);
        }
        self
    }

    /// Every mistake, in the order in which they were found.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().take(SHOWN).enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        match self.problems.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            rest => write!(f, "\n… and {rest} more mistakes"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The parts quote descriptions and servers, which must not reach a terminal as they are.
        f.write_str(&line(&self.file))?;
        if !self.at.is_empty() && !self.at.starts_with('#') {
            f.write_str(": ")?;
        }
        write!(f, "{}: {}", line(&self.at), line(&self.what))?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", line(&self.hint))?;
        }
        Ok(())
    }
}

/// Collects mistakes, so that a check can go on after the first.
#[derive(Debug, Default)]
pub struct Errors {
    problems: IndexSet<Problem>,
}

impl Errors {
    /// Adds the mistakes of one error; what several versions have in common is told once.
    pub fn push(&mut self, error: Error) {
        self.problems.extend(error.problems);
    }

    /// Keeps the error of a result, and gives the value of a good one.
    pub fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// `Ok` if there was no mistake, else one error with all of them.
    pub fn into_result(self) -> Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(Error { problems: self.problems.into_iter().collect() }) }
    }
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
