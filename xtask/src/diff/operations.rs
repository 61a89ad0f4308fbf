//! What happened to operations and their parameters.

use std::collections::HashMap;

use super::{Action, Change, Impact, Part, Side};
use crate::api::{Answer, Operation, Parameter, TypeRef};
use crate::emit::has_type;
use crate::names::ident;
use crate::openapi::variables;

/// Every change of an operation.
pub(super) fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = Vec::new();
    let by_id = first_by(new.api.operations.values(), |operation| &operation.id);
    for operation in old.api.operations.values() {
        match counterpart(operation, old, new) {
            Some(now) => Pair { sides: (old, new), was: operation, now, changes: &mut changes }.compare(),
            None => {
                let mut what = "its name stays reserved".to_owned();
                if let Some(other) = by_id.get(operation.id.as_str()) {
                    what = format!("`{}` has its operation id now, as `{}`", other.key, new.method(&other.key));
                }
                let change = of(old, operation, Impact::Breaking, Action::Removed, &what);
                changes.push(Change { what: format!("{}; {what}", signature(old, operation)), ..change });
            }
        }
    }
    for operation in new.api.operations.values().filter(|operation| counterpart(operation, new, old).is_none()) {
        let what = signature(new, operation);
        changes.push(of(new, operation, Impact::Compatible, Action::Added, &what));
    }
    changes
}

/// What to say of operations that only overlays have now.
pub(super) fn kept(old: &Side, new: &Side) -> Option<String> {
    let left = new.api.operations.values().filter(|operation| {
        let was = counterpart(operation, new, old);
        was.is_some_and(|was| old.upstream.has_operation(was)) && !new.upstream.has_operation(operation)
    });
    let left: Vec<String> = left.map(|operation| format!("`{}`", operation.key)).collect();
    let noun = if left.len() == 1 { "operation" } else { "operations" };
    let what =
        format!("upstream's description has {} {noun} no more, kept by an overlay: {}", left.len(), left.join(", "));
    (!left.is_empty()).then_some(what)
}

/// The same operation on the other side. One that does several jobs has a method for each, and where it does so on one
/// side only, the job that has its name is what it was.
fn counterpart<'a>(operation: &Operation, here: &Side, there: &'a Side) -> Option<&'a Operation> {
    let name = here.method(&operation.key);
    let operations = &there.api.operations;
    let of_path = || {
        let from_here = operations.range(operation.key.whole()..).map(|(_, other)| other);
        from_here.take_while(|other| other.key.whole() == operation.key.whole())
    };
    let is_its_job = |other: &&Operation| other.key.is_of(&operation.key) && there.method(&other.key) == name;
    operations.get(&operation.key).or_else(|| of_path().find(is_its_job))
}

/// The first of `all` with each key.
pub(super) fn first_by<'a, T>(all: impl IntoIterator<Item = &'a T>, key: fn(&T) -> &str) -> HashMap<&'a str, &'a T> {
    let mut found = HashMap::new();
    for one in all {
        found.entry(key(one)).or_insert(one);
    }
    found
}

fn of(side: &Side, operation: &Operation, impact: Impact, action: Action, what: &str) -> Change {
    Change {
        impact,
        part: Part::Operation,
        action,
        owner: side.method(&operation.key),
        identity: operation.key.to_string(),
        rust: String::new(),
        wire: String::new(),
        what: what.to_owned(),
    }
}

/// What goes in and comes out: `(id, force?: bool) -> types::Contact`, with the operation id.
fn signature(side: &Side, operation: &Operation) -> String {
    let mut arguments: Vec<String> = variables(&operation.path).into_iter().map(ident::snake).collect();
    let parameters = operation.query.iter().chain(&operation.form);
    arguments.extend(parameters.map(|parameter| {
        let mark = if parameter.required { "" } else { "?" };
        format!("{}{mark}: {}", parameter.wire, side.rust(&parameter.ty))
    }));
    arguments.extend(operation.body.iter().map(|body| side.rust(body)));
    format!("`({}) -> {}`, operation id `{}`", arguments.join(", "), answer(side, operation), operation.id)
}

fn answer(side: &Side, operation: &Operation) -> String {
    match &operation.answer {
        Answer::Json(ty) => side.rust(ty),
        Answer::Empty => "()".to_owned(),
        Answer::Text => "String".to_owned(),
        Answer::Download => "Download".to_owned(),
    }
}

/// An operation that both sides have.
struct Pair<'a> {
    sides: (&'a Side, &'a Side),
    was: &'a Operation,
    now: &'a Operation,
    changes: &'a mut Vec<Change>,
}

impl Pair<'_> {
    fn compare(&mut self) {
        self.origin();
        self.names();
        self.values();
        self.form();
        self.parameters();
    }

    /// Whether upstream describes the operation or an overlay does, and whether as one of several.
    fn origin(&mut self) {
        let (was, now) = (self.sides.0.upstream.has_operation(self.was), self.sides.1.upstream.has_operation(self.now));
        if let Some(what) = origin(was, now) {
            self.note(Impact::Unseen, what.to_owned());
        }
        let what = match (self.was.key.purpose(), self.now.key.purpose()) {
            (None, Some(_)) => "one of several methods of its operation now, and the one that keeps the name",
            (Some(_), None) => "the only method of its operation now",
            _ => return,
        };
        self.note(Impact::Unseen, what.to_owned());
    }

    fn note(&mut self, impact: Impact, what: String) {
        self.changes.push(of(self.sides.1, self.now, impact, Action::Changed, &what));
    }

    fn names(&mut self) {
        let (was, now) = (self.was, self.now);
        let (old_name, new_name) = (self.sides.0.method(&was.key), self.sides.1.method(&now.key));
        if old_name != new_name {
            self.note(Impact::Breaking, format!("its name was `{old_name}`"));
        }
        let stays = |what: String| if old_name == new_name { what + "; the Rust name stays" } else { what };
        if was.id != now.id {
            self.note(Impact::Unseen, stays(format!("the operation id `{}` is now `{}`", was.id, now.id)));
        }
        if was.tags != now.tags {
            let list = |tags: &[String]| if tags.is_empty() { "none".to_owned() } else { tags.join(", ") };
            self.note(Impact::Unseen, stays(format!("moved from tag {} to {}", list(&was.tags), list(&now.tags))));
        }
        for (one, other) in was.path_parameters.iter().zip(&now.path_parameters) {
            if one.wire != other.wire {
                let what = format!("path variable, an argument, was `{}`", one.wire);
                self.push(other, Impact::Unseen, Action::Changed, what);
            }
            if let Some(what) = redescribed(&one.described, &other.described) {
                self.push(other, Impact::Unseen, Action::Changed, what);
            }
        }
        if was.deprecated != now.deprecated {
            let what = if now.deprecated { "deprecated" } else { "no longer deprecated" };
            self.note(Impact::Compatible, what.to_owned());
        }
    }

    fn values(&mut self) {
        let (was, now) = (self.was, self.now);
        if was.body.is_some() != now.body.is_some() {
            let body = |side: &Side, operation: &Operation| {
                operation.body.as_ref().map_or_else(|| "nothing".to_owned(), |body| side.rust(body))
            };
            let (one, other) = (body(self.sides.0, was), body(self.sides.1, now));
            self.note(Impact::Breaking, format!("body: `{one}` is now `{other}`"));
        }
        if let (Some(one), Some(other)) = (&was.body, &now.body) {
            self.value("body", one, other);
        }
        match (&was.answer, &now.answer) {
            (Answer::Json(one), Answer::Json(other)) => self.value("answer", one, other),
            (one, other) if one != other => {
                let (one, other) = (answer(self.sides.0, was), answer(self.sides.1, now));
                self.note(Impact::Breaking, format!("answer: `{one}` is now `{other}`"));
            }
            _ => {}
        }
    }

    /// What the method gives, apart from the answer: a request, or a type of its own with setters and streams.
    fn form(&mut self) {
        let (was, now) = (&self.was.paging, &self.now.paging);
        match (has_type(self.was), has_type(self.now)) {
            (false, true) => self
                .note(Impact::Breaking, "gives a type of its own instead of `Request`: what is named `Request<…>` has to be renamed, `.await` stays".to_owned()),
            (true, false) => self.note(Impact::Breaking, "gives `Request` instead of a type of its own".to_owned()),
            _ => {}
        }
        match (was, now) {
            (None, Some(_)) => self.note(Impact::Compatible, "reads its pages: `.items()` and `.pages()`".to_owned()),
            (Some(_), None) => self.note(Impact::Breaking, "has no `.items()` and `.pages()` any more".to_owned()),
            (Some(was), Some(now)) => {
                self.value("items of its pages", &was.item, &now.item);
                if was.style != now.style {
                    let what = format!("its pages hang together by {}, was {}", now.style.name(), was.style.name());
                    self.note(Impact::Unseen, what);
                }
            }
            (None, None) => {}
        }
        match (self.was.searches, self.now.searches) {
            (false, true) => self.note(Impact::Compatible, "takes a `Search` and filters as well".to_owned()),
            (true, false) => self.note(Impact::Breaking, "takes no `Search` and no filters any more".to_owned()),
            _ => {}
        }
        let sees_through = |operation: &Operation| operation.job.is_some() || operation.states.is_some();
        match (sees_through(self.was), sees_through(self.now)) {
            (false, true) => self.note(Impact::Compatible, "sees its job through: `.job()`".to_owned()),
            (true, false) => self.note(Impact::Breaking, "has no `.job()` any more".to_owned()),
            _ if (&self.was.job, &self.was.states) != (&self.now.job, &self.now.states) => {
                self.note(Impact::Compatible, "`.job()` goes another way through its job".to_owned());
            }
            _ => {}
        }
        match (self.was.idempotent, self.now.idempotent) {
            (false, true) => self.note(Impact::Unseen, "is tried again, because it may be sent twice".to_owned()),
            (true, false) => self.note(Impact::Unseen, "is not tried again any more".to_owned()),
            _ => {}
        }
    }

    fn value(&mut self, role: &str, was: &TypeRef, now: &TypeRef) {
        if let Some((one, other)) = retyped(self.sides, was, now) {
            self.note(Impact::Breaking, format!("{role}: `{one}` is now `{other}`"));
        } else if let Some(what) = spelling(was, now) {
            self.note(Impact::Unseen, format!("{role}: {what}"));
        }
    }

    fn parameters(&mut self) {
        let lists = [("query", &self.was.query, &self.now.query), ("part", &self.was.form, &self.now.form)];
        for (role, was, now) in lists {
            let by_name = |parameters| first_by(parameters, |parameter: &Parameter| &parameter.wire);
            let (earlier, later) = (by_name(was), by_name(now));
            for parameter in was {
                match later.get(parameter.wire.as_str()) {
                    Some(other) => self.parameter(role, parameter, other),
                    None => self.one(self.sides.0, role, parameter, Impact::Breaking, Action::Removed),
                }
            }
            for parameter in now.iter().filter(|new| !earlier.contains_key(new.wire.as_str())) {
                let impact = if parameter.required { Impact::Breaking } else { Impact::Compatible };
                self.one(self.sides.1, role, parameter, impact, Action::Added);
            }
        }
    }

    fn one(&mut self, side: &Side, role: &str, parameter: &Parameter, impact: Impact, action: Action) {
        let need = if parameter.required { "required argument" } else { "setter" };
        let what = format!("{role} parameter, {need}, `{}`", side.rust(&parameter.ty));
        self.push(parameter, impact, action, what);
    }

    fn push(&mut self, parameter: &Parameter, impact: Impact, action: Action, what: String) {
        let change = of(self.sides.1, self.now, impact, action, &what);
        let rust = ident::snake(&parameter.wire);
        self.changes.push(Change { part: Part::Parameter, rust, wire: parameter.wire.clone(), ..change });
    }

    fn parameter(&mut self, role: &str, was: &Parameter, now: &Parameter) {
        if let Some((one, other)) = retyped(self.sides, &was.ty, &now.ty) {
            self.push(now, Impact::Breaking, Action::Changed, format!("{role} parameter: `{one}` is now `{other}`"));
        } else if let Some(what) = redescribed(&was.described, &now.described) {
            self.push(now, Impact::Unseen, Action::Changed, what);
        }
        if was.required != now.required {
            let what = if now.required { "now required: an argument" } else { "no longer required: a setter" };
            self.push(now, Impact::Breaking, Action::Changed, what.to_owned());
        }
        if was.deprecated != now.deprecated {
            let what = if now.deprecated { "deprecated" } else { "no longer deprecated" };
            self.push(now, Impact::Compatible, Action::Changed, what.to_owned());
        }
    }
}

/// What to say where the description has something on one side only, though the model has it on both.
pub(super) fn origin(was: bool, now: bool) -> Option<&'static str> {
    match (was, now) {
        (true, false) => Some("left upstream's description; an overlay keeps it"),
        (false, true) => Some("came into upstream's description; an overlay had it before"),
        _ => None,
    }
}

/// The Rust types of a value in both descriptions, where they are not one type.
pub(super) fn retyped(sides: (&Side, &Side), was: &TypeRef, now: &TypeRef) -> Option<(String, String)> {
    let (one, other) = (sides.0.rust(was), sides.1.rust(now));
    let followed = |side: &Side, ty: &TypeRef| side.rust(side.emitter().resolved(ty));
    (one != other && followed(sides.0, was) != followed(sides.1, now)).then_some((one, other))
}

/// How the description types a value now, where it did otherwise.
pub(super) fn redescribed(was: &str, now: &str) -> Option<String> {
    let name = |said: &str| if said.is_empty() { "a reference or any value".to_owned() } else { format!("`{said}`") };
    (was != now).then(|| format!("described as {}, was {}", name(now), name(was)))
}

/// What differs on the wire between types that are one in Rust.
pub(super) fn spelling(was: &TypeRef, now: &TypeRef) -> Option<String> {
    (was != now && !matches!((was, now), (TypeRef::Named(_), _) | (_, TypeRef::Named(_))))
        .then(|| format!("described as {}, was {}", words(now), words(was)))
}

fn words(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        TypeRef::List(inner) => format!("list of {}", words(inner)),
        TypeRef::Map(inner) => format!("map of {}", words(inner)),
        TypeRef::Nullable(inner) => format!("null or {}", words(inner)),
        TypeRef::Boxed(inner) => words(inner),
        TypeRef::Named(id) => id.to_string(),
    }
}
