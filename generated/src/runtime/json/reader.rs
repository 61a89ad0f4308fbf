//! The one reader of JSON: a concrete type, so that emitted code is compiled once and not per format.
//!
//! It knows where it is in the text, and the path from the root. Steps of the path become text
//! only when something is worth reporting.

use std::borrow::Cow;

use super::budget::Budget;
use super::drift::{Addition, Drift};
use super::field::{Field, Read};
use super::lexer::{self, Lexer};
use super::path::{self, Step};
use super::reports::Reports;

/// Containers that may stand inside each other: the reader recurses, and a hostile body must not end the stack.
/// It is what `serde_json` allows, so that all that is read here can be read there.
pub(super) const MAX_DEPTH: usize = 127;

/// Why and where a text is not JSON.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) what: String,
    pub(crate) offset: usize,
    pub(crate) path: String,
}

/// Reads one JSON text.
pub struct Reader<'j> {
    lexer: Lexer<'j>,
    path: Vec<Step<'j>>,
    expected: &'static str,
    broken: Option<Broken>,
    pub(super) partial: bool,
    /// Whether the value ahead is, or holds, a secret: its text is not reported.
    pub(super) secret: bool,
    /// Whether the text is known to be JSON, so that no limit on its depth applies.
    known: bool,
    budget: Budget,
    pub(super) reports: Reports,
}

impl<'j> Reader<'j> {
    pub(crate) fn new(text: &'j str) -> Self {
        Self {
            lexer: Lexer::new(text),
            path: Vec::new(),
            expected: "",
            broken: None,
            partial: false,
            secret: false,
            known: false,
            budget: Budget::for_text(text.len()),
            reports: Reports::for_text(text.len()),
        }
    }

    /// Also lists additions, which costs a path for each.
    pub(crate) fn with_additions(text: &'j str) -> Self {
        let mut reader = Self::new(text);
        reader.reports.list_additions();
        reader
    }

    /// Reads text that is known to be JSON into [`Json`](super::Json), or a list or map of it. No limit applies: such text was
    /// read within the limits before, or was made by this process.
    pub(super) fn known(text: &'j str) -> Self {
        Self { known: true, budget: Budget::unlimited(), ..Self::new(text) }
    }

    /// Also lists the variants that unions are read as.
    #[cfg(feature = "dynamic")]
    pub(crate) fn with_choices(mut self) -> Self {
        self.reports.list_choices();
        self
    }

    /// Reads the whole text into `root`. `Err` where it is not JSON or not of the root's shape.
    pub(crate) fn root(&mut self, root: &mut dyn Field) -> Result<(), Broken> {
        let read = match root.read(self) {
            Read::Done | Read::Partial => match self.lexer.end() {
                Some(()) => return Ok(()),
                None => self.breaks(),
            },
            Read::Misfit | Read::Undeclared => match self.raw_from(0) {
                Ok(_) => Read::Misfit,
                Err(broken) => broken,
            },
            Read::Broken => Read::Broken,
        };
        let misfit = || Broken { what: format!("expected {}", self.expected), offset: 0, path: "$".to_owned() };
        Err(match read {
            Read::Misfit => misfit(),
            _ => self.broken.take().unwrap_or_else(misfit),
        })
    }

    /// The arms that unions were read as, by their path in Rust.
    #[cfg(feature = "dynamic")]
    pub(crate) fn choices(&self) -> Vec<String> {
        let path = |parts: &[&str; 2]| parts.concat().trim_end_matches("::{{constructor}}").to_owned();
        self.reports.choices().iter().map(path).collect()
    }

    pub(crate) fn into_reports(self) -> (Vec<Drift>, Vec<Addition>) {
        self.reports.into_parts()
    }

    /// Reads a declared property.
    #[inline(always)]
    pub fn get<F: Field>(&mut self, field: &mut F) -> Read {
        field.read(self)
    }

    /// The object does not know the key: its loop keeps the value.
    pub fn undeclared(&self) -> Read {
        Read::Undeclared
    }

    /// Reads a property that has one value, which is written by itself. Another value is kept as an addition.
    pub fn constant(&mut self, value: &str) -> Read {
        match self.string() {
            Some(text) if text == value => Read::Done,
            _ => Read::Undeclared,
        }
    }

    /// Puts a value into its field; where there is none, the field has its default.
    #[inline]
    pub(crate) fn store<T: Default>(&mut self, field: &mut T, value: Option<T>, expected: &'static str) -> Read {
        let fits = value.is_some();
        *field = value.unwrap_or_default();
        if fits { Read::Done } else { self.misfit(expected) }
    }

    pub(crate) fn misfit(&mut self, expected: &'static str) -> Read {
        self.expected = expected;
        Read::Misfit
    }

    #[inline]
    pub(crate) fn offset(&self) -> usize {
        self.lexer.at
    }

    /// The first byte of the value ahead, or zero at the end.
    #[inline]
    pub(crate) fn kind_byte(&mut self) -> u8 {
        self.lexer.peek()
    }

    #[inline]
    pub(crate) fn take_null(&mut self) -> bool {
        self.lexer.peek() == b'n' && self.null()
    }

    #[inline(never)]
    fn null(&mut self) -> bool {
        self.lexer.literal("null").is_some()
    }

    #[inline(always)]
    pub(crate) fn string(&mut self) -> Option<Cow<'j, str>> {
        let raw = if self.lexer.peek() == b'"' { self.lexer.string()? } else { return None };
        if self.lexer.has_escapes { lexer::unescape(raw).map(Cow::Owned) } else { Some(Cow::Borrowed(raw)) }
    }

    /// A string, for those who read so many types of it that the lexer should not be in each.
    #[inline(never)]
    pub(crate) fn text(&mut self) -> Option<Cow<'j, str>> {
        self.string()
    }

    /// Reports a string that an enumeration does not list, and gives its text.
    #[cold]
    pub(crate) fn unlisted(&mut self, text: Cow<'j, str>, start: usize) -> String {
        self.added(self.since(start));
        text.into_owned()
    }

    #[inline]
    pub(crate) fn integer(&mut self) -> Option<i64> {
        match self.number()? {
            // A minus zero has no place in an integer.
            (digits, true) if digits != "-0" => digits.parse().ok(),
            _ => None,
        }
    }

    /// A number as it is in the text, and whether it is an integer.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<(&'j str, bool)> {
        self.lexer.peek();
        self.lexer.number()
    }

    pub(crate) fn boolean(&mut self) -> Option<bool> {
        let value = self.lexer.peek() == b't';
        self.lexer.literal(if value { "true" } else { "false" }).map(|()| value)
    }

    /// The text of the value ahead, whatever it is.
    pub(crate) fn raw(&mut self) -> Result<&'j str, Read> {
        self.lexer.peek();
        let start = self.lexer.at;
        let skipped = if self.known { self.lexer.skip_known() } else { self.lexer.skip(MAX_DEPTH - self.path.len()) };
        match skipped {
            Some(()) => Ok(self.lexer.since(start)),
            None => Err(self.breaks()),
        }
    }

    /// The text of the value that starts at `start`, from wherever reading it has stopped.
    pub(super) fn raw_from(&mut self, start: usize) -> Result<&'j str, Read> {
        self.lexer.at = start;
        self.raw()
    }

    /// The text between `start` and here, which a whole value takes up.
    pub(crate) fn since(&self, start: usize) -> &'j str {
        self.lexer.since(start).trim_ascii_start()
    }

    /// A place at the value ahead, to look without consuming.
    pub(super) fn ahead(&self) -> Lexer<'j> {
        self.lexer
    }

    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// The next key of the object that was entered, escapes and all; `first` enters it. `None` at its end, and where the
    /// text is broken.
    #[inline(always)]
    pub(super) fn key(&mut self, first: bool) -> Option<&'j str> {
        match self.lexer.key(first) {
            Some(key) => {
                self.step(Step::Key(key?));
                key
            }
            None => {
                let _ = self.breaks();
                None
            }
        }
    }

    /// Whether the last key has escapes.
    #[inline]
    pub(super) fn key_has_escapes(&self) -> bool {
        self.lexer.has_escapes
    }

    /// Where the last key that was met starts.
    #[inline]
    pub(super) fn key_start(&self) -> usize {
        self.lexer.key_at
    }

    #[inline]
    pub(super) fn step(&mut self, step: Step<'j>) {
        if let Some(last) = self.path.last_mut() {
            *last = step;
        }
    }

    /// Enters a container, or refuses to go deeper.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), Read> {
        if self.path.len() < MAX_DEPTH {
            self.path.push(Step::Start);
            return Ok(());
        }
        self.lexer.fault = lexer::TOO_DEEP;
        Err(self.breaks())
    }

    /// Leaves a container, unless it has not come to its end.
    #[inline]
    pub(super) fn leave(&mut self) -> Result<(), Read> {
        if self.broken.is_some() {
            return Err(Read::Broken);
        }
        self.path.pop();
        Ok(())
    }

    /// Whether the array that was entered has another element; `first` enters it. `false` also where the text is broken.
    #[inline]
    pub(super) fn next_element(&mut self, first: bool) -> bool {
        self.lexer.element(first).unwrap_or_else(|| {
            let _ = self.breaks();
            false
        })
    }

    /// Pays for `bytes` of memory.
    ///
    /// # Errors
    ///
    /// If the text would take more memory than its length permits. Reading ends there.
    #[inline]
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<(), Read> {
        if self.budget.take(bytes) { Ok(()) } else { Err(self.too_large()) }
    }

    /// Takes back the charge for memory that was freed.
    pub(super) fn refund(&mut self, bytes: usize) {
        self.budget.give_back(bytes);
    }

    pub(super) fn budget_left(&self) -> usize {
        self.budget.left()
    }

    /// The bytes of the whole text.
    pub(super) fn length(&self) -> usize {
        self.lexer.length()
    }

    #[cold]
    fn too_large(&mut self) -> Read {
        let length = self.length();
        let what = format!(
            "expected a value that fits into {} bytes of memory, the limit for {length} bytes of JSON; found one that takes \
             more",
            Budget::total(length)
        );
        let (offset, path) = (self.offset(), self.path());
        self.broken.get_or_insert(Broken { what, offset, path });
        Read::Broken
    }

    #[cold]
    fn breaks(&mut self) -> Read {
        let (what, offset, path) = (self.lexer.fault.to_owned(), self.offset(), self.path());
        self.broken.get_or_insert(Broken { what, offset, path });
        Read::Broken
    }

    fn path(&self) -> String {
        path::render(&self.path)
    }

    /// Reports the value `raw`, which does not fit where the path leads.
    #[cold]
    pub(super) fn drifted(&mut self, raw: &str) {
        self.reports.drifted(&self.path, self.expected, raw, self.secret);
    }

    /// Reports that a key of the object that was just left did not come.
    #[cold]
    pub(super) fn missed(&mut self, key: &str) {
        self.reports.missed(&self.path, key);
    }

    /// Reports the value `raw`, which the description does not know.
    #[inline]
    pub(crate) fn added(&mut self, raw: &str) {
        if self.reports.lists_additions() {
            self.reports.added(&self.path, raw, self.secret);
        }
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
