//! Text of others, escaped for where it goes: one function per destination.
//!
//! Descriptions, messages of servers and file names are text that somebody else wrote. Each function takes any text and
//! gives one that its destination shows and does not obey.

use std::fmt::Write as _;

/// Whether a reader does not see the character, or sees what follows in another order: controls, line ends, bidirectional
/// marks and characters without width.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// One line for a terminal or the log of a workflow: what is invisible is spelled out, and no line is a command to GitHub.
pub fn line(text: &str) -> String {
    let mut escaped = visible(text);
    if let Some(command) = escaped.trim_start().strip_prefix("::") {
        escaped = format!("\\u{{3a}}:{command}");
    }
    // The older form of commands counts anywhere in a line.
    escaped.replace("##[", "##\\u{5b}")
}

/// Several lines for a terminal or the log of a workflow, each escaped as [`line()`] does.
pub fn lines(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Markdown that shows `text` as code: nothing in it is markup, a mention, a link or HTML.
pub fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A backtick at either end would belong to the fence, and of a space at both ends one is dropped.
    let is_padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty();
    let pad = if is_padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// JSON for a terminal or the log of a workflow. It is the same JSON: what is escaped stands in strings.
pub fn json(value: &serde_json::Value) -> String {
    let mut escaped = String::new();
    for c in format!("{value:#}").replace("##[", "##\\u005b").chars() {
        match c {
            c if c != '\n' && is_invisible(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a String cannot fail.
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A sentence as Markdown: its code spans stay, and every other word that could be markup, a mention, a link or HTML
/// becomes code.
pub fn sentence(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (words, from_span) = rest.split_at(rest.find('`').unwrap_or(rest.len()));
        plain(words, &mut escaped);
        let span = span(from_span).unwrap_or_default();
        let unpaired = from_span.len() - from_span.trim_start_matches('`').len();
        if span.is_empty() && unpaired > 0 {
            escaped.push_str(&code(&"`".repeat(unpaired)));
        }
        escaped.push_str(span);
        rest = from_span.get(span.len().max(unpaired)..).unwrap_or_default();
    }
    escaped
}

/// The code span at the start of `text`, with its fences.
fn span(text: &str) -> Option<&str> {
    let inside = text.trim_start_matches('`');
    let fence = text.len() - inside.len();
    if fence == 0 {
        return None;
    }
    let mut at = fence;
    loop {
        at += text.get(at..)?.find('`')?;
        let run = text.get(at..)?.len() - text.get(at..)?.trim_start_matches('`').len();
        at += run;
        if run == fence {
            return text.get(..at);
        }
    }
}

fn plain(words: &str, escaped: &mut String) {
    for part in words.split_inclusive(' ') {
        let word = part.trim_end_matches([' ', '.', ',', ':', ';']);
        escaped.push_str(&if is_plain(word) { word.to_owned() } else { code(word) });
        escaped.push_str(part.get(word.len()..).unwrap_or_default());
    }
}

/// Whether Markdown as GitHub reads it shows the word as it is, in the middle of a line.
fn is_plain(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().all(|c| c.is_alphanumeric() || " .,;:()/'\"+-=%?!–—…→’“”".contains(c))
        && !["://", "www.", "gh-"].iter().any(|start| lower.contains(start))
        && !word.contains("](")
}

/// The text of a line of documentation, which must not end the comment nor turn its direction.
pub fn doc_line(text: &str) -> String {
    visible(text)
}

/// A name that may be very long, for a message.
pub fn excerpt(name: &str) -> String {
    const SHOWN: usize = 60;
    let count = name.chars().count();
    if count <= SHOWN {
        return visible(name);
    }
    let start: String = name.chars().take(SHOWN).collect();
    format!("{}… ({count} characters)", visible(&start))
}

/// The text with everything invisible spelled out.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            // Writing to a String cannot fail.
            c if is_invisible(c) => drop(write!(shown, "\\u{{{:x}}}", u32::from(c))),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
#[path = "escape_tests.rs"]
mod tests;
