//! The names that emitted files use without a path, and which nothing of the API's can have there.

use Scope::{Calls, Everywhere, Neither, Types};

/// Which files mean something of the runtime's, or of Rust's, by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Types,
    Calls,
    Everywhere,
    /// Only files in which nothing is named after the API.
    Neither,
}

/// What `crate::runtime::prelude` offers.
const PRELUDE: [(&str, Scope); 38] = [
    ("Call", Calls),
    ("Core", Calls),
    ("Download", Calls),
    ("Extra", Types),
    ("Id", Everywhere),
    ("IntoNullable", Types),
    ("Job", Calls),
    ("JobOutcome", Calls),
    ("Json", Everywhere),
    ("Kind", Types),
    ("Listing", Neither),
    ("Map", Everywhere),
    ("Nullable", Types),
    ("Number", Everywhere),
    ("Object", Types),
    ("OpenEnum", Types),
    ("Operation", Neither),
    ("Parameter", Neither),
    ("Read", Types),
    ("Reader", Types),
    ("Request", Calls),
    ("States", Calls),
    ("Timestamp", Everywhere),
    ("Union", Types),
    ("Upload", Calls),
    ("WithCancel", Calls),
    ("WithFile", Calls),
    ("Writer", Types),
    ("client", Neither),
    ("first", Calls),
    ("map_of", Types),
    ("object", Types),
    ("open_enum", Types),
    ("paged", Calls),
    ("request", Calls),
    ("searched", Types),
    ("union", Types),
    ("watched", Calls),
];

/// What every Rust file has, and the module of a version.
const GIVEN: [(&str, Scope); 10] = [
    ("Box", Everywhere),
    ("Client", Calls),
    ("Default", Types),
    ("From", Types),
    ("Into", Everywhere),
    ("IntoIterator", Everywhere),
    ("Option", Everywhere),
    ("Result", Types),
    ("String", Everywhere),
    ("Vec", Everywhere),
];

/// The methods that every client has beside those of its groups.
const OF_CLIENTS: [&str; 8] =
    ["builder", "core", "dynamic", "exchange_code", "from_env", "rate_limit", "request", "with_token"];

/// What `crate::runtime::prelude` offers.
pub fn prelude() -> impl Iterator<Item = &'static str> {
    PRELUDE.iter().map(|(name, _)| *name)
}

/// Whether the files of types mean something else by this name.
pub fn is_used_in_types(name: &str) -> bool {
    is_used(name, Types)
}

/// Whether the files of operations mean something else by this name.
pub fn is_used_in_calls(name: &str) -> bool {
    is_used(name, Calls)
}

fn is_used(name: &str, wanted: Scope) -> bool {
    PRELUDE.iter().chain(&GIVEN).any(|(used, scope)| *used == name && (*scope == wanted || *scope == Everywhere))
}

/// Whether a client has a method of this name already.
pub fn is_of_clients(group: &str) -> bool {
    OF_CLIENTS.contains(&group)
}
