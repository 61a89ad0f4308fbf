//! Marks of jobs that name what is not there, or say too little.

use tests::scratch::{MANIFEST, SPEC, Scratch, manifest_entry};

use super::{GOOD, refuses};

const SHOW: &str = "#/paths/~1books~1{id}/get";
const LIST: &str = "#/paths/~1books/get";

/// States that are told completely.
const STATES: &str = "{state: /state, goes_on: [unread], done: [read]}";

/// The good description, in which `showBook` has these states and `listBooks` (which gives a book) starts this job.
fn text(states: &str, job: &str) -> String {
    let text = GOOD.replace("#/components/schemas/list\"", "#/components/schemas/book\"");
    let text = text.replace("operationId: showBook", &format!("operationId: showBook\n      x-job-states: {states}"));
    text.replace("operationId: listBooks", &format!("operationId: listBooks\n      x-job: {job}"))
}

fn marked(states: &str, job: &str) -> Scratch {
    Scratch::new("tiny", &[]).with(SPEC, text(states, job))
}

const JOB: &str = "{id: /id, status: \"GET /books/{}\"}";

#[track_caller]
fn bad_states(states: &str, at: &str, words: &[&str]) {
    // Without states that can be read, the job has no status: only the first mistake counts here.
    let tree = Scratch::new("tiny", &[]).with(SPEC, text(states, JOB).replace(&format!("\n      x-job: {JOB}"), ""));
    refuses(&tree, SPEC, &format!("{SHOW}/x-job-states{at}"), words);
}

#[track_caller]
fn bad_job(job: &str, at: &str, words: &[&str]) {
    refuses(&marked(STATES, job), SPEC, &format!("{LIST}/x-job{at}"), words);
}

#[test]
fn marks_that_say_all_are_taken() {
    for states in [STATES, "{state: /shelf/room, done: [anything]}"] {
        if let Err(error) = marked(states, JOB).generate() {
            panic!("{error}");
        }
    }
}

#[test]
fn a_state_that_is_unresolved_is_named() {
    bad_states("{state: /status, done: [read]}", "/state", &["`/status`", "unresolved pointer"]);
    bad_states("{state: status, done: [read]}", "/state", &["`status`", "pointer"]);
    bad_states("{state: /pages, done: [read]}", "/state", &["no text"]);
}

#[test]
fn every_state_that_is_listed_means_one_thing() {
    bad_states("{state: /state, done: [read]}", "", &["`unread`"]);
    bad_states("{state: /state, goes_on: [unread], done: [read], failed: [torn]}", "", &["`torn`", "no state"]);
    bad_states("{state: /state, goes_on: [unread, read], done: [read]}", "", &["`read`", "two things"]);
}

#[test]
fn states_without_a_good_end_are_refused() {
    bad_states("{state: /state, goes_on: [unread, read]}", "", &["`done`"]);
    bad_states("{done: [read]}", "", &["`state`"]);
    bad_states("{state: /state, done: read}", "/done", &["list"]);
    bad_states("{state: /state, done: [read], finished: [unread]}", "", &["`finished`"]);
    bad_states("read", "", &["map"]);
}

#[test]
fn an_operation_that_is_not_there_is_named() {
    for said in ["GET /papers/{}", "/books/{}", "PATCH /books/{}"] {
        bad_job(&format!("{{id: /id, status: \"{said}\"}}"), "/status", &[said, "no operation"]);
        let download = format!("{{id: /id, status: \"GET /books/{{}}\", download: \"{said}\"}}");
        bad_job(&download, "/download", &[said]);
        bad_job(&download.replace("download", "cancel"), "/cancel", &[said]);
    }
}

#[test]
fn a_status_without_states_is_refused() {
    let tree = Scratch::new("tiny", &[])
        .with(SPEC, text(STATES, JOB).replace(&format!("x-job-states: {STATES}"), "deprecated: true"));
    refuses(&tree, SPEC, &format!("{LIST}/x-job/status"), &["GET /books/{}", "states"]);
}

#[test]
fn an_operation_that_takes_more_than_an_id_is_refused() {
    bad_job(
        "{id: /id, status: \"GET /books/{}\", cancel: \"PUT /books/{}\"}",
        "/cancel",
        &["PUT /books/{}", "takes more"],
    );
    bad_job("{id: /id, status: \"GET /books\"}", "/status", &["GET /books", "takes more"]);
}

#[test]
fn a_download_without_a_file_is_refused() {
    bad_job("{id: /id, status: \"GET /books/{}\", download: \"GET /books/{}\"}", "/download", &["no file"]);
}

#[test]
fn an_id_that_is_unresolved_is_named() {
    bad_job("{id: /job, status: \"GET /books/{}\"}", "/id", &["`/job`", "unresolved pointer"]);
    bad_job("{id: [/id, /job], status: \"GET /books/{}\"}", "/id", &["`/job`", "unresolved pointer"]);
}

#[test]
fn what_a_job_cannot_do_without_is_missed() {
    bad_job("{status: \"GET /books/{}\"}", "", &["`id`"]);
    bad_job("{id: /id}", "", &["`status`"]);
    bad_job("{id: /id, status: \"GET /books/{}\", file: \"GET /books/{}\"}", "", &["`file`"]);
    bad_job("true", "", &["map"]);
}

#[test]
fn a_version_that_is_not_released_says_in_its_report_what_does_not_fit() {
    let manifest = manifest_entry("tiny", &[]).replace("spec = ", "provisional = true\nspec = ");
    for (text, part) in [(text("read", JOB), "/x-job-states: "), (text(STATES, "true"), "/x-job: ")] {
        let tree = Scratch::new("tiny", &[]).with(MANIFEST, &manifest).with(SPEC, text);
        let generated = tree.generate().unwrap_or_else(|error| panic!("{error}"));
        assert!(
            generated.report.lines(true).iter().any(|line| line.contains(part)),
            "no {part} in {:#?}",
            generated.report
        );
    }
}
