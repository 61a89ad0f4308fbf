//! A judge of requests that nobody here wrote: [Prism](https://github.com/stoplightio/prism), with upstream's own
//! description.
//!
//! Every call that the description permits, and every one that upstream's samples show, goes through the client to Prism,
//! which looks at it and answers with a sample or an instance of its own. What it refuses is sent wrongly, described
//! wrongly, or corrected by an overlay: each refusal is printed with Prism's words, and has to have a cause in
//! `tests/prism.toml`.

mod causes;
mod plan;
mod record;
mod recorder;
mod report;
mod server;

use std::collections::BTreeSet;
use std::path::Path;

use intercom_gen::{Arguments, Drift, Dynamic, RetryPolicy};
use xtask::document::{Document, read_text};
use xtask::error::{Error, Result};

use crate::calls::{Call, operations};
use crate::conformance::codecs::built;
use crate::conformance::samples;
use causes::Cause;
pub use record::{Recorded, moved, record};
use recorder::{Recorder, Seen};
pub use report::{Judged, Report, Verdict};
use server::Prism;

/// Has Prism, the program at `program`, judge the requests of `version` by the upstream description `from`.
pub fn run(root: &Path, version: &str, from: &Path, program: &Path) -> Result<Report> {
    let name = from.display().to_string();
    let upstream = Document::parse(&name, &read_text(Path::new(""), &name)?)?;
    let (version, calls) = plan::plan(root, version, &upstream)?;
    let described: BTreeSet<String> =
        operations(&upstream.root).into_iter().map(|operation| operation.identity).collect();
    let mut prism = Prism::start(program, from)?;
    let recorder =
        Recorder::new().map_err(|error| Error::file("reqwest", error.to_string()).hint("see its message"))?;
    let api = client(&version.name, &prism.url(), &recorder)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::file("tokio", error.to_string()).hint("this is a fault of the machine"))?;
    let judged = runtime.block_on(async {
        let mut judged = Vec::new();
        for call in calls {
            let verdict = match described.contains(&call.identity) {
                true => judge(&api, &recorder, &call).await,
                false => Verdict::Absent,
            };
            if matches!(verdict, Verdict::Unanswered(_)) {
                prism.revive()?;
            }
            judged.push(Judged { operation: call.identity, call: call.name, verdict });
        }
        Ok::<_, Error>(judged)
    })?;
    Ok(Report::new(&version.name, name, judged, Cause::all(root)?))
}

fn client(version: &str, url: &str, recorder: &Recorder) -> Result<Dynamic> {
    let builder = built(version)?.builder().token("a-token").base_url(url);
    let api = builder.retry(RetryPolicy::none()).transport(recorder.clone()).build();
    api.map_err(|error| Error::file(url, error.to_string()).hint("this is a fault of this program"))
}

async fn judge(api: &Dynamic, recorder: &Recorder, call: &Call) -> Verdict {
    let answer = api.call(&name(api, call), Arguments::from(call.args.clone())).await;
    let seen = recorder.take();
    match (answer, seen) {
        (Err(error), None) if error.is_transport() => Verdict::Unanswered(error.to_string()),
        (Err(error), None) => Verdict::Unsent(error.to_string()),
        (_, Some(seen)) if !seen.violations.is_empty() => Verdict::Refused(seen.violations),
        (Ok(reply), _) => Verdict::Answered(reply.drift().iter().map(shown).collect()),
        // A redirect is the answer of a file; what it leads to is a sample.
        (Err(_), Some(Seen { status: 301..=308, .. })) => Verdict::Answered(Vec::new()),
        (Err(error), Some(Seen { status: 200..=299, .. })) => Verdict::Unread(error.to_string()),
        (Err(error), Some(_)) => Verdict::Refused(match recorder::of_body(error.body().unwrap_or_default()) {
            said if said.is_empty() => vec![error.to_string()],
            said => said,
        }),
    }
}

fn shown(drift: &Drift) -> String {
    format!("{}: expected {}, got {}", drift.path, drift.expected, drift.raw)
}

/// What the crate calls the operation; where it has several methods, the one that the call is for.
fn name(api: &Dynamic, call: &Call) -> String {
    let methods = api.find(&call.identity).unwrap_or_default();
    let method = methods.iter().find(|method| Some(method.name) == call.method.as_deref());
    method.map_or_else(|| call.identity.clone(), |method| format!("{}.{}", method.group, method.name))
}
