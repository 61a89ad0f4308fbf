//! The part of ISO 8601 that the API uses: a date, perhaps a time, perhaps a fraction, perhaps an offset from UTC.

/// Seconds and nanoseconds since the Unix epoch. Without an offset the text is in UTC.
pub(super) fn parse(text: &str) -> Option<(i64, u32)> {
    let mut rest = text.trim();
    let year = digits(&mut rest, 4)?;
    take(&mut rest, '-')?;
    let month = digits(&mut rest, 2).filter(|month| (1..=12).contains(month))?;
    take(&mut rest, '-')?;
    let day = digits(&mut rest, 2).filter(|day| (1..=days_in(year, month)).contains(day))?;
    let midnight = days_since_epoch(year, month, day) * 86_400;
    if rest.is_empty() {
        return Some((midnight, 0));
    }
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let (seconds, nanoseconds) = time(&mut rest)?;
    Some((midnight + seconds - offset(rest)?, nanoseconds))
}

/// The moment in UTC, with milliseconds unless they are zero.
pub(super) fn format(seconds: i64, nanoseconds: u32) -> String {
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let fraction = match nanoseconds / 1_000_000 {
        0 => String::new(),
        milliseconds => format!(".{milliseconds:03}"),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// The date that is so many days after the epoch: counted from the first of March of the year 0, so that leap days
/// come last.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn time(rest: &mut &str) -> Option<(i64, u32)> {
    let hour = digits(rest, 2).filter(|hour| *hour < 24)?;
    take(rest, ':')?;
    let minute = digits(rest, 2).filter(|minute| *minute < 60)?;
    let mut seconds = hour * 3_600 + minute * 60;
    if take(rest, ':').is_none() {
        return Some((seconds, 0));
    }
    // A leap second is the second before it, once more.
    seconds += digits(rest, 2).filter(|second| *second <= 60)?.min(59);
    let Some(fraction) = rest.strip_prefix(['.', ',']) else { return Some((seconds, 0)) };
    let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let (fraction, after) = fraction.split_at_checked(length)?;
    *rest = after;
    let nanoseconds =
        fraction.bytes().chain(std::iter::repeat(b'0')).take(9).fold(0, |sum, digit| sum * 10 + u32::from(digit & 15));
    (length > 0).then_some((seconds, nanoseconds))
}

/// Seconds east of UTC.
fn offset(text: &str) -> Option<i64> {
    let text = text.trim();
    if matches!(text, "" | "Z" | "z" | "UTC") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hours = digits(&mut rest, 2).filter(|hours| *hours < 24)?;
    let _ = take(&mut rest, ':');
    let minutes = if rest.is_empty() { 0 } else { digits(&mut rest, 2).filter(|minutes| *minutes < 60)? };
    rest.is_empty().then_some(sign * (hours * 3_600 + minutes * 60))
}

fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let (number, after) = rest.split_at_checked(count)?;
    *rest = after;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
}

fn take(rest: &mut &str, expected: char) -> Option<()> {
    *rest = rest.strip_prefix(expected)?;
    Some(())
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counts in years that begin in March, so that the day of a leap year comes last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 719_469
}
