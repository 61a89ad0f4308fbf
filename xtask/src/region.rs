//! Marked regions of files that people write: what stands between the marks is ours, the rest is not touched.

use crate::error::{Error, Result};

/// `text` with the lines between `<name>` and `</name>` replaced; the marks stand in comments of their own lines.
pub fn replace(file: &str, text: &str, name: &str, content: &str) -> Result<String> {
    let (opening, closing) = (format!("<{name}>"), format!("</{name}>"));
    let missing = |mark: &str| {
        Error::file(file, format!("the mark `{mark}` is missing"))
            .hint(format!("put lines with `{opening}` and `{closing}` back where the generated part belongs"))
    };
    let start = text.find(&opening).ok_or_else(|| missing(&opening))?;
    let (before, rest) = text.split_at(start);
    let line_end = rest.find('\n').ok_or_else(|| missing(&closing))?;
    let (first_line, rest) = rest.split_at(line_end + 1);
    let end = rest.find(&closing).ok_or_else(|| missing(&closing))?;
    let last_line = rest.get(..end).and_then(|inside| inside.rfind('\n')).map_or(0, |newline| newline + 1);
    let (_, after) = rest.split_at(last_line);
    Ok(format!("{before}{first_line}{content}{after}"))
}

#[cfg(test)]
#[path = "region_tests.rs"]
mod tests;
