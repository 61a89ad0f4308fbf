//! What happened to the topics of webhooks and the events of Fin.

use super::{Action, Change, Impact, Part, Side};

/// Every change of a topic or an event.
pub(super) fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let (old, new) = (old.emitter(), new.emitter());
    let (was, now) = (old.event_arms(), new.event_arms());
    let enum_of = |path: &str| path.split("::").next().unwrap_or_default().to_owned();
    let change = |path: &str, wire: &str, impact, action, what: String| Change {
        impact,
        part: Part::Event,
        action,
        owner: path.to_owned(),
        identity: wire.to_owned(),
        rust: String::new(),
        wire: String::new(),
        what,
    };
    let mut changes = Vec::new();
    for arm in &was {
        let same = now.iter().find(|other| other.wire == arm.wire && enum_of(&other.path) == enum_of(&arm.path));
        let Some(other) = same else {
            let what = format!("`{}{}`", arm.path, arm.content);
            changes.push(change(&arm.path, arm.wire, Impact::Breaking, Action::Removed, what));
            continue;
        };
        if (&other.path, &other.content) != (&arm.path, &arm.content) {
            let what = format!("`{}{}` is now `{}{}`", arm.path, arm.content, other.path, other.content);
            changes.push(change(&other.path, arm.wire, Impact::Breaking, Action::Changed, what));
        }
    }
    for arm in &now {
        if !was.iter().any(|other| other.wire == arm.wire && enum_of(&other.path) == enum_of(&arm.path)) {
            let what = format!("`{}{}`", arm.path, arm.content);
            changes.push(change(&arm.path, arm.wire, Impact::Compatible, Action::Added, what));
        }
    }
    changes
}
