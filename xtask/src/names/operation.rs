//! The proposal for an operation's public name: the same verbs everywhere, the group's words left out.

use heck::ToSnakeCase;

use super::ident::{singular, snake};
use crate::api::Operation;

/// Words of an operation id that carry nothing once the group is known.
const FILLERS: [&str; 9] = ["a", "an", "the", "all", "to", "from", "for", "of", "is"];

/// `contacts.get` for `ShowContact` under the tag `Contacts`.
pub fn propose(operation: &Operation) -> String {
    let group = operation.tags.first().map_or_else(|| "default".to_owned(), |tag| snake(tag));
    if let Some(purpose) = operation.key.purpose() {
        return format!("{group}.{}", snake(purpose));
    }
    let own: Vec<String> = group.split('_').flat_map(|word| [word.to_owned(), singular(word)]).collect();
    let id = operation.id.to_snake_case();
    let words: Vec<&str> = id.split('_').filter(|word| !word.is_empty()).collect();
    let (verb, rest) = words.split_first().map_or(("call", &[][..]), |(verb, rest)| (*verb, rest));
    let verb = match verb {
        "retrieve" | "show" | "find" | "get" => "get",
        "lis" | "list" => "list",
        other => other,
    };
    let rest: Vec<&str> =
        rest.iter().copied().filter(|word| !FILLERS.contains(word) && !own.iter().any(|own| own == word)).collect();
    let rest = rest.join("_");
    let rest = rest.trim_start_matches("by_id");
    let name = if rest.is_empty() { verb.to_owned() } else { format!("{verb}_{}", rest.trim_start_matches('_')) };
    format!("{group}.{}", snake(&name))
}
