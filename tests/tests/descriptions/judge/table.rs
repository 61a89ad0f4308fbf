//! The table of `tests/README.md`: what became of all calls, by each judge, and what is excepted.
//!
//! What this test finds is compared with what stands there. What another judge found stands in a file of its own, which
//! that judge writes, and is shown beside it.

use std::collections::BTreeMap;

use tests::prism::Recorded;
use tests::tally::Tally;

use super::exceptions::{Exception, Exceptions};
use super::wire::Outcome;

const OPEN: &str = "<!-- judges -->";
const CLOSE: &str = "<!-- /judges -->";

/// The region's text. The samples' rows, which not every checkout can make, are those of `before` where there are none.
pub fn region(outcomes: &BTreeMap<String, Outcome>, recorded: &Recorded, list: &Exceptions, before: &str) -> String {
    let mut text = "| version | judge | operations | calls | judged valid | answers | decoded |\n".to_owned();
    text += "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (version, outcome) in outcomes {
        text += &row(version, "the description", &outcome.tally);
        let sampled = format!("| {version} | the description, calls of upstream's samples |");
        let kept = before.lines().find(|line| line.starts_with(&sampled)).map(|line| format!("{line}\n"));
        text += &match &outcome.samples {
            Some(tally) => row(version, "the description, calls of upstream's samples", tally),
            None => kept.unwrap_or_default(),
        };
        let runs = recorded.run.iter().filter(|run| run.version == *version);
        text.extend(runs.map(|run| row(version, &run.judge, &run.tally)));
    }
    text += "\nOperations that cannot be judged: none.\n";
    text += &places("Where an overlay says otherwise than upstream, and is right", &list.overlay);
    text += &places(
        "Where a request breaks a description that contradicts itself, its samples or the API",
        &list.contradiction,
    );
    text += &places("Where an answer of the server does", &list.answer);
    text += "\nSamples that are not run, beside those of `conformance.toml`:\n\n";
    text.extend(list.sample.iter().map(|it| format!("- `{}` \"{}\": {}\n", it.operation, it.sample, it.reason)));
    for run in recorded.run.iter().filter(|run| !run.group.is_empty()) {
        text += &format!(
            "\nWhat {} does not let pass of {}, or answers otherwise, by number of calls:\n\n",
            run.judge, run.version
        );
        text.extend(run.group.iter().map(|group| format!("- {}: {}\n", group.calls, group.reason)));
    }
    text
}

fn row(version: &str, judge: &str, tally: &Tally) -> String {
    let Tally { operations, calls, valid, answers, decoded } = tally;
    format!("| {version} | {judge} | {operations} | {calls} | {valid} | {answers} | {decoded} |\n")
}

/// Reasons with the number of places that each is for.
fn places(title: &str, list: &[Exception]) -> String {
    let mut by_reason: BTreeMap<String, usize> = BTreeMap::new();
    for entry in list {
        let only = if entry.samples { " (calls of samples alone)" } else { "" };
        *by_reason.entry(format!("{}{only}", entry.reason)).or_default() += entry.places.len();
    }
    let lines = by_reason.iter().map(|(reason, count)| format!("- {count}: {reason}\n"));
    format!("\n{title}, by number of places:\n\n{}", lines.collect::<String>())
}

/// `readme` with `region` between its marks; an error if they are missing.
pub fn with_region(readme: &str, make: impl FnOnce(&str) -> String) -> Result<String, String> {
    let missing = || format!("tests/README.md has no region `{OPEN}` … `{CLOSE}`");
    let (before, rest) = readme.split_once(OPEN).ok_or_else(missing)?;
    let (inside, after) = rest.split_once(CLOSE).ok_or_else(missing)?;
    Ok(format!("{before}{OPEN}\n{}{CLOSE}{after}", make(inside)))
}
