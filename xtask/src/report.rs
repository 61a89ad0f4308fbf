//! What a run has to say beside its result: what a maintainer can act on, and the rest.

/// Lines for a maintainer, in the order in which they came up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One line a version: what it has.
    pub summary: Vec<String>,
    /// What a maintainer can act on.
    pub actions: Vec<String>,
    /// Decisions that the generator made by its rules; shown with `--verbose`.
    pub details: Vec<String>,
}

impl Report {
    /// Adds the lines of another report.
    pub fn extend(&mut self, other: Self) {
        self.summary.extend(other.summary);
        self.actions.extend(other.actions);
        self.details.extend(other.details);
    }

    /// The lines to print. Without `verbose`, the details are only counted.
    pub fn lines(&self, verbose: bool) -> Vec<String> {
        let mut lines = [self.summary.as_slice(), &self.actions].concat();
        match self.details.len() {
            0 => {}
            _ if verbose => lines.extend(self.details.iter().cloned()),
            1 => lines.push("1 detail; --verbose shows it".to_owned()),
            count => lines.push(format!("{count} details; --verbose shows them")),
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn details_are_counted_unless_they_are_asked_for() {
        let line = |text: &str| vec![text.to_owned()];
        let report = Report { summary: line("summary"), actions: line("action"), details: line("detail") };
        assert_eq!(report.lines(false), ["summary", "action", "1 detail; --verbose shows it"]);
        assert_eq!(report.lines(true), ["summary", "action", "detail"]);
    }

    #[test]
    fn a_report_without_details_does_not_mention_them() {
        assert_eq!(Report::default().lines(false), Vec::<String>::new());
    }
}
