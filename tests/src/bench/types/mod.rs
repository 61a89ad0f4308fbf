//! What the emitted crate costs, beside what serde's derives would cost for the same types.
//!
//! The gates of the project are ratios, because seconds say more about the machine than about the code. So both sides are
//! made from one model, built by one toolchain and measured in turns in one run. A side whose decoding is generic and never
//! instantiated would compile nothing and prove nothing: each side has a function that is not generic for every answer and
//! every body.

use std::path::Path;

use xtask::error::{Error, Result};
use xtask::manifest::Version;
use xtask::names::Names;
use xtask::pipeline::{Inputs, Named};
use xtask::source::Source;

mod build;
mod codecs;
mod counter;
mod derive;
mod measure;
mod pages;
mod report;
mod rust;
mod workspace;

pub use report::{Report, Row};

use xtask::api::{Answer, Api, OperationKey, TypeRef};

/// The answers that pages are made of, by the operation that gives them. The first is the one that the programs on top read.
const PAGES: [(&str, &str); 2] = [("conversations", "/conversations"), ("contacts", "/contacts")];

/// The two sides, in the order in which they take turns.
const SIDES: [&str; 2] = ["derive", "own"];

/// What to measure.
#[derive(Clone, Debug)]
pub struct Request {
    /// The version, by its name or an alias.
    pub version: String,
    /// How many times compile times are taken; the median counts. Zero leaves them out.
    pub runs: usize,
}

/// Measures both sides for one version of the tree at `root`.
pub fn run(root: &Path, request: &Request) -> Result<Report> {
    let root = std::path::absolute(root)
        .map_err(|error| Error::file(root.display().to_string(), error.to_string()).hint("check the path"))?;
    let subject = Subject::load(&root, &request.version)?;
    let workspace = workspace::assemble(&root, &subject)?;
    measure::measure(&workspace, &subject, request.runs)
}

/// The version that is measured.
struct Subject {
    file: String,
    version: Version,
    api: Api,
    names: Names,
}

/// A page: its name, and the type that it is read as.
struct Page<'a> {
    name: &'static str,
    /// The path of the operation that it is the response of.
    path: &'static str,
    ty: &'a TypeRef,
}

impl Subject {
    fn load(root: &Path, name: &str) -> Result<Self> {
        let inputs = Inputs::read(Source::folder(root))?;
        let version = inputs.manifest.called(name)?;
        let named = inputs.facts(version)?.correct()?.model()?.name(&mut inputs.registry.clone())?;
        let Named { file, version, api, names, .. } = named;
        Ok(Self { file, version, api, names })
    }

    fn pages(&self) -> Result<Vec<Page<'_>>> {
        PAGES.iter().map(|(name, path)| Ok(Page { name, path, ty: self.answer(path)? })).collect()
    }

    fn answer(&self, path: &str) -> Result<&TypeRef> {
        match self.api.operations.get(&OperationKey::new("GET", path)).map(|operation| &operation.answer) {
            Some(Answer::Json(ty)) => Ok(ty),
            _ => Err(Error::file(&self.file, format!("no operation `GET {path}` answers with JSON"))
                .hint("the pages that are read to count instructions are made of its answer")),
        }
    }
}

#[cfg(test)]
mod tests;
