//! Work that the API does in its own time, which descriptions do not tell from anything else: `x-job-states` in an overlay
//! says what the answer of a status operation means, `x-job` which operations belong to the one that starts it.
//!
//! In a version that is not released a mark that does not fit is a line of the report.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Lowerer;
use super::scope::Scope;
use crate::api::{Answer, Ending, Job, JobStates, Kind, Operation, OperationKey, Scalar, TypeRef};
use crate::error::{Error, Result};
use crate::openapi::extension::{JOB, STATES};

/// All operations, by identity.
type Operations = BTreeMap<OperationKey, Operation>;

impl Lowerer<'_> {
    /// Gives `operation` the states that `declared` says its answer has.
    pub fn watch(&mut self, operation: &mut Operation, declared: Option<&Value>, scope: &Scope) -> Result<()> {
        let Some(declared) = declared else { return Ok(()) };
        match self.states(operation, declared, &scope.part(STATES)) {
            Ok(states) => operation.states = Some(states),
            Err(error) => self.lenient(error)?,
        }
        Ok(())
    }

    /// Gives the operation of `key` the job that `declared` says it starts.
    pub fn start(&mut self, all: &mut Operations, key: &OperationKey, declared: &Value, scope: &Scope) -> Result<()> {
        let started = all.get(key).map(|operation| self.started(all, operation, declared, &scope.part(JOB)));
        match started.transpose() {
            Ok(job) => all.get_mut(key).into_iter().for_each(|operation| operation.job.clone_from(&job)),
            Err(error) => self.lenient(error)?,
        }
        Ok(())
    }

    fn lenient(&mut self, error: Error) -> Result<()> {
        if !self.provisional {
            return Err(error);
        }
        self.report.extend(error.problems().iter().map(|problem| format!("{}: {}", problem.at, problem.what)));
        Ok(())
    }

    fn states(&self, operation: &Operation, declared: &Value, place: &Scope) -> Result<JobStates> {
        let hint = "give `{state: /status, done: […], …}` with the states of `goes_on`, `done`, `failed`, `partial`, \
                    `empty` and `canceled`";
        let known: Vec<&str> =
            ["state", "goes_on", "done"].into_iter().chain(Ending::ALL.map(|(name, _)| name)).collect();
        let map = self.map_of(declared, &known, place, hint)?;
        let pointer = map.get("state").and_then(Value::as_str);
        let pointer = pointer.ok_or_else(|| self.error(place, "there is no `state`").hint(hint))?;
        let (keys, ty) = self.property(operation, pointer, &place.part("state"))?;
        let list = |name: &str| self.texts(map.get(name), &place.part(name), hint);
        let (goes_on, done) = (list("goes_on")?, list("done")?);
        let mut ended = Vec::new();
        for (name, ending) in Ending::ALL {
            ended.extend(list(name)?.into_iter().map(|state| (state, ending)));
        }
        if done.is_empty() {
            return Err(self.error(place, "no state is `done`").hint(hint));
        }
        let all: Vec<&String> = goes_on.iter().chain(&done).chain(ended.iter().map(|(state, _)| state)).collect();
        self.every_state(&ty, &all, place)?;
        Ok(JobStates { keys, done, ended })
    }

    /// Each state has one meaning, and those that the description lists have one.
    fn every_state(&self, ty: &TypeRef, said: &[&String], place: &Scope) -> Result<()> {
        let twice =
            said.iter().enumerate().find(|(index, state)| said.iter().take(*index).any(|other| other == *state));
        if let Some((_, state)) = twice {
            return Err(self.error(place, format!("`{state}` is said to be two things")).hint("say it once"));
        }
        let ty = self.aliased(ty);
        if *ty == TypeRef::Scalar(Scalar::String) {
            return Ok(());
        }
        let named = if let TypeRef::Named(id) = ty { self.types.get(id) } else { None };
        let Some(Kind::OpenEnum(listed)) = named.map(|ty| &ty.kind) else {
            return Err(self.error(&place.part("state"), "it leads to something that is no text").hint("correct it"));
        };
        if let Some(state) = said.iter().find(|state| !listed.contains(state)) {
            let error = self.error(place, format!("`{state}` is no state: the description lists others"));
            return Err(error.hint(format!("the states are {}", listed.join(", "))));
        }
        listed.iter().find(|state| !said.contains(state)).map_or(Ok(()), |state| {
            let error = self.error(place, format!("nothing is said of the state `{state}`"));
            Err(error.hint("add it to one of the lists: to `goes_on` if the job is not over then"))
        })
    }

    fn started(&self, all: &Operations, operation: &Operation, declared: &Value, place: &Scope) -> Result<Job> {
        let hint = "give `{status: GET /jobs/{}, id: /id}`, and `download` and `cancel` where the API has them";
        let map = self.map_of(declared, &["status", "id", "download", "cancel"], place, hint)?;
        let other = |name: &str| {
            let Some(said) = map.get(name) else { return Ok(None) };
            self.step(all, said, &place.part(name)).map(Some)
        };
        let status = other("status")?.ok_or_else(|| self.error(place, "there is no `status`").hint(hint))?;
        if status.states.is_none() {
            return Err(self
                .error(&place.part("status"), format!("`{}` does not say what its states mean", status.key))
                .hint(format!("give it `{STATES}` in spec/overlays/operations.yaml")));
        }
        let download = other("download")?;
        if let Some(download) = download.filter(|download| download.answer != Answer::Download) {
            let error = self.error(&place.part("download"), format!("`{}` answers with no file", download.key));
            return Err(error.hint("name the operation that gives the result"));
        }
        let ids = match map.get("id") {
            Some(Value::String(pointer)) => vec![pointer.clone()],
            ids => self.texts(ids, &place.part("id"), hint)?,
        };
        if ids.is_empty() {
            return Err(self.error(place, "there is no `id`").hint(hint));
        }
        let ids = ids.iter().map(|pointer| Ok(self.property(operation, pointer, &place.part("id"))?.0));
        let key = |operation: &Operation| operation.key.clone();
        Ok(Job {
            ids: ids.collect::<Result<_>>()?,
            status: key(status),
            download: download.map(key),
            cancel: other("cancel")?.map(key),
        })
    }

    /// The operation that `said` names, which has to need no more than the id of a job and parameters of the query.
    fn step<'o>(&self, all: &'o Operations, said: &Value, place: &Scope) -> Result<&'o Operation> {
        let name = said.as_str().and_then(|said| said.split_once(' '));
        let key = name.map(|(method, path)| OperationKey::new(method, path));
        let Some(operation) = key.and_then(|key| all.get(&key)) else {
            let error = self.error(place, format!("{said} is no operation"));
            return Err(error.hint("write method and path: `GET /jobs/{}`"));
        };
        let many = operation.path_parameters.len() != 1;
        let optional = operation.query.iter().any(|parameter| !parameter.required);
        if many || optional || operation.body.is_some() || !operation.form.is_empty() {
            let what =
                format!("`{}` takes more than the id of a job and parameters that have to be there", operation.key);
            return Err(self.error(place, what).hint("a job cannot give it what it takes: leave it out"));
        }
        Ok(operation)
    }

    /// The map that `said` is, with keys that are known.
    pub fn map_of<'v>(
        &self,
        said: &'v Value,
        known: &[&str],
        place: &Scope,
        hint: &str,
    ) -> Result<&'v Map<String, Value>> {
        let map = said.as_object().ok_or_else(|| self.error(place, "not a map").hint(hint))?;
        match map.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(self.error(place, format!("`{key}` is not known here")).hint(hint)),
            None => Ok(map),
        }
    }

    /// The list of texts that `said` is, empty where there is none.
    pub fn texts(&self, said: Option<&Value>, place: &Scope, hint: &str) -> Result<Vec<String>> {
        let Some(said) = said else { return Ok(Vec::new()) };
        let texts = said.as_array().and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        texts.ok_or_else(|| self.error(place, "not a list of texts").hint(hint))
    }

    /// The keys that a JSON pointer names in the answer of `operation`, and the type of what it leads to.
    pub fn property(&self, operation: &Operation, pointer: &str, place: &Scope) -> Result<(Vec<String>, TypeRef)> {
        let hint = "give the JSON pointer of a property of the answer, such as `/id` or `/data`";
        let Some(rest) = pointer.strip_prefix('/') else {
            return Err(self.error(place, format!("`{pointer}` is no JSON pointer")).hint(hint));
        };
        let Answer::Json(mut ty) = operation.answer.clone() else {
            return Err(self.error(place, "the answer is no JSON").hint(hint));
        };
        let mut path = Vec::new();
        for token in rest.split('/') {
            let key = token.replace("~1", "/").replace("~0", "~");
            let structure = self.structure_of(&ty);
            let Some(field) = structure.and_then(|structure| structure.fields.iter().find(|field| field.wire == key))
            else {
                let what = format!("unresolved pointer `{pointer}`: the response has no `{key}` there");
                return Err(self.error(place, what).hint(hint));
            };
            ty = field.ty.clone();
            path.push(key);
        }
        Ok((path, ty))
    }
}
