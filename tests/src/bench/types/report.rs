//! The table: both sides, their ratio, the gate. Only ratios mean anything on another machine.
//!
//! The base is the derive trial, and of pages with misfits, which derives refuse, the same page without them.

use std::fmt;

use serde_json::{Value, json};

/// What a run has found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The version's name.
    pub version: String,
    /// How many times compile times were taken.
    pub runs: usize,
    /// What was measured.
    pub rows: Vec<Row>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// One thing that was measured on both sides.
#[derive(Clone, Debug)]
pub struct Row {
    name: String,
    unit: Unit,
    gate: Option<f64>,
    /// What the emitted types are measured against: the derive trial, or the same types on a page without misfits.
    base: Vec<f64>,
    own: Vec<f64>,
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Seconds,
    Megabytes,
    Millions,
}

impl Unit {
    fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Megabytes => "MB",
            Self::Millions => "M",
        }
    }
}

impl Row {
    /// One whose ratio may not go above `gate`.
    pub(super) fn gated(name: impl Into<String>, unit: Unit, gate: f64) -> Self {
        Self { gate: Some(gate), ..Self::informative(name, unit) }
    }

    /// One that is for information.
    pub(super) fn informative(name: impl Into<String>, unit: Unit) -> Self {
        Self { name: name.into(), unit, gate: None, base: Vec::new(), own: Vec::new() }
    }

    pub(super) fn add(&mut self, side: &str, value: f64) {
        let values = if side == "own" { &mut self.own } else { &mut self.base };
        values.push(value);
    }

    /// The emitted types' cost, as a share of what they are measured against.
    pub fn ratio(&self) -> Option<f64> {
        let ratio = median(&self.own)? / median(&self.base)?;
        ratio.is_finite().then_some(ratio)
    }

    /// Whether the gate holds. One that was not measured does not.
    pub fn holds(&self) -> bool {
        self.gate.is_none_or(|gate| self.ratio().is_some_and(|ratio| ratio <= gate))
    }

    fn verdict(&self) -> &'static str {
        match (self.gate, self.ratio()) {
            (None, _) => "",
            (Some(_), None) => "not measured",
            _ if self.holds() => "ok",
            _ => "FAIL",
        }
    }

    fn cells(&self) -> [String; 6] {
        let value =
            |values| median(values).map_or("-".to_owned(), |value| format!("{value:.2} {}", self.unit.as_str()));
        [
            self.name.clone(),
            value(&self.base),
            value(&self.own),
            self.ratio().map_or("-".to_owned(), |ratio| format!("{ratio:.2}")),
            self.gate.map_or(String::new(), |gate| format!("≤ {gate:.2}")),
            self.verdict().to_owned(),
        ]
    }

    fn to_json(&self) -> Value {
        json!({
            "measure": self.name,
            "unit": self.unit.as_str(),
            "base": median(&self.base),
            "own": median(&self.own),
            "ratio": self.ratio(),
            "gate": self.gate,
            "holds": self.gate.map(|_| self.holds()),
        })
    }
}

impl Report {
    /// Whether every gate holds.
    pub fn holds(&self) -> bool {
        self.rows.iter().all(Row::holds)
    }

    /// The report for programs.
    pub fn to_json(&self) -> Value {
        json!({
            "version": self.version,
            "runs": self.runs,
            "rows": self.rows.iter().map(Row::to_json).collect::<Vec<_>>(),
            "notes": self.notes,
            "holds": self.holds(),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["measure", "base", "own", "ratio", "gate", ""].map(str::to_owned);
        let table: Vec<[String; 6]> = std::iter::once(head).chain(self.rows.iter().map(Row::cells)).collect();
        let name_width = table.iter().map(|[name, ..]| name.chars().count()).max().unwrap_or_default();
        match self.runs {
            0 => writeln!(f, "{}, instructions only", self.version)?,
            runs => writeln!(f, "{}, compile times are medians of {runs}, each side in its turn", self.version)?,
        }
        for [name, base, own, ratio, gate, verdict] in &table {
            let line = format!("{name:name_width$}  {base:>10}  {own:>10}  {ratio:>5}  {gate:>6}  {verdict}");
            writeln!(f, "{}", line.trim_end())?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        f.write_str(if self.holds() { "every gate holds" } else { "not every gate holds" })
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
