//! Bodies that a server would only send to do harm.

use super::probe::Place;

/// `part` again and again, with commas between, in about `size` bytes.
pub fn repeated(size: usize, part: &str) -> String {
    let count = size / (part.len() + 1) + 1;
    vec![part; count].join(",")
}

/// Keys that are all different, each with `value`.
pub fn keyed(size: usize, value: &str) -> String {
    let count = size / (value.len() + 8) + 1;
    (0..count).map(|index| format!("\"{index:x}\":{value}")).collect::<Vec<_>>().join(",")
}

/// What is put where the type wants a list.
pub fn lists(size: usize) -> Vec<(&'static str, String)> {
    let parts = [
        ("empty objects", "{}"),
        ("lists of lists", "[]"),
        ("strings of one character", "\"a\""),
        ("escaped strings", "\"\\u0041\""),
        ("numbers", "1"),
        ("nulls", "null"),
        ("objects with a tiny key", "{\"a\":1}"),
        ("objects with an id", "{\"id\":\"1\"}"),
        ("misfits", "{\"id\":{}}"),
        ("types", "{\"type\":\"x\"}"),
    ];
    let mut bodies: Vec<_> = parts.iter().map(|(name, part)| (*name, format!("[{}]", repeated(size, part)))).collect();
    bodies.push(("a list that fits in part", format!("[1,{}]", repeated(size, "{}"))));
    bodies.push(("a list with one long end", format!("[{},\"{}\"]", repeated(40, "{}"), "x".repeat(size))));
    bodies
}

/// What is put where the type wants an object; `keys` are those that it may declare.
pub fn objects(size: usize, keys: &[&str]) -> Vec<(&'static str, String)> {
    let object = |inner: String| format!("{{{inner}}}");
    let wrong: Vec<_> = keys.iter().map(|key| format!("\"{key}\":7e1")).collect();
    let empty: Vec<_> = keys.iter().map(|key| format!("\"{key}\":{{}}")).collect();
    let pairs: Vec<_> = keys.iter().map(|key| format!("\"{key}\":[],\"{key}\":\"x\"")).collect();
    let partial: Vec<_> = keys.iter().map(|key| format!("\"{key}\":[7e1,{{}}]")).collect();
    let again = |parts: &[String]| object(repeated(size, &parts.join(",")));
    vec![
        ("undeclared keys", object(keyed(size, "1"))),
        ("undeclared objects", object(keyed(size, "{}"))),
        ("keys with a text each", object(keyed(size, "\"a\""))),
        ("one key again and again", object(repeated(size, "\"a\":1"))),
        ("misfits everywhere", again(&wrong)),
        ("empty objects everywhere", again(&empty)),
        ("misfits that settle", again(&pairs)),
        ("lists that fit in part everywhere", again(&partial)),
        ("one key of a kilobyte", object(repeated(size, &format!("\"{}\":1", "k".repeat(1_000))))),
    ]
}

/// Bodies that are `place` inside itself as often as the reader permits, with `end` in the middle.
pub fn nested(place: &Place, end: &str) -> String {
    let opening = if place.is_list { format!("{}[7e1,", place.before) } else { place.before.clone() };
    let closing = if place.is_list { format!("]{}", place.behind) } else { place.behind.clone() };
    let each = opening.matches(['{', '[']).count().max(1);
    let depth = 120 / each;
    format!("{}{end}{}", opening.repeat(depth), closing.repeat(depth))
}
