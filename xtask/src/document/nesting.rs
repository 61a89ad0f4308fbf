//! How deep the brackets of a YAML text nest, found before it is parsed.
//!
//! The parser's work grows with the product of length and depth, and it looks at the depth only after it has read the whole
//! text: a hundred thousand brackets keep it busy for minutes. This scan is linear. It knows as much of YAML as is needed to
//! tell a bracket that opens a list or a map from one in a text; the parser judges all else.

use crate::error::{Error, Result};

/// The deepest nesting. Descriptions have a tenth of it.
pub(super) const DEEPEST: usize = 200;

/// Refuses a text whose brackets nest deeper than [`DEEPEST`].
pub(super) fn check(file: &str, text: &str) -> Result<()> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, start: 0, columns: Vec::new(), scalar: None };
    while scan.at < scan.bytes.len() {
        if let Err(TooDeep) = scan.line() {
            let line = text.get(..scan.at).map_or(1, |before| before.matches('\n').count() + 1);
            let what = format!("expected at most {DEEPEST} levels of nesting, found more");
            return Err(Error::line(file, line, scan.column() + 1, what).hint("give an OpenAPI description"));
        }
    }
    Ok(())
}

struct TooDeep;

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where the line begins.
    start: usize,
    /// The columns of the keys and dashes that the line is below of.
    columns: Vec<usize>,
    /// A text without quotes goes on while lines are indented deeper than this; `None` in it is the top level.
    scalar: Option<Option<usize>>,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn column(&self) -> usize {
        self.at - self.start
    }

    /// Whether a blank or the end of the line is `ahead`.
    fn is_blank(&self, ahead: usize) -> bool {
        self.peek(ahead).is_none_or(|byte| byte.is_ascii_whitespace())
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&belongs) {
            self.at += 1;
        }
    }

    fn next_line(&mut self) {
        self.skip_while(|byte| byte != b'\n');
        self.at += 1;
        self.start = self.at;
    }

    /// Reads a line outside of brackets, and the brackets and quotes that begin in it.
    fn line(&mut self) -> std::result::Result<(), TooDeep> {
        self.start = self.at;
        let is_mark =
            [&b"---"[..], b"..."].iter().any(|mark| self.bytes[self.at..].starts_with(mark)) && self.is_blank(3);
        self.skip_while(|byte| byte == b' ');
        let is_empty = matches!(self.peek(0), None | Some(b'\n' | b'\r'));
        if is_mark {
            (self.scalar, self.at) = (None, self.at + 3);
            self.columns.clear();
        } else if let Some(above) = self.scalar {
            if is_empty || above.is_none_or(|above| self.column() > above) {
                self.next_line();
                return Ok(());
            }
            self.scalar = None;
        }
        if self.column() == 0 && self.peek(0) == Some(b'%') {
            self.next_line();
            return Ok(());
        }
        while self.part()? {}
        self.next_line();
        Ok(())
    }

    /// Reads a dash, a key or a value; whether more can follow in the line.
    fn part(&mut self) -> std::result::Result<bool, TooDeep> {
        self.skip_while(|byte| byte == b' ' || byte == b'\t');
        let column = self.column();
        match self.peek(0) {
            None | Some(b'\n' | b'\r' | b'#') => return Ok(false),
            Some(b'-' | b'?' | b':') if self.is_blank(1) => {
                self.enter(column);
                self.at += 1;
                return Ok(true);
            }
            Some(b'&' | b'*' | b'!') => {
                self.skip_while(|byte| !byte.is_ascii_whitespace());
                return Ok(true);
            }
            Some(b'|' | b'>') => {
                self.scalar = Some(self.columns.last().copied());
                return Ok(false);
            }
            Some(quote @ (b'"' | b'\'')) => self.quoted(quote),
            Some(b'[' | b'{') => self.brackets()?,
            Some(_) => return Ok(self.plain(column)),
        }
        self.skip_while(|byte| byte == b' ' || byte == b'\t');
        let is_key = self.peek(0) == Some(b':');
        if is_key {
            self.enter(column);
            self.at += 1;
        }
        Ok(is_key)
    }

    /// What follows is below a key or dash at `column`.
    fn enter(&mut self, column: usize) {
        while self.columns.last().is_some_and(|last| *last >= column) {
            self.columns.pop();
        }
        self.columns.push(column);
    }

    /// A text without quotes; whether it is a key.
    fn plain(&mut self, column: usize) -> bool {
        loop {
            match self.peek(0) {
                None | Some(b'\n') => break,
                Some(b':') if self.is_blank(1) => {
                    self.enter(column);
                    self.at += 1;
                    return true;
                }
                Some(b'#') if self.bytes.get(self.at - 1).is_some_and(u8::is_ascii_whitespace) => break,
                Some(_) => self.at += 1,
            }
        }
        let above = |last: &&usize| **last < column;
        self.scalar = Some(self.columns.iter().rev().find(above).copied());
        false
    }

    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            let is_escape =
                (byte == b'\\' && quote == b'"') || (byte == quote && quote == b'\'' && self.peek(1) == Some(quote));
            match byte {
                _ if is_escape => self.at += 1,
                byte if byte == quote => {
                    self.at += 1;
                    return;
                }
                b'\n' => self.start = self.at + 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// A list or map in brackets, to its end.
    fn brackets(&mut self) -> std::result::Result<(), TooDeep> {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'"' | b'\'' => {
                    self.quoted(byte);
                    continue;
                }
                b'#' if self.bytes.get(self.at.wrapping_sub(1)).is_some_and(u8::is_ascii_whitespace) => {
                    self.skip_while(|byte| byte != b'\n');
                    continue;
                }
                b'\n' => self.start = self.at + 1,
                b',' | b':' | b'?' | b' ' | b'\t' | b'\r' => {}
                _ => {
                    self.plain_in_brackets();
                    continue;
                }
            }
            if depth > DEEPEST {
                return Err(TooDeep);
            }
            self.at += 1;
            if depth == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// A text without quotes in a list or map: quotes inside of it are characters of it.
    fn plain_in_brackets(&mut self) {
        while let Some(byte) = self.peek(0) {
            let is_colon =
                byte == b':' && (self.is_blank(1) || self.peek(1).is_some_and(|next| b",[]{}".contains(&next)));
            let is_comment =
                byte == b'#' && self.bytes.get(self.at.wrapping_sub(1)).is_some_and(u8::is_ascii_whitespace);
            if b",[]{}".contains(&byte) || is_colon || is_comment {
                return;
            }
            if byte == b'\n' {
                self.start = self.at + 1;
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
#[path = "nesting_tests.rs"]
mod tests;
