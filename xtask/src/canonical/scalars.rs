//! Quotes around texts that another version of YAML takes for something else.
//!
//! We read YAML 1.2, where `on` is a text. Readers of YAML 1.1 (Python, Ruby, Go) take it for a boolean, `1:30` for a
//! number in base 60 and `=` for a type of its own. The serializer writes such texts plainly, so they are marked before and
//! quoted after it.

use serde_json::{Map, Value};

/// Stands before a text that has to be quoted: a character for private use, which no description has.
const MARK: char = '\u{e000}';

/// Booleans, null, the merge key and the default value, in any case.
const WORDS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="];

/// The value with a mark before each text, key or value, that has to be quoted.
pub(super) fn marked(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(mark(text)),
        Value::Array(items) => items.iter().map(marked).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (mark(key), marked(value))).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn mark(text: &str) -> String {
    if is_ambiguous(text) { format!("{MARK}{text}") } else { text.to_owned() }
}

/// The YAML with quotes in place of marks.
pub(super) fn quoted(yaml: &str) -> String {
    let mut parts = yaml.split(MARK);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // No ambiguous text has a line break, or a colon before a space or at its end.
        let line = part.find('\n').map_or(part, |end| part.get(..end).unwrap_or(part));
        let end = line.find(": ").unwrap_or(line.strip_suffix(':').unwrap_or(line).len());
        let (scalar, rest) = part.split_at(end);
        text.push_str(&format!("'{scalar}'{rest}"));
    }
    text
}

/// Whether YAML 1.1 or 1.2 takes the plain text for something else.
fn is_ambiguous(text: &str) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) || is_number(text) || is_date(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text).to_ascii_lowercase();
    let all =
        |text: &str, allowed: &str| !text.is_empty() && text.chars().all(|char| char == '_' || allowed.contains(char));
    if [".inf", ".nan"].contains(&digits.as_str()) {
        return true;
    }
    for (prefix, allowed) in [("0x", "0123456789abcdef"), ("0o", "01234567"), ("0b", "01")] {
        if digits.strip_prefix(prefix).is_some_and(|rest| all(rest, allowed)) {
            return true;
        }
    }
    let decimal = "0123456789";
    if !digits.trim_start_matches('.').starts_with(|char: char| char.is_ascii_digit()) {
        return false;
    }
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    // A number in base 60 is several numbers with colons between them.
    let whole = whole.is_empty() || whole.split(':').all(|part| all(part, decimal));
    whole && (fraction.is_empty() || all(fraction, decimal)) && all(exponent, decimal)
}

/// A date, alone or before a time of the day.
fn is_date(text: &str) -> bool {
    let (date, time) = text.split_at(text.find(['T', 't', ' ']).unwrap_or(text.len()));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits = |text: &str, count: std::ops::RangeInclusive<usize>| {
        count.contains(&text.len()) && text.chars().all(|char| char.is_ascii_digit())
    };
    digits(year, 4..=4)
        && digits(month, 1..=2)
        && digits(day, 1..=2)
        && time.chars().all(|char| char.is_ascii_digit() || "Tt :.Zz+-".contains(char))
        && !time.contains(": ")
}
