//! Instances of schemas, made from the description alone: deterministic, and valid where the schema can be satisfied.

use serde_json::{Map, Value, json};

use super::flat::Flat;
use crate::description::resolved;

/// Containers in containers that are made; below that those that may be left out are.
const DEPTH: usize = 6;

/// Schemas that demand themselves have no instance; this is where that shows.
const BOTTOM: usize = 40;

/// A key that no description has.
pub const UNKNOWN: &str = "no_such_key";

/// How much of what a schema permits an instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What is required.
    Minimal,
    /// Everything that is described.
    Full,
    /// Everything, `null` where that is permitted.
    Nulls,
    /// Everything, and keys that the description does not know.
    Unknown,
}

/// Makes one instance: of each choice the shape whose turn it is.
pub struct Maker<'d> {
    description: &'d Value,
    extent: Extent,
    deepest: usize,
    /// Which shape the outermost choice has, and the inner ones in turn.
    turn: usize,
    /// How many turns it takes to see all shapes: of the outermost choice, and of an inner one.
    shapes: (usize, usize),
    count: usize,
}

/// The instances of `schema` that show each shape of each choice; one if there is no choice.
pub fn instances(description: &Value, schema: &Value, extent: Extent) -> Vec<Value> {
    let (mut made, mut turns) = (Vec::new(), 1);
    while made.len() < turns {
        let mut maker = Maker::new(description, extent, made.len());
        made.push(maker.instance(schema));
        turns = turns.max(maker.shapes.0 * maker.shapes.1);
    }
    made.dedup();
    made
}

impl<'d> Maker<'d> {
    /// A maker of instances with the shapes of a turn.
    pub fn new(description: &'d Value, extent: Extent, turn: usize) -> Self {
        Self { description, extent, deepest: DEPTH, turn, shapes: (1, 1), count: turn }
    }

    /// The same with fewer containers in containers: instances are as much smaller.
    #[must_use]
    pub fn to_depth(self, deepest: usize) -> Self {
        Self { deepest, ..self }
    }

    /// An instance of `schema`.
    pub fn instance(&mut self, schema: &'d Value) -> Value {
        self.value(&[schema], &Spot { turn: self.turn, outermost: true, ..Spot::default() })
    }

    /// A value that all of `schemas` permit.
    fn value(&mut self, schemas: &[&'d Value], spot: &Spot<'d>) -> Value {
        assert!(spot.depth < BOTTOM, "a schema demands itself: {:?}", spot.within);
        self.count += 1;
        let mut spot = spot.clone();
        let flat = self.flat(schemas, &mut spot);
        if self.extent == Extent::Nulls && spot.depth > 0 && schemas.iter().all(|schema| self.admits_null(schema)) {
            return Value::Null;
        }
        if let Some(values) = flat.values() {
            return values.get(self.count % values.len().max(1)).cloned().unwrap_or_default();
        }
        match flat.kind() {
            Some("string") => json!(self.text(&flat)),
            Some("integer") => json!(flat.bounded(1_700_000_000 + i64::try_from(self.count).unwrap_or(0))),
            Some("number") => json!(flat.bounded(i64::try_from(self.count).unwrap_or(0)) as f64 + 0.5),
            Some("boolean") => json!(self.count.is_multiple_of(2)),
            Some("array") => self.list(&flat, &spot),
            Some("object") => self.object(&flat, &spot),
            // Anything is permitted.
            _ => json!(format!("anything {}", self.count)),
        }
    }

    /// Everything that has to hold, with the shape of each choice whose turn it is.
    fn flat(&mut self, schemas: &[&'d Value], spot: &mut Spot<'d>) -> Flat<'d> {
        let mut flat = Flat::default();
        for schema in schemas {
            self.gather(schema, spot, &mut flat);
        }
        flat
    }

    fn gather(&mut self, schema: &'d Value, spot: &mut Spot<'d>, flat: &mut Flat<'d>) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            spot.within.push(reference);
            self.gather(self.description.pointer(&reference[1..]).expect("a schema"), spot, flat);
        }
        for part in crate::description::list(schema, "allOf") {
            self.gather(part, spot, flat);
        }
        flat.add(schema);
        for keyword in ["oneOf", "anyOf"] {
            let arms = crate::description::list(schema, keyword);
            if !arms.is_empty() {
                let arm = &arms[self.choose(arms.len(), spot)];
                self.gather(arm, spot, flat);
                flat.tag(schema, arm);
            }
        }
    }

    /// Whose turn it is. The outermost choice changes fastest; the inner ones change when it has been through.
    fn choose(&mut self, arms: usize, spot: &mut Spot<'d>) -> usize {
        let chosen = spot.turn % arms;
        if std::mem::take(&mut spot.outermost) {
            self.shapes.0 = self.shapes.0.max(arms);
            spot.turn /= arms;
        } else {
            self.shapes.1 = self.shapes.1.max(arms);
        }
        chosen
    }

    fn object(&mut self, flat: &Flat<'d>, spot: &Spot<'d>) -> Value {
        let whole = self.extent != Extent::Minimal && spot.repetitions() < 2;
        let required = flat.required();
        let mut made = Map::new();
        for (name, definitions) in flat.properties() {
            let wanted = whole && (spot.depth < self.deepest || !self.is_container(&definitions, spot));
            if wanted || required.contains(name) {
                made.insert(name.to_owned(), self.value(&definitions, &spot.inside()));
            }
        }
        for name in required {
            made.entry(name).or_insert_with(|| json!("undeclared"));
        }
        let values = flat.map_values();
        if whole && spot.depth < self.deepest && !values.is_empty() {
            for name in ["first", "odd key"] {
                made.insert(name.to_owned(), self.value(&values, &spot.inside()));
            }
        }
        if whole && made.is_empty() && values.is_empty() && !flat.is_closed() {
            made.insert("free".to_owned(), json!(["form", self.count]));
        }
        if self.extent == Extent::Unknown && values.is_empty() && !flat.is_closed() {
            made.insert(UNKNOWN.to_owned(), json!({"of": [self.count, 1.5, null, "kind"]}));
        }
        if let Some((name, value)) = flat.tagged() {
            made.insert(name.to_owned(), json!(value));
        }
        Value::Object(made)
    }

    /// Whether what all of `schemas` permit is a list or an object.
    fn is_container(&mut self, schemas: &[&'d Value], spot: &Spot<'d>) -> bool {
        matches!(self.flat(schemas, &mut spot.inside()).kind(), Some("array" | "object"))
    }

    fn list(&mut self, flat: &Flat<'d>, spot: &Spot<'d>) -> Value {
        let least = flat.number("minItems").unwrap_or(0);
        let wanted = match self.extent {
            Extent::Minimal => least,
            _ if spot.depth >= self.deepest || spot.repetitions() > 0 => least,
            _ => least.max(2).min(flat.number("maxItems").unwrap_or(2)),
        };
        let items = flat.find("items").unwrap_or(&Value::Null);
        // Each element has the next turn, so that lists show more shapes than one.
        (0..usize::try_from(wanted).unwrap_or(0))
            .map(|index| self.value(&[items], &Spot { turn: spot.turn + index, ..spot.inside() }))
            .collect()
    }

    fn text(&self, flat: &Flat<'d>) -> String {
        let count = self.count;
        let text = match flat.find("format").and_then(Value::as_str) {
            Some("date-time") => format!("2026-04-17T08:30:{:02}Z", count % 60),
            Some("date") => format!("2026-04-{:02}", 1 + count % 28),
            Some("uri") => format!("https://example.com/{count}?a=b&c=d"),
            Some("email") => format!("ada.{count}@example.com"),
            Some("uuid") => format!("0b8f3a2e-5f3c-4a61-9d27-{count:012x}"),
            Some("byte") => "aW50ZXJjb20=".to_owned(),
            Some("timestamp") => format!("{}", 1_700_000_000 + count),
            _ => format!("téxt {count} & =?/+"),
        };
        let least = usize::try_from(flat.number("minLength").unwrap_or(0)).unwrap_or(0);
        let most = flat.number("maxLength").and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        let padding = "x".repeat(least.saturating_sub(text.chars().count()));
        text.chars().take(most).chain(padding.chars()).collect()
    }

    /// Whether `null` is permitted, as the API reads `nullable`: beside a reference or a choice too.
    fn admits_null(&self, schema: &Value) -> bool {
        let all = crate::description::list(schema, "allOf");
        schema.get("nullable") == Some(&Value::Bool(true))
            || (schema.get("$ref").is_some() && self.admits_null(resolved(self.description, schema)))
            || (!all.is_empty() && all.iter().all(|part| self.admits_null(part)))
            || ["oneOf", "anyOf"]
                .iter()
                .any(|keyword| crate::description::list(schema, keyword).iter().any(|arm| self.admits_null(arm)))
    }
}

/// Where a value is being made.
#[derive(Clone, Default)]
struct Spot<'d> {
    depth: usize,
    turn: usize,
    /// Whether no choice was met on the way here.
    outermost: bool,
    /// The schemas by name that led here.
    within: Vec<&'d str>,
}

impl Spot<'_> {
    fn inside(&self) -> Self {
        Self { depth: self.depth + 1, ..self.clone() }
    }

    /// How often the schema that is met most is inside of itself. An object may be so once; a list is then empty.
    fn repetitions(&self) -> usize {
        let often = |name: &&str| self.within.iter().filter(|other| *other == name).count();
        self.within.iter().map(often).max().unwrap_or(1).saturating_sub(1)
    }
}

#[cfg(test)]
#[path = "maker_tests.rs"]
mod tests;
