//! The descriptions of every version, read once for all tests.

use std::path::PathBuf;
use std::sync::OnceLock;

use intercom_gen::ApiVersion;
use serde_json::Value;
use tests::description::{self, facts};
use tests::tree::workspace;
use tests::upstream;

use super::book::Book;
use super::verdict::Judge;

/// One version's description, without and with our overlays, and the judges that know them.
pub struct Version {
    /// As in the manifest.
    pub name: String,
    /// As the crate has it.
    pub built: &'static ApiVersion,
    pub facts: &'static Value,
    pub corrected: &'static Value,
    /// Where upstream's description is, below the workspace; not every checkout has it beside it.
    pub upstream: PathBuf,
    pub judge: Judge,
}

/// Every version of the manifest.
pub fn versions() -> &'static [Version] {
    static VERSIONS: OnceLock<Vec<Version>> = OnceLock::new();
    VERSIONS.get_or_init(|| {
        let root = workspace();
        // They live as long as the program, which is what a static is for.
        let keep = |value: Value| -> &'static Value { Box::leak(Box::new(value)) };
        let version = |version: description::Version| {
            let (facts, corrected) = (keep(facts(&root, &version)), keep(description::described(&root, &version)));
            let header: &'static str = Box::leak(version.header.clone().into_boxed_str());
            let judge = Judge::new(&version.name, Book::new(facts, header), Book::new(corrected, header));
            let upstream = upstream::of(&version);
            Version { built: version.built(), name: version.name, facts, corrected, upstream, judge }
        };
        description::versions(&root).into_iter().map(version).collect()
    })
}
