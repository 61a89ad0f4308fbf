//! The versions as values, for callers that learn at run time which one they need.

use super::super::codec::Codec;
use super::super::http::{ClientBuilder, Core};
use super::super::operation::Operation;
use super::call::Dynamic;

/// A version of the API. `VERSIONS` lists those that the crate was built with.
///
/// ```
/// # #[cfg(feature = "unstable")]
/// # fn main() -> intercom_gen::Result<()> {
/// let wanted = std::env::args().nth(1).unwrap_or("preview".to_owned());
/// # let wanted = "preview".to_owned();
/// if let Some(version) = intercom_gen::VERSIONS.iter().find(|version| version.is_called(&wanted)) {
///     let api = version.builder().token("a token").build()?;
///     println!("{} has {} operations", version.name, api.operations().len());
/// #   assert_eq!(version.header, "Preview");
/// }
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "unstable"))]
/// # fn main() {}
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ApiVersion {
    /// Intercom's name for it, in lower case: `2.14`, `unstable`.
    pub name: &'static str,
    /// Other names of it: `preview`.
    pub aliases: &'static [&'static str],
    /// The Cargo feature that turns it on: `v2_14`.
    pub feature: &'static str,
    /// What its client sends as `Intercom-Version`.
    pub header: &'static str,
    /// Its operations, by method and path.
    pub operations: &'static [Operation],
    /// The bodies of its requests, by operation id.
    pub bodies: &'static [Codec],
    /// The answers to its successful calls, by operation id.
    pub answers: &'static [Codec],
    /// The schemas of its description, by name.
    pub schemas: &'static [Codec],
    pub(crate) client: fn(Core) -> Dynamic,
}

impl ApiVersion {
    /// Whether this is the version's name, another name of it or its feature, in any case.
    pub fn is_called(&self, name: &str) -> bool {
        let names = [self.name, self.feature].into_iter().chain(self.aliases.iter().copied());
        names.into_iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// A client of this version that is set up by hand, and calls by name.
    pub fn builder(&self) -> ClientBuilder<Dynamic> {
        ClientBuilder::new(self.header, self.client)
    }
}
