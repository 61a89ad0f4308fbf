//! What reading a text found beyond, or beside, its description, in a limited amount.

use super::drift::{Drift, UNREADABLE_SECRET};
use super::{Addition, path};

/// How many values of each kind are reported for one text: a page of nonsense must not become a list many times its size.
const MAX_REPORTED: usize = 1_000;

/// The bytes that all reports of a text may take beside as many as the text has.
const BASE: usize = 256 << 10;

/// Reports, and the bytes that further ones may take.
#[derive(Debug)]
pub(super) struct Reports {
    left: usize,
    drift: Vec<Drift>,
    /// Only listed where somebody asks for them.
    additions: Option<Vec<Addition>>,
    /// The variants that unions were read as, in two parts. Only listed where somebody asks for them.
    #[cfg(feature = "dynamic")]
    choices: Option<Vec<[&'static str; 2]>>,
}

impl Reports {
    pub(super) fn for_text(length: usize) -> Self {
        Self {
            left: length.saturating_add(BASE),
            drift: Vec::new(),
            additions: None,
            #[cfg(feature = "dynamic")]
            choices: None,
        }
    }

    pub(super) fn list_additions(&mut self) {
        self.additions = Some(Vec::new());
    }

    #[cfg(feature = "dynamic")]
    pub(super) fn list_choices(&mut self) {
        self.choices = Some(Vec::new());
    }

    /// Whether an addition would be listed, so that its path is worth rendering.
    #[inline]
    pub(super) fn lists_additions(&self) -> bool {
        self.additions.is_some()
    }

    /// Reports `raw`, which is not what is `expected` where the path leads. A `secret` text is not shown.
    pub(super) fn drifted(&mut self, steps: &[path::Step<'_>], expected: &'static str, raw: &str, secret: bool) {
        let raw = if secret { UNREADABLE_SECRET } else { raw };
        if self.drift.len() < MAX_REPORTED && self.has_room(raw) {
            let path = path::render(steps);
            if self.takes::<Drift>(path.capacity() + raw.len()) {
                self.drift.push(Drift { path, expected, raw: raw.to_owned() });
            }
        }
    }

    /// Reports that the required `key` of the object to which the path leads is missing.
    pub(super) fn missed(&mut self, steps: &[path::Step<'_>], key: &str) {
        if self.drift.len() < MAX_REPORTED && self.has_room("") {
            let mut path = path::render(steps);
            path::push_key(&mut path, key);
            if self.takes::<Drift>(path.capacity()) {
                let expected = "a value, because the key is required";
                self.drift.push(Drift { path, expected, raw: String::new() });
            }
        }
    }

    /// Reports `raw`, which the description does not know. A `secret` text is not shown.
    pub(super) fn added(&mut self, steps: &[path::Step<'_>], raw: &str, secret: bool) {
        let raw = if secret { UNREADABLE_SECRET } else { raw };
        if self.additions.as_ref().is_some_and(|listed| listed.len() < MAX_REPORTED) && self.has_room(raw) {
            let path = path::render(steps);
            if self.takes::<Addition>(path.capacity() + raw.len())
                && let Some(additions) = &mut self.additions
            {
                additions.push(Addition { path, raw: raw.to_owned() });
            }
        }
    }

    /// Notes the variant that a union was read as.
    #[cfg(feature = "dynamic")]
    pub(super) fn chose(&mut self, variant: [&'static str; 2]) {
        if self.choices.is_some()
            && self.takes::<[&str; 2]>(0)
            && let Some(choices) = &mut self.choices
        {
            choices.push(variant);
        }
    }

    /// Whether a report of `raw` can fit, before its path is rendered.
    fn has_room(&self, raw: &str) -> bool {
        raw.len() < self.left
    }

    /// Pays for a report of type `T` with `text` bytes of text. A list that grows is there twice for a moment, and its
    /// capacity is up to twice its length.
    fn takes<T>(&mut self, text: usize) -> bool {
        let left = self.left.checked_sub(3 * size_of::<T>() + text);
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    pub(super) fn into_parts(self) -> (Vec<Drift>, Vec<Addition>) {
        (self.drift, self.additions.unwrap_or_default())
    }

    #[cfg(feature = "dynamic")]
    pub(super) fn choices(&self) -> &[[&'static str; 2]] {
        self.choices.as_deref().unwrap_or_default()
    }
}
