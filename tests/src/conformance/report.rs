//! What a run found, for people and for programs.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};
use xtask::samples::Arms;

use super::exceptions::Exception;
use super::judge::{Judged, Verdict};
use super::samples::{Part, Sample};
use super::tally::Tally;

/// The longest value that is quoted.
const QUOTED: usize = 60;

/// What became of the samples of one description.
pub struct Report {
    version: String,
    from: String,
    /// Successful answers.
    pub answers: Tally,
    /// Those whose schema is a reference: the figure that other generators are measured by.
    pub by_reference: Tally,
    /// Errors.
    pub errors: Tally,
    /// Requests.
    pub requests: Tally,
    /// What is wrong with samples, in the description's order.
    pub findings: Vec<Finding>,
    /// Exceptions that no sample needs.
    pub stale: Vec<String>,
    /// Operations that the crate does not have, with their samples.
    pub absent: BTreeMap<String, usize>,
    /// Samples that are no JSON, by media type.
    pub not_json: BTreeMap<String, usize>,
    /// Values that no typed field holds, by operation and path.
    pub untyped: BTreeMap<String, usize>,
    /// Places that the overlays open to any JSON.
    pub opened: Vec<String>,
    /// How many samples are read as which arm of a union.
    pub arms: Arms,
}

/// Something that is wrong with a sample.
pub struct Finding {
    /// The sample: operation, part and name.
    pub sample: String,
    /// What is wrong.
    pub what: String,
    /// Why that is as it should be.
    pub reason: Option<String>,
}

impl Report {
    pub(super) fn new(
        version: &str,
        from: String,
        judged: Vec<Judged>,
        exceptions: Vec<Exception>,
        opened: Vec<String>,
    ) -> Self {
        let mut report = Self {
            version: version.to_owned(),
            from,
            answers: Tally::default(),
            by_reference: Tally::default(),
            errors: Tally::default(),
            requests: Tally::default(),
            findings: Vec::new(),
            stale: Vec::new(),
            absent: BTreeMap::new(),
            not_json: BTreeMap::new(),
            untyped: BTreeMap::new(),
            opened,
            arms: Arms::new(),
        };
        let mut needed = vec![false; exceptions.len()];
        for Judged { sample, verdict } in &judged {
            let listed = exceptions.iter().position(|entry| {
                sample.part == Part::Request && entry.operation == sample.operation && entry.sample == sample.name
            });
            let reason = listed.and_then(|index| exceptions.get(index)).map(|entry| entry.reason.as_str());
            if report.add(sample, verdict, reason)
                && let Some(needed) = listed.and_then(|index| needed.get_mut(index))
            {
                *needed = true;
            }
        }
        let stale = exceptions.iter().zip(needed).filter(|(_, needed)| !needed);
        report.stale = stale.map(|(entry, _)| format!("{} request \"{}\"", entry.operation, entry.sample)).collect();
        report
    }

    /// Whether something is wrong that nothing excuses.
    pub fn failed(&self) -> bool {
        !self.stale.is_empty() || self.findings.iter().any(|finding| finding.reason.is_none())
    }

    /// Counts a sample, and says whether something is wrong with it.
    fn add(&mut self, sample: &Sample, verdict: &Verdict, reason: Option<&str>) -> bool {
        match verdict {
            Verdict::Absent => *self.absent.entry(sample.operation.clone()).or_default() += 1,
            Verdict::NotJson => *self.not_json.entry(sample.media.clone()).or_default() += 1,
            Verdict::Refused(_) | Verdict::Decoded(_) => {}
        }
        let tally = match sample.part {
            Part::Answer => &mut self.answers,
            Part::Error(_) => &mut self.errors,
            Part::Request => &mut self.requests,
        };
        tally.add(verdict);
        if sample.part == Part::Answer && sample.schema.as_ref().is_some_and(|schema| schema.get("$ref").is_some()) {
            self.by_reference.add(verdict);
        }
        if let Verdict::Decoded(decoded) = verdict {
            for (ty, arm) in decoded.choices.iter().filter_map(|choice| type_and_arm(choice)) {
                *self.arms.entry(ty.to_owned()).or_default().entry(arm.to_owned()).or_default() += 1;
            }
            for (path, values) in &decoded.untyped {
                *self.untyped.entry(format!("{} {}", place(sample), without_indexes(path))).or_default() += values;
            }
        }
        let wrong = wrong(verdict);
        let name = format!("{} \"{}\"", place(sample), sample.name);
        let findings = wrong.iter().map(|what| Finding {
            sample: name.clone(),
            what: what.clone(),
            reason: reason.map(str::to_owned),
        });
        self.findings.extend(findings);
        !wrong.is_empty()
    }

    /// The report for programs.
    pub fn json(&self) -> Value {
        let findings = self
            .findings
            .iter()
            .map(|finding| json!({"sample": finding.sample, "what": finding.what, "reason": finding.reason}));
        json!({
            "version": self.version,
            "from": self.from,
            "answers": self.answers.json(),
            "answers_by_reference": self.by_reference.json(),
            "errors": self.errors.json(),
            "requests": self.requests.json(),
            "findings": findings.collect::<Vec<_>>(),
            "stale_exceptions": self.stale,
            "absent_operations": self.absent,
            "not_json": self.not_json,
            "untyped": self.untyped,
            "opened_to_any_json": self.opened,
            "failed": self.failed(),
        })
    }
}

/// Everything that is wrong with a sample.
fn wrong(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Absent | Verdict::NotJson => Vec::new(),
        Verdict::Refused(why) => vec![format!("refused: {why}")],
        Verdict::Decoded(decoded) => {
            let drift = decoded.drift.iter().map(|misfit| {
                let raw = if misfit.raw.is_empty() { "nothing" } else { &misfit.raw };
                format!("drift: {} is {}, expected {}", misfit.path, quoted(raw), misfit.expected)
            });
            drift.chain(decoded.loss.iter().map(|loss| format!("lossy: {}", quoted(loss)))).collect()
        }
    }
}

/// The type of a union below `types`, and its arm: `contact::Avatar` and `Picture`.
fn type_and_arm(choice: &str) -> Option<(&str, &str)> {
    choice.split_once("::types::")?.1.rsplit_once("::")
}

fn place(sample: &Sample) -> String {
    match &sample.part {
        Part::Request => format!("{} request", sample.operation),
        Part::Answer => format!("{} answer", sample.operation),
        Part::Error(status) => format!("{} {status}", sample.operation),
    }
}

fn without_indexes(path: &str) -> String {
    path.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>().join("[]")
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} with the samples of {}\n\n{}", self.version, self.from, Tally::head())?;
        let rows = [
            ("answers", &self.answers),
            ("  by $ref", &self.by_reference),
            ("errors", &self.errors),
            ("requests", &self.requests),
        ];
        rows.iter().try_for_each(|(name, tally)| writeln!(f, "{}", tally.row(name)))?;
        counted(f, "samples that are no JSON, by media type", &self.not_json)?;
        counted(f, "samples of operations that this version of the crate does not have", &self.absent)?;
        counted(f, "values that no typed field holds", &self.untyped)?;
        listed(f, "places that the overlays open to any JSON", &self.opened)?;
        let (excused, wrong): (Vec<_>, Vec<_>) = self.findings.iter().partition(|finding| finding.reason.is_some());
        let line = |finding: &&Finding| match &finding.reason {
            Some(reason) => format!("{}: {} ({reason})", finding.sample, finding.what),
            None => format!("{}: {}", finding.sample, finding.what),
        };
        listed(f, "samples of requests that are listed as wrong", &excused.iter().map(line).collect::<Vec<_>>())?;
        listed(f, "listed as wrong, and nothing is wrong with them", &self.stale)?;
        listed(f, "WRONG", &wrong.iter().map(line).collect::<Vec<_>>())?;
        let (one, other) = (&self.answers, &self.errors);
        let all = one.samples + other.samples;
        write!(f, "\ndecoded {}/{all} lossless {}/{all}", one.decoded + other.decoded, one.lossless + other.lossless)
    }
}

fn counted(f: &mut fmt::Formatter<'_>, title: &str, counts: &BTreeMap<String, usize>) -> fmt::Result {
    let sum: usize = counts.values().sum();
    writeln!(f, "\n{title}: {sum}")?;
    counts.iter().try_for_each(|(name, count)| writeln!(f, "  {name}: {count}"))
}

fn listed(f: &mut fmt::Formatter<'_>, title: &str, lines: &[String]) -> fmt::Result {
    writeln!(f, "\n{title}: {}", lines.len())?;
    lines.iter().try_for_each(|line| writeln!(f, "  {line}"))
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
