//! What is compared: single facts of an interface, each with the place where it stands.
//!
//! A place is spelled the same whether it was found in a description or in emitted code, and it never holds a
//! Rust name: the two sides agree on facts or they do not.

use std::collections::BTreeMap;
use std::fmt;

/// What kind of thing is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Operation,
    PathParameter,
    QueryParameter,
    HeaderParameter,
    FormPart,
    Schema,
    Reference,
    Property,
    EnumValue,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Operation,
        Self::PathParameter,
        Self::QueryParameter,
        Self::HeaderParameter,
        Self::FormPart,
        Self::Schema,
        Self::Reference,
        Self::Property,
        Self::EnumValue,
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::PathParameter => "path parameter",
            Self::QueryParameter => "query parameter",
            Self::HeaderParameter => "header parameter",
            Self::FormPart => "form part",
            Self::Schema => "schema",
            Self::Reference => "reference to a schema",
            Self::Property => "property",
            Self::EnumValue => "enum value",
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Items,
    Values,
    Arm(usize),
}

/// The way from a schema, body, answer or parameter to something inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    root: String,
    steps: Vec<Step>,
}

impl Place {
    pub fn root(root: impl Into<String>) -> Self {
        Self { root: root.into(), steps: Vec::new() }
    }

    pub fn key(&self, name: &str) -> Self {
        self.step(Step::Key(name.to_owned()))
    }

    pub fn items(&self) -> Self {
        self.step(Step::Items)
    }

    pub fn values(&self) -> Self {
        self.step(Step::Values)
    }

    /// One of several alternatives, counted from 0 through `oneOf` and then `anyOf`.
    pub fn arm(&self, index: usize) -> Self {
        self.step(Step::Arm(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { root: self.root.clone(), steps }
    }

    /// The schema, body, answer or parameter that the place is in.
    pub fn origin(&self) -> &str {
        &self.root
    }

    /// Whether leaving out one alternative or more on the way leads to `other`.
    pub fn merges_into(&self, other: &Self) -> bool {
        let mut wanted = other.steps.iter().peekable();
        for step in &self.steps {
            if wanted.peek() == Some(&step) {
                wanted.next();
            } else if !matches!(step, Step::Arm(_)) {
                return false;
            }
        }
        self.root == other.root && wanted.peek().is_none() && self.steps.len() > other.steps.len()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Key(name) => write!(f, "/{name}"),
            Step::Items => f.write_str("[]"),
            Step::Values => f.write_str("{}"),
            Step::Arm(index) => write!(f, "|{index}"),
        })
    }
}

/// What a part of a form is that is no text.
pub const FILE: &str = "file";

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    pub kind: Kind,
    pub place: Place,
    /// The operation's id, the schema referred to, the enum value as JSON, [`FILE`]; empty where the place says it all.
    pub value: String,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if self.value.is_empty() { Ok(()) } else { write!(f, " = {}", self.value) }
    }
}

/// Facts with how often each is stated.
#[derive(Clone, Debug, Default)]
pub struct Facts(pub BTreeMap<Fact, usize>);

impl Facts {
    pub fn add(&mut self, kind: Kind, place: &Place, value: impl Into<String>) {
        *self.0.entry(Fact { kind, place: place.clone(), value: value.into() }).or_default() += 1;
    }

    /// Adds what `other` states.
    pub fn extend(&mut self, other: Self) {
        for (fact, count) in other.0 {
            *self.0.entry(fact).or_default() += count;
        }
    }

    /// Adds what `other` states more often.
    pub fn unite(&mut self, other: Self) {
        for (fact, count) in other.0 {
            let own = self.0.entry(fact).or_default();
            *own = count.max(*own);
        }
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.0.iter().filter(|(fact, _)| fact.kind == kind).map(|(_, count)| count).sum()
    }

    /// Takes one occurrence of `fact` away, if there is one.
    pub fn take(&mut self, fact: &Fact) -> bool {
        match self.0.get_mut(fact) {
            Some(0) | None => false,
            Some(count) => {
                *count -= 1;
                true
            }
        }
    }

    /// Every fact as often as it is stated.
    pub fn each(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter().flat_map(|(fact, count)| std::iter::repeat_n(fact, *count))
    }
}
