//! The values of a sample, each with its path and with what the crate makes of it.

use std::collections::HashMap;

use intercom_gen::Checked;

use super::json::{Node, Value, parse, step};
use super::samples::Sample;

/// What kind of value stands in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Scalar,
    Object,
    List,
}

/// A value of a sample.
#[derive(Debug)]
pub struct Place {
    pub path: String,
    pub shape: Shape,
    /// Where it stands in the text.
    pub start: usize,
    pub end: usize,
    /// Where its key stands, if it is an object's.
    pub key: Option<(usize, String)>,
    /// The place of the list or object that holds it.
    pub parent: Option<usize>,
    /// In how many lists it is.
    pub lists: usize,
    /// Whether it is a list's element.
    pub is_element: bool,
    /// Whether its type is a union, which keeps any value of no arm without calling it drift.
    pub is_union: bool,
    /// Whether its key has to be there.
    pub is_required: bool,
}

/// A sample with its places; the first is the root.
pub struct Base {
    pub sample: Sample,
    pub places: Vec<Place>,
    /// What reading it reports.
    pub reports: Vec<String>,
}

/// Whether a type and a path in it are a union's, and whether they are required.
pub type Known = HashMap<(usize, String), (bool, bool)>;

impl Base {
    pub fn new(sample: Sample, known: &mut Known) -> Self {
        let mut places = Vec::new();
        let root = parse(&sample.text).expect("JSON");
        collect(
            &root,
            Spot { path: "$".to_owned(), key: None, parent: None, lists: 0, is_element: false },
            &mut places,
        );
        let mut base = Self { places, reports: Vec::new(), sample };
        base.reports = reports(&base.check(&base.sample.text));
        for index in 1..base.places.len() {
            let place = &base.places[index];
            let name = (std::ptr::from_ref(base.sample.codec).addr(), place.path.clone());
            let (is_union, is_required) = *known.entry(name).or_insert_with(|| base.probe(place));
            let place = &mut base.places[index];
            (place.is_union, place.is_required) = (is_union, is_required);
        }
        base
    }

    fn check(&self, text: &str) -> Checked {
        self.sample.codec.check(text).unwrap_or_else(|error| panic!("{}: {error}", self.sample.name))
    }

    /// A union takes what no arm takes for an addition; a constant does the same, but with every string too.
    fn probe(&self, place: &Place) -> (bool, bool) {
        let is_addition = |other: &str| {
            let checked = self.check(&self.replaced(place, other));
            checked.additions.iter().any(|addition| addition.path == place.path)
        };
        let text = self.sample.text.get(place.start..place.end).unwrap_or_default();
        let undeclared = self.reports.iter().any(|path| path == &place.path);
        let is_constant = || text.starts_with('"') && is_addition("\"no such value\"");
        let is_union = !undeclared && is_addition("[[true]]") && !is_constant();
        let dropped = self.without(place).map(|text| self.check(&text));
        let is_required = dropped
            .is_some_and(|checked| checked.drift.iter().any(|drift| drift.path == place.path && drift.raw.is_empty()));
        (is_union, is_required)
    }

    /// The text with another value in a place.
    pub fn replaced(&self, place: &Place, other: &str) -> String {
        self.spliced(place.start, place.end, other)
    }

    /// The text without a key and its value; `None` where there is no key.
    pub fn without(&self, place: &Place) -> Option<String> {
        let (start, end) = (place.key.as_ref()?.0, place.end);
        let comma = |at: usize| self.sample.text.as_bytes().get(at) == Some(&b',');
        let (start, end) = if comma(start - 1) { (start - 1, end) } else { (start, end + usize::from(comma(end))) };
        Some(self.spliced(start, end, ""))
    }

    /// The text with something else from `start` to `end`.
    pub fn spliced(&self, start: usize, end: usize, other: &str) -> String {
        let text = &self.sample.text;
        [text.get(..start).unwrap_or_default(), other, text.get(end..).unwrap_or_default()].concat()
    }
}

/// The paths of drift and of additions.
pub fn reports(checked: &Checked) -> Vec<String> {
    let drift = checked.drift.iter().map(|drift| drift.path.clone());
    drift.chain(checked.additions.iter().map(|addition| addition.path.clone())).collect()
}

/// Where a value stands.
struct Spot {
    path: String,
    key: Option<(usize, String)>,
    parent: Option<usize>,
    lists: usize,
    is_element: bool,
}

fn collect(node: &Node<'_>, spot: Spot, places: &mut Vec<Place>) {
    let Spot { path, key, parent, lists, is_element } = spot;
    let shape = match node.value {
        Value::Object(_) => Shape::Object,
        Value::Array(_) => Shape::List,
        _ => Shape::Scalar,
    };
    let (start, end, this) = (node.start, node.end, places.len());
    let place = Place { path, shape, start, end, key, parent, lists, is_element, is_union: false, is_required: false };
    let path = place.path.clone();
    places.push(place);
    let parent = Some(this);
    match &node.value {
        Value::Object(entries) => {
            for entry in entries {
                let (path, key) = (path.clone() + &step(&entry.key), Some((entry.start, entry.key.to_string())));
                collect(&entry.node, Spot { path, key, parent, lists, is_element: false }, places);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let path = format!("{path}[{index}]");
                collect(element, Spot { path, key: None, parent, lists: lists + 1, is_element: true }, places);
            }
        }
        _ => {}
    }
}
