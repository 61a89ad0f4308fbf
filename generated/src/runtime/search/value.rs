//! What a filter compares with.

use std::time::SystemTime;

use crate::runtime::json::Json;
use crate::runtime::scalar::{Id, Number, Timestamp};

/// What a filter compares a field with: text, a number, `true` or `false`, an id, or a moment.
///
/// A moment is a [`Timestamp`], a [`SystemTime`], what the crates `chrono`, `jiff` and `time` have for it (behind the
/// features of their names), or a number of seconds. It is sent in whole Unix seconds, as searches want it. An [`Id`] is
/// sent as text or as a number, as it was given. Anything else goes as [`Json`], also `null`.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterValue(pub(super) Option<Json>);

macro_rules! values {
    ($($type:ty: |$value:ident| $json:expr;)*) => {$(
        impl From<$type> for FilterValue {
            fn from($value: $type) -> Self {
                Self($json)
            }
        }
    )*};
}

values! {
    &str: |value| Some(value.into());
    String: |value| Some(value.into());
    &String: |value| Some(value.as_str().into());
    bool: |value| Some(value.into());
    i32: |value| Some(value.into());
    i64: |value| Some(value.into());
    u32: |value| Some(value.into());
    u64: |value| Some(Json::from_raw(&value.to_string()));
    // Infinities and what is no number cannot be said in JSON.
    f64: |value| value.is_finite().then(|| value.into());
    Number: |value| Some(Json::of(&value));
    &Number: |value| Some(Json::of(value));
    Id: |value| Some(Json::of(&value));
    &Id: |value| Some(Json::of(value));
    Timestamp: |value| Some(value.seconds().into());
    &Timestamp: |value| Some(value.seconds().into());
    SystemTime: |value| Some(Timestamp::from(value).seconds().into());
    Json: |value| Some(value);
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for FilterValue {
    fn from(moment: chrono::DateTime<Z>) -> Self {
        Timestamp::from(moment).into()
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for FilterValue {
    fn from(moment: jiff::Timestamp) -> Self {
        Timestamp::from(moment).into()
    }
}

#[cfg(feature = "time")]
impl From<time::OffsetDateTime> for FilterValue {
    fn from(moment: time::OffsetDateTime) -> Self {
        Timestamp::from(moment).into()
    }
}
