//! `cargo xtask vendor`: from an upstream description to its facts.
//!
//! Everything is read, checked, reduced, counted and rendered before the first byte is written, and the two
//! files (facts and manifest) are written together or not at all.

use std::path::Path;

use crate::canonical::{self, Dropped};
use crate::count::{Counts, count};
use crate::document::{Document, sha256, utf8};
use crate::error::{Error, Problem, Result};
use crate::manifest::{self, Manifest, Upstream, Version, edit};
use crate::output::{self, Output};
use crate::source::Source;
use crate::{keywords, spelling, today};

mod fetch;

/// What to vendor.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The version's name in the manifest.
    pub name: String,
    /// A file, or an `http(s)` URL.
    pub from: String,
    /// Where the file is kept upstream, as far as the user says.
    pub repository: Option<String>,
    /// The path in the upstream repository.
    pub path: Option<String>,
    /// The commit of the upstream repository.
    pub commit: Option<String>,
    /// The date to note; today if the upstream file is new.
    pub date: Option<String>,
    /// Leave commit and date as they are noted, where the file is the same as before.
    pub keep_provenance: bool,
    /// Keep descriptions, summaries and titles.
    pub keep_prose: bool,
    /// For a new version: the value of the `Intercom-Version` header, where the description names none.
    pub header: Option<String>,
    /// For a new version: its Rust module.
    pub module: Option<String>,
    /// For a new version: its Cargo feature.
    pub feature: Option<String>,
}

/// Vendors one description below `root`. Returns the lines to print.
pub fn vendor(root: &Path, request: &Request) -> Result<Vec<String>> {
    let Vendored { output, mut lines } = vendored(&Source::folder(root), request)?;
    lines.push(match output::save(root, &output)?.as_slice() {
        [] => "  nothing changed".to_owned(),
        files => format!("  written  {}", files.join(", ")),
    });
    Ok(lines)
}

/// The files that vendoring one description gives.
pub(crate) struct Vendored {
    /// The facts and the manifest.
    pub(crate) output: Output,
    /// What was kept and dropped, for the user.
    pub(crate) lines: Vec<String>,
}

/// Reduces one description to its facts, and enters it into the manifest. Writes nothing.
pub(crate) fn vendored(source: &Source, request: &Request) -> Result<Vendored> {
    check_request(request)?;
    let manifest_text = read_manifest(source)?;
    let manifest = Manifest::parse(manifest::FILE, &manifest_text)?;
    let known = manifest.version(&request.name);
    if known.is_some() {
        refuse_new_names(request)?;
    }

    let mut fetched = fetch::fetch(&request.from)?;
    let upstream_text = utf8(&request.from, std::mem::take(&mut fetched.bytes))?;
    let facts = facts(&request.from, &upstream_text, request)?;

    let mut version = match known {
        Some(version) => version.clone(),
        None => new_version(request, &manifest)?,
    };
    // The description knows best what the API takes.
    version.header = manifest::header::described(&facts.root).unwrap_or(version.header);
    let text = canonical::write(&version.spec_file(), &facts.root)?;
    let sha256 = match known {
        // Facts that are vendored again are not what upstream keeps.
        Some(version) if upstream_text == text => version.upstream.sha256.clone(),
        _ => sha256(upstream_text.as_bytes()),
    };
    let upstream = provenance(request, &fetched, sha256, known.map(|version| &version.upstream));
    let manifest_text = match known {
        Some(_) => {
            let manifest_text = edit::set_header(&manifest_text, &version.name, &version.header)?;
            edit::set_upstream(&manifest_text, &version.name, &upstream)?
        }
        None => edit::add(&manifest_text, &Version { upstream, ..version.clone() }),
    };
    Manifest::parse(manifest::FILE, &manifest_text)?;

    let mut output = Output::default();
    output.add(version.spec_file(), text)?;
    output.add(manifest::FILE, manifest_text)?;
    Ok(Vendored { output, lines: facts.report(&version) })
}

/// The facts of a description with the figures to report.
struct Facts {
    root: serde_json::Value,
    counts: Counts,
    dropped: Dropped,
    notes: Vec<String>,
}

fn facts(from: &str, text: &str, request: &Request) -> Result<Facts> {
    let upstream = Document::parse(from, text)?;
    spelling::check_facts(&upstream)?;
    keywords::check_structure(&upstream)?;
    let (root, dropped) = canonical::facts(&upstream.root, request.keep_prose);
    let (before, counts) = (count(&upstream.root), count(&root));
    if before != counts {
        let what = format!("the facts form would lose something: {before} became {counts}");
        return Err(Error::file(from, what).hint("this is a mistake of the generator; nothing was written"));
    }
    let document = Document { file: from.to_owned(), root };
    let notes = match keywords::check_links(&document) {
        Ok(()) => Vec::new(),
        Err(error) => {
            let note = |problem: &Problem| format!("left to the overlays: {}: {}", problem.at, problem.what);
            error.problems().iter().map(note).collect()
        }
    };
    Ok(Facts { root: document.root, counts, dropped, notes })
}

impl Facts {
    fn report(self, version: &Version) -> Vec<String> {
        let dropped: Vec<String> = self.dropped.iter().map(|(keyword, count)| format!("{count} {keyword}")).collect();
        let dropped = if dropped.is_empty() { "nothing".to_owned() } else { dropped.join(", ") };
        let mut lines = vec![
            format!("{} from {}", version.spec_file(), version.name),
            format!("  kept     {}", self.counts),
            format!("  dropped  {dropped}"),
        ];
        lines.extend(self.notes.into_iter().map(|note| format!("  {note}")));
        lines
    }
}

/// Refuses what the options say, if it cannot be noted.
pub fn check_request(request: &Request) -> Result<()> {
    let wrong = |option: &str, value: &str, hint: &str| {
        Err(Error::file(format!("--{option} {value}"), "is not understood").hint(hint))
    };
    match (&request.commit, &request.date) {
        (Some(commit), _) if !manifest::check::is_commit(commit) => {
            wrong("commit", commit, "give all 40 hexadecimal digits of the commit")
        }
        (_, Some(date)) if !today::is_date(date) => wrong("date", date, "write it as 2026-04-17"),
        _ => Ok(()),
    }
}

fn refuse_new_names(request: &Request) -> Result<()> {
    let given = [("header", &request.header), ("module", &request.module), ("feature", &request.feature)];
    match given.iter().find(|(_, value)| value.is_some()) {
        None => Ok(()),
        Some((option, _)) => {
            let what = format!("`{}` is there already, and --{option} is for a new version", request.name);
            Err(Error::file(manifest::FILE, what).hint("leave the option out, or edit the manifest by hand"))
        }
    }
}

/// The manifest's text; that of an empty one where there is a `spec` folder without it.
fn read_manifest(source: &Source) -> Result<String> {
    match source.find(manifest::FILE)? {
        None if source.has_folder("spec") => Ok(edit::EMPTY.to_owned()),
        _ => source.read(manifest::FILE),
    }
}

fn new_version(request: &Request, manifest: &Manifest) -> Result<Version> {
    let name = &request.name;
    let numbered = name.starts_with(|char: char| char.is_ascii_digit());
    let identifier = name.replace(['.', '-'], "_").to_lowercase();
    let module = if numbered { format!("v{identifier}") } else { identifier };
    Ok(Version {
        name: name.clone(),
        module: request.module.clone().unwrap_or_else(|| module.clone()),
        feature: request.feature.clone().unwrap_or(module),
        header: request.header.clone().unwrap_or_else(|| capitalized(name)),
        aliases: Vec::new(),
        provisional: true,
        spec: format!("{name}.yaml"),
        overlays: manifest.shared_overlays.clone(),
        upstream: Upstream::default(),
    })
}

fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What the user says, then what the URL says, then what was known. A commit and a date that were known hold
/// only while the upstream file is the same.
fn provenance(request: &Request, fetched: &fetch::Fetched, sha256: String, known: Option<&Upstream>) -> Upstream {
    let same = known.filter(|known| known.sha256 == sha256);
    if let Some(same) = same.filter(|same| request.keep_provenance && same.commit.is_some()) {
        return same.clone();
    }
    let first = |said: &Option<String>, url: &Option<String>, known: Option<&String>| {
        said.as_ref().or(url.as_ref()).or(known).cloned()
    };
    Upstream {
        repository: first(&request.repository, &fetched.repository, known.and_then(|known| known.repository.as_ref())),
        path: first(&request.path, &fetched.path, known.and_then(|known| known.path.as_ref())),
        commit: first(&request.commit, &fetched.commit, same.and_then(|known| known.commit.as_ref())),
        date: first(&request.date, &None, same.map(|known| &known.date)).unwrap_or_else(today::today),
        sha256,
    }
}
