//! Where a request may be other than upstream's description says: `tests/judge.toml`.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use tests::conformance::exceptions::Exception as Refused;
use tests::description::text;

use super::fault::Fault;

/// The list, below the root.
pub const FILE: &str = "tests/judge.toml";

/// What the list says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    /// Places where an overlay says otherwise: by the description with its overlays there is no fault.
    pub overlay: Vec<Exception>,
    /// Places where a description contradicts itself, or what is known of the API: a fault with and without overlays.
    pub contradiction: Vec<Exception>,
    /// Places where an answer of the server is at fault, because the description contradicts itself.
    pub answer: Vec<Exception>,
    /// Samples of upstream that are not run.
    #[serde(default)]
    pub sample: Vec<Refused>,
}

/// Places that are at fault for one reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub versions: BTreeSet<String>,
    pub places: BTreeSet<String>,
    pub reason: String,
    /// Whether only the calls of upstream's samples are excused, which not every checkout has beside it.
    #[serde(default)]
    pub samples: bool,
}

/// What upstream's description says other than we do, and who is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Overlay,
    Contradiction,
    Answer,
}

/// Places that an exception was needed for, by version.
pub type Used = BTreeSet<(Kind, String, String)>;

impl Exceptions {
    pub fn read(root: &Path) -> Self {
        toml_edit::de::from_str(&text(&root.join(FILE))).unwrap_or_else(|error| panic!("{FILE}: {error}"))
    }

    fn list(&self, kind: Kind) -> &[Exception] {
        match kind {
            Kind::Overlay => &self.overlay,
            Kind::Contradiction => &self.contradiction,
            Kind::Answer => &self.answer,
        }
    }

    /// Whether a fault is listed; `sample` if the request is the call of a sample.
    pub fn excuse(&self, kind: Kind, version: &str, fault: &Fault, sample: bool) -> bool {
        let covers = |entry: &Exception| entry.versions.contains(version) && entry.places.contains(&fault.place);
        self.list(kind).iter().any(|entry| covers(entry) && (sample || !entry.samples))
    }

    /// What the list has of these kinds and nothing needed, for people. Without samples, what only they need is not missed.
    pub fn unused(&self, kinds: &[Kind], used: &Used, samples: bool) -> Vec<String> {
        let mut unused = Vec::new();
        for kind in kinds {
            for entry in self.list(*kind).iter().filter(|entry| samples || !entry.samples) {
                let by = |version: &String, place: &String| used.contains(&(*kind, version.clone(), place.clone()));
                let places = entry.places.iter().filter(|place| !entry.versions.iter().any(|it| by(it, place)));
                let versions = entry.versions.iter().filter(|version| !entry.places.iter().any(|it| by(version, it)));
                unused.extend(
                    places.chain(versions).map(|what| format!("`{what}` of \"{}\" is not needed", entry.reason)),
                );
            }
        }
        unused
    }
}

#[cfg(test)]
mod trials {
    use super::*;

    fn exceptions(samples: bool) -> Exceptions {
        let entry = format!("versions = ['a', 'b']\nplaces = ['/x', '/y']\nreason = 'so'\nsamples = {samples}\n");
        let list = format!("answer = []\ncontradiction = []\n[[overlay]]\n{entry}");
        toml_edit::de::from_str(&list).unwrap_or_else(|error| panic!("{error}"))
    }

    fn used(pairs: &[(&str, &str)]) -> Used {
        pairs.iter().map(|(version, place)| (Kind::Overlay, (*version).to_owned(), (*place).to_owned())).collect()
    }

    #[test]
    fn an_exception_is_for_its_places_in_its_versions() {
        let list = exceptions(false);
        assert!(list.excuse(Kind::Overlay, "a", &Fault::new("/x", ""), false));
        assert!(!list.excuse(Kind::Overlay, "c", &Fault::new("/x", ""), false));
        assert!(!list.excuse(Kind::Overlay, "a", &Fault::new("/z", ""), false));
        assert!(!list.excuse(Kind::Contradiction, "a", &Fault::new("/x", ""), false));
    }

    #[test]
    fn an_exception_of_samples_is_for_no_other_call() {
        let list = exceptions(true);
        assert!(list.excuse(Kind::Overlay, "a", &Fault::new("/x", ""), true));
        assert!(!list.excuse(Kind::Overlay, "a", &Fault::new("/x", ""), false));
    }

    #[test]
    fn a_place_or_a_version_that_is_not_needed_is_told() {
        assert_eq!(exceptions(false).unused(&[Kind::Overlay], &used(&[("a", "/x"), ("b", "/y")]), true), [""; 0]);
        assert_eq!(
            exceptions(false).unused(&[Kind::Overlay], &used(&[("a", "/x"), ("b", "/x")]), true),
            ["`/y` of \"so\" is not needed"]
        );
        assert_eq!(
            exceptions(false).unused(&[Kind::Overlay], &used(&[("a", "/x"), ("a", "/y")]), true),
            ["`b` of \"so\" is not needed"]
        );
    }

    #[test]
    fn what_samples_need_is_not_missed_without_them() {
        assert_eq!(exceptions(true).unused(&[Kind::Overlay], &Used::new(), false), [""; 0]);
        assert_eq!(exceptions(true).unused(&[Kind::Overlay], &Used::new(), true).len(), 4);
    }
}
