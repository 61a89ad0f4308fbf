//! One sample through its type.

use std::collections::BTreeSet;

use intercom_gen::Codec;
use serde_json::Value;

use super::codecs::Codecs;
use super::described::{Described, schema_name};
use super::json::{bare, difference, leaves};
use super::samples::{Part, Sample};

/// A sample and what became of it.
pub struct Judged {
    /// The sample.
    pub sample: Sample,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a sample.
pub enum Verdict {
    /// The crate does not have the operation.
    Absent,
    /// It is not JSON.
    NotJson,
    /// It could not be read, or there is nothing to read it with.
    Refused(String),
    /// It was read and written.
    Decoded(Decoded),
}

/// What reading and writing a sample showed.
#[derive(Default)]
pub struct Decoded {
    /// The first difference between the sample and what was written.
    pub loss: Option<String>,
    /// Values that did not fit.
    pub drift: Vec<Misfit>,
    /// Values that no typed field holds, as path and number of values: those of `drift`, and additions.
    pub untyped: Vec<(String, usize)>,
    /// How many values the sample has.
    pub values: usize,
    /// The arms that unions were read as, by their path in Rust.
    pub choices: BTreeSet<String>,
}

/// A value that did not fit.
pub struct Misfit {
    /// Where, as a JSONPath.
    pub path: String,
    /// What the type asks for.
    pub expected: &'static str,
    /// What is there.
    pub raw: String,
}

/// Reads and writes `sample` as the type that it shows.
pub fn judge(codecs: &Codecs, described: &Described, sample: Sample) -> Judged {
    let verdict = if !codecs.has(&sample.operation) {
        Verdict::Absent
    } else if sample.media != "application/json" {
        Verdict::NotJson
    } else {
        match codec(codecs, described, &sample) {
            Ok(codec) => through(codec, &sample.value),
            Err(why) => Verdict::Refused(why),
        }
    };
    Judged { sample, verdict }
}

/// The type that a sample shows. An error has that of its schema, which may be one that only upstream or only we declare.
fn codec(codecs: &Codecs, described: &Described, sample: &Sample) -> Result<&'static Codec, String> {
    match &sample.part {
        Part::Request => codecs.body(&sample.operation).ok_or_else(|| "the operation takes no body".to_owned()),
        Part::Answer => codecs.answer(&sample.operation).ok_or_else(|| "the operation answers no JSON".to_owned()),
        Part::Error(status) => {
            let ours = described.error_schema(&sample.operation, status, &sample.media);
            let theirs = sample.schema.as_ref().and_then(schema_name);
            let Some(name) = ours.or(theirs) else { return Err("the error has no schema of its own".to_owned()) };
            codecs.schema(name).ok_or_else(|| format!("the crate has no type of the schema `{name}`"))
        }
    }
}

fn through(codec: &Codec, sample: &Value) -> Verdict {
    let checked = match codec.check(&sample.to_string()) {
        Ok(checked) => checked,
        Err(error) => return Verdict::Refused(error.to_string()),
    };
    let written = match serde_json::from_str::<Value>(&checked.json) {
        Ok(written) => written,
        Err(error) => return Verdict::Refused(format!("what was written is no JSON: {error}")),
    };
    let drift: Vec<Misfit> = checked
        .drift
        .into_iter()
        .map(|drift| Misfit { path: drift.path, expected: drift.expected, raw: drift.raw })
        .collect();
    let outside = drift.iter().map(|misfit| (misfit.path.as_str(), misfit.raw.as_str()));
    let outside =
        outside.chain(checked.additions.iter().map(|addition| (addition.path.as_str(), addition.raw.as_str())));
    Verdict::Decoded(Decoded {
        loss: difference(&bare(sample), &bare(&written)),
        untyped: untyped(outside.collect()),
        drift,
        values: leaves(sample),
        choices: checked.choices.into_iter().collect(),
    })
}

/// The values under each path, counted once where one path leads through another.
fn untyped(mut outside: Vec<(&str, &str)>) -> Vec<(String, usize)> {
    outside.sort_unstable();
    let mut found: Vec<(String, usize)> = Vec::new();
    for (path, raw) in outside {
        let inside = |(outer, _): &(String, usize)| {
            path.strip_prefix(outer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let values = serde_json::from_str(raw).map_or(0, |value: Value| leaves(&value));
        if values > 0 && !found.iter().any(inside) {
            found.push((path.to_owned(), values));
        }
    }
    found
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
