//! `cargo xtask update`: takes over what upstream describes now, in one step.
//!
//! Every version is vendored and everything generated in memory; the tree is changed as a whole once all of it was
//! accepted. The account of the change is kept in `spec/changes/` and is the text of the pull request.

use std::path::Path;

use crate::diff::{self, Diff};
use crate::error::{Error, Errors, Result};
use crate::manifest::{self, Manifest, Version};
use crate::output::{self, Output};
use crate::pipeline::Inputs;
use crate::source::Source;
use crate::{generate, today, vendor};

mod record;

/// Where the accounts of past updates are, a file a day.
pub const CHANGES: &str = "spec/changes";

/// What to update from.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// A folder or an `http(s)` address below which upstream's files have the paths that they have in its repository;
    /// without it, GitHub is asked for `commit`.
    pub from: Option<String>,
    /// The upstream commit, 40 digits.
    pub commit: Option<String>,
    /// The date to note; today if there is none.
    pub date: Option<String>,
}

/// What an update did.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// What to tell the user.
    pub lines: Vec<String>,
    /// The text of the pull request; `None` if nothing has changed.
    pub body: Option<String>,
}

/// Updates the tree below `root`. What it means is said in comparison with git's `HEAD`.
pub fn update(root: &Path, request: &Request) -> Result<Update> {
    let (commit, date) = (request.commit.clone(), request.date.clone());
    vendor::check_request(&vendor::Request { commit, date, ..vendor::Request::default() })?;
    let before = Source::revision(root, "HEAD")?;
    let date = request.date.clone().unwrap_or_else(today::today);
    let (source, mut output, mut lines) = vendor_all(Source::folder(root), request, &date)?;
    for (file, text) in generate::generate(&source)?.output.files {
        output.add(file, text)?;
    }
    let change = Change::between(&before, source)?;
    let file = format!("{CHANGES}/{date}.md");
    if change.is_of_facts {
        if before.find(&file)?.is_some() {
            let hint = "give another day with --date; the account of an update is not written again";
            return Err(Error::file(file, "is the account of an update that HEAD has").hint(hint));
        }
        output.add(&file, record::whole(&change, &date))?;
    }
    let written = output::write(root, &output)?;
    lines.extend(change.diffs.iter().map(|diff| format!("{}: {}", diff.new, diff.verdict().word())));
    lines.push(match written.len() {
        0 => "unchanged".to_owned(),
        1 => "changed: 1 file".to_owned(),
        count => format!("changed: {count} files"),
    });
    let body = change.is_any().then(|| record::body(&change, &date, &file));
    Ok(Update { lines, body })
}

/// What is different from `HEAD`.
struct Change {
    /// The provenance of every version, then and now.
    origins: Vec<(Version, Option<Version>)>,
    /// What the new facts mean; empty if they are the same.
    diffs: Vec<Diff>,
    /// Whether a description says something else, apart from prose.
    is_of_facts: bool,
}

impl Change {
    fn between(before: &Source, now: Source) -> Result<Self> {
        let (old, new) = (Inputs::read(before.clone())?, Inputs::read(now)?);
        let mut is_of_facts = false;
        for version in &new.manifest.versions {
            let was = old.manifest.version(&version.name);
            let was = was.map(|old| before.find(&old.spec_file())).transpose()?.flatten();
            is_of_facts |= was != new.source.find(&version.spec_file())?;
        }
        let origin = |version: &Version| (version.clone(), old.manifest.version(&version.name).cloned());
        let origins = new.manifest.versions.iter().map(origin).collect();
        let mut diffs = if is_of_facts { diff::trees(&old, "at HEAD", &new)? } else { Vec::new() };
        for diff in &mut diffs {
            record::label(diff, &old.manifest, &new.manifest);
        }
        Ok(Self { origins, diffs, is_of_facts })
    }

    fn is_any(&self) -> bool {
        let is_moved =
            |(now, was): &(Version, Option<Version>)| was.as_ref().is_none_or(|was| was.upstream != now.upstream);
        self.is_of_facts || self.origins.iter().any(is_moved)
    }
}

/// Vendors every version whose place upstream is known: the tree with what that gives, the files, and the lines to print.
fn vendor_all(mut source: Source, request: &Request, date: &str) -> Result<(Source, Output, Vec<String>)> {
    let mut output = Output::default();
    let mut lines = Vec::new();
    let mut errors = Errors::default();
    let manifest = Manifest::parse(manifest::FILE, &source.read(manifest::FILE)?)?;
    for version in manifest.versions {
        let Some(from) = location(request, &version)? else {
            lines.push(format!("{}: left alone: the manifest names no upstream repository and path", version.name));
            continue;
        };
        let request = vendor::Request {
            name: version.name.clone(),
            from,
            commit: request.commit.clone(),
            date: Some(date.to_owned()),
            keep_provenance: true,
            ..vendor::Request::default()
        };
        let Some(vendored) = errors.keep(vendor::vendored(&source, &request)) else { continue };
        source = source.with(&vendored.output);
        output.files.extend(vendored.output.files);
        lines.extend(vendored.lines);
    }
    errors.into_result()?;
    Ok((source, output, lines))
}

/// Where the description of a version is.
fn location(request: &Request, version: &Version) -> Result<Option<String>> {
    let (Some(repository), Some(path)) = (&version.upstream.repository, &version.upstream.path) else {
        return Ok(None);
    };
    match (&request.from, &request.commit) {
        (Some(base), _) => Ok(Some(format!("{}/{path}", base.trim_end_matches('/')))),
        (None, Some(commit)) => Ok(Some(format!("https://raw.githubusercontent.com/{repository}/{commit}/{path}"))),
        (None, None) => {
            Err(Error::file("--commit", "is missing")
                .hint("give the upstream commit, or a folder or address with --from"))
        }
    }
}
