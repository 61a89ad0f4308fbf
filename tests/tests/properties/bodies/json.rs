//! JSON as text: where each value stands, and how each number is spelled.
//!
//! A tree of `serde_json` forgets `1.0`, digits beyond 64 bits and keys that come twice, which is what is looked at here.

use std::borrow::Cow;

/// A value, and where it stands in its text.
#[derive(Debug)]
pub struct Node<'t> {
    pub start: usize,
    pub end: usize,
    pub value: Value<'t>,
}

/// A value of JSON; numbers as they are written.
#[derive(Debug)]
pub enum Value<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Vec<Entry<'t>>),
}

/// A property of an object.
#[derive(Debug)]
pub struct Entry<'t> {
    /// Where the key's quotation mark stands.
    pub start: usize,
    pub key: Cow<'t, str>,
    pub node: Node<'t>,
}

/// Reads a whole text.
pub fn parse(text: &str) -> Result<Node<'_>, String> {
    let mut parser = Parser { text, at: 0 };
    let node = parser.node()?;
    parser.space();
    if parser.at == text.len() { Ok(node) } else { Err(parser.fault("more after the value")) }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn fault(&self, what: &str) -> String {
        format!("{what} at byte {} of {}", self.at, self.text)
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let is_next = self.byte() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    fn node(&mut self) -> Result<Node<'t>, String> {
        self.space();
        let start = self.at;
        let value = match self.byte() {
            b'{' => Value::Object(self.entries()?),
            b'[' => Value::Array(self.elements()?),
            b'"' => Value::String(self.string()?),
            _ => self.word()?,
        };
        Ok(Node { start, end: self.at, value })
    }

    fn entries(&mut self) -> Result<Vec<Entry<'t>>, String> {
        self.at += 1;
        let mut entries = Vec::new();
        while !self.take(b'}') {
            if !entries.is_empty() && !self.take(b',') {
                return Err(self.fault("no comma"));
            }
            self.space();
            let start = self.at;
            let key = self.string()?;
            if !self.take(b':') {
                return Err(self.fault("no colon"));
            }
            entries.push(Entry { start, key, node: self.node()? });
        }
        Ok(entries)
    }

    fn elements(&mut self) -> Result<Vec<Node<'t>>, String> {
        self.at += 1;
        let mut elements = Vec::new();
        while !self.take(b']') {
            if !elements.is_empty() && !self.take(b',') {
                return Err(self.fault("no comma"));
            }
            elements.push(self.node()?);
        }
        Ok(elements)
    }

    /// A string; one that holds half of a character is its own text.
    fn string(&mut self) -> Result<Cow<'t, str>, String> {
        let start = self.at;
        if self.byte() != b'"' {
            return Err(self.fault("no string"));
        }
        let rest = self.text.as_bytes().get(start + 1..).unwrap_or_default();
        let (mut length, mut escapes) = (0, false);
        loop {
            match rest.get(length) {
                Some(b'"') => break,
                Some(b'\\') => (length, escapes) = (length + 2, true),
                Some(_) => length += 1,
                None => return Err(self.fault("no end of a string")),
            }
        }
        self.at = start + length + 2;
        let whole = self.text.get(start..self.at).unwrap_or_default();
        let plain = Cow::Borrowed(self.text.get(start + 1..self.at - 1).unwrap_or_default());
        Ok(if escapes { serde_json::from_str(whole).map_or(plain, Cow::Owned) } else { plain })
    }

    fn word(&mut self) -> Result<Value<'t>, String> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find([',', ':', ']', '}', '"', ' ', '\n', '\r', '\t']).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number if number.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => Value::Number(number),
            _ => return Err(self.fault("no value")),
        };
        self.at += end;
        Ok(value)
    }
}

impl Node<'_> {
    /// Whether the API means nothing by it: `null`, and lists of nothing.
    pub fn is_nothing(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Array(elements) => elements.iter().all(Node::is_nothing),
            _ => false,
        }
    }

    /// The value at a JSONPath below this one, which is `$`.
    pub fn at(&self, path: &str) -> Option<&Self> {
        self.below(path.strip_prefix('$')?)
    }

    fn below(&self, path: &str) -> Option<&Self> {
        if path.is_empty() {
            return Some(self);
        }
        match &self.value {
            Value::Array(elements) => {
                let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
                elements.get(index.parse::<usize>().ok()?)?.below(rest)
            }
            Value::Object(entries) => entries.iter().rev().find_map(|entry| {
                let rest = path.strip_prefix(step(&entry.key).as_str())?;
                if rest.is_empty() || rest.starts_with(['.', '[']) { entry.node.below(rest) } else { None }
            }),
            _ => None,
        }
    }

    /// Whether an object in here has a key twice.
    pub fn has_duplicates(&self) -> bool {
        match &self.value {
            Value::Array(elements) => elements.iter().any(Self::has_duplicates),
            Value::Object(entries) => entries.iter().enumerate().any(|(index, entry)| {
                entry.node.has_duplicates() || entries.iter().take(index).any(|earlier| earlier.key == entry.key)
            }),
            _ => false,
        }
    }
}

/// A key as a JSONPath writes it.
pub fn step(key: &str) -> String {
    let is_name = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name {
        return format!(".{key}");
    }
    let mut step = "['".to_owned();
    for c in key.chars() {
        match c {
            '\'' | '\\' => step.extend(['\\', c]),
            c if c.is_control() => step.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => step.push(c),
        }
    }
    step + "']"
}

/// Where two values differ first. Nulls and empty lists are as good as not there, and of a key that comes twice the last
/// value counts.
pub fn difference(one: &Node<'_>, other: &Node<'_>) -> Option<String> {
    match (&one.value, &other.value) {
        _ if one.is_nothing() && other.is_nothing() => None,
        (Value::Object(ones), Value::Object(others)) => {
            let missing = || others.iter().find(|entry| !entry.node.is_nothing() && last(ones, &entry.key).is_none());
            let differing = |entry: &Entry<'_>| {
                let (one, other) = (last(ones, &entry.key)?, last(others, &entry.key));
                let deeper = match other {
                    Some(other) => difference(one, other),
                    None => Some(": is gone".to_owned()).filter(|_| !one.is_nothing()),
                };
                deeper.map(|deeper| step(&entry.key) + &deeper)
            };
            ones.iter().find_map(differing).or_else(|| missing().map(|entry| format!("{}: is new", step(&entry.key))))
        }
        (Value::Array(ones), Value::Array(others)) => {
            let something = |node: &&Node<'_>| !node.is_nothing();
            let (ones, others): (Vec<_>, Vec<_>) =
                (ones.iter().filter(something).collect(), others.iter().filter(something).collect());
            if ones.len() != others.len() {
                return Some(format!(": {} elements became {}", ones.len(), others.len()));
            }
            let mut pairs = ones.iter().zip(&others).enumerate();
            pairs.find_map(|(index, (one, other))| difference(one, other).map(|deeper| format!("[{index}]{deeper}")))
        }
        (Value::Bool(one), Value::Bool(other)) if one == other => None,
        (Value::Number(one), Value::Number(other)) if one == other => None,
        (Value::String(one), Value::String(other)) if one == other => None,
        _ => Some(format!(": {:?} became {:?}", one.value, other.value)),
    }
}

fn last<'n, 't>(entries: &'n [Entry<'t>], key: &str) -> Option<&'n Node<'t>> {
    entries.iter().rev().find(|entry| entry.key == key).map(|entry| &entry.node)
}
