//! The proposal for an operation's public name: the same verbs everywhere, the group's words left out.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use heck::ToSnakeCase;

use super::Registry;
use super::ident::{singular, snake};
use super::vocabulary::is_of_clients;
use crate::api::{Api, Operation, OperationKey};

/// Words of an operation id that carry nothing once the group is known.
const FILLERS: [&str; 9] = ["a", "an", "the", "all", "to", "from", "for", "of", "is"];

/// Gives every operation of a version that is not released a name of its own: by the rule, else by more of its words.
/// What is published was looked at by a person; nobody has looked at these.
pub fn set_apart(api: &Api, registry: &mut Registry) {
    let known = |key: &OperationKey| registry.operations.get(&key.to_string());
    let mut taken: BTreeSet<String> = api.operations.keys().filter_map(known).cloned().collect();
    for (key, operation) in &api.operations {
        let Entry::Vacant(entry) = registry.operations.entry(key.to_string()) else { continue };
        let proposal = propose(operation);
        let group = proposal.split_once('.').map_or("default", |(group, _)| group).to_owned();
        let in_full = [&operation.id, &format!("{} {}", operation.method, operation.path)];
        let in_full = in_full.map(|words| format!("{group}.{}", snake(words)));
        let name = [proposal].into_iter().chain(in_full).find(|name| !taken.contains(name));
        if let Some(name) = name {
            taken.insert(name.clone());
            entry.insert(name);
        }
    }
}

/// `contacts.get` for `ShowContact` under the tag `Contacts`.
pub fn propose(operation: &Operation) -> String {
    let group = operation.tags.first().map_or_else(|| "default".to_owned(), |tag| snake(tag));
    let group = if is_of_clients(&group) { format!("{group}_group") } else { group };
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
