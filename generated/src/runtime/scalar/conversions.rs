//! Moments of other crates, from them and into them.

use super::{Nullable, Timestamp};
use crate::runtime::error::Error;

fn out_of_range(timestamp: &Timestamp) -> Error {
    Error::argument(format!("the moment {timestamp} is out of range"))
}

macro_rules! as_timestamp {
    ($feature:literal, [$($parameter:tt)*] $moment:ty) => {
        #[cfg(feature = $feature)]
        impl<$($parameter)*> From<$moment> for Nullable<Timestamp> {
            fn from(moment: $moment) -> Self {
                Self::Value(moment.into())
            }
        }
    };
}

as_timestamp!("jiff", [] jiff::Timestamp);
as_timestamp!("chrono", [Z: chrono::TimeZone] chrono::DateTime<Z>);
as_timestamp!("time", [] time::OffsetDateTime);

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(moment: jiff::Timestamp) -> Self {
        // Before the epoch both parts are negative.
        let nanoseconds = moment.subsec_nanosecond();
        let before = i64::from(nanoseconds < 0);
        Self::new(moment.as_second() - before, nanoseconds.rem_euclid(1_000_000_000).unsigned_abs())
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
        // A leap second is the end of the second before it.
        Self::new(moment.timestamp(), moment.timestamp_subsec_nanos().min(999_999_999))
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
        Self::new(moment.unix_timestamp(), moment.nanosecond())
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
