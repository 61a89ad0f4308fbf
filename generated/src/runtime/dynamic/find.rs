//! Which operation is meant, and which of its methods where it has several.

use super::arguments::Arguments;
use super::suggest::nearest;
use crate::runtime::error::{Error, Result};
use crate::runtime::operation::Operation;

/// The methods of the operation that is called `name`: an id, a method and path, or `group.method`.
pub(super) fn named(operations: &'static [Operation], name: &str) -> Result<Vec<&'static Operation>> {
    let name = name.trim();
    let is_it: Box<dyn Fn(&Operation) -> bool> = if let Some((method, path)) = name.split_once(char::is_whitespace) {
        let path = without_names(path.trim_start());
        Box::new(move |operation| {
            method.eq_ignore_ascii_case(operation.method) && path == without_names(operation.path)
        })
    } else if let Some((group, method)) = name.split_once('.') {
        Box::new(move |operation| (operation.group, operation.name) == (group, method))
    } else {
        Box::new(move |operation| operation.id == name)
    };
    let found: Vec<&Operation> = operations.iter().filter(|operation| is_it(operation)).collect();
    if found.is_empty() { Err(unknown(operations, name)) } else { Ok(found) }
}

/// The method that takes these arguments. Where several do, one that lists goes before one that finds.
pub(super) fn chosen(methods: &[&'static Operation], arguments: &Arguments) -> Result<&'static Operation> {
    if let [only] = methods {
        arguments.check(only)?;
        return Ok(only);
    }
    let mut fitting = methods.iter().filter(|method| arguments.check(method).is_ok()).collect::<Vec<_>>();
    fitting.sort_by_key(|method| method.pages.is_none());
    fitting.first().map(|method| **method).ok_or_else(|| undecided(methods, arguments))
}

fn undecided(methods: &[&Operation], arguments: &Arguments) -> Error {
    let why = methods.iter().filter_map(|method| Some((method, arguments.check(method).err()?)));
    let why: Vec<String> = why.map(|(method, error)| format!("{}.{}: {error}", method.group, method.name)).collect();
    Error::argument(format!("no method of the operation takes these arguments; {}", why.join("; ")))
}

/// The path with the names of its variables left out: they differ between the versions.
fn without_names(path: &str) -> String {
    let segments = path.split('/').map(|segment| variable(segment).map_or(segment, |_| "{}"));
    segments.collect::<Vec<_>>().join("/")
}

/// The name in braces.
fn variable(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Where `name` is a path, its variables' names, each with the one that the operation has for it.
pub(super) fn renamed<'n>(name: &'n str, operation: &Operation) -> Vec<(&'n str, &'static str)> {
    let (_, path) = name.trim().split_once(char::is_whitespace).unwrap_or_default();
    path.trim().split('/').filter_map(variable).zip(operation.path.split('/').filter_map(variable)).collect()
}

fn unknown(operations: &'static [Operation], name: &str) -> Error {
    let spellings: Vec<String> = operations
        .iter()
        .flat_map(|operation| {
            let Operation { id, method, path, group, name, .. } = operation;
            [(*id).to_owned(), format!("{method} {path}"), format!("{group}.{name}")]
        })
        .collect();
    let near = nearest(name, spellings.iter().map(String::as_str));
    let hint = match near.as_slice() {
        [] => "give its id, its method and path, or `group.method`; the version's `OPERATIONS` lists them".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    Error::argument(format!("this version has no operation `{name}`: {hint}"))
}
