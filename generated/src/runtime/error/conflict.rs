//! What the API says of a conflict in prose alone: which contact is in the way, and whether it is archived.

use crate::runtime::scalar::Id;

/// The id in "… already exists with id=6957000000000000000000a1".
pub(super) fn id(message: &str) -> Option<Id> {
    let lower = message.to_ascii_lowercase();
    let begins_a_word = |at: usize| !lower[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
    let value = |at: usize| {
        let value = message.get(at + 2..)?.trim_start().strip_prefix('=')?.trim_start();
        let end = value.find(|character: char| !character.is_ascii_alphanumeric() && !"-_".contains(character));
        Some(&value[..end.unwrap_or(value.len())]).filter(|id| !id.is_empty())
    };
    lower.match_indices("id").filter(|(at, _)| begins_a_word(*at)).find_map(|(at, _)| value(at)).map(Id::from)
}

/// Whether it says "An archived contact …".
pub(super) fn is_archived(message: &str) -> bool {
    message.to_ascii_lowercase().split(|character: char| !character.is_alphanumeric()).any(|word| word == "archived")
}
