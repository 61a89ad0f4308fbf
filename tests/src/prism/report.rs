//! What Prism said, counted and listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::causes::Cause;
use super::record::{Group, Run};
use crate::tally::Tally;

/// How much of what is said is printed: a choice of many shapes is refused shape by shape.
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

impl Verdict {
    /// What was said of it; nothing if all is well.
    pub fn says(&self) -> Option<String> {
        let (what, why) = match self {
            Self::Answered(drift) if drift.is_empty() => return None,
            Self::Answered(drift) => ("answered, with drift", drift.join("; ")),
            Self::Refused(why) => ("refused", why.join("; ")),
            Self::Unread(why) => ("answer not read", why.clone()),
            Self::Unsent(why) => ("not sent", why.clone()),
            Self::Absent => ("not judged", "upstream's description does not have it".to_owned()),
            Self::Unanswered(why) => ("Prism ended", why.clone()),
        };
        Some(format!("{what}: {why}"))
    }
}

/// What Prism said of all calls.
#[derive(Clone, Debug)]
pub struct Report {
    version: String,
    from: String,
    judged: Vec<Judged>,
    causes: Vec<Cause>,
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
    /// The report of calls, and of why some of them fail.
    pub fn new(version: &str, from: String, judged: Vec<Judged>, causes: Vec<Cause>) -> Self {
        let causes = causes.into_iter().filter(|cause| cause.is_about(version)).collect();
        Self { version: version.to_owned(), from, judged, causes }
    }

    /// Whether the description has samples of requests.
    pub fn has_samples(&self) -> bool {
        self.judged.iter().any(|judged| judged.call.starts_with("sample"))
    }

    /// The operations that no call got through, but for those of which that is known.
    pub fn unanswered(&self) -> BTreeSet<&str> {
        let present = self.judged.iter().filter(|judged| judged.verdict != Verdict::Absent);
        let all = present.map(|judged| judged.operation.as_str());
        all.filter(|operation| !self.is_answered(operation) && !self.hopeless().any(|it| it == *operation)).collect()
    }

    fn is_answered(&self, operation: &str) -> bool {
        let mut calls = self.judged.iter().filter(|judged| judged.operation == operation);
        calls.any(|judged| matches!(judged.verdict, Verdict::Answered(_)))
    }

    fn hopeless(&self) -> impl Iterator<Item = &str> {
        self.causes.iter().flat_map(Cause::hopeless)
    }

    /// The calls that fail, by the index of their cause; the last group has none.
    fn failing(&self) -> Vec<Vec<&Judged>> {
        let mut groups = vec![Vec::new(); self.causes.len() + 1];
        for judged in self.judged.iter().filter(|judged| judged.verdict.says().is_some()) {
            let cause = self.causes.iter().position(|cause| cause.explains(&self.version, judged));
            groups[cause.unwrap_or(self.causes.len())].push(judged);
        }
        groups
    }

    /// The calls that fail, by reason, in the order of the list.
    fn by_reason(&self) -> Vec<(&str, Vec<&Judged>)> {
        let mut groups: Vec<(&str, Vec<&Judged>)> = Vec::new();
        let reasons =
            self.causes.iter().map(|cause| cause.reason.as_str()).chain(["WITHOUT A CAUSE in tests/prism.toml"]);
        for (reason, calls) in reasons.zip(self.failing()).filter(|(_, calls)| !calls.is_empty()) {
            match groups.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, group)) => group.extend(calls),
                None => groups.push((reason, calls)),
            }
        }
        groups
    }

    /// The calls that fail and have no cause.
    pub fn unexplained(&self) -> Vec<&Judged> {
        self.failing().pop().unwrap_or_default()
    }

    /// What the list of causes says and nothing shows, for people. Without samples, what is of samples alone is not missed.
    pub fn stale(&self) -> Vec<String> {
        let failing = self.failing();
        let looked = self.causes.iter().zip(&failing).filter(|(cause, _)| self.has_samples() || !cause.is_of_samples());
        let unneeded = looked.flat_map(|(cause, calls)| {
            let needed = |operation: &&str| calls.iter().any(|judged| judged.operation == *operation);
            let unneeded = cause.operations().filter(move |operation| !needed(operation));
            unneeded.map(move |operation| format!("{operation} has no call that fails so: {}", cause.reason))
        });
        let answered = self.hopeless().filter(|operation| self.is_answered(operation));
        unneeded.chain(answered.map(|operation| format!("{operation} is answered after all"))).collect()
    }

    /// Whether there is a call that fails without a cause, a cause without a call, or nothing at all.
    pub fn failed(&self) -> bool {
        let is_complete = self.unanswered().is_empty() && self.unexplained().is_empty() && self.stale().is_empty();
        self.judged.is_empty() || !is_complete
    }

    /// What of it is recorded.
    pub fn run(&self) -> Run {
        let all = self.rows().remove("all").unwrap_or_default();
        let groups = self.by_reason().into_iter();
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
            group: groups.map(|(reason, calls)| Group { calls: calls.len(), reason: reason.to_owned() }).collect(),
        }
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
        for (reason, calls) in self.by_reason() {
            writeln!(f, "\n{} calls: {reason}", calls.len())?;
            for judged in calls {
                let said = judged.verdict.says().unwrap_or_default();
                let (shown, more) = said.char_indices().nth(SHOWN).map_or((&*said, ""), |(end, _)| (&said[..end], "…"));
                writeln!(f, "  {}, {}: {shown}{more}", judged.operation, judged.call)?;
            }
        }
        for stale in self.stale() {
            writeln!(f, "\nmend tests/prism.toml: {stale}")?;
        }
        match Vec::from_iter(self.unanswered()).as_slice() {
            [] => write!(f, "\nevery other operation is answered"),
            unanswered => write!(f, "\nnot answered: {}", unanswered.join(", ")),
        }
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
