use std::collections::HashSet;
use std::time::{Duration, UNIX_EPOCH};

use super::*;
use crate::runtime::json::{Field, Json, Map, from_json, to_text};

fn read<T: Field + Default>(text: &str) -> Option<T> {
    let mut value = T::default();
    from_json(&mut value, text).ok().map(|()| value)
}

fn assert_written_again<T: Field + Default>(text: &str) {
    assert_eq!(read::<T>(text).map(|value| to_text(&value)).as_deref(), Some(text));
}

#[test]
fn an_id_is_the_same_in_quotation_marks_and_without() {
    let ids: HashSet<Id> = ["5".into(), 5.into(), read("5").expect("an id"), read("\"5\"").expect("an id")].into();
    assert_eq!(ids.len(), 1);
    assert_eq!(Id::from(-5_i64).as_str(), "-5");
    assert_written_again::<Id>("5");
    assert_written_again::<Id>("\"5\"");
    assert_written_again::<Id>("184467440737095516150");
    for text in ["5.0", "1e3", "null", "true", "{}"] {
        assert!(read::<Id>(text).is_none(), "{text}");
    }
}

#[test]
fn an_id_is_made_from_whatever_holds_one() {
    let text = String::from("x");
    let id = Id::from(&text);
    assert_eq!(Id::from(&id), Id::from(text.clone()));
    assert_eq!(id, "x");
    assert_eq!([Id::from(7_u64), Id::from(7_usize), Id::from(7_u32), Id::from(7_i32)], ["7", "7", "7", "7"]);
    let set = HashSet::from([id]);
    assert!(set.contains("x"));
}

#[test]
fn an_integer_keeps_all_its_digits_as_a_number_and_as_json() {
    for integer in [7, u64::MAX] {
        assert_eq!(Number::from(integer).to_string(), integer.to_string());
        assert_eq!(Json::from(integer).to_string(), integer.to_string());
    }
    assert_eq!(Number::from(7_u64).as_i64(), Some(7));
    assert_eq!(Json::from(7_u64).as_i64(), Some(7));
}

#[test]
fn a_timestamp_reads_seconds_milliseconds_and_iso_8601() {
    let expected = Timestamp::from(1_734_537_243_i64);
    for text in [
        "1734537243",
        "1734537243000",
        "1734537243.0",
        "\"1734537243\"",
        "\"2024-12-18T15:54:03Z\"",
        "\"2024-12-18T15:54:03.000+00:00\"",
        "\"2024-12-18 17:24:03 +0130\"",
        "\"2024-12-18T07:54:03-08\"",
    ] {
        assert_eq!(read::<Timestamp>(text), Some(expected.clone()), "{text}");
        assert_written_again::<Timestamp>(text);
    }
    let half = read::<Timestamp>("\"2024-12-18T15:54:03.5Z\"").expect("a moment");
    assert_eq!((half.milliseconds(), half.subsec_nanos()), (1_734_537_243_500, 500_000_000));
    assert_eq!(read("1734537243500"), Some(half.clone()));
    assert!(half > expected);
}

#[test]
fn a_timestamp_that_is_none_is_refused() {
    for text in [
        "\"\"",
        "\"yesterday\"",
        "\"2024-13-01\"",
        "\"2024-02-30\"",
        "\"2024-01-01T25:00:00Z\"",
        "\"2024-01-01T00:00:00+1\"",
        "\"2024-01-01T00:00:00.Z\"",
        "\"2024-01-01x\"",
        "true",
        "null",
        "1e300",
        "\"20é4-01-01\"",
    ] {
        assert!(read::<Timestamp>(text).is_none(), "{text}");
    }
}

#[test]
fn dates_before_the_epoch_and_leap_days_are_counted_right() {
    let seconds = |text: &str| text.parse::<Timestamp>().expect("a moment").seconds();
    assert_eq!(seconds("1969-12-31T23:59:59Z"), -1);
    assert_eq!(seconds("1970-01-01"), 0);
    assert_eq!(seconds("2000-02-29"), 951_782_400);
    assert_eq!(seconds("0001-01-01"), -62_135_596_800);
    assert_eq!(seconds("2016-12-31T23:59:60Z"), 1_483_228_799);
}

#[test]
fn a_timestamp_goes_to_the_standard_library_and_back() {
    let time = UNIX_EPOCH + Duration::from_secs(1_734_537_243);
    assert_eq!(Timestamp::from(time).to_system_time(), Some(time));
    let before = UNIX_EPOCH - Duration::from_millis(1_300);
    assert_eq!(Timestamp::from(before).milliseconds(), -1_300);
    assert_eq!(Timestamp::from(before).to_system_time(), Some(before));
    assert_eq!(Timestamp::from(-2_i64).to_system_time(), Some(UNIX_EPOCH - Duration::from_secs(2)));
    assert!(Timestamp::now() > Timestamp::from(time));
}

#[test]
fn what_a_clock_gave_is_sent_in_whole_seconds_or_with_milliseconds_as_text() {
    let moment = Timestamp::from(UNIX_EPOCH + Duration::from_millis(1_734_537_243_456));
    assert_eq!(to_text(&moment), "1734537243");
    assert_eq!(to_text(&moment.into_text()), "\"2024-12-18T15:54:03.456Z\"");
}

#[test]
fn numbers_are_equal_by_value_and_keep_their_spelling() {
    let number = |text| read::<Number>(text).expect("a number");
    assert_eq!(number("1"), number("1.0"));
    assert_eq!(number("1e2"), Number::from(100));
    assert_eq!(number("-0.0"), number("0"));
    assert_ne!(number("9007199254740993"), number("9007199254740992"));
    assert_ne!(number("184467440737095516150"), number("184467440737095516151"));
    assert_eq!(HashSet::from([number("1"), number("1.0"), Number::from(1.0)]).len(), 1);
    assert!(number("1.5") < number("2"));
    for text in ["1", "1.0", "-0", "1e2", "0.10", "184467440737095516150", "1e400"] {
        assert_written_again::<Number>(text);
    }
    assert_eq!((number("3.0").as_i64(), number("3.5").as_i64(), number("3.5").as_f64()), (Some(3), None, 3.5));
}

#[test]
fn numbers_that_json_cannot_say_become_zero() {
    assert_eq!(Number::from(f64::INFINITY), Number::from(0));
    assert_eq!(to_text(&Number::from(0.1_f32)), "0.1");
}

#[test]
fn nullable_maps_and_lists_of_ids_are_made_of_arrays() {
    let plan: Nullable<Map<Json>> = [("plan", "pro")].into_nullable();
    assert_eq!(plan.value().and_then(|plan| plan.get("plan")), Some(&Json::from("pro")));
    let ids: Nullable<Vec<Id>> = [1, 2].into_nullable();
    assert_eq!(ids, Nullable::Value(vec![Id::from("1"), Id::from("2")]));
}

#[test]
fn nullable_tells_null_from_a_value() {
    assert_eq!(read::<Option<Nullable<i64>>>("null"), Some(Some(Nullable::Null)));
    assert_eq!(read::<Option<Nullable<i64>>>("5"), Some(Some(Nullable::Value(5))));
    assert_eq!(Nullable::<String>::from("x").value().map(String::as_str), Some("x"));
    assert!(Nullable::<Id>::default().is_null());
}

#[cfg(feature = "jiff")]
#[test]
fn a_timestamp_goes_to_jiff_and_back() {
    let moment: jiff::Timestamp = "2024-12-18T15:54:03.25Z".parse().expect("a moment");
    assert_eq!(
        jiff::Timestamp::try_from(read::<Timestamp>("\"2024-12-18T15:54:03.25Z\"").expect("a moment")).ok(),
        Some(moment)
    );
    assert_eq!(Timestamp::from(moment).milliseconds(), 1_734_537_243_250);
    assert_eq!(Nullable::from(moment), Nullable::Value(Timestamp::from(moment)));
    assert!(jiff::Timestamp::try_from(Timestamp::from(i64::MAX)).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn a_timestamp_goes_to_chrono_and_back() {
    let moment = chrono::DateTime::parse_from_rfc3339("2024-12-18T16:54:03.25+01:00").expect("a moment");
    assert_eq!(
        chrono::DateTime::try_from(read::<Timestamp>("\"2024-12-18T15:54:03.25Z\"").expect("a moment")).ok(),
        Some(moment.to_utc())
    );
    assert_eq!(Timestamp::from(moment).milliseconds(), 1_734_537_243_250);
    assert_eq!(Nullable::from(moment), Nullable::Value(Timestamp::from(moment)));
    assert!(chrono::DateTime::try_from(Timestamp::from(i64::MAX)).is_err());
}

#[cfg(feature = "time")]
#[test]
fn a_timestamp_goes_to_time_and_back() {
    let moment = time::OffsetDateTime::from_unix_timestamp_nanos(1_734_537_243_250_000_000).expect("a moment");
    let read = read::<Timestamp>("\"2024-12-18T15:54:03.25Z\"").expect("a moment");
    assert_eq!(time::OffsetDateTime::try_from(read).ok(), Some(moment));
    assert_eq!(Timestamp::from(moment).milliseconds(), 1_734_537_243_250);
    assert_eq!(Nullable::from(moment), Nullable::Value(Timestamp::from(moment)));
    assert!(time::OffsetDateTime::try_from(Timestamp::from(i64::MAX)).is_err());
}

#[test]
fn moments_are_written_as_iso_8601_and_read_back() {
    for (seconds, text) in [
        (0_i64, "1970-01-01T00:00:00Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (1_776_414_600, "2026-04-17T08:30:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"),
    ] {
        assert_eq!(Timestamp::from(seconds).to_iso8601(), text);
        assert_eq!(text.parse::<Timestamp>().unwrap(), Timestamp::from(seconds));
    }
    assert_eq!("2026-04-17T10:30:00.250+02:00".parse::<Timestamp>().unwrap().to_iso8601(), "2026-04-17T08:30:00.250Z");
}
