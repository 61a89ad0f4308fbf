//! Reads an overlay file.
//!
//! Unknown keywords are refused, extensions too: a misspelt `x-version` would otherwise apply a correction to
//! every version.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::{Action, Change, Overlay, Target};
use crate::document::{Document, child, kind};
use crate::error::{Error, Errors, Result};
use crate::openapi::extension::{OF_OPERATIONS, SECRET};
use crate::openapi::{METHODS, identity, is_extension};

const ROOT: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO: [&str; 3] = ["title", "version", "description"];
const ACTION: [&str; 7] = ["target", "x-operation", "update", "remove", "description", "x-versions", "x-evidence"];

pub(super) fn overlay(document: &Document) -> Result<Overlay> {
    let root = Object::new(document, "#".into(), &document.root)?;
    root.only(&ROOT)?;
    let version = root.text("overlay")?;
    if version != "1.0.0" {
        let what = format!("the overlay's format is `{version}`");
        return Err(document.error("#/overlay", what).hint("write `overlay: 1.0.0`"));
    }
    let info = Object::new(document, "#/info".into(), root.need("info")?)?;
    info.only(&INFO)?;
    info.text("version")?;
    info.text("title")?;
    let actions = root.need("actions")?.as_array().filter(|actions| !actions.is_empty());
    let actions = actions.ok_or_else(|| {
        document.error("#/actions", "`actions` is no list of actions").hint("an overlay has at least one action")
    })?;
    let mut errors = Errors::default();
    let parsed: Vec<Action> =
        actions.iter().enumerate().filter_map(|(index, value)| errors.keep(action(document, index, value))).collect();
    errors.into_result()?;
    Ok(Overlay { file: document.file.clone(), actions: parsed })
}

fn action(document: &Document, index: usize, value: &Value) -> Result<Action> {
    let object = Object::new(document, format!("#/actions/{index}"), value)?;
    object.only(&ACTION)?;
    if object.map.contains_key("description") {
        object.text("description")?;
    }
    Ok(Action { index, target: target(&object)?, change: change(&object)?, versions: versions(&object)? })
}

fn target(object: &Object<'_>) -> Result<Target> {
    match (object.map.get("target"), object.map.get("x-operation")) {
        (Some(_), None) => {
            let path = object.text("target")?;
            let parsed = JsonPath::parse(path);
            let parsed = parsed.map_err(|error| object.error("target", &format!("`{path}` is no JSONPath: {error}")));
            Ok(Target::Path(parsed.map_err(|error| error.hint("see RFC 9535; quote names: `$.paths['/me'].get`"))?))
        }
        (None, Some(_)) => {
            let text = object.text("x-operation")?;
            let parts = text.split_once(' ').filter(|(method, path)| {
                METHODS.contains(&method.to_ascii_lowercase().as_str()) && path.starts_with('/')
            });
            let Some((method, path)) = parts else {
                let what = format!("`{text}` names no operation");
                return Err(object.error("x-operation", &what).hint("write method and path: `GET /contacts/{}`"));
            };
            Ok(Target::Operation(identity(method, path)))
        }
        _ => Err(Error::at(
            &object.document.file,
            object.pointer.clone(),
            "an action has either `target` or `x-operation`",
        )
        .hint("say what is changed by one of the two")),
    }
}

fn change(object: &Object<'_>) -> Result<Change> {
    match (object.map.get("update"), object.map.get("remove")) {
        (Some(update), None) => {
            extensions(object, update, &child(&object.pointer, "update"), "")?;
            Ok(Change::Update(update.clone()))
        }
        (None, Some(Value::Bool(true))) => Ok(Change::Remove),
        (None, Some(_)) => {
            Err(object.error("remove", "`remove` is not `true`").hint("write `remove: true` or leave it out"))
        }
        _ => Err(Error::at(&object.document.file, object.pointer.clone(), "an action has either `update` or `remove`")
            .hint("to replace a list, remove it in one action and add it in the next")),
    }
}

/// Refuses extensions that mean nothing: a misspelt one would be passed over. `within` is the key of the map.
fn extensions(object: &Object<'_>, value: &Value, pointer: &str, within: &str) -> Result<()> {
    for (key, value) in value.as_object().into_iter().flatten() {
        let place = child(pointer, key);
        let is_known = OF_OPERATIONS.contains(&key.as_str()) || key == SECRET;
        if is_extension(key) && !is_known && !["properties", "headers"].contains(&within) {
            let error = object.document.error(place, format!("`{key}` means nothing to the generator"));
            return Err(error.hint(format!("known are: {}, {SECRET}", OF_OPERATIONS.join(", "))));
        }
        extensions(object, value, &place, key)?;
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        extensions(object, value, &child(pointer, &index.to_string()), "")?;
    }
    Ok(())
}

fn versions(object: &Object<'_>) -> Result<Vec<String>> {
    let Some(value) = object.map.get("x-versions") else { return Ok(Vec::new()) };
    let names = value.as_array().filter(|names| !names.is_empty());
    let names: Option<Vec<String>> =
        names.and_then(|names| names.iter().map(|name| name.as_str().map(str::to_owned)).collect());
    names.ok_or_else(|| {
        object
            .error("x-versions", "`x-versions` is no list of versions")
            .hint("list names of versions.toml, quoted: [\"2.14\", unstable]")
    })
}

/// An object of the overlay file with its place.
struct Object<'a> {
    document: &'a Document,
    pointer: String,
    map: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    fn new(document: &'a Document, pointer: String, value: &'a Value) -> Result<Self> {
        match value.as_object() {
            Some(map) => Ok(Self { document, pointer, map }),
            None => Err(document.error(pointer, format!("{} where an object belongs", kind(value)))),
        }
    }

    fn error(&self, key: &str, what: &str) -> Error {
        self.document.error(child(&self.pointer, key), what)
    }

    fn only(&self, known: &[&str]) -> Result<()> {
        match self.map.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => Err(self
                .error(key, &format!("`{key}` is no keyword of an overlay here"))
                .hint(format!("known are: {}", known.join(", ")))),
        }
    }

    fn need(&self, key: &str) -> Result<&'a Value> {
        self.map.get(key).ok_or_else(|| {
            self.document.error(self.pointer.clone(), format!("`{key}` is missing")).hint(format!("add `{key}`"))
        })
    }

    fn text(&self, key: &str) -> Result<&'a str> {
        let value = self.need(key)?;
        value.as_str().ok_or_else(|| {
            self.error(key, &format!("`{key}` is {}, not a string", kind(value))).hint("write a string; quote it")
        })
    }
}
