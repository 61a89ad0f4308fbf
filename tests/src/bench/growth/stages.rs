//! The stages of `vendor`, `regen` and `diff`, each timed alone.

use xtask::count::count;
use xtask::document::Document;
use xtask::error::Result;
use xtask::pipeline::Inputs;
use xtask::source::Source;
use xtask::{canonical, diff, keywords};

use super::shapes::{Input, VERSION};
use super::{Times, processor_time};
use crate::scratch::{SPEC, Scratch};

/// The stages, in the order in which they run.
pub const ALL: [&str; 13] = [
    "parse",
    "check structure",
    "reduce",
    "count",
    "check links",
    "write",
    "read overlays",
    "apply overlays",
    "lower",
    "name",
    "emit",
    "compare",
    "show errors",
];

/// Runs every stage on `input`, up to the first that refuses it, and gives the time of each. The description is compared
/// with `before`, an earlier one.
pub fn run(input: &Input, before: &str) -> Times {
    let mut clock = Clock::default();
    let refused = clock.all(input, before).err();
    if let Some(error) = &refused {
        clock.time("show errors", || error.to_string());
    }
    assert_eq!(
        refused.is_some(),
        input.is_refused,
        "{}",
        refused.map_or("accepted".to_owned(), |error| error.to_string())
    );
    clock.times
}

#[derive(Default)]
struct Clock {
    times: Times,
}

impl Clock {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let before = processor_time();
        let made = work();
        *self.times.entry(stage).or_default() += processor_time().saturating_sub(before);
        made
    }

    fn all(&mut self, input: &Input, before: &str) -> Result<()> {
        let upstream = self.time("parse", || Document::parse(SPEC, &input.description))?;
        self.time("check structure", || keywords::check_structure(&upstream))?;
        let (root, _) = self.time("reduce", || canonical::facts(&upstream.root, false));
        self.time("count", || (count(&upstream.root), count(&root)));
        let facts = Document { root, ..upstream };
        let links = self.time("check links", || keywords::check_links(&facts));
        if !input.is_provisional {
            links?;
        }
        let text = self.time("write", || canonical::write(SPEC, &facts.root))?;

        let tree = input.tree(&text);
        let inputs = self.time("read overlays", || Inputs::read(Source::folder(tree.root())))?;
        let version = inputs.manifest.called(VERSION)?;
        let facts = self.time("parse", || inputs.facts(version))?;
        let corrected = self.time("apply overlays", || facts.correct())?;
        let model = self.time("lower", || corrected.model())?;
        let named = self.time("name", || model.name(&mut inputs.registry.clone()))?;
        self.time("emit", || named.emit(None))?;

        let tree = Scratch::new(VERSION, &[]).with("new.yaml", &input.description).with("old.yaml", before);
        let file = |name: &str| tree.root().join(name).display().to_string();
        let compared = self.time("compare", || diff::between(tree.root(), &file("old.yaml"), &file("new.yaml")))?;
        self.time("compare", || diff::markdown(&[compared]));
        Ok(())
    }
}
