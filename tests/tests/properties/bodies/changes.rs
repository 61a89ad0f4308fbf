//! One change of one value of a sample.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::json::step;
use super::places::{Base, Place, Shape};

/// What is changed, or into what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scalars,
    Objects,
    ListElements,
    NestedLists,
    UnionArms,
    RequiredKeys,
    DroppedKeys,
    AddedKeys,
    DuplicateKeys,
    LargeIntegers,
    OneAndOnePointZero,
    EscapedKeys,
    DeepNesting,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::Scalars,
        Self::Objects,
        Self::ListElements,
        Self::NestedLists,
        Self::UnionArms,
        Self::RequiredKeys,
        Self::DroppedKeys,
        Self::AddedKeys,
        Self::DuplicateKeys,
        Self::LargeIntegers,
        Self::OneAndOnePointZero,
        Self::EscapedKeys,
        Self::DeepNesting,
    ];

    /// Whether a place can be changed in this way.
    pub fn is_for(self, place: &Place) -> bool {
        let is_root = place.parent.is_none();
        match self {
            Self::Scalars => !is_root && place.shape == Shape::Scalar,
            Self::Objects => !is_root && place.shape == Shape::Object,
            Self::ListElements => place.is_element,
            Self::NestedLists => place.is_element && place.lists > 1,
            Self::UnionArms => place.is_union,
            Self::RequiredKeys => place.is_required,
            Self::DroppedKeys | Self::DuplicateKeys | Self::EscapedKeys => place.key.is_some(),
            Self::AddedKeys => place.shape == Shape::Object,
            Self::LargeIntegers | Self::OneAndOnePointZero | Self::DeepNesting => !is_root,
        }
    }

    /// What may be put into a place.
    pub fn inserts(self) -> BoxedStrategy<Insert> {
        let value = match self {
            Self::LargeIntegers => select(&LARGE[..]).prop_map(str::to_owned).boxed(),
            Self::OneAndOnePointZero => select(&ONES[..]).prop_map(str::to_owned).boxed(),
            Self::DeepNesting => nested().boxed(),
            _ => select(&OTHERS[..]).prop_map(str::to_owned).boxed(),
        };
        let key = prop_oneof![1 => select(&ODD[..]).prop_map(Key::Odd), 2 => any::<Index>().prop_map(Key::Known)];
        let parts = (value, key, any::<bool>(), any::<bool>());
        parts.prop_map(|(value, key, is_first, is_own)| Insert { value, key, is_first, is_own }).boxed()
    }

    /// Changes the sample in a place; `keys` are those of all samples.
    pub fn change(self, base: &Base, place: &Place, keys: &[&str], insert: &Insert) -> Change {
        match self {
            Self::RequiredKeys | Self::DroppedKeys => {
                Change::new(&place.path, base.without(place).expect("a key")).removing()
            }
            Self::AddedKeys => added(base, place, keys, insert),
            Self::DuplicateKeys => doubled(base, place, insert),
            Self::EscapedKeys => escaped(base, place, insert),
            _ => Change::new(&place.path, base.replaced(place, &insert.value)),
        }
    }
}

/// What is put into a place.
#[derive(Clone, Debug)]
pub struct Insert {
    /// The value, as JSON.
    value: String,
    /// The key of one that is added.
    key: Key,
    /// Whether it comes before what is there.
    is_first: bool,
    /// Whether the value that is there takes its place.
    is_own: bool,
}

#[derive(Clone, Debug)]
enum Key {
    Odd(&'static str),
    /// One that another object has.
    Known(Index),
}

/// A sample that was changed.
pub struct Change {
    /// Where.
    pub path: String,
    /// The sample with the change.
    pub text: String,
    /// Whether the change takes the value away.
    pub removes: bool,
    /// The object with a key twice, as it is written now.
    pub doubled: Option<String>,
}

impl Change {
    fn new(path: &str, text: String) -> Self {
        Self { path: path.to_owned(), text, removes: false, doubled: None }
    }

    fn removing(mut self) -> Self {
        self.removes = true;
        self
    }
}

/// Values of every kind, and such as are nearly what a field asks for.
const OTHERS: [&str; 40] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.50",
    "-0.0",
    "1e2",
    "1E-7",
    "1e400",
    "1734537243",
    "1734537243123",
    "\"\"",
    "\"x\"",
    "\"1734537243\"",
    "\"2024-02-30T25:00:00Z\"",
    "\"2024-01-01T00:00:00.123+02:00\"",
    "\"contact\"",
    "\"list\"",
    r#""\u0000\u001f\"\\\/\b\f\n\r\t\u00e9\ud83e\udd80""#,
    r#""half \ud83e""#,
    "\"日本 \u{2028}\"",
    "[]",
    "[null]",
    "[[]]",
    "[1,\"x\",{},null,2.0]",
    "[[1,[2]],[[\"x\"]],3]",
    "[{\"id\":\"1\"},7,{\"id\":\"2\"}]",
    "[{\"type\":\"contact\",\"id\":[]}]",
    "{}",
    "{\"\":{\"\":[]}}",
    "{\"type\":\"contact\"}",
    "{\"type\":\"no such thing\",\"id\":{}}",
    "{\"type\":5,\"id\":\"1\",\"name\":[1.0]}",
    "{\"type\":\"list\",\"data\":[{\"id\":7},\"odd\",{\"type\":\"admin\",\"id\":null}],\"total_count\":\"2\"}",
    "{\"data\":{},\"pages\":\"https://example.com/?page=2\",\"has_more\":\"no\"}",
    "{\"id\":1.0,\"odd key\":true,\"it's\":\"\\\\\"}",
    "{ \"id\" : [ 1 ,\n\t2 ] }",
    "{\"custom_attributes\":{\"a\":[1.0,{\"b\":null}],\"c\":1e1}}",
];

/// Integers that no `f64` holds, and the borders of 64 bits.
const LARGE: [&str; 9] = [
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "[9007199254740993,{\"id\":9007199254740993}]",
];

/// The same number, spelled in several ways.
const ONES: [&str; 6] = ["1", "1.0", "1.00", "1e0", "[1.0,1]", "{\"id\":1.0,\"count\":1}"];

/// Keys that no description has.
const ODD: [&str; 10] = [
    r#""no_such_key""#,
    r#""""#,
    r#""odd key""#,
    r#""it's""#,
    r#""a\"b\\c""#,
    r#""0""#,
    r#""日本""#,
    r#""\u0000\n""#,
    r#""\u006eo_such_key""#,
    r#""$.a['b'][0]""#,
];

/// Lists and objects in each other, up to a hundred.
fn nested() -> impl Strategy<Value = String> {
    (prop::collection::vec(any::<bool>(), 20..=100), select(&OTHERS[..])).prop_map(|(objects, value)| {
        let open: String = objects.iter().map(|object| if *object { "{\"data\":" } else { "[" }).collect();
        let close: String = objects.iter().rev().map(|object| if *object { '}' } else { ']' }).collect();
        format!("{open}{value}{close}")
    })
}

/// A key that the object does not have: mostly one that other objects have.
fn added(base: &Base, place: &Place, keys: &[&str], insert: &Insert) -> Change {
    let here = base.places.iter().position(|other| std::ptr::eq(other, place));
    let is_here = |key: &str| {
        let entries = base.places.iter().filter(|other| other.parent == here);
        entries.filter_map(|other| other.key.as_ref()).any(|(_, other)| other == key)
    };
    let key = match &insert.key {
        Key::Odd(key) => (*key).to_owned(),
        Key::Known(key) => {
            let known = keys[key.index(keys.len())];
            if is_here(known) { ODD[key.index(ODD.len())].to_owned() } else { serde_json::json!(known).to_string() }
        }
    };
    let (open, close, value) = (place.start + 1, place.end - 1, &insert.value);
    let (at, entry) = match (close == open, insert.is_first) {
        (true, _) => (open, format!("{key}:{value}")),
        (_, true) => (open, format!("{key}:{value},")),
        _ => (close, format!(",{key}:{value}")),
    };
    let name: String = serde_json::from_str(&key).expect("a string");
    Change::new(&(place.path.clone() + &step(&name)), base.spliced(at, at, &entry))
}

/// The key once more: before its value, or behind it, where it counts.
fn doubled(base: &Base, place: &Place, insert: &Insert) -> Change {
    let (start, key) = place.key.as_ref().expect("a key");
    let text = &base.sample.text;
    let (key, value) = (serde_json::json!(key), text.get(place.start..place.end).unwrap_or_default());
    let other = if insert.is_own { value } else { &insert.value };
    // The white space tells a text that was kept from one that was written.
    let both = match insert.is_first {
        true => format!("{key} : {other} , {key} : {value}"),
        false => format!("{key} : {value} , {key} : {other}"),
    };
    let parent = &base.places[place.parent.unwrap_or(0)];
    let grown = parent.end - (place.end - start) + both.len();
    let text = base.spliced(*start, place.end, &both);
    let doubled = text.get(parent.start..grown).map(str::to_owned);
    Change { doubled, ..Change::new(&place.path, text) }
}

/// The key in escapes, with its value or another: all of its characters, or only those that need it.
fn escaped(base: &Base, place: &Place, insert: &Insert) -> Change {
    let (start, key) = place.key.as_ref().expect("a key");
    let mut spelled = String::from('"');
    for (index, unit) in key.encode_utf16().enumerate() {
        match char::from_u32(unit.into()).filter(|c| c.is_ascii_alphanumeric()) {
            Some(plain) if !insert.is_first && index > 0 => spelled.push(plain),
            _ => spelled.push_str(&format!("\\u{unit:04x}")),
        }
    }
    let own = base.sample.text.get(place.start..place.end).unwrap_or_default();
    let value = if insert.is_own { own } else { &insert.value };
    Change::new(&place.path, base.spliced(*start, place.end, &format!("{spelled}\":{value}")))
}
