//! What an entry of the manifest may hold.
//!
//! The values become file names, Rust modules, Cargo features and an HTTP header, so each is held to the
//! grammar of what it becomes.

use std::collections::BTreeMap;

use super::reserved::is_reserved;
use super::{Upstream, Version};
use crate::today;

/// What is wrong, and what to do.
type Mistake = (String, &'static str);

/// Who has a name already: the kind of name and the name itself, with the line of the entry.
pub(super) type Taken = BTreeMap<(&'static str, String), usize>;

pub(super) fn version(version: &Version, line: usize, taken: &mut Taken) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    forms(version, &mut mistakes);
    upstream(&version.upstream, &mut mistakes);
    let aliases = version.aliases.iter();
    let claims = [("name", &version.name), ("spec", &version.spec)].into_iter();
    let claims = claims.chain([("module", &version.module), ("feature", &version.feature)]);
    for (kind, name) in claims.chain(aliases.flat_map(|name| [("module", name), ("feature", name)])) {
        // File systems that ignore case would take `Preview` and `preview` for one file.
        if let Some(first) = taken.insert((kind, name.to_lowercase()), line) {
            mistakes.push((
                format!("the {kind} `{name}` is taken by the entry at line {first}"),
                "remove one of the two, or give it another name",
            ));
        }
    }
    mistakes
}

fn forms(version: &Version, mistakes: &mut Vec<Mistake>) {
    if !is_version_name(&version.name) {
        let what = format!("the name `{}` cannot be a file name", version.name);
        mistakes.push((what, "use letters, digits, `.`, `-` and `_`, such as `2.14` or `unstable`"));
    }
    for module in std::iter::once(&version.module).chain(&version.aliases) {
        if !is_module(module) {
            let what = format!("`{module}` cannot be the name of a Rust module of the crate");
            mistakes.push((what, "use lower case letters, digits and `_`, and no name that is taken"));
        }
    }
    if !is_feature(&version.feature) {
        let what = format!("`{}` cannot be the name of a Cargo feature of the crate", version.feature);
        mistakes.push((what, "use lower case letters, digits, `_` and `-`, and no name that is taken"));
    }
    if !is_header_value(&version.header) {
        let what = format!("`{}` cannot be the value of an HTTP header", version.header);
        mistakes.push((what, "use visible ASCII characters, such as `2.14` or `Preview`"));
    }
    if !is_yaml_file(&version.spec) || version.spec == "names.yaml" {
        let what = format!("`{}` cannot be a spec file", version.spec);
        mistakes.push((what, "give a plain file name that ends in `.yaml` (`names.yaml` is the registry)"));
    }
    for overlay in version.overlays.iter().filter(|overlay| !is_overlay(overlay)) {
        let what = format!("`{overlay}` cannot be an overlay");
        mistakes.push((what, "give the path of a folder below spec/overlays, or of a file there that ends in `.yaml`"));
    }
    for (index, overlay) in version.overlays.iter().enumerate() {
        let is_part = |one: &str, other: &str| {
            one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let earlier = version.overlays.iter().take(index);
        if earlier.into_iter().any(|earlier| is_part(overlay, earlier) || is_part(earlier, overlay)) {
            let hint = "list it once, for every version or for this one, alone or by its folder";
            mistakes.push((format!("the overlay `{overlay}` is listed twice"), hint));
        }
    }
}

fn upstream(upstream: &Upstream, mistakes: &mut Vec<Mistake>) {
    if upstream.commit.as_deref().is_some_and(|commit| !is_commit(commit)) {
        mistakes.push(("`upstream.commit` is no commit".into(), "give all 40 hexadecimal digits"));
    }
    if !is_hexadecimal(&upstream.sha256, 64) {
        let hint = "`cargo xtask vendor` writes it: 64 hexadecimal digits";
        mistakes.push(("`upstream.sha256` is no SHA-256".into(), hint));
    }
    if !today::is_date(&upstream.date) {
        mistakes.push(("`upstream.date` is no date".into(), "write it as 2026-04-17"));
    }
}

fn is_version_name(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_alphanumeric())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "._-".contains(char))
        && !name.contains("..")
        && !name.ends_with('.')
}

fn is_module(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
        && syn::parse_str::<syn::Ident>(name).is_ok()
        && !is_reserved(name)
}

fn is_feature(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || "_-".contains(char))
        && !is_reserved(name)
}

fn is_header_value(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|char| char.is_ascii_graphic())
}

fn is_yaml_file(file: &str) -> bool {
    file.strip_suffix(".yaml").is_some_and(is_version_name)
}

/// A path of plain names: of a file that ends in `.yaml`, or of a folder.
fn is_overlay(path: &str) -> bool {
    path.split('/').all(is_version_name)
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.chars().all(|char| char.is_ascii_hexdigit())
}

/// A whole commit hash: forty hexadecimal digits.
pub(crate) fn is_commit(text: &str) -> bool {
    is_hexadecimal(text, 40)
}
