//! Edits of the manifest that leave comments and layout alone.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::{FILE, Upstream, Version};
use crate::error::{Error, Result};

/// The manifest of a repository that has no version yet.
pub const EMPTY: &str = "\
# The versions of the Intercom API that intercom-gen offers.
#
# `cargo xtask vendor` writes `header` and `upstream` and adds versions; everything else may be edited by hand, and
# `cargo xtask regen` follows. `provisional = true` marks a version that is not released: its names
# enter no registry, and overlay actions that do not match it are skipped.
#
# `overlays` lists what is applied to every version, in this order: files of spec/overlays, and folders, whose files are
# applied in the order of their names. A version may list more, which are applied after these.
";

/// Adds `version` at the end of the manifest's text. Overlays that the manifest lists for every version are not repeated.
pub fn add(text: &str, version: &Version) -> String {
    let shared = shared_overlays(text);
    let own = version.overlays.iter().filter(|overlay| !shared.contains(overlay)).cloned().collect();
    let version = &Version { overlays: own, ..version.clone() };
    let mut addition = DocumentMut::new();
    let mut entries = ArrayOfTables::new();
    entries.push(entry(version));
    addition.insert("version", Item::ArrayOfTables(entries));
    format!("{}\n\n{}", text.trim_end(), addition.to_string().trim_start())
}

/// Replaces the header of the version `name` in the manifest's text.
pub fn set_header(text: &str, name: &str, header: &str) -> Result<String> {
    let mut document = parse(text)?;
    match entry_of(&mut document, name)?.get_mut("header") {
        Some(Item::Value(old)) if old.as_str() != Some(header) => replace(old, header),
        _ => return Ok(text.to_owned()),
    }
    Ok(document.to_string())
}

/// Replaces the provenance of the version `name` in the manifest's text.
pub fn set_upstream(text: &str, name: &str, upstream: &Upstream) -> Result<String> {
    let mut document = parse(text)?;
    let entry = entry_of(&mut document, name)?;
    match entry.get_mut("upstream").and_then(Item::as_table_like_mut) {
        Some(table) => {
            for (key, value) in fields(upstream) {
                match (value, table.get_mut(key)) {
                    (Some(value), Some(Item::Value(old))) if old.as_str() == Some(value) => {}
                    (Some(value), Some(Item::Value(old))) => replace(old, value),
                    (Some(value), _) => drop(table.insert(key, toml_edit::value(value))),
                    (None, _) => drop(table.remove(key)),
                }
            }
            let order = fields(upstream).map(|(key, _)| key);
            let place = |key: &str| order.iter().position(|known| *known == key);
            if let Some(table) = entry.get_mut("upstream").and_then(Item::as_table_mut) {
                table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
            }
        }
        None => drop(entry.insert("upstream", Item::Table(provenance(upstream)))),
    }
    Ok(document.to_string())
}

/// The entry of the version `name`.
fn entry_of<'d>(document: &'d mut DocumentMut, name: &str) -> Result<&'d mut Table> {
    let Some(entries) = document.get_mut("version").and_then(Item::as_array_of_tables_mut) else {
        return Err(not_tables());
    };
    let entry = entries.iter_mut().find(|entry| entry.get("name").and_then(Item::as_str) == Some(name));
    entry.ok_or_else(|| Error::file(FILE, format!("there is no version `{name}`")).hint("add it with `vendor`"))
}

/// Puts another text in the place of a value, with the comments and spaces around it.
fn replace(old: &mut Value, text: &str) {
    let decor = old.decor().clone();
    *old = Value::from(text);
    *old.decor_mut() = decor;
}

fn shared_overlays(text: &str) -> Vec<String> {
    let document = parse(text).unwrap_or_default();
    let listed = document.get("overlays").and_then(Item::as_array);
    listed.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn parse(text: &str) -> Result<DocumentMut> {
    text.parse::<DocumentMut>().map_err(|error| {
        super::at_offset(FILE, text, error.span().map(|span| span.start), error.message())
            .hint("correct the TOML at this place")
    })
}

fn not_tables() -> Error {
    Error::file(FILE, "`version` is no list of tables").hint("write every version under its own [[version]]")
}

fn entry(version: &Version) -> Table {
    let list = |names: &[String]| toml_edit::value(names.iter().map(String::as_str).collect::<Value>());
    let mut table = Table::new();
    table.insert("name", toml_edit::value(version.name.as_str()));
    table.insert("module", toml_edit::value(version.module.as_str()));
    table.insert("feature", toml_edit::value(version.feature.as_str()));
    table.insert("header", toml_edit::value(version.header.as_str()));
    if !version.aliases.is_empty() {
        table.insert("aliases", list(&version.aliases));
    }
    if version.provisional {
        table.insert("provisional", toml_edit::value(true));
    }
    table.insert("spec", toml_edit::value(version.spec.as_str()));
    if !version.overlays.is_empty() {
        table.insert("overlays", list(&version.overlays));
    }
    table.insert("upstream", Item::Table(provenance(&version.upstream)));
    table
}

fn provenance(upstream: &Upstream) -> Table {
    let mut table = Table::new();
    for (key, value) in fields(upstream) {
        if let Some(value) = value {
            table.insert(key, toml_edit::value(value));
        }
    }
    table
}

fn fields(upstream: &Upstream) -> [(&'static str, Option<&str>); 5] {
    [
        ("repository", upstream.repository.as_deref()),
        ("path", upstream.path.as_deref()),
        ("commit", upstream.commit.as_deref()),
        ("sha256", Some(&upstream.sha256)),
        ("date", Some(&upstream.date)),
    ]
}
