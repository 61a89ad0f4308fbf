//! Moments: Unix seconds nearly everywhere, ISO 8601 or milliseconds here and there.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::iso8601;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Field, Read, Reader, Writer};
use crate::runtime::macros::serde_through_json;

/// Integers from here on are milliseconds: as seconds they would be in the year 5138.
const MILLISECONDS: u64 = 100_000_000_000;

/// A moment. What came from the API is sent as it came; what a clock gave is sent in whole seconds, and with its
/// milliseconds where the API takes ISO 8601. Moments compare by value, fractions of seconds included.
#[derive(Clone)]
pub struct Timestamp(Repr);

/// Nearly all are whole seconds, and a struct has up to twenty, so that the others are kept elsewhere.
#[derive(Clone)]
enum Repr {
    Seconds(i64),
    Other(Box<Other>),
}

#[derive(Clone)]
struct Other {
    seconds: i64,
    nanoseconds: u32,
    spelling: Spelling,
}

#[derive(Clone)]
enum Spelling {
    /// A number of seconds, without the nanoseconds.
    Seconds,
    Milliseconds,
    /// A number with a fraction.
    Fraction(Box<str>),
    /// A string: ISO 8601, or a number in quotation marks.
    Text(Box<str>),
}

impl Timestamp {
    /// Now.
    pub fn now() -> Self {
        Self::from(SystemTime::now())
    }

    /// A moment that is not from the API: sent in whole seconds, or as ISO 8601.
    pub(super) fn new(seconds: i64, nanoseconds: u32) -> Self {
        match nanoseconds {
            0 => Self(Repr::Seconds(seconds)),
            _ => Self::other(seconds, nanoseconds, Spelling::Seconds),
        }
    }

    fn other(seconds: i64, nanoseconds: u32, spelling: Spelling) -> Self {
        Self(Repr::Other(Box::new(Other { seconds, nanoseconds, spelling })))
    }

    /// Whole seconds since the Unix epoch.
    pub fn seconds(&self) -> i64 {
        self.moment().0
    }

    /// The nanoseconds that come on top of the seconds.
    pub fn subsec_nanos(&self) -> u32 {
        self.moment().1
    }

    /// Milliseconds since the Unix epoch.
    pub fn milliseconds(&self) -> i64 {
        let exact = i128::from(self.seconds()) * 1_000 + i128::from(self.subsec_nanos() / 1_000_000);
        exact.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    /// The moment as ISO 8601 in UTC, with milliseconds if it has a fraction: `2026-04-17T08:30:00Z`.
    pub fn to_iso8601(&self) -> String {
        iso8601::format(self.seconds(), self.subsec_nanos())
    }

    /// The same moment, to be sent as text; one that is text already stays as it is.
    pub(crate) fn into_text(self) -> Self {
        if matches!(self.spelling(), Spelling::Text(_)) {
            return self;
        }
        let (seconds, nanoseconds) = self.moment();
        Self::other(seconds, nanoseconds, Spelling::Text(self.to_iso8601().into()))
    }

    /// The same moment for the standard library, if its clock goes that far.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let whole = Duration::from_secs(self.seconds().unsigned_abs());
        let second = if self.seconds() < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        second?.checked_add(Duration::from_nanos(u64::from(self.subsec_nanos())))
    }

    fn from_integer(value: i64) -> Self {
        if value.unsigned_abs() < MILLISECONDS {
            return Self::new(value, 0);
        }
        let nanoseconds = value.rem_euclid(1_000) as u32 * 1_000_000;
        Self::other(value.div_euclid(1_000), nanoseconds, Spelling::Milliseconds)
    }

    fn from_fraction(text: &str) -> Option<Self> {
        let value: f64 = text.parse().ok().filter(|value: &f64| value.abs() < 1e15)?;
        let seconds = value.floor();
        let nanoseconds = ((value - seconds) * 1e9).clamp(0.0, 999_999_999.0) as u32;
        Some(Self::other(seconds as i64, nanoseconds, Spelling::Fraction(text.into())))
    }

    fn from_text(text: &str) -> Option<Self> {
        let (seconds, nanoseconds) = match text.parse() {
            Ok(number) => Self::from_integer(number).moment(),
            Err(_) => iso8601::parse(text)?,
        };
        Some(Self::other(seconds, nanoseconds, Spelling::Text(text.into())))
    }

    fn moment(&self) -> (i64, u32) {
        match &self.0 {
            Repr::Seconds(seconds) => (*seconds, 0),
            Repr::Other(other) => (other.seconds, other.nanoseconds),
        }
    }

    fn spelling(&self) -> &Spelling {
        match &self.0 {
            Repr::Seconds(_) => &Spelling::Seconds,
            Repr::Other(other) => &other.spelling,
        }
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self(Repr::Seconds(0))
    }
}

impl Field for Timestamp {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        let moment = match r.kind_byte() {
            b'"' => r.string().and_then(|text| Self::from_text(&text)),
            _ => match r.number() {
                Some((digits, true)) if digits != "-0" => digits.parse().ok().map(Self::from_integer),
                Some((text, _)) => Self::from_fraction(text),
                None => None,
            },
        };
        if let Some(Self(Repr::Other(_))) = &moment
            && let Err(broken) = r.charge(size_of::<Other>())
        {
            return broken;
        }
        r.store(self, moment, "a moment: Unix seconds or ISO 8601")
    }

    fn write(&self, w: &mut Writer<'_>) {
        match self.spelling() {
            Spelling::Text(text) => w.string(text),
            _ => w.display(self),
        }
    }
}

/// As it is sent, without quotation marks.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spelling() {
            Spelling::Seconds => fmt::Display::fmt(&self.seconds(), f),
            Spelling::Milliseconds => fmt::Display::fmt(&self.milliseconds(), f),
            Spelling::Fraction(text) | Spelling::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.moment() == other.moment()
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.moment().hash(state);
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.moment().cmp(&other.moment())
    }
}

/// Unix seconds.
impl From<i64> for Timestamp {
    fn from(seconds: i64) -> Self {
        Self::new(seconds, 0)
    }
}

/// Unix seconds.
impl From<i32> for Timestamp {
    fn from(seconds: i32) -> Self {
        Self::from(i64::from(seconds))
    }
}

/// Unix seconds.
impl From<u32> for Timestamp {
    fn from(seconds: u32) -> Self {
        Self::from(i64::from(seconds))
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let whole = |distance: Duration| i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Self::new(whole(since), since.subsec_nanos()),
            Err(before) => match before.duration() {
                before if before.subsec_nanos() == 0 => Self::new(-whole(before), 0),
                before => Self::new(-whole(before) - 1, 1_000_000_000 - before.subsec_nanos()),
            },
        }
    }
}

impl From<&Timestamp> for Timestamp {
    fn from(timestamp: &Timestamp) -> Self {
        timestamp.clone()
    }
}

/// From ISO 8601, or from digits.
impl FromStr for Timestamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::from_text(text).ok_or_else(|| Error::argument(format!("{text:?} is no moment in ISO 8601")))
    }
}

serde_through_json!(Timestamp);
