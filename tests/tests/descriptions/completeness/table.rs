//! The table that the README shows.

use std::collections::BTreeMap;

use super::difference::{Comparison, Explained};
use super::fact::Kind;

const OPEN: &str = "<!-- completeness -->";
const CLOSE: &str = "<!-- /completeness -->";

const NOTE: &str = "\nAn object counts every key that it has, those that `allOf` brings along included.\n";

/// What the versions have, in Markdown; what differs is summed up by the reason that the list gives.
pub fn table(versions: &BTreeMap<String, Comparison>, list: &[Explained]) -> String {
    let mut text =
        "| version | kind | description | crate | explained difference |\n| --- | --- | ---: | ---: | --- |\n"
            .to_owned();
    for (version, comparison) in versions {
        for kind in Kind::ALL {
            let mut reasons: BTreeMap<&str, isize> = BTreeMap::new();
            for ((_, what), count) in comparison.differences.iter().filter(|((of, _), _)| *of == kind) {
                let entry = list
                    .iter()
                    .find(|entry| entry.version == *version && entry.kind == kind.to_string() && entry.what == *what);
                *reasons.entry(entry.map_or("not explained", |entry| &entry.reason)).or_default() += count;
            }
            let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
            let (spec, emitted) = (comparison.spec.count(kind), comparison.emitted.count(kind));
            text.push_str(&format!("| {version} | {kind} | {spec} | {emitted} | {} |\n", reasons.join("; ")));
        }
    }
    text.push_str(NOTE);
    text
}

/// `readme` with `table` in the marked region; an error if the region is missing.
pub fn with_region(readme: &str, table: &str) -> Result<String, String> {
    let missing = || format!("the README has no region `{OPEN}` … `{CLOSE}`");
    let (before, rest) = readme.split_once(OPEN).ok_or_else(missing)?;
    let (_, after) = rest.split_once(CLOSE).ok_or_else(missing)?;
    Ok(format!("{before}{OPEN}\n{table}{CLOSE}{after}"))
}
