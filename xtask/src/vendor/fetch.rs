//! Where a description is read from: a file or a URL.

use std::io::Read;
use std::time::Duration;

use reqwest::Url;

use crate::error::{Error, Result};
use crate::manifest::check::is_commit;

/// Several times the size of any description.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// How long a fetch may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A description's bytes, and what its URL says about where it is kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    pub(super) bytes: Vec<u8>,
    pub(super) repository: Option<String>,
    pub(super) path: Option<String>,
    pub(super) commit: Option<String>,
}

/// Reads a file, or fetches an `http(s)` URL.
pub(super) fn fetch(from: &str) -> Result<Fetched> {
    if !(from.starts_with("http://") || from.starts_with("https://")) {
        let file = std::fs::File::open(from);
        let bytes = file.and_then(limited).map_err(|error| {
            Error::file(from, format!("cannot be read: {error}"))
                .hint("give a file, or a URL that starts with https://")
        })?;
        return Ok(Fetched { bytes: whole(from, bytes)?, ..Fetched::default() });
    }
    let url = Url::parse(from)
        .map_err(|error| Error::file(from, format!("is no URL: {error}")).hint("check its spelling"))?;
    let mut fetched = provenance(&url);
    fetched.bytes = download(from, raw(&url, &fetched))?;
    Ok(fetched)
}

fn download(from: &str, url: Url) -> Result<Vec<u8>> {
    let failed = |what: String| {
        Error::file(from, what).hint("check the network and the URL, or fetch the file by hand and give its path")
    };
    let client = reqwest::blocking::Client::builder().timeout(PATIENCE).user_agent("intercom-gen xtask").build();
    let response = client.and_then(|client| client.get(url).send());
    let response = response.map_err(|error| failed(format!("cannot be fetched: {}", causes(&error))))?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(failed(format!("cannot be fetched: the server answers {}", response.status())));
    }
    let bytes = limited(response).map_err(|error| failed(format!("cannot be fetched whole: {}", causes(&error))))?;
    whole(from, bytes)
}

fn limited(source: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn whole(from: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if bytes.len() as u64 > MOST_BYTES {
        let what = format!("is larger than {} MiB", MOST_BYTES / 1024 / 1024);
        return Err(Error::file(from, what).hint("give an OpenAPI description"));
    }
    Ok(bytes)
}

/// An error with everything that caused it, once each.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// What a URL of GitHub says: repository, path and, where it names one, the commit.
fn provenance(url: &Url) -> Fetched {
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    let (owner, repository, revision, path) = match (url.host_str(), segments.as_slice()) {
        (Some("raw.githubusercontent.com"), [owner, repository, "refs", "heads", revision, path @ ..])
        | (Some("github.com"), [owner, repository, "blob" | "raw", revision, path @ ..])
        | (Some("raw.githubusercontent.com"), [owner, repository, revision, path @ ..]) => {
            (owner, repository, revision, path)
        }
        _ => return Fetched::default(),
    };
    Fetched {
        bytes: Vec::new(),
        repository: Some(format!("{owner}/{repository}")),
        path: Some(path.join("/")),
        commit: Some((*revision).to_owned()).filter(|revision| is_commit(revision)),
    }
}

/// The address of the file itself, where `url` is that of the page that shows it.
fn raw(url: &Url, fetched: &Fetched) -> Url {
    let mut raw = url.clone();
    if url.host_str() == Some("github.com") && fetched.path.is_some() {
        raw.set_path(&url.path().replacen("/blob/", "/raw/", 1));
    }
    raw
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;
