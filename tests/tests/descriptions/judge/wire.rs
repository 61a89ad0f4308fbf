//! The run: every call of every operation through the client, to a server that is made of the description.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use intercom_gen::Dynamic;
use serde_json::{Value, json};
use tests::calls::{Call, Operation, calls};
use tests::conformance::json::{bare, difference};
use tests::loopback::{Reply, Seen, Server};
use tests::tally::Tally;

use super::answers::{Answer, answers};
use super::exceptions::Used;
use super::samples::{Samples, samples};
use super::verdict::Verdict;
use super::versions::{Version, versions};

/// What became of the calls of one version.
#[derive(Default)]
pub struct Outcome {
    pub tally: Tally,
    /// The same of the calls that upstream's samples show; none where upstream's descriptions are not there.
    pub samples: Option<Tally>,
    /// What is wrong, for people.
    pub problems: Vec<String>,
    /// The exceptions that were needed.
    pub used: Used,
}

/// The outcome of each version, by name; the calls are made once for all tests.
pub fn outcomes() -> &'static BTreeMap<String, Outcome> {
    static OUTCOMES: OnceLock<BTreeMap<String, Outcome>> = OnceLock::new();
    OUTCOMES.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        let run = |version: &'static Version| (version.name.clone(), runtime.block_on(run(version)));
        versions().iter().map(run).collect()
    })
}

/// What the server is to answer next, and what it said of the request that came.
#[derive(Default)]
struct Exchange {
    due: Option<(String, Reply)>,
    /// Whether the call is that of a sample.
    sample: bool,
    verdict: Option<Verdict>,
}

fn lock(exchange: &Mutex<Exchange>) -> MutexGuard<'_, Exchange> {
    exchange.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Judges a request, and answers it if it is valid and the one that an answer is there for.
fn answer(version: &Version, seen: &Seen, exchange: &Mutex<Exchange>) -> Reply {
    let mut exchange = lock(exchange);
    let verdict = version.judge.judge(seen, exchange.sample);
    let reply = match exchange.due.take() {
        _ if !verdict.faults.is_empty() => Reply::json(json!({"errors": verdict.faults})).status(422),
        Some((identity, reply)) if verdict.identity.as_ref() == Some(&identity) => reply,
        _ => Reply::json(json!({"errors": ["another operation was due"]})).status(404),
    };
    exchange.verdict = Some(verdict);
    reply
}

async fn run(version: &'static Version) -> Outcome {
    let mut run = Run::start(version);
    for operation in version.judge.corrected.operations() {
        run.operation(operation).await;
    }
    if let Some(samples) = samples(version) {
        lock(&run.exchange).sample = true;
        run.samples(&samples).await;
    }
    run.outcome
}

struct Run {
    version: &'static Version,
    server: Server,
    api: Dynamic,
    exchange: Arc<Mutex<Exchange>>,
    outcome: Outcome,
}

impl Run {
    /// A server that judges requests of a version, and a client of it; it has to be started inside of a runtime.
    fn start(version: &'static Version) -> Self {
        let exchange: Arc<Mutex<Exchange>> = Arc::default();
        let shared = Arc::clone(&exchange);
        let server = Server::answering(move |seen| answer(version, seen, &shared));
        let api = server.client(version.built.builder());
        Self { version, server, api, exchange, outcome: Outcome::default() }
    }

    /// Makes each call, and gets each answer, of an operation: as often as it takes for the longer of the two lists.
    async fn operation(&mut self, operation: &Operation<'_>) {
        self.outcome.tally.operations += 1;
        let all = calls(self.version.corrected, operation);
        let mut methods: Vec<Option<&str>> = all.iter().map(|call| call.method.as_deref()).collect();
        methods.dedup();
        for method in methods {
            let calls: Vec<&Call> = all.iter().filter(|call| call.method.as_deref() == method).collect();
            let Some(first) = calls.first() else { continue };
            let answers = answers(self.version, operation, first);
            for turn in 0..calls.len().max(answers.len()) {
                let (call, answer) = (calls[turn % calls.len()], &answers[turn % answers.len()]);
                let (valid, decoded) = self.call(call, answer).await;
                let tally = &mut self.outcome.tally;
                tally.count_call(turn < calls.len(), valid);
                tally.count_answer(turn < answers.len(), decoded);
            }
        }
    }

    /// Makes the calls that samples show, each answered with as little as there can be.
    async fn samples(&mut self, samples: &Samples) {
        let mut tally = Tally::default();
        let mut called = BTreeSet::new();
        for call in &samples.calls {
            let operations = self.version.judge.corrected.operations();
            let operation = operations.iter().find(|operation| operation.identity == call.identity);
            let Some(answer) =
                operation.and_then(|operation| answers(self.version, operation, call).into_iter().next())
            else {
                continue;
            };
            let (valid, decoded) = self.call(call, &answer).await;
            tally.count_call(true, valid);
            tally.count_answer(true, decoded);
            called.insert(&call.identity);
        }
        tally.operations = called.len();
        self.outcome.samples = Some(tally);
        self.outcome.problems.extend(samples.unneeded.iter().cloned());
    }

    /// Whether the call arrived as it was meant and is valid, and whether the answer was decoded without loss or drift.
    async fn call(&mut self, call: &Call, answer: &Answer) -> (bool, bool) {
        lock(&self.exchange).due = Some((call.identity.clone(), answer.reply.clone()));
        let result = self.api.call(&self.name(call), call.args.clone()).await;
        let verdict = lock(&self.exchange).verdict.take();
        let [_only] = match (&verdict, &result) {
            (Some(_), _) => self.server.requests(),
            (None, Err(error)) => {
                self.problem(call, answer, &format!("nothing was sent: {error}"));
                return (false, false);
            }
            (None, Ok(_)) => panic!("{}: an answer without a request", call.identity),
        };
        let valid = verdict.is_some_and(|verdict| self.is_valid(call, answer, verdict));
        let decoded = match result {
            Err(error) if valid => {
                self.problem(call, answer, &format!("the answer is an error: {error}"));
                false
            }
            Err(_) => false,
            Ok(reply) => {
                let drift: Vec<String> = reply.drift().iter().map(|drift| drift.path.clone()).collect();
                self.is_decoded(call, answer, &reply.value.to_string(), &drift)
            }
        };
        (valid, decoded)
    }

    fn is_valid(&mut self, call: &Call, answer: &Answer, verdict: Verdict) -> bool {
        self.outcome.used.extend(verdict.used);
        for fault in &verdict.faults {
            self.problem(call, answer, fault);
        }
        let other = difference(&arrived(&call.args), &arrived(&verdict.arguments));
        if let Some(other) = &other {
            self.problem(call, answer, &format!("the arguments arrived as others: {other}"));
        }
        verdict.faults.is_empty() && other.is_none()
    }

    fn is_decoded(&mut self, call: &Call, answer: &Answer, value: &str, drift: &[String]) -> bool {
        let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{error}: {value}"));
        let loss = difference(&bare(&answer.value), &bare(&value));
        if let Some(loss) = &loss {
            self.problem(call, answer, &format!("the value is not what was answered: {loss}"));
        }
        if !drift.is_empty() {
            self.problem(call, answer, &format!("drift at {}", drift.join(", ")));
        }
        loss.is_none() && drift.is_empty()
    }

    /// How the client calls it: by its id, or by its method where it has several.
    fn name(&self, call: &Call) -> String {
        let Some(method) = &call.method else { return call.operation.clone() };
        let row = self.api.operations().iter().find(|row| row.id == call.operation && row.name == *method);
        row.map_or_else(|| call.operation.clone(), |row| format!("{}.{}", row.group, row.name))
    }

    fn problem(&mut self, call: &Call, answer: &Answer, what: &str) {
        let Call { identity, name, .. } = call;
        let what: String = what.chars().take(500).collect();
        self.outcome
            .problems
            .push(format!("{} {identity} ({name}, answer {}): {what}", self.version.name, answer.name));
    }
}

/// Arguments as they can be told from a request: of a file only its content, and everything in an address as text.
fn arrived(args: &Value) -> Value {
    let mut args = args.clone();
    let values = |args: &mut Value, part: &str, change: fn(&mut Value)| {
        let values = args.get_mut(part).and_then(Value::as_object_mut).into_iter();
        values.flat_map(|values| values.values_mut()).for_each(change);
    };
    values(&mut args, "path", |value| *value = as_text(value));
    values(&mut args, "query", |value| *value = as_text(value));
    values(&mut args, "form", |part| {
        if let Some(content) = part.get("content") {
            *part = content.clone();
        }
    });
    if let Some(keys) = args.as_object_mut() {
        // A form without a part is no form.
        keys.retain(|key, value| key != "form" || *value != json!({}));
    }
    args
}

fn as_text(value: &Value) -> Value {
    match value {
        Value::String(_) => value.clone(),
        Value::Array(items) => Value::from(items.iter().map(plain).collect::<Vec<_>>().join(",")),
        other => Value::from(other.to_string()),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod trials {
    use tests::calls::operations;

    use super::*;

    /// What is said of the minimal call of an operation of the moving channel, with its first answer, after a change.
    async fn said(identity: &str, change: impl FnOnce(&mut Call, &mut Answer)) -> (bool, bool, Vec<String>) {
        let version = versions().iter().find(|version| version.name == "unstable").expect("the version");
        let operation = operations(version.corrected).into_iter().find(|operation| operation.identity == identity);
        let operation = operation.expect("the operation");
        let mut call = calls(version.corrected, &operation).swap_remove(0);
        let mut answer = answers(version, &operation, &call).swap_remove(0);
        change(&mut call, &mut answer);
        let mut run = Run::start(version);
        let (valid, decoded) = run.call(&call, &answer).await;
        (valid, decoded, run.outcome.problems)
    }

    #[tokio::test]
    async fn a_call_as_it_should_be_is_valid_and_decoded() {
        assert_eq!(said("GET /contacts/{}", |_, _| {}).await, (true, true, vec![]));
    }

    #[tokio::test]
    async fn a_value_that_is_not_what_was_answered_is_told() {
        let (valid, decoded, problems) =
            said("GET /contacts/{}", |_, answer| answer.value["id"] = json!("another")).await;
        assert!(valid && !decoded && problems[0].contains("$.id"), "{problems:?}");
    }

    #[tokio::test]
    async fn drift_is_told() {
        let change = |_: &mut Call, answer: &mut Answer| {
            answer.value = json!({"id": "1", "name": [5]});
            answer.reply = Reply::json(&answer.value);
        };
        let (valid, decoded, problems) = said("GET /contacts/{}", change).await;
        assert!(valid && !decoded && problems[0].contains("drift at $.name"), "{problems:?}");
    }

    #[tokio::test]
    async fn a_request_for_another_operation_gets_no_answer() {
        let (_, decoded, problems) =
            said("GET /contacts/{}", |call, _| call.identity = "GET /companies/{}".to_owned()).await;
        assert!(!decoded && problems[0].contains("another operation was due"), "{problems:?}");
    }

    #[tokio::test]
    async fn a_request_that_is_not_valid_gets_no_answer() {
        let (valid, decoded, problems) =
            said("POST /contacts/search", |call, _| call.args["body"]["querry"] = json!(1)).await;
        assert!(!valid && !decoded && problems[0].contains("querry: is not declared"), "{problems:?}");
    }

    #[tokio::test]
    async fn arguments_that_the_client_refuses_are_told() {
        let (valid, decoded, problems) =
            said("GET /contacts/{}", |call, _| call.args["query"] = json!({"seen": 1})).await;
        assert!(!valid && !decoded && problems[0].contains("nothing was sent"), "{problems:?}");
    }

    #[test]
    fn arguments_that_arrive_as_others_differ() {
        let given =
            json!({"path": {"id": 7}, "query": {"tags": [1, "b"]}, "form": {"file": {"name": "a", "content": "x"}}});
        let same = json!({"path": {"id": "7"}, "query": {"tags": "1,b"}, "form": {"file": "x"}});
        assert_eq!(difference(&arrived(&given), &arrived(&same)), None);
        for (part, value) in
            [("path", json!({"id": 8})), ("query", json!({"tags": [1]})), ("form", json!({"file": "y"}))]
        {
            let mut other = same.clone();
            other[part] = value;
            assert!(difference(&arrived(&given), &arrived(&other)).is_some(), "{part}");
        }
    }
}
