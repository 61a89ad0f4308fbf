//! The accounts of updates in `spec/changes/` leave nothing out either: the facts of the descriptions that each says it is
//! about are taken from git's history and compared.

use std::process::Command;

use serde_json::{Value, json};
use tests::scratch::MANIFEST;
use tests::tree;
use toml_edit::DocumentMut;

use super::{EXPLAINED, Facts, unnamed};

/// What an account does not name, because an overlay of that day had it already.
const CORRECTED: [(&str, &str, &str); 2] = [
    ("2026-08-21.md", "\"GET /away_status_reasons\"", "April's errata had the envelope that August describes"),
    (
        "2026-08-21.md",
        "\"single_filter_search_request\"",
        "April's errata had the operators and values that August describes",
    ),
];

/// A row of an account's table: a version, and the upstream commits between which it moved.
struct Move {
    version: String,
    from: String,
    to: String,
}

fn moves(account: &str) -> Vec<Move> {
    let rows = account.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    cells
        .filter_map(|cells| match cells.as_slice() {
            [version, from, to] => {
                let commit = |cell: &str| cell.split('`').nth(1).map(str::to_owned);
                Some(Move { version: (*version).to_owned(), from: commit(from)?, to: commit(to)? })
            }
            _ => None,
        })
        .collect()
}

/// The entries under the heading of a version, each as a change of what it is about.
fn entries(account: &str, version: &str) -> Vec<Value> {
    let start = format!("\n## {version} of ");
    let section = account.split_once(&start).map_or("", |(_, rest)| rest.split("\n## ").next().unwrap_or(rest));
    let entries = section.split("\n- ").skip(1);
    entries
        .filter_map(|entry| {
            let (_, rest) = entry.split_once("` (`")?;
            let (identity, what) = rest.split_once("`)")?;
            Some(json!({"owner": {"wire": identity}, "wire": "", "what": what.replace('\n', " ")}))
        })
        .collect()
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(tree::workspace()).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The facts of a version that came from this commit of upstream: from the tree or from its history.
fn facts(version: &str, commit: &str) -> Option<Facts> {
    let here = |file: &str| Some(tree::text(&tree::workspace().join(file)));
    let parsed = |text: String| Facts::of(&serde_yaml::from_str(&text).unwrap_or_default());
    if let Some(file) = here(MANIFEST).and_then(|text| file(&text, version, commit)) {
        return here(&file).map(parsed);
    }
    let revisions = git(&["log", "--format=%H", "--", MANIFEST])?;
    revisions.lines().find_map(|revision| {
        let manifest = git(&["show", &format!("{revision}:{MANIFEST}")])?;
        let file = file(&manifest, version, commit)?;
        git(&["show", &format!("{revision}:{file}")]).map(parsed)
    })
}

/// The facts of a version, if they come from this commit in this manifest.
fn file(manifest: &str, version: &str, commit: &str) -> Option<String> {
    let manifest: DocumentMut = manifest.parse().ok()?;
    let entries = manifest.get("version")?.as_array_of_tables()?;
    let entry = entries.iter().find(|entry| entry.get("name").and_then(|name| name.as_str()) == Some(version))?;
    let same = entry.get("upstream")?.get("commit")?.as_str() == Some(commit);
    same.then(|| entry.get("spec").and_then(|spec| spec.as_str()).map(|spec| format!("spec/{spec}")))?
}

#[test]
#[cfg_attr(not(history), ignore = "needs a clone with all commits")]
fn every_account_of_an_update_names_every_fact_that_changed() {
    let mut compared = 0;
    for (name, account) in tree::files(&tree::workspace(), "spec/changes") {
        let account = String::from_utf8_lossy(&account);
        let moves = moves(&account);
        assert!(!moves.is_empty(), "{name} does not say from where to where");
        for Move { version, from, to } in moves {
            let of = |commit: &str| {
                facts(&version, commit)
                    .unwrap_or_else(|| panic!("{name}: no commit has the facts of {version} at {commit}"))
            };
            let (old, new) = (of(&from), of(&to));
            let silent = unnamed(&entries(&account, &version), &old, &new);
            let of_day = CORRECTED.iter().filter(|(day, ..)| name.ends_with(day)).map(|(_, part, _)| *part);
            let explained: Vec<&str> = EXPLAINED.iter().map(|(part, _)| *part).chain(of_day).collect();
            let is_explained = |line: &&String| explained.iter().any(|part| line.contains(part));
            let left: Vec<&String> = silent.iter().filter(|line| !is_explained(line)).collect();
            assert!(left.is_empty(), "{name}: {version}: {} facts are not named:\n{left:#?}", left.len());
            compared += 1;
        }
    }
    assert!(compared > 0, "there are no accounts of updates");
}

#[test]
fn an_account_is_read_by_its_rows_and_entries() {
    let account = "# Title\n\n| version | from | to |\n| --- | --- | --- |\n| 9 | 2026-01-01, `a` | 2026-02-01, `b` |\n\n\
        ## 9 of 2026-01-01 → 9 of 2026-02-01\n\n- type `Book` (`book`):\n  - field `pages` added\n\n## 10 of x → 10 of y\n";
    let moves = moves(account);
    let told: Vec<_> = moves.iter().map(|row| (row.version.as_str(), row.from.as_str(), row.to.as_str())).collect();
    assert_eq!(told, [("9", "a", "b")]);
    let entries = entries(account, "9");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["owner"]["wire"], "book");
    assert!(entries[0]["what"].as_str().is_some_and(|what| what.contains("`pages`")));
}
