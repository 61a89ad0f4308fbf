//! `cargo xtask release`: what has to change in the tree for a release, all or nothing.
//!
//! "Unreleased" of the changelog becomes the release's section, the listings of the API become those of the last
//! release, and the version is written wherever it stands. Publishing and tagging are left to a person.

use std::path::Path;

use toml_edit::{DocumentMut, Item};

use crate::document::read_text;
use crate::error::{Error, Result};
use crate::output::{self, Output};
use crate::source::Source;
use crate::{changelog, generate, region, today};

/// The manifest with the version of every package.
const MANIFEST: &str = "Cargo.toml";

/// What cargo resolved, the packages of the workspace included.
const LOCK: &str = "Cargo.lock";

/// Files that tell users which version to depend on.
const READMES: [&str; 2] = ["README.md", "generated/README.md"];

/// The heading of what is not released yet.
const UNRELEASED: &str = "## Unreleased\n";

/// What to release.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The version: `0.2.0`.
    pub version: String,
    /// The day; today if there is none.
    pub date: Option<String>,
}

/// Prepares a release in the tree below `root`; gives what to tell the user.
pub fn release(root: &Path, request: &Request) -> Result<Vec<String>> {
    let date = request.date.clone().unwrap_or_else(today::today);
    if !today::is_date(&date) {
        return Err(Error::file(format!("--date {date}"), "is not understood").hint("write it as 2026-04-17"));
    }
    let source = Source::folder(root);
    let generated = generate::generate(&source)?.output;
    if !output::check(root, &generated)?.is_empty() {
        let what = "the generated files are not those that spec/ gives";
        return Err(Error::file("generated", what).hint("run: cargo xtask regen"));
    }
    let (now, released) = (generate::listings(&generated), generate::released(&source)?);
    let changes = changelog::region(&now, &released);
    let text = read_text(root, MANIFEST)?;
    let old = current(&text)?;
    check_step(old, &request.version, released.is_empty(), &changes)?;

    let mut output = Output::default();
    let log = read_text(root, changelog::FILE)?;
    let changes = if released.is_empty() { "" } else { changes.as_str() };
    output.add(changelog::FILE, moved(&log, &request.version, &date, changes, &changelog::region(&now, &now))?)?;
    output.add(MANIFEST, with_version(&text, &request.version)?)?;
    if root.join(LOCK).exists() {
        output.add(LOCK, locked(&read_text(root, LOCK)?, &spelled(old), &request.version)?)?;
    }
    for file in READMES.iter().filter(|file| root.join(file).exists()) {
        output.add(*file, depended(&read_text(root, file)?, &request.version))?;
    }
    for (version, listing) in &now {
        output.add(format!("{}/{version}.txt", changelog::RELEASED), listing.clone())?;
    }
    let written = output::save_folder(root, &output, changelog::RELEASED)?;
    Ok(vec![
        format!("changed: {}", written.join(", ")),
        format!("edit the section {} of {}, then commit, tag and publish", request.version, changelog::FILE),
    ])
}

/// Major, minor, patch.
type Triple = [u64; 3];

fn triple(version: &str) -> Option<Triple> {
    let parts: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    parts?.try_into().ok().filter(|triple| spelled(*triple) == version)
}

fn spelled([major, minor, patch]: Triple) -> String {
    format!("{major}.{minor}.{patch}")
}

fn current(manifest: &str) -> Result<Triple> {
    let found = parsed(MANIFEST, manifest)?;
    let version = found.get("workspace").and_then(|workspace| workspace.get("package")?.get("version")?.as_str());
    version.and_then(triple).ok_or_else(|| {
        Error::file(MANIFEST, "`workspace.package.version` is no version").hint("write it as `version = \"0.1.0\"`")
    })
}

/// Refuses a version that does not follow, or that promises more than the changes keep.
fn check_step(old: Triple, version: &str, is_first: bool, changes: &str) -> Result<()> {
    let refused = |what: String, hint: &str| Err(Error::file(version, what).hint(hint));
    let Some(new) = triple(version) else {
        return refused("is no version".to_owned(), "write it as 0.2.0");
    };
    if new < old || (new == old && !is_first) {
        return refused(format!("does not follow {}", spelled(old)), "give a higher version");
    }
    let breaks = changes.lines().any(|line| line == "Removed:" || line == "Changed:" || line.starts_with("**Breaking"));
    let [major, minor, _] = new;
    if breaks && !is_first && [major, minor] == [old[0], if major == 0 { old[1] } else { minor }] {
        let what = format!("is compatible with {}, and the API has lost or changed something", spelled(old));
        return refused(what, "give the next incompatible version; the changelog lists what was removed and changed");
    }
    Ok(())
}

/// The changelog with what was unreleased as a section of its own.
fn moved(log: &str, version: &str, date: &str, changes: &str, none: &str) -> Result<String> {
    let missing = || {
        Error::file(changelog::FILE, format!("there is no heading `{}`", UNRELEASED.trim_end()))
            .hint("put it back above what is not released yet")
    };
    let emptied = region::replace(changelog::FILE, log, changelog::REGION, "")?;
    let start = emptied.find(UNRELEASED).ok_or_else(missing)?;
    let (head, rest) = emptied.split_at(start + UNRELEASED.len());
    let (section, older) = rest.split_at(rest.find("\n## ").map_or(rest.len(), |at| at + 1));
    let marks = [format!("<{}>", changelog::REGION), format!("</{}>", changelog::REGION)];
    let is_mark = |line: &&str| marks.iter().any(|mark| line.contains(mark));
    let marks: Vec<&str> = section.lines().filter(is_mark).collect();
    let [opening, closing] = marks.as_slice() else { return Err(missing()) };
    let said: Vec<&str> = section.lines().filter(|line| !is_mark(line)).collect();
    let parts = [said.join("\n"), changes.to_owned()];
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    let text =
        format!("{head}\n{opening}\n{none}{closing}\n\n## {version} ({date})\n\n{}\n\n{older}", parts.join("\n\n"));
    Ok(text.trim_end().to_owned() + "\n")
}

fn parsed(file: &str, text: &str) -> Result<DocumentMut> {
    text.parse::<DocumentMut>().map_err(|error| Error::file(file, error.message().to_owned()).hint("correct the TOML"))
}

fn with_version(manifest: &str, version: &str) -> Result<String> {
    let mut manifest = parsed(MANIFEST, manifest)?;
    let package = manifest.get_mut("workspace").and_then(|workspace| workspace.get_mut("package"));
    if let Some(Item::Value(place)) = package.and_then(|package| package.get_mut("version")) {
        let decor = place.decor().clone();
        *place = version.into();
        *place.decor_mut() = decor;
    }
    Ok(manifest.to_string())
}

/// Cargo's lock with the version of the packages that come from no registry.
fn locked(lock: &str, old: &str, version: &str) -> Result<String> {
    let mut lock = parsed(LOCK, lock)?;
    let packages = lock.get_mut("package").and_then(Item::as_array_of_tables_mut);
    for package in packages.into_iter().flat_map(|packages| packages.iter_mut()) {
        let is_ours = package.get("source").is_none() && package.get("version").and_then(Item::as_str) == Some(old);
        if is_ours {
            package.insert("version", toml_edit::value(version));
        }
    }
    Ok(lock.to_string())
}

/// A text with the version that users are told to depend on.
fn depended(text: &str, version: &str) -> String {
    const BEFORE: &str = "intercom-gen = { version = \"";
    let short = version.rsplit_once('.').map_or(version, |(short, _)| short);
    let mut parts = text.split(BEFORE);
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('"').map_or(part, |(_, rest)| rest);
        changed.push_str(&format!("{BEFORE}{short}\"{rest}"));
    }
    changed
}
