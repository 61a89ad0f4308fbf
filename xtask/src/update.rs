//! `cargo xtask update`: takes over what upstream describes now, in one step.
//!
//! Every version is vendored and everything generated in a copy of what the generator reads; the tree is changed as a
//! whole once all of it was accepted. What the change means is kept in `spec/changes/` and is the text of the pull
//! request.

use std::path::Path;

use tempfile::TempDir;

use crate::diff::{self, Diff, Tree};
use crate::error::{Error, Errors, Result};
use crate::manifest::{self, Manifest, Version};
use crate::output;
use crate::{changelog, document, generate, today, vendor};

mod record;

/// Where the accounts of past updates are, a file a day.
pub const CHANGES: &str = "spec/changes";

/// What the generator reads: folders and files, as far as they are there.
const READ: [&str; 4] = ["spec", generate::CRATE, changelog::FILE, changelog::RELEASED];

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
    let before = Tree::at(root, "HEAD")?;
    let date = request.date.clone().unwrap_or_else(today::today);
    let copy = copy(root)?;
    let mut lines = vendor_all(copy.path(), request, &date)?;
    let mut output = generate::generate(copy.path())?.output;

    let manifest = Manifest::load(copy.path())?;
    for file in manifest.versions.iter().map(Version::spec_file).chain([manifest::FILE.to_owned()]) {
        output.add(&file, document::read_text(copy.path(), &file)?)?;
    }
    let change = Change::between(&before, &Tree::Folder(copy.path().to_owned()), &manifest)?;
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
    fn between(before: &Tree, now: &Tree, manifest: &Manifest) -> Result<Self> {
        let old = Manifest::parse(&before.label(manifest::FILE), &before.read(manifest::FILE)?)?;
        let mut is_of_facts = false;
        for version in &manifest.versions {
            let was = old.version(&version.name).map(|old| before.find(&old.spec_file())).transpose()?.flatten();
            is_of_facts |= was != now.find(&version.spec_file())?;
        }
        let origin = |version: &Version| (version.clone(), old.version(&version.name).cloned());
        let origins = manifest.versions.iter().map(origin).collect();
        let mut diffs = if is_of_facts { diff::trees(before, "at HEAD", now)? } else { Vec::new() };
        for diff in &mut diffs {
            record::label(diff, &old, manifest);
        }
        Ok(Self { origins, diffs, is_of_facts })
    }

    fn is_any(&self) -> bool {
        let is_moved =
            |(now, was): &(Version, Option<Version>)| was.as_ref().is_none_or(|was| was.upstream != now.upstream);
        self.is_of_facts || self.origins.iter().any(is_moved)
    }
}

/// Vendors every version whose place upstream is known.
fn vendor_all(root: &Path, request: &Request, date: &str) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut errors = Errors::default();
    for version in Manifest::load(root)?.versions {
        let Some(from) = location(request, &version)? else {
            lines.push(format!("{}: left alone, because the manifest says no repository and path", version.name));
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
        lines.extend(errors.keep(vendor::vendor(root, &request)).into_iter().flatten());
    }
    errors.into_result()?;
    Ok(lines)
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

/// A copy of what the generator reads.
fn copy(root: &Path) -> Result<TempDir> {
    let copy = tempfile::tempdir().map_err(|error| {
        Error::file("the temporary folder", format!("cannot be created: {error}")).hint("check the disk and TMPDIR")
    })?;
    for name in READ {
        copy_all(root, copy.path(), name)?;
    }
    Ok(copy)
}

fn copy_all(from: &Path, to: &Path, name: &str) -> Result<()> {
    let path = from.join(name);
    if path.is_dir() {
        let entries = std::fs::read_dir(&path).map_err(|error| unreadable(name, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(name, &error))?;
            copy_all(from, to, &format!("{name}/{}", entry.file_name().to_string_lossy()))?;
        }
        return Ok(());
    }
    match std::fs::read(&path) {
        Ok(bytes) => put(&to.join(name), bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unreadable(name, &error)),
    }
}

fn put(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, content)).map_err(|error| {
        Error::file(path.display().to_string(), format!("cannot be written: {error}")).hint("check the disk")
    })
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    Error::file(name, format!("cannot be read: {error}")).hint("check what is there and its permissions")
}
