//! The difference between a tree and what the generator makes, for people.

use std::fmt::{self, Write as _};

use similar::TextDiff;

use super::Change;

/// How many lines of the difference are shown before the rest is only counted.
const SHOWN: usize = 200;

/// The difference between a tree and an output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files whose content is another.
    pub stale: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files that are no longer generated.
    pub orphaned: Vec<String>,
    diff: String,
}

impl Difference {
    pub(super) fn new(changes: &[Change]) -> Self {
        let mut difference = Self::default();
        for Change { file, old, new } in changes {
            let (list, from, to) = match (old, new) {
                (None, _) => (&mut difference.missing, "/dev/null".to_owned(), format!("b/{file}")),
                (_, None) => (&mut difference.orphaned, format!("a/{file}"), "/dev/null".to_owned()),
                _ => (&mut difference.stale, format!("a/{file}"), format!("b/{file}")),
            };
            list.push(file.clone());
            let old = String::from_utf8_lossy(old.as_deref().unwrap_or_default());
            let diff = TextDiff::from_lines(old.as_ref(), new.as_deref().unwrap_or_default());
            // Writing to a String cannot fail.
            let _ = write!(difference.diff, "{}", diff.unified_diff().header(&from, &to));
        }
        difference
    }

    /// Whether the tree is what the generator makes.
    pub fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.orphaned.is_empty()
    }

    /// One line: how many files differ, and how.
    pub fn summary(&self) -> String {
        let counts = [(self.stale.len(), "stale"), (self.missing.len(), "missing"), (self.orphaned.len(), "orphaned")];
        let parts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        format!("generated files: {}", if parts.is_empty() { "up to date".into() } else { parts.join(", ") })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str(&self.summary());
        }
        for line in self.diff.lines().take(SHOWN) {
            writeln!(f, "{line}")?;
        }
        match self.diff.lines().count().saturating_sub(SHOWN) {
            0 => {}
            rest => writeln!(f, "… and {rest} more lines")?,
        }
        writeln!(f, "{}", self.summary())?;
        f.write_str("run: cargo xtask regen")
    }
}
