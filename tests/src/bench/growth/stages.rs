//! The stages of `vendor`, `regen` and `diff`, each timed alone.

use xtask::canonical;
use xtask::count::count;
use xtask::document::Document;
use xtask::error::Result;
use xtask::manifest::{Upstream, Version};
use xtask::names::{Ledger, Names};
use xtask::{diff, emit, generate, keywords, overlay};

use super::shapes::Input;
use super::{Times, processor_time};
use crate::scratch::Scratch;

/// The stages, in the order in which they run.
pub const ALL: [&str; 13] = [
    "parse", "check structure", "reduce", "count", "check links", "write", "parse overlay", "apply overlay", "lower",
    "name", "emit", "render errors", "compare",
];

/// Runs every stage on `input`, up to the first that refuses it, and gives the time of each. The description is compared
/// with `before`, an earlier one.
pub fn run(input: &Input, before: &str) -> Times {
    let mut clock = Clock::default();
    let refused = clock.all(input, before).err();
    if let Some(error) = &refused {
        clock.time("render errors", || error.to_string());
    }
    assert_eq!(refused.is_some(), input.is_refused, "{}", refused.map_or("accepted".to_owned(), |error| error.to_string()));
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
        let mut upstream = self.time("parse", || Document::parse("description.yaml", &input.description))?;
        self.time("check structure", || keywords::check_structure(&upstream))?;
        let (root, _) = self.time("reduce", || canonical::facts(&upstream.root, false));
        self.time("count", || (count(&upstream.root), count(&root)));
        upstream.root = root;
        let links = self.time("check links", || keywords::check_links(&upstream));
        if !input.is_provisional {
            links?;
        }
        self.time("write", || canonical::write("description.yaml", &upstream.root))?;
        let version = version(input.is_provisional);
        if let Some(text) = &input.overlay {
            let overlay = self.time("parse overlay", || overlay::Overlay::parse("overlay.yaml", text))?;
            self.time("apply overlay", || overlay::apply(&mut upstream, &overlay, &version))?;
        }
        let (file, api, _) = self.time("lower", || generate::lowered(upstream, input.is_provisional))?;
        let names = self.time("name", || Names::give(&api, &mut Ledger::default()))?;
        self.time("emit", || emit::version(&file, &api, &names, &version, None))?;
        let tree = Scratch::new("growth", &[]).with("new.yaml", &input.description).with("old.yaml", before);
        let file = |name: &str| tree.root().join(name).display().to_string();
        let compared = self.time("compare", || diff::between(tree.root(), &file("old.yaml"), &file("new.yaml")))?;
        self.time("compare", || diff::markdown(&[compared]));
        Ok(())
    }
}

fn version(provisional: bool) -> Version {
    Version {
        name: "growth".to_owned(),
        module: "growth".to_owned(),
        feature: "growth".to_owned(),
        header: "growth".to_owned(),
        aliases: Vec::new(),
        provisional,
        spec: "growth.yaml".to_owned(),
        overlays: Vec::new(),
        upstream: Upstream::default(),
    }
}
