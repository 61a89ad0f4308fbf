//! Where a description is read from: a file or a URL.

use std::fs::File;
use std::io::Read;
use std::time::Duration;

use reqwest::Url;

use crate::error::{Error, Result};
use crate::manifest::check::is_commit;

/// How much is read of a source, and how long a fetch may take.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Several times the size of any description.
    bytes: u64,
    /// From the first attempt to connect to the last byte.
    time: Duration,
}

const LIMITS: Limits = Limits { bytes: 64 * 1024 * 1024, time: Duration::from_secs(60) };

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
        return Ok(Fetched { bytes: read(from, LIMITS)?, ..Fetched::default() });
    }
    let url = Url::parse(from)
        .map_err(|error| Error::file(from, format!("is not a URL: {error}")).hint("check its spelling"))?;
    let mut fetched = provenance(&url);
    fetched.bytes = download(from, raw(&url, &fetched), LIMITS)?;
    Ok(fetched)
}

fn read(from: &str, limits: Limits) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(from).and_then(|file| file.take(limits.bytes + 1).read_to_end(&mut bytes));
    read.map_err(|error| {
        Error::file(from, format!("cannot be read: {error}")).hint("give a file, or a URL that starts with https://")
    })?;
    if bytes.len() as u64 > limits.bytes { Err(too_large(from, limits)) } else { Ok(bytes) }
}

/// The timeout of an asynchronous request ends all of it; that of a blocking one restarts with every read.
fn download(from: &str, url: Url, limits: Limits) -> Result<Vec<u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Error::file(from, format!("cannot be fetched: {error}")).hint("fetch the file by hand and give its path")
    })?;
    runtime.block_on(receive(from, url, limits))
}

async fn receive(from: &str, url: Url, limits: Limits) -> Result<Vec<u8>> {
    let failed = |error: reqwest::Error| {
        let what = match error.is_timeout() {
            true => format!("cannot be fetched: expected the whole file within {} s", limits.time.as_secs_f32()),
            false => format!("cannot be fetched whole: {}", causes(&error)),
        };
        Error::file(from, what).hint("check the network and the URL, or fetch the file by hand and give its path")
    };
    let client = reqwest::Client::builder().timeout(limits.time).user_agent("intercom-gen xtask").build();
    let mut response = client.map_err(failed)?.get(url).send().await.map_err(failed)?;
    if response.status() != reqwest::StatusCode::OK {
        let what = format!("cannot be fetched: expected the status 200, found {}", response.status());
        return Err(Error::file(from, what).hint("check the URL, or fetch the file by hand and give its path"));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > limits.bytes {
            return Err(too_large(from, limits));
        }
    }
    Ok(bytes)
}

fn too_large(from: &str, limits: Limits) -> Error {
    let what = format!("is larger than {} MiB", limits.bytes / 1024 / 1024);
    Error::file(from, what).hint("give an OpenAPI description")
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
