//! What happened to types: their fields, values and arms.

use std::collections::HashMap;

use super::operations::{first_by, origin, redescribed, retyped, spelling};
use super::{Action, Change, Impact, Part, Side};
use crate::api::{Field, Kind, Struct, Type, Union};
use crate::emit::{Form, field_name};

/// Every change of a type.
pub(super) fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, ty) in &old.api.types {
        match new.api.types.get(id) {
            Some(now) => Pair { sides: (old, new), was: ty, now, changes: &mut changes }.compare(),
            None => changes.push(of(old, ty, Impact::Breaking, Action::Removed, &content(old, ty))),
        }
    }
    for (id, ty) in &new.api.types {
        if !old.api.types.contains_key(id) {
            changes.push(of(new, ty, Impact::Compatible, Action::Added, &content(new, ty)));
        }
    }
    changes
}

fn of(side: &Side, ty: &Type, impact: Impact, action: Action, what: &str) -> Change {
    Change {
        impact,
        part: Part::Type,
        action,
        owner: path(side, ty),
        identity: ty.id.to_string(),
        rust: String::new(),
        wire: String::new(),
        what: what.to_owned(),
    }
}

/// Where a type is found in Rust.
fn path(side: &Side, ty: &Type) -> String {
    let found = side.names.ty(&ty.id);
    match ty.id.path.as_slice() {
        [] => format!("types::{}", found.name),
        _ => format!("types::{}::{}", found.module, found.name),
    }
}

/// What a type consists of.
fn content(side: &Side, ty: &Type) -> String {
    let list = |noun: &str, names: Vec<String>| match names.as_slice() {
        [] => format!("no {noun}s"),
        [name] => format!("{noun} {name}"),
        names => format!("{noun}s {}", names.join(", ")),
    };
    let quoted = |name: &String| format!("`{name}`");
    match &ty.kind {
        Kind::Struct(structure) => list("field", structure.fields.iter().map(declared).collect()),
        Kind::OpenEnum(values) => list("value", values.iter().map(quoted).collect()),
        Kind::Union(union) => list("arm", union.arms.iter().map(|arm| quoted(&arm.label)).collect()),
        Kind::Alias(target) => format!("another name of `{}`", side.rust(target)),
    }
}

/// A field with the only value that it has, if it has one only.
fn declared(field: &Field) -> String {
    match &field.constant {
        Some(value) => format!("`{}` (always `{value}`)", field.wire),
        None => format!("`{}`", field.wire),
    }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Struct(_) => "an object",
        Kind::OpenEnum(_) => "a list of values",
        Kind::Union(_) => "one of several types",
        Kind::Alias(_) => "another name of a type",
    }
}

/// A type that both sides have.
struct Pair<'a> {
    sides: (&'a Side, &'a Side),
    was: &'a Type,
    now: &'a Type,
    changes: &'a mut Vec<Change>,
}

impl Pair<'_> {
    fn compare(&mut self) {
        let (was, now) = (self.was, self.now);
        let (old_path, new_path) = (path(self.sides.0, was), path(self.sides.1, now));
        if old_path != new_path {
            self.note(Impact::Breaking, format!("its name was `{old_path}`"));
        }
        let is_upstream = |side: &Side, ty: &Type| side.upstream.has_type(&ty.id);
        if let Some(what) =
            origin(is_upstream(self.sides.0, was), is_upstream(self.sides.1, now)).filter(|_| was.id.path.is_empty())
        {
            self.note(Impact::Unseen, what.to_owned());
        }
        self.deprecation(Part::Type, "", "", was.deprecated, now.deprecated);
        match (&was.kind, &now.kind) {
            (Kind::Struct(was), Kind::Struct(now)) => self.structs(was, now),
            (Kind::OpenEnum(was), Kind::OpenEnum(now)) => self.values(was, now),
            (Kind::Union(was), Kind::Union(now)) => self.unions(was, now),
            (Kind::Alias(was), Kind::Alias(now)) => {
                if let Some((one, other)) = retyped(self.sides, was, now) {
                    self.note(Impact::Breaking, format!("stands for `{other}`, was `{one}`"));
                } else if let Some(what) = spelling(was, now) {
                    self.note(Impact::Unseen, what);
                }
            }
            (one, other) => {
                let (before, after) = (content(self.sides.0, was), content(self.sides.1, now));
                let what = format!("was {} ({before}), is {} ({after})", kind(one), kind(other));
                self.note(Impact::Breaking, what);
            }
        }
    }

    fn note(&mut self, impact: Impact, what: String) {
        self.changes.push(of(self.sides.1, self.now, impact, Action::Changed, &what));
    }

    fn push(&mut self, part: Part, names: (&str, &str), impact: Impact, action: Action, what: String) {
        let change = of(self.sides.1, self.now, impact, action, &what);
        self.changes.push(Change { part, rust: names.0.to_owned(), wire: names.1.to_owned(), ..change });
    }

    fn deprecation(&mut self, part: Part, rust: &str, wire: &str, was: bool, now: bool) {
        if was != now {
            let what = if now { "deprecated" } else { "no longer deprecated" };
            self.push(part, (rust, wire), Impact::Compatible, Action::Changed, what.to_owned());
        }
    }

    fn structs(&mut self, was: &Struct, now: &Struct) {
        match (self.was.usage.request, self.now.usage.request) {
            (true, false) => self.note(Impact::Breaking, "is not sent any more: without `new` and setters".to_owned()),
            (false, true) => self.note(Impact::Compatible, "is sent as well: with `new` and setters".to_owned()),
            _ => {}
        }
        let by_name = |structure| first_by(structure, |field: &Field| &field.wire);
        let (earlier, later) = (by_name(&was.fields), by_name(&now.fields));
        for field in &was.fields {
            match later.get(field.wire.as_str()) {
                Some(other) => self.field(field, other),
                None => self.lone_field(field, Action::Removed),
            }
        }
        for field in now.fields.iter().filter(|new| !earlier.contains_key(new.wire.as_str())) {
            self.lone_field(field, Action::Added);
        }
        let (before, after) = (arguments(self.was, was), arguments(self.now, now));
        if before != after && self.was.usage.request && self.now.usage.request {
            let what = format!("`new({})` was `new({})`", after.join(", "), before.join(", "));
            self.note(Impact::Breaking, what);
        }
        if was.rules != now.rules {
            let rules = |rules: &[String]| if rules.is_empty() { "nothing".to_owned() } else { rules.join(" ") };
            let what = format!("beyond its fields it demands {}, was {}", rules(&now.rules), rules(&was.rules));
            self.note(Impact::Unseen, what);
        }
    }

    fn lone_field(&mut self, field: &Field, action: Action) {
        let (side, ty) = if action == Action::Added { (self.sides.1, self.now) } else { (self.sides.0, self.was) };
        let name = field_name(&field.wire);
        let (impact, what) = match (Form::of(field, ty.usage), action) {
            (Form::Constant(_), _) => (Impact::Unseen, "sent by itself".to_owned()),
            // Fields are public and the struct is not exhaustive; an argument of `new` shows in the change of `new`.
            (_, Action::Added) => (Impact::Compatible, format!("`{}`", side.emitter().field_text(field, ty.usage))),
            _ => (Impact::Breaking, format!("`{}`", side.emitter().field_text(field, ty.usage))),
        };
        let required = if field.required.is_some() { ", required" } else { "" };
        let only = field.constant.as_ref().map_or_else(String::new, |value| format!(", always `{value}`"));
        self.push(Part::Field, (&name, &field.wire), impact, action, what + required + &only);
    }

    fn field(&mut self, was: &Field, now: &Field) {
        let name = field_name(&now.wire);
        let names = (name.as_str(), now.wire.as_str());
        let (old_form, new_form) = (Form::of(was, self.was.usage), Form::of(now, self.now.usage));
        let words = words(was, now);
        let retyped = retyped(self.sides, &was.ty, &now.ty);
        let is_hidden = |form: &Form| matches!(form, Form::Constant(_));
        let same_form = std::mem::discriminant(&old_form) == std::mem::discriminant(&new_form);
        let (one, other) = (self.text(0, was, &old_form), self.text(1, now, &new_form));
        if !same_form || (retyped.is_some() && !is_hidden(&new_form)) {
            let reason = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
            let what = format!("`{one}` is now `{other}`{reason}");
            let impact = if is_hidden(&old_form) { Impact::Compatible } else { Impact::Breaking };
            self.push(Part::Field, names, impact, Action::Changed, what);
        } else if !words.is_empty() {
            self.push(Part::Field, names, Impact::Unseen, Action::Changed, words.join(", "));
        }
        if retyped.is_none()
            && let Some(what) = redescribed(&was.described, &now.described)
        {
            self.push(Part::Field, names, Impact::Unseen, Action::Changed, what);
        }
        if was.constant != now.constant {
            let what = match (&was.constant, &now.constant) {
                (Some(one), Some(other)) => format!("always `{other}`, was `{one}`"),
                (_, Some(other)) => format!("always `{other}`, was any value"),
                (one, None) => format!("any value, was `{}`", one.as_deref().unwrap_or_default()),
            };
            self.push(Part::Field, names, Impact::Unseen, Action::Changed, what);
        }
        self.deprecation(Part::Field, names.0, names.1, was.deprecated, now.deprecated);
    }

    fn text(&self, side: usize, field: &Field, form: &Form) -> String {
        let (side, ty) = if side == 0 { (self.sides.0, self.was) } else { (self.sides.1, self.now) };
        match form {
            Form::Constant(_) => "sent by itself".to_owned(),
            _ => side.emitter().field_text(field, ty.usage),
        }
    }

    fn values(&mut self, was: &[String], now: &[String]) {
        let (old_names, new_names) =
            (self.sides.0.names.variants(&self.was.id), self.sides.1.names.variants(&self.now.id));
        let (earlier, later) = (names_of(was, old_names), names_of(now, new_names));
        for (value, name) in was.iter().zip(old_names) {
            match later.get(value.as_str()) {
                None => {
                    let what = "the variant is gone; the value itself is still read and written".to_owned();
                    self.push(Part::Value, (name, value), Impact::Breaking, Action::Removed, what);
                }
                Some(other) if *other != name => {
                    let what = format!("its name was `{name}`");
                    self.push(Part::Value, (other, value), Impact::Breaking, Action::Changed, what);
                }
                Some(_) => {}
            }
        }
        for (value, name) in now.iter().zip(new_names).filter(|(value, _)| !earlier.contains_key(value.as_str())) {
            self.push(Part::Value, (name, value), Impact::Compatible, Action::Added, String::new());
        }
    }

    fn unions(&mut self, was: &Union, now: &Union) {
        let (old_names, new_names) =
            (self.sides.0.names.variants(&self.was.id), self.sides.1.names.variants(&self.now.id));
        let labels = |union: &Union| union.arms.iter().map(|arm| arm.label.clone()).collect::<Vec<_>>();
        let (old_labels, new_labels) = (labels(was), labels(now));
        let (earlier, later) = (names_of(&old_labels, old_names), names_of(&new_labels, new_names));
        let arms = first_by(&now.arms, |arm| &arm.label);
        for (arm, name) in was.arms.iter().zip(old_names) {
            let label = arm.label.as_str();
            let (Some(other), Some(new_name)) = (arms.get(label), later.get(label)) else {
                let what = format!("`{name}({})`", self.sides.0.rust(&arm.ty));
                self.push(Part::Arm, (name, &arm.label), Impact::Breaking, Action::Removed, what);
                continue;
            };
            if name != *new_name {
                let what = format!("its name was `{name}`");
                self.push(Part::Arm, (new_name, &arm.label), Impact::Breaking, Action::Changed, what);
            }
            if let Some((one, other)) = retyped(self.sides, &arm.ty, &other.ty) {
                let what = format!("`{one}` is now `{other}`");
                self.push(Part::Arm, (new_name, &arm.label), Impact::Breaking, Action::Changed, what);
            }
        }
        let is_new = |label: &String| !earlier.contains_key(label.as_str());
        for (arm, name) in now.arms.iter().zip(new_names).filter(|(arm, _)| is_new(&arm.label)) {
            let what = format!("`{name}({})`", self.sides.1.rust(&arm.ty));
            self.push(Part::Arm, (name, &arm.label), Impact::Compatible, Action::Added, what);
        }
        if was.choice != now.choice && old_labels == new_labels {
            self.note(Impact::Unseen, "its arms are told apart by other marks".to_owned());
        }
    }
}

/// The name in Rust of each value or label.
fn names_of<'a>(wires: &'a [String], names: &'a [String]) -> HashMap<&'a str, &'a String> {
    let mut found = HashMap::new();
    for (wire, name) in wires.iter().zip(names) {
        found.entry(wire.as_str()).or_insert(name);
    }
    found
}

/// The arguments of `new`, in their order.
fn arguments(ty: &Type, structure: &Struct) -> Vec<String> {
    let mut required: Vec<&Field> = structure
        .fields
        .iter()
        .filter(|field| field.required.is_some() && field.constant.is_none())
        .filter(|field| matches!(Form::of(field, ty.usage), Form::Plain | Form::Nullable))
        .collect();
    required.sort_by_key(|field| field.required);
    required.into_iter().map(|field| field_name(&field.wire)).collect()
}

/// What the description says of a field's presence now.
fn words(was: &Field, now: &Field) -> Vec<&'static str> {
    let mut words = Vec::new();
    match (was.required.is_some(), now.required.is_some()) {
        (false, true) => words.push("now required"),
        (true, false) => words.push("no longer required"),
        _ => {}
    }
    match (was.nullable, now.nullable) {
        (false, true) => words.push("now nullable"),
        (true, false) => words.push("no longer nullable"),
        _ => {}
    }
    words
}
