//! A description as a judge reads it: what a request may be, part by part.

use serde_json::{Value, json};
use tests::calls::{Operation, operations};
use tests::loopback::{Seen, TOKEN};

use super::declared::undeclared;
use super::fault::Fault;
use super::form;
use super::query::{self, scalar};
use super::router::{Route, route};
use super::schema::Schemas;

/// Headers that any request may have; what the transport adds is among them.
const HEADERS: [&str; 8] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "intercom-version",
    "transfer-encoding",
    "user-agent",
];

/// One description, ready to judge.
pub struct Book<'d> {
    description: &'d Value,
    operations: Vec<Operation<'d>>,
    schemas: Schemas,
    /// The version that requests have to ask for.
    version: &'d str,
}

/// A request as a description reads it.
#[derive(Debug)]
pub struct Reading {
    /// The operation's identity; none if no operation is described so.
    pub identity: Option<String>,
    /// `{"path": {…}, "query": {…}, "body": …}`, of these the ones that there are.
    pub arguments: Value,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { identity: None, arguments: json!({}), faults: Vec::new() }
    }
}

impl<'d> Book<'d> {
    pub fn new(description: &'d Value, version: &'d str) -> Self {
        let (operations, schemas) = (operations(description), Schemas::new(description));
        Self { description, operations, schemas, version }
    }

    pub fn operations(&self) -> &[Operation<'d>] {
        &self.operations
    }

    /// What is wrong with a value, by the schema at `pointer` of this description.
    pub fn misfits(&self, pointer: &str, value: &Value) -> Vec<Fault> {
        self.schemas.faults(pointer, value)
    }

    /// What a request is, and what is wrong with it.
    pub fn read(&self, seen: &Seen) -> Reading {
        let (method, target) = seen.line.split_once(' ').unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut reading = Reading::default();
        let Some(route) = route(&self.operations, method, path) else {
            reading.faults.push(Fault::new(format!("{method} {path}"), "is not described"));
            return reading;
        };
        let identity = &route.operation.identity;
        self.path(&route, &mut reading);
        self.query(&route, query, &mut reading);
        // What does not stand at a place of the description is named after the operation.
        for fault in &mut reading.faults {
            fault.place = format!("{identity} {}", fault.place);
        }
        reading.faults.extend(self.headers(&route, seen));
        self.body(&route, seen, &mut reading);
        reading.identity = Some(identity.clone());
        reading
    }

    fn path(&self, route: &Route<'_, '_>, reading: &mut Reading) {
        for (name, value) in &route.variables {
            let is_it = |parameter: &&&Value| parameter["in"] == "path" && parameter["name"] == *name;
            match route.operation.parameters.iter().find(is_it) {
                Some(parameter) => self.argument(parameter, scalar(value, &parameter["schema"]), reading),
                None => reading.faults.push(Fault::new(format!("path {name}"), "is not described")),
            }
        }
    }

    fn query(&self, route: &Route<'_, '_>, query: &str, reading: &mut Reading) {
        let (values, faults) = query::parameters(query, &route.operation.parameters);
        values.into_iter().for_each(|(parameter, value)| self.argument(parameter, value, reading));
        reading.faults.extend(faults);
    }

    fn argument(&self, parameter: &Value, value: Value, reading: &mut Reading) {
        let [place, name] = ["in", "name"].map(|key| parameter[key].as_str().unwrap_or_default());
        let faults = self.schemas.faults_by(&parameter["schema"], &value).into_iter();
        reading.faults.extend(faults.map(|fault| Fault::new(format!("{place} {name}"), fault.what)));
        reading.arguments[place][name] = value;
    }

    fn headers(&self, route: &Route<'_, '_>, seen: &Seen) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut say = |name: &str, what: String| faults.push(Fault::new(format!("header {name}"), what));
        let mut misfits = Vec::new();
        let expected = [
            ("authorization", format!("Bearer {TOKEN}")),
            ("intercom-version", self.version.to_owned()),
            ("user-agent", format!("intercom-gen/{}", env!("CARGO_PKG_VERSION"))),
        ];
        for (name, expected) in expected {
            let values: Vec<&[u8]> = seen.headers.get_all(name).iter().map(|value| value.as_bytes()).collect();
            if values != [expected.as_bytes()] {
                say(name, format!("is not there once as `{expected}`"));
            }
        }
        let declared = |name: &str| {
            let named = |parameter: &&&Value| {
                let is_it = parameter["name"].as_str().is_some_and(|other| other.eq_ignore_ascii_case(name));
                parameter["in"] == "header" && is_it
            };
            route.operation.parameters.iter().find(named)
        };
        for (name, value) in &seen.headers {
            match declared(name.as_str()) {
                Some(parameter) => {
                    let value = Value::from(String::from_utf8_lossy(value.as_bytes()));
                    misfits.extend(self.schemas.faults_by(&parameter["schema"], &value));
                }
                None if HEADERS.contains(&name.as_str()) => {}
                None => say(name.as_str(), "is not described".to_owned()),
            }
        }
        let accepted = seen.header("accept").unwrap_or_default();
        if let Some(media) = route.operation.answer().and_then(|answer| answer.media)
            && !accepts(accepted, media)
        {
            say("accept", format!("is `{accepted}`, where the answer is {media}"));
        }
        faults.extend(misfits);
        faults
    }

    fn body(&self, route: &Route<'_, '_>, seen: &Seen, reading: &mut Reading) {
        let operation = route.operation;
        let mut say = |what: String| reading.faults.push(Fault::new(format!("{} body", operation.identity), what));
        let Some(body) = &operation.body else {
            if !seen.body.is_empty() || seen.header("content-type").is_some() {
                say("is not described".to_owned());
            }
            return;
        };
        if seen.body.is_empty() {
            if body.required {
                say("is required, and not there".to_owned());
            }
            return;
        }
        let media = seen.header("content-type").unwrap_or_default();
        if media.split(';').next() != Some(body.media) {
            return say(format!("comes as `{media}`, and should as {}", body.media));
        }
        let is_form = body.media == "multipart/form-data";
        let value = match is_form {
            true => form::parts(media, &seen.body, body.schema),
            false => serde_json::from_slice(&seen.body).map_err(|error| format!("is no JSON: {error}")),
        };
        match value {
            Ok(value) => {
                reading.faults.extend(self.schemas.faults(&body.pointer, &value));
                reading.faults.extend(undeclared(self.description, &body.pointer, &value));
                reading.arguments[if is_form { "form" } else { "body" }] = value;
            }
            Err(what) => say(what),
        }
    }
}

/// Whether one of the ranges of an `Accept` header admits a media type.
fn accepts(ranges: &str, media: &str) -> bool {
    let kind = media.split('/').next().unwrap_or_default();
    let names = ranges.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
    names.into_iter().any(|range| range == "*/*" || range == media || range == format!("{kind}/*"))
}
