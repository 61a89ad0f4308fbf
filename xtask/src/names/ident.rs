//! From names on the wire to Rust identifiers, by role.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::vocabulary;

/// Words that Rust reserves and that can be written raw.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that have no raw form.
const SPECIAL: [&str; 5] = ["self", "super", "crate", "_", "Self"];

/// Values that are signs, as the search operators are.
const SIGNS: [(&str, &str); 10] = [
    ("=", "Equals"),
    ("!=", "NotEquals"),
    ("<", "Less"),
    ("<=", "LessOrEqual"),
    (">", "Greater"),
    (">=", "GreaterOrEqual"),
    ("~", "Contains"),
    ("!~", "NotContains"),
    ("^", "StartsWith"),
    ("$", "EndsWith"),
];

/// The name of a field, argument or method, without the mark of a raw identifier.
pub fn snake(wire: &str) -> String {
    let name = wire.to_snake_case();
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    }
}

/// The name of a type, by role: schema, inline type or group.
pub fn camel(wire: &str) -> String {
    let name = wire.to_upper_camel_case();
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) => name,
    }
}

/// The name of an enum's value.
pub fn variant(value: &str) -> String {
    if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| *sign == value) {
        return (*name).to_owned();
    }
    if value.starts_with(|c: char| c.is_ascii_digit()) && value.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return format!("V{}", value.replace('.', "_"));
    }
    match camel(value) {
        name if SPECIAL.contains(&name.as_str()) => name + "Value",
        name => name,
    }
}

/// The name of the type of a schema.
pub fn schema(wire: &str) -> String {
    Some(camel(wire)).filter(|name| !is_taken_in_types(name)).unwrap_or_else(|| camel(wire) + "Schema")
}

/// The name of the type of a group.
pub fn group(name: &str) -> String {
    Some(camel(name)).filter(|name| !is_taken_in_calls(name)).unwrap_or_else(|| camel(name) + "Group")
}

/// Whether a person may give a type or a variant this name.
pub fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !SPECIAL.contains(&name)
}

/// Whether a person may give a group or a method this name.
pub fn is_method_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !SPECIAL.contains(&name)
}

/// Whether a type of the API cannot have this name because its file means something else by it.
pub fn is_taken_in_types(name: &str) -> bool {
    vocabulary::is_used_in_types(name) || SPECIAL.contains(&name)
}

/// Whether a group or request cannot have this name because its file means something else by it.
pub fn is_taken_in_calls(name: &str) -> bool {
    vocabulary::is_used_in_calls(name) || SPECIAL.contains(&name)
}

/// The identifier as it stands in code: keywords raw, the few that cannot be raw with a trailing mark.
pub fn escaped(name: &str) -> String {
    if SPECIAL.contains(&name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// One of what the plural means; the word itself if it does not look like a plural.
pub fn singular(word: &str) -> String {
    const WHOLE: [&str; 4] = ["news", "status", "series", "address"];
    if WHOLE.iter().any(|whole| word.ends_with(whole)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes", "tuses"] {
        if word.ends_with(ending) {
            return word.trim_end_matches("es").to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) && stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}
