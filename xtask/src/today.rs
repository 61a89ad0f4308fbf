//! Dates in UTC, as `2026-04-17`.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Returns the date of today in UTC.
pub fn today() -> String {
    Zoned::now().with_time_zone(TimeZone::UTC).date().to_string()
}

/// Whether a text is a day of the calendar, written as `2026-04-17`.
pub fn is_date(text: &str) -> bool {
    // The parser takes years before Christ and other spellings of ISO 8601 too.
    text.parse::<Date>().is_ok_and(|date| date.year() >= 0 && date.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::{is_date, today};

    #[test]
    fn today_is_a_date() {
        assert!(is_date(&today()), "{}", today());
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar_in_one_spelling() {
        for date in ["2026-04-17", "2000-02-29", "2026-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for text in ["", "2026-4-17", "20260417", "2026-02-30", "1900-02-29", "2026-04-17T00:00", "-000001-01-01"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
