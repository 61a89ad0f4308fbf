//! What Prism said, counted and listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::record::{Exception, Run, Tally};

/// Operations that Prism refuses whatever is sent, in which version (none: in each), and why.
const KNOWN: [(&str, Option<&str>, &str); 3] = [
    ("POST /conversations", None, "the constraints of `from.id` contradict one another"),
    ("GET /events", None, "Prism takes no encoding of its object `filter`, of which the API reads the keys alone"),
    ("PUT /companies/{}", Some("unstable"), "the description has no body for it, which errata.yaml adds"),
];

/// How much of a reason is printed: a choice of many shapes is refused shape by shape.
const SHOWN: usize = 300;

/// A call, and what became of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// `GET /contacts/{}`.
    pub operation: String,
    /// Which of its calls.
    pub call: String,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Prism found nothing wrong, and its answer was read, but for these values, which did not fit.
    Answered(Vec<String>),
    /// Prism found this wrong.
    Refused(Vec<String>),
    /// Prism found nothing wrong, and its answer cannot be read.
    Unread(String),
    /// The client refused the arguments.
    Unsent(String),
    /// Upstream's description does not have the operation.
    Absent,
    /// No answer came: there are requests at which Prism ends.
    Unanswered(String),
}

/// What Prism said of all calls.
#[derive(Clone, Debug)]
pub struct Report {
    version: String,
    from: String,
    judged: Vec<Judged>,
}

#[derive(Default)]
struct Row {
    operations: BTreeSet<String>,
    valid: usize,
    refused: usize,
    unsent: usize,
    answered: usize,
    drifted: usize,
}

impl Report {
    /// The report of calls.
    pub fn new(version: &str, from: String, judged: Vec<Judged>) -> Self {
        Self { version: version.to_owned(), from, judged }
    }

    /// The operations that no call got through, but for those of which that is known.
    pub fn unanswered(&self) -> Vec<&str> {
        let answered = |judged: &&Judged| matches!(judged.verdict, Verdict::Answered(_));
        let answered: BTreeSet<&str> =
            self.judged.iter().filter(answered).map(|judged| judged.operation.as_str()).collect();
        let present = self.judged.iter().filter(|judged| judged.verdict != Verdict::Absent);
        let all: BTreeSet<&str> = present.map(|judged| judged.operation.as_str()).collect();
        all.difference(&answered)
            .copied()
            .filter(|operation| !self.known().any(|(known, _)| known == *operation))
            .collect()
    }

    /// The operations that are known to be refused and are not.
    pub fn stale(&self) -> Vec<&str> {
        let is_answered = |operation: &str| {
            let mut calls = self.judged.iter().filter(|judged| judged.operation == operation);
            calls.any(|judged| matches!(judged.verdict, Verdict::Answered(_)))
        };
        self.known().map(|(operation, _)| operation).filter(|operation| is_answered(operation)).collect()
    }

    /// Whether there is an operation that should be answered and is not, or the other way round.
    pub fn failed(&self) -> bool {
        self.judged.is_empty() || !self.unanswered().is_empty() || !self.stale().is_empty()
    }

    /// What of it is recorded.
    pub fn run(&self) -> Run {
        let all = self.rows().remove("all").unwrap_or_default();
        let exceptions = self.known().map(|(operation, reason)| (operation.to_owned(), reason.to_owned()));
        Run {
            judge: "Prism".to_owned(),
            version: self.version.clone(),
            tally: Tally {
                operations: all.operations.len(),
                calls: all.valid + all.refused + all.unsent,
                valid: all.valid,
                answers: all.answered,
                decoded: all.answered - all.drifted,
            },
            exception: exceptions.map(|(operation, reason)| Exception { operation, reason }).collect(),
        }
    }

    /// The operations of this version that are known to be refused, and why.
    fn known(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let of_version = |(_, version, _): &(_, Option<&str>, _)| version.is_none_or(|version| version == self.version);
        KNOWN.into_iter().filter(of_version).map(|(operation, _, why)| (operation, why))
    }

    fn rows(&self) -> BTreeMap<String, Row> {
        let mut rows: BTreeMap<String, Row> = BTreeMap::new();
        for judged in &self.judged {
            if judged.verdict == Verdict::Absent {
                continue;
            }
            // `full 2` is a full call, `corrected full` one that overlays make, `sample "x"` one of upstream's samples.
            let kind = judged.call.split(' ').next().unwrap_or_default();
            for kind in [kind, "all"] {
                let row = rows.entry(kind.to_owned()).or_default();
                row.operations.insert(judged.operation.clone());
                match &judged.verdict {
                    Verdict::Answered(drift) => {
                        row.valid += 1;
                        row.answered += 1;
                        row.drifted += usize::from(!drift.is_empty());
                    }
                    Verdict::Unread(_) => row.valid += 1,
                    Verdict::Refused(_) | Verdict::Unanswered(_) => row.refused += 1,
                    Verdict::Unsent(_) => row.unsent += 1,
                    Verdict::Absent => {}
                }
            }
        }
        rows
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} by {}, judged by Prism", self.version, self.from)?;
        writeln!(f, "calls      operations    calls    valid  refused   unsent answered  drifted")?;
        for (kind, row) in self.rows() {
            let Row { operations, valid, refused, unsent, answered, drifted } = row;
            let (operations, calls) = (operations.len(), valid + refused + unsent);
            writeln!(
                f,
                "{kind:<10}{operations:>11}{calls:>9}{valid:>9}{refused:>9}{unsent:>9}{answered:>9}{drifted:>9}"
            )?;
        }
        for judged in &self.judged {
            let (what, why) = match &judged.verdict {
                Verdict::Answered(drift) if drift.is_empty() => continue,
                Verdict::Answered(drift) => ("answered, with drift", drift.join("; ")),
                Verdict::Refused(why) => ("refused", why.join("; ")),
                Verdict::Unread(why) => ("answer not read", why.clone()),
                Verdict::Unsent(why) => ("not sent", why.clone()),
                Verdict::Absent => ("not judged", "upstream's description does not have it".to_owned()),
                Verdict::Unanswered(why) => ("Prism ended", why.clone()),
            };
            let (shown, more) = why.char_indices().nth(SHOWN).map_or((&*why, ""), |(end, _)| (&why[..end], "…"));
            writeln!(f, "{}, {}: {what}: {shown}{more}", judged.operation, judged.call)?;
        }
        for (operation, why) in self.known() {
            writeln!(f, "known: {operation} is refused: {why}")?;
        }
        for operation in self.stale() {
            writeln!(f, "{operation} is known to be refused and is answered: take it out of the list of known ones")?;
        }
        match self.unanswered().as_slice() {
            [] => write!(f, "every other operation is answered"),
            unanswered => write!(f, "not answered: {}", unanswered.join(", ")),
        }
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
