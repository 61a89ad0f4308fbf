//! The committed description of a version: the facts alone, or with its overlays applied.
//!
//! Written a second time, and on purpose: a fault of the generator's reading or merging has to show as a
//! difference, and would not if both sides went through the same code.

use std::fs;
use std::path::{Path, PathBuf};

use intercom_gen::{ApiVersion, VERSIONS};
use serde::Deserialize;
use serde_json::{Map, Value};
use serde_json_path::JsonPath;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    overlays: Vec<String>,
    version: Vec<Version>,
}

/// What `spec/versions.toml` says of a version, as far as it matters here.
#[derive(Clone, Debug, Deserialize)]
pub struct Version {
    /// The name in the manifest.
    pub name: String,
    /// The module of the crate.
    pub module: String,
    /// What the client sends as `Intercom-Version`.
    pub header: String,
    /// Where the description came from.
    pub upstream: Upstream,
    spec: String,
    #[serde(default)]
    overlays: Vec<String>,
}

impl Version {
    /// The version as the crate has it.
    pub fn built(&self) -> &'static ApiVersion {
        let built = VERSIONS.iter().find(|version| version.name == self.name);
        built
            .unwrap_or_else(|| panic!("the crate was built without {}: add its feature to tests/Cargo.toml", self.name))
    }
}

/// What `spec/versions.toml` says of the file that a description was made from.
#[derive(Clone, Debug, Deserialize)]
pub struct Upstream {
    path: String,
    /// When it was taken.
    pub date: String,
}

impl Upstream {
    /// The file in a folder of upstream's descriptions, by date and version.
    pub fn file(&self) -> String {
        format!("{}/{}", self.date, self.name())
    }

    /// The file in the folder of a date.
    pub fn name(&self) -> String {
        format!("{}.yaml", self.path.split('/').nth(1).unwrap_or_default())
    }
}

/// The versions of the manifest.
pub fn versions(root: &Path) -> Vec<Version> {
    let manifest: Manifest =
        toml_edit::de::from_str(&text(&root.join("spec/versions.toml"))).expect("spec/versions.toml");
    let Manifest { overlays, mut version } = manifest;
    version.iter_mut().for_each(|version| drop(version.overlays.splice(0..0, overlays.iter().cloned())));
    version
}

/// The description of `version` as it was vendored, without our overlays.
pub fn facts(root: &Path, version: &Version) -> Value {
    yaml(&root.join("spec").join(&version.spec))
}

/// The description of `version`, its overlays applied.
pub fn described(root: &Path, version: &Version) -> Value {
    let mut description = facts(root, version);
    let overlays = version.overlays.iter().map(|entry| root.join("spec/overlays").join(entry));
    for file in overlays.flat_map(|path| overlay_files(&path)) {
        let overlay = yaml(&file);
        for action in list(&overlay, "actions") {
            apply(&mut description, action, &version.name);
        }
    }
    description
}

/// An overlay, or all of a folder by name.
fn overlay_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of a folder").path()).collect();
    files.sort();
    files
}

/// The methods of `item`, in lower case, with their operations.
pub fn operations(item: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?)))
}

/// What a reference leads to, and everything else itself.
pub fn resolved<'d>(description: &'d Value, value: &'d Value) -> &'d Value {
    let mut value = value;
    while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        let target = reference.strip_prefix('#').and_then(|pointer| description.pointer(pointer));
        value = target.unwrap_or_else(|| panic!("unresolved reference {reference}"));
    }
    value
}

/// A path with its variables unnamed, which is how two versions of it are compared.
pub fn unnamed(path: &str) -> String {
    path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>().join("{}")
}

/// The list at `key`, empty if there is none.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The entries of the object at `key`, none if there is none.
pub fn entries<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// The text of a file.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The YAML of a file, as JSON.
pub fn yaml(path: &Path) -> Value {
    let value: serde_yaml::Value =
        serde_yaml::from_str(&text(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    json(value)
}

fn json(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Mapping(map) => Value::Object(
            map.into_iter().map(|(key, value)| (key_text(&json(key)), json(value))).collect::<Map<_, _>>(),
        ),
        serde_yaml::Value::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
        scalar => serde_json::to_value(scalar).expect("a scalar of YAML is one of JSON"),
    }
}

/// Keys of JSON are texts; a status like `200` may stand unquoted in YAML.
fn key_text(key: &Value) -> String {
    key.as_str().map_or_else(|| key.to_string(), str::to_owned)
}

/// Applies an action; one that does nothing is the generator's business to refuse.
pub fn apply(description: &mut Value, action: &Value, version: &str) {
    let versions = list(action, "x-versions");
    if !versions.is_empty() && !versions.iter().any(|name| name == version) {
        return;
    }
    let mut places = match action.get("target").and_then(Value::as_str) {
        Some(target) => selected(description, target),
        None => of_operation(description, action.get("x-operation").and_then(Value::as_str).unwrap_or_default()),
    };
    if action.get("remove") == Some(&Value::Bool(true)) {
        // Later entries of a list first: removing one moves those behind it.
        places.sort_by_key(|place| {
            std::cmp::Reverse(
                place.split('/').map(|token| (token.parse::<usize>().ok(), token.to_owned())).collect::<Vec<_>>(),
            )
        });
        places.iter().for_each(|place| remove(description, place));
    } else if let Some(update) = action.get("update") {
        for place in places {
            description.pointer_mut(&place).into_iter().for_each(|target| merge(target, update));
        }
    }
}

fn selected(description: &Value, target: &str) -> Vec<String> {
    let path = JsonPath::parse(target).unwrap_or_else(|error| panic!("{target}: {error}"));
    path.query_located(description).dedup().locations().map(|location| location.to_json_pointer()).collect()
}

/// The operation `GET /contacts/{}`, whatever its variables are called.
fn of_operation(description: &Value, wanted: &str) -> Vec<String> {
    let (wanted_method, wanted_path) = wanted.split_once(' ').unwrap_or_default();
    let mut places = Vec::new();
    for (path, item) in entries(description, "paths") {
        for (method, _) in operations(item) {
            if method.eq_ignore_ascii_case(wanted_method) && unnamed(path) == unnamed(wanted_path) {
                places.push(format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1")));
            }
        }
    }
    places
}

fn remove(description: &mut Value, place: &str) {
    let (parent, token) = place.rsplit_once('/').expect("a place inside the description");
    match description.pointer_mut(parent) {
        Some(Value::Object(map)) => drop(map.remove(&token.replace("~1", "/").replace("~0", "~"))),
        Some(Value::Array(items)) => drop(items.remove(token.parse().expect("an index"))),
        _ => {}
    }
}

fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(old) => merge(old, value),
                    None => drop(target.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (Value::Array(target), update) => target.push(update.clone()),
        (target, update) => target.clone_from(update),
    }
}
