//! How the time of each stage of the generator grows with a description.
//!
//! A description comes from a repository that is not ours. Every stage has to be linear, or nearly, in its size, or a
//! small file stops the job that reads it. Each shape of description is made at four sizes, each twice the last; the
//! slope of the logarithms of time and size is the exponent: 1 is linear, 2 is quadratic.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

pub mod shapes;
pub mod stages;

use shapes::Shape;

/// The largest exponent that is accepted of all stages together.
pub const GATE: f64 = 1.15;

/// The largest exponent that is accepted of one stage. The caches of the processor are in it: what is linear in steps may
/// have 1.3 where the description outgrows them.
pub const GATE_OF_STAGE: f64 = 1.5;

const TOTAL: &str = "all stages";

/// A stage that is faster than this at the largest size is not judged alone: its figures are noise.
const SHORTEST: Duration = Duration::from_millis(20);

/// Each size is this many times the size of the shape.
const FACTORS: [usize; 4] = [1, 2, 4, 8];

/// The time of every stage, by its name.
pub type Times = BTreeMap<&'static str, Duration>;

/// What was measured of one shape of description.
#[derive(Clone, Debug)]
pub struct Growth {
    /// What there is more and more of.
    pub shape: &'static str,
    /// The sizes.
    pub sizes: Vec<usize>,
    /// The median times of each stage, a value for each size. `all stages` is their sum.
    pub stages: Vec<(&'static str, Vec<Duration>)>,
}

/// Measures one shape: at every size the median of `runs`.
pub fn measure(shape: &Shape, runs: usize) -> Growth {
    let sizes: Vec<usize> = FACTORS.iter().map(|factor| factor * shape.size).collect();
    let mut stages: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
    let mut total = Vec::new();
    for size in &sizes {
        let (input, before) = ((shape.make)(*size), (shape.make)(size / 2).description);
        let measured: Vec<Times> = (0..runs).map(|_| stages::run(&input, &before)).collect();
        let mut sum = Duration::ZERO;
        for stage in stages::ALL {
            let time = median(measured.iter().map(|times| times.get(stage).copied().unwrap_or_default()).collect());
            stages.entry(stage).or_default().push(time);
            sum += time;
        }
        total.push(sum);
    }
    let ordered = stages::ALL.into_iter().filter_map(|stage| Some((stage, stages.remove(stage)?)));
    Growth { shape: shape.name, sizes, stages: [(TOTAL, total)].into_iter().chain(ordered).collect() }
}

impl Growth {
    /// The exponent of each stage that takes long enough to have one.
    pub fn exponents(&self) -> BTreeMap<&'static str, f64> {
        let long = self.stages.iter().filter(|(_, times)| times.last().is_some_and(|last| *last >= SHORTEST));
        long.map(|(stage, times)| (*stage, exponent(&self.sizes, times))).collect()
    }

    /// The exponent of all stages together.
    pub fn exponent(&self) -> f64 {
        self.stages.first().map_or(f64::NAN, |(_, times)| exponent(&self.sizes, times))
    }

    /// Whether the exponents are within the gates.
    pub fn holds(&self) -> bool {
        self.exponent() <= GATE && self.exponents().values().all(|exponent| *exponent <= GATE_OF_STAGE)
    }

    fn to_json(&self) -> Value {
        let stages = self.stages.iter().map(|(stage, times)| {
            let seconds: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
            json!({ "stage": stage, "seconds": seconds, "exponent": self.exponents().get(stage) })
        });
        json!({ "shape": self.shape, "sizes": self.sizes, "stages": stages.collect::<Vec<_>>(), "holds": self.holds() })
    }
}

/// What was measured of several shapes.
#[derive(Clone, Debug)]
pub struct Growths(pub Vec<Growth>);

impl Growths {
    /// Whether all exponents are within the gates.
    pub fn holds(&self) -> bool {
        self.0.iter().all(Growth::holds)
    }

    /// The report for programs.
    pub fn to_json(&self) -> Value {
        json!({
            "gate": GATE,
            "gate_of_stage": GATE_OF_STAGE,
            "shapes": self.0.iter().map(Growth::to_json).collect::<Vec<_>>(),
            "holds": self.holds(),
        })
    }
}

impl fmt::Display for Growths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "processor time in ms at n, 2n, 4n and 8n; the exponent is ≤ {GATE}, that of a stage ≤ {GATE_OF_STAGE}"
        )?;
        for growth in &self.0 {
            let exponents = growth.exponents();
            let worst =
                exponents.iter().filter(|(stage, _)| **stage != TOTAL).max_by(|one, other| one.1.total_cmp(other.1));
            let worst = worst.map_or(String::new(), |(stage, exponent)| format!("{stage} {exponent:.2}"));
            write!(f, "{:26} {:>7}", growth.shape, growth.sizes.first().copied().unwrap_or_default())?;
            for time in growth.stages.first().into_iter().flat_map(|(_, times)| times) {
                write!(f, " {:>8.1}", time.as_secs_f64() * 1e3)?;
            }
            let verdict = if growth.holds() { "ok" } else { "FAIL" };
            writeln!(f, "  {:>5.2}  {verdict:4}  {worst}", growth.exponent())?;
        }
        f.write_str(if self.holds() { "every gate holds" } else { "not every gate holds" })
    }
}

/// The slope of the line through the logarithms, by least squares.
pub fn exponent(sizes: &[usize], times: &[Duration]) -> f64 {
    let points: Vec<(f64, f64)> =
        sizes.iter().zip(times).map(|(size, time)| ((*size as f64).ln(), time.as_secs_f64().max(1e-9).ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let covariance: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let variance: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    covariance / variance
}

/// The processor time of this thread, which other work on the machine does not change much.
pub fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
