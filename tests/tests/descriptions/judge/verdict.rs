//! A request before two descriptions: upstream's, and upstream's with our overlays.

use std::sync::OnceLock;

use serde_json::Value;
use tests::loopback::Seen;
use tests::tree::workspace;

use super::book::Book;
use super::exceptions::{Exceptions, Kind, Used};
use super::fault::Fault;

/// Judges the requests of one version.
pub struct Judge {
    version: String,
    pub facts: Book<'static>,
    pub corrected: Book<'static>,
}

/// What a judge says of a request.
#[derive(Debug)]
pub struct Verdict {
    /// The operation's identity; none if neither description has it.
    pub identity: Option<String>,
    /// The arguments of the call, as they arrived.
    pub arguments: Value,
    /// What is wrong and not excused.
    pub faults: Vec<String>,
    /// The exceptions that were needed.
    pub used: Used,
}

/// What excuses a fault, read once.
pub fn exceptions() -> &'static Exceptions {
    static LIST: OnceLock<Exceptions> = OnceLock::new();
    LIST.get_or_init(|| Exceptions::read(&workspace()))
}

impl Judge {
    pub fn new(version: &str, facts: Book<'static>, corrected: Book<'static>) -> Self {
        Self { version: version.to_owned(), facts, corrected }
    }

    /// A fault by upstream's description is excused where an overlay is listed to take it away, and does: by the
    /// description with its overlays only faults of the description are. `sample` if the request is the call of a sample.
    pub fn judge(&self, seen: &Seen, sample: bool) -> Verdict {
        let (facts, corrected) = (self.facts.read(seen), self.corrected.read(seen));
        let (mut faults, mut used) = (Vec::new(), Used::new());
        let mut excused = |kind: Kind, fault: &Fault| {
            let listed = exceptions().excuse(kind, &self.version, fault, sample);
            used.extend(listed.then(|| (kind, self.version.clone(), fault.place.clone())));
            listed
        };
        let is_ours = |fault: &Fault| corrected.faults.iter().any(|other| other.place == fault.place);
        for fault in &facts.faults {
            let kind = if is_ours(fault) { Kind::Contradiction } else { Kind::Overlay };
            if !excused(kind, fault) {
                faults.push(format!("by the facts: {fault}"));
            }
        }
        for fault in corrected.faults.iter().filter(|fault| !excused(Kind::Contradiction, fault)) {
            faults.push(format!("by the description with its overlays: {fault}"));
        }
        Verdict { identity: corrected.identity, arguments: corrected.arguments, faults, used }
    }
}
