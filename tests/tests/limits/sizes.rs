//! How large the structs are, which is what an empty object of JSON becomes.

use std::mem::size_of;

use intercom_gen::{unstable, v2_14};

macro_rules! sizes {
    ($($module:ident::$name:ident),* $(,)?) => {
        [$((concat!(stringify!($module), "::", stringify!($name)), size_of::<$module::types::$name>())),*]
    };
}

/// The largest structs of responses.
#[test]
fn no_struct_is_larger_than_four_kilobytes() {
    let mut sizes = sizes![
        unstable::Article,
        unstable::ArticleListItem,
        unstable::ArticleTranslatedContent,
        unstable::GroupTranslatedContent,
        unstable::Collection,
        unstable::Contact,
        unstable::Conversation,
        unstable::ConversationListItem,
        unstable::ConversationPart,
        unstable::Visitor,
        unstable::Ticket,
        unstable::Company,
        unstable::ActivityLog,
        unstable::Tag,
        v2_14::Article,
        v2_14::Conversation,
        v2_14::ConversationListItem,
        v2_14::Contact,
    ];
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    for (name, size) in sizes {
        eprintln!("{size:>6} {name}");
        assert!(size <= 4_096, "{name} takes {size} bytes");
    }
}
