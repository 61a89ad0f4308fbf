//! Operations that do several jobs: one method each, with its own parameters and answer.
//!
//! `x-methods` in an overlay names them: `find: {parameters: [name], required: [name], schema: {$ref: …}}`.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lowerer;
use super::node::Source;
use super::scope::Scope;
use crate::api::{Answer, Operation, Parameter};
use crate::error::Result;

impl Lowerer<'_> {
    /// `operation`, once for each of `jobs`.
    pub fn jobs(&mut self, operation: &Operation, jobs: &Value, scope: &Scope) -> Result<Vec<Operation>> {
        let hint = "a map from the name of each job to its `parameters` and, if the answer differs, its `schema`";
        let jobs = jobs.as_object().ok_or_else(|| self.error(scope, "not a map").hint(hint))?;
        let all: Result<Vec<Operation>> =
            jobs.iter().map(|(name, job)| self.job(operation, name, job, &scope.part(name))).collect();
        let all = all?;
        let left = operation.query.iter().find(|parameter| !all.iter().any(|job| has(&job.query, &parameter.wire)));
        match left {
            Some(parameter) => Err(self
                .error(scope, format!("the parameter `{}` belongs to no job", parameter.wire))
                .hint("list it under the `parameters` of at least one")),
            None => Ok(all),
        }
    }

    fn job(&mut self, operation: &Operation, name: &str, job: &Value, scope: &Scope) -> Result<Operation> {
        let mut own = Operation { key: operation.key.with_purpose(name), ..operation.clone() };
        let names = self.listed(operation, job, "parameters", scope)?;
        let names =
            names.ok_or_else(|| self.error(scope, "the job has no list of `parameters`").hint("it may be empty"))?;
        let required = self.listed(operation, job, "required", scope)?.unwrap_or_default();
        own.query.retain(|parameter| names.contains(&parameter.wire.as_str()));
        for parameter in &mut own.query {
            parameter.required |= required.contains(&parameter.wire.as_str());
        }
        own.summary = job.get("summary").and_then(Value::as_str).map(str::to_owned).or(own.summary);
        own.doc = job.get("description").and_then(Value::as_str).map(str::to_owned).or(own.doc);
        if let Some(schema) = job.get("schema") {
            let schema: ReferenceOr<Schema> = serde_json::from_value(schema.clone())
                .map_err(|error| self.error(scope, format!("`schema` is no schema: {error}")).hint("give a `$ref`"))?;
            let place = Scope::root(format!("{} response", own.key), format!("{}/schema", scope.pointer));
            own.answer = Answer::Json(self.lower(Source::from(&schema), &place)?.ty);
            own.answers_otherwise = true;
        }
        Ok(own)
    }
}

impl Lowerer<'_> {
    /// The query parameters that a job lists under `key`.
    fn listed<'j>(
        &self,
        operation: &Operation,
        job: &'j Value,
        key: &str,
        scope: &Scope,
    ) -> Result<Option<Vec<&'j str>>> {
        let Some(listed) = job.get(key).and_then(Value::as_array) else { return Ok(None) };
        let names: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
        match names.iter().find(|name| !has(&operation.query, name)) {
            Some(unknown) => Err(self
                .error(scope, format!("the operation has no query parameter `{unknown}`"))
                .hint("list parameters that it declares")),
            None => Ok(Some(names)),
        }
    }
}

fn has(parameters: &[Parameter], name: &str) -> bool {
    parameters.iter().any(|parameter| parameter.wire == name)
}
