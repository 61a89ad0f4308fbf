//! What an error prints: one line, and one that ends, whatever a server has said.

use std::error::Error as StdError;
use std::fmt::{self, Write};

use super::{Error, ErrorCode, ErrorKind};

/// How much of a body an error shows, in bytes.
const SHOWN: usize = 120;

/// How much an error says, in characters.
const SAID: usize = 1_000;

/// How much it shows of a request's id.
const ID: usize = 100;

/// How much it says of the first attempt, in characters.
const FIRST: usize = 160;

const SCROLL_EXISTS: &str = "a scroll expires after a minute without a request";

/// The start of a body on one line.
pub(super) fn shown(body: &[u8]) -> String {
    let (start, more) = match body.get(..SHOWN) {
        Some(start) => (start, "…"),
        None => (body, ""),
    };
    let text = String::from_utf8_lossy(start).escape_debug().to_string();
    // JSON is full of quotes, and they harm nobody.
    let text = text.replace("\\\"", "\"").replace("\\'", "'").replace("\\\\", "\\");
    text + more
}

/// Passes text on without what would break the line, up to so many characters.
struct Line<'a, 'f> {
    to: &'a mut fmt::Formatter<'f>,
    left: usize,
}

impl Write for Line<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars().take(self.left) {
            self.left -= 1;
            match character {
                _ if self.left == 0 => self.to.write_char('…')?,
                '\u{2028}' | '\u{2029}' | '\0'..' ' | '\u{7f}'..='\u{9f}' => {
                    write!(self.to, "{}", character.escape_debug())?
                }
                _ => self.to.write_char(character)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if !inner.call.is_empty() {
            write!(f, "{}: ", inner.call)?;
        }
        self.describe(&mut Line { to: f, left: SAID })?;
        let request = self.request_id().map(|id| format!("request {}", id.chars().take(ID).collect::<String>()));
        let attempts = (inner.attempts > 1).then(|| self.describe_attempts());
        let hint = self.has_code(ErrorCode::ScrollExists).then(|| SCROLL_EXISTS.to_owned());
        let withheld = inner.withheld.then(|| "not sent again: the API may have acted on it".to_owned());
        let notes: Vec<String> = [request, attempts, hint, withheld].into_iter().flatten().collect();
        if notes.is_empty() {
            return Ok(());
        }
        f.write_str(" (")?;
        Line { to: f, left: SAID }.write_str(&notes.join(", "))?;
        f.write_char(')')
    }
}

impl Error {
    /// What happened, without the call and the notes.
    fn describe(&self, line: &mut Line<'_, '_>) -> fmt::Result {
        match self.0.kind {
            ErrorKind::Api => self.describe_answer(line),
            ErrorKind::Decode if self.path().is_some() => self.describe_body(line),
            _ => self.describe_failure(line),
        }
    }

    /// How many attempts there were, and how the first one failed, if that was another way.
    fn describe_attempts(&self) -> String {
        let count = format!("after {} attempts", self.attempts());
        let first = self.first_attempt().map(|first| Described(first).to_string());
        match first.filter(|first| *first != Described(self).to_string()) {
            Some(first) if first.chars().count() > FIRST => {
                format!("{count}, the first of which failed with {}…", first.chars().take(FIRST).collect::<String>())
            }
            Some(first) => format!("{count}, the first of which failed with {first}"),
            None => count,
        }
    }

    fn describe_answer(&self, line: &mut Line<'_, '_>) -> fmt::Result {
        let status = self.status().and_then(|status| reqwest::StatusCode::from_u16(status).ok()).unwrap_or_default();
        write!(line, "{} {}", status.as_u16(), status.canonical_reason().unwrap_or("status"))?;
        if !self.0.message.is_empty() {
            write!(line, ": {}", self.0.message)?;
        }
        for error in self.errors() {
            write!(line, ": {error}")?;
        }
        match self.body() {
            Some(body) if !body.is_empty() && self.message().is_empty() && self.errors().is_empty() => {
                write!(line, ": {}", shown(body))
            }
            _ => Ok(()),
        }
    }

    fn describe_failure(&self, line: &mut Line<'_, '_>) -> fmt::Result {
        if let Some(status) = self.status() {
            write!(line, "status {status}, but ")?;
        }
        line.write_str(&self.0.message)
    }

    fn describe_body(&self, line: &mut Line<'_, '_>) -> fmt::Result {
        if let Some(status) = self.status() {
            write!(line, "status {status}, but the body cannot be read: ")?;
        }
        let path = self.path().unwrap_or("$");
        write!(line, "{path}: {}", self.0.message)?;
        self.body().map_or(Ok(()), |body| write!(line, ", in `{}`", shown(body)))
    }
}

/// An error without the call and the notes.
struct Described<'e>(&'e Error);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.describe(&mut Line { to: f, left: SAID })
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.0.kind).field("text", &self.to_string()).finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
