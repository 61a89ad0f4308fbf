//! What has to hold of a sample that was changed in one place.

use intercom_gen::Checked;

use super::changes::{Change, Kind};
use super::json::{Node, Value, difference, parse};
use super::places::{Base, reports};

/// What is wrong with reading and writing the changed sample, if anything is.
pub fn fault(kind: Kind, base: &Base, change: &Change) -> Option<String> {
    judge(kind, base, change).err()
}

fn judge(kind: Kind, base: &Base, change: &Change) -> Result<(), String> {
    let checked = base.sample.codec.check(&change.text).map_err(|error| format!("is refused: {error}"))?;
    let (sent, written) = (parse(&change.text)?, parse(&checked.json)?);
    if let Some(difference) = difference(&without_misfits(parse(&change.text)?, &checked), &written) {
        return Err(format!("${difference}"));
    }
    found_again(change, &checked, &sent, &written)?;
    once(change, &checked, &written)?;
    exact(change, &checked, &sent)?;
    if kind == Kind::RequiredKeys && !is_misfit(&checked, &change.path) {
        return Err("a required key is missing, and nobody says so".to_owned());
    }
    local(base, change, &checked)
}

/// A list that is the whole body has no object around it that could keep what does not fit: that is in the report alone,
/// which [`exact`] compares with the body.
fn without_misfits<'t>(mut sent: Node<'t>, checked: &Checked) -> Node<'t> {
    if let Value::Array(elements) = &mut sent.value {
        let mut index = 0..;
        elements.retain(|_| !index.next().is_some_and(|index| is_misfit(checked, &format!("$[{index}]"))));
    }
    sent
}

fn is_misfit(checked: &Checked, path: &str) -> bool {
    checked.drift.iter().any(|drift| drift.path == path)
}

/// The value is where it was put.
fn found_again(change: &Change, checked: &Checked, sent: &Node<'_>, written: &Node<'_>) -> Result<(), String> {
    if matches!(sent.value, Value::Array(_)) && is_misfit(checked, &change.path) {
        // A list at the root, whose elements may have moved up.
        return Ok(());
    }
    let (sent, written) = (sent.at(&change.path), written.at(&change.path));
    match (sent, written) {
        (None, None) if change.removes => Ok(()),
        (Some(sent), None) if !change.removes && sent.is_nothing() => Ok(()),
        (Some(sent), Some(written)) if !change.removes && difference(sent, written).is_none() => Ok(()),
        _ => Err(format!("{sent:?} became {written:?}")),
    }
}

/// No key is written twice; what is kept as text stays as it came.
fn once(change: &Change, checked: &Checked, written: &Node<'_>) -> Result<(), String> {
    let is_kept = |text: &String| checked.json.contains(text.as_str());
    if written.has_duplicates() && !change.doubled.as_ref().is_some_and(is_kept) {
        return Err(format!("a key is written twice, in {}", checked.json));
    }
    Ok(())
}

/// Every report names the value that is at its path, or that nothing is there.
fn exact(change: &Change, checked: &Checked, sent: &Node<'_>) -> Result<(), String> {
    let drift = checked.drift.iter().map(|drift| (&drift.path, &drift.raw));
    let additions = checked.additions.iter().map(|addition| (&addition.path, &addition.raw));
    for (path, raw) in drift.chain(additions) {
        // Of a key that comes twice both values are reported.
        if change.doubled.is_some() && is_below(path, &change.path) {
            continue;
        }
        match sent.at(path) {
            None if raw.is_empty() => {}
            // A secret is reported without its text.
            Some(_) if raw == "[secret]" => {}
            Some(there) if !raw.is_empty() && difference(&parse(raw)?, there).is_none() => {}
            there => return Err(format!("the report says {raw} at {path}, where {there:?} is")),
        }
    }
    Ok(())
}

/// What is reported elsewhere is what was reported of the sample.
fn local(base: &Base, change: &Change, checked: &Checked) -> Result<(), String> {
    let is_elsewhere = |path: &&String| !is_below(path, &change.path) && !is_below(&change.path, path);
    let reports = reports(checked);
    let mut now: Vec<_> = reports.iter().filter(is_elsewhere).collect();
    let mut before: Vec<_> = base.reports.iter().filter(is_elsewhere).collect();
    now.sort_unstable();
    before.sort_unstable();
    if now == before { Ok(()) } else { Err(format!("reported elsewhere: {now:?} and not {before:?}")) }
}

/// Whether a path is another one or leads through it.
fn is_below(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
