//! Moments of other crates. Into ours they go in whole seconds, which is what the API takes.

use super::Timestamp;
use crate::runtime::error::Error;

fn out_of_range(timestamp: &Timestamp) -> Error {
    Error::argument(format!("the moment {timestamp} is out of range"))
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(moment: jiff::Timestamp) -> Self {
        let before = i64::from(moment.subsec_nanosecond() < 0);
        Self::from(moment.as_second() - before)
    }
}

#[cfg(feature = "jiff")]
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = Error;

    fn try_from(timestamp: Timestamp) -> Result<Self, Error> {
        let nanoseconds = i32::try_from(timestamp.subsec_nanos()).map_err(|_| out_of_range(&timestamp))?;
        Self::new(timestamp.seconds(), nanoseconds).map_err(|_| out_of_range(&timestamp))
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Timestamp {
    fn from(moment: chrono::DateTime<Z>) -> Self {
        Self::from(moment.timestamp())
    }
}

#[cfg(feature = "chrono")]
impl TryFrom<Timestamp> for chrono::DateTime<chrono::Utc> {
    type Error = Error;

    fn try_from(timestamp: Timestamp) -> Result<Self, Error> {
        Self::from_timestamp(timestamp.seconds(), timestamp.subsec_nanos()).ok_or_else(|| out_of_range(&timestamp))
    }
}

#[cfg(feature = "time")]
impl From<time::OffsetDateTime> for Timestamp {
    fn from(moment: time::OffsetDateTime) -> Self {
        Self::from(moment.unix_timestamp())
    }
}

#[cfg(feature = "time")]
impl TryFrom<Timestamp> for time::OffsetDateTime {
    type Error = Error;

    fn try_from(timestamp: Timestamp) -> Result<Self, Error> {
        let seconds = i128::from(timestamp.seconds()) * 1_000_000_000;
        let nanoseconds = seconds + i128::from(timestamp.subsec_nanos());
        Self::from_unix_timestamp_nanos(nanoseconds).map_err(|_| out_of_range(&timestamp))
    }
}
