//! Operations that do several things: a method for each, with its own parameters and answer.
//!
//! `x-methods` in an overlay names them: `find: {parameters: [name], required: [name], schema: {$ref: …}}`.

use openapiv3::{ReferenceOr, Schema};
use serde_json::{Map, Value};

use super::Lowerer;
use super::node::Source;
use super::scope::Scope;
use crate::api::{Answer, Operation, Parameter};
use crate::error::Result;

impl Lowerer<'_> {
    /// `operation`, once for each of `methods`.
    pub fn split(&mut self, operation: &Operation, methods: &Value, scope: &Scope) -> Result<Vec<Operation>> {
        let hint = "a map from the name of each method to its `parameters` and, if the answer differs, its `schema`";
        let methods = methods.as_object().ok_or_else(|| self.error(scope, "not a map").hint(hint))?;
        let all: Result<Vec<Operation>> =
            methods.iter().map(|(name, said)| self.one_method(operation, name, said, &scope.part(name))).collect();
        let all = all?;
        let left =
            operation.query.iter().find(|parameter| !all.iter().any(|method| has(&method.query, &parameter.wire)));
        match left {
            Some(parameter) => Err(self
                .error(scope, format!("the parameter `{}` belongs to no method", parameter.wire))
                .hint("list it under the `parameters` of at least one")),
            None => Ok(all),
        }
    }

    fn one_method(&mut self, operation: &Operation, name: &str, said: &Value, scope: &Scope) -> Result<Operation> {
        let hint = "a method has `parameters`, and may have `required`, `schema`, `summary` and `description`";
        let known = ["parameters", "required", "schema", "summary", "description"];
        let said = self.map_of(said, &known, scope, hint)?;
        let mut own = Operation { key: operation.key.with_purpose(name), ..operation.clone() };
        let names = self.listed(operation, said, "parameters", scope)?;
        let names =
            names.ok_or_else(|| self.error(scope, "the method has no list of `parameters`").hint("it may be empty"))?;
        let required = self.listed(operation, said, "required", scope)?.unwrap_or_default();
        own.query.retain(|parameter| names.contains(&parameter.wire));
        for parameter in &mut own.query {
            parameter.required |= required.contains(&parameter.wire);
        }
        own.summary = self.text_of(said, "summary", scope)?.or(own.summary);
        own.doc = self.text_of(said, "description", scope)?.or(own.doc);
        if let Some(schema) = said.get("schema") {
            let schema: ReferenceOr<Schema> = serde_json::from_value(schema.clone())
                .map_err(|error| self.error(scope, format!("`schema` is no schema: {error}")).hint("give a `$ref`"))?;
            let place = Scope::root(format!("{} response", own.key), format!("{}/schema", scope.pointer));
            own.answer = Answer::Json(self.lower(Source::from(&schema), &place)?.ty);
            own.answers_otherwise = true;
        }
        Ok(own)
    }

    /// The text that a method has under `key`.
    fn text_of(&self, said: &Map<String, Value>, key: &str, scope: &Scope) -> Result<Option<String>> {
        match said.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(self.error(&scope.part(key), "not a text").hint("write a string; quote it")),
        }
    }

    /// The query parameters that a method lists under `key`.
    fn listed(
        &self,
        operation: &Operation,
        said: &Map<String, Value>,
        key: &str,
        scope: &Scope,
    ) -> Result<Option<Vec<String>>> {
        let Some(listed) = said.get(key) else { return Ok(None) };
        let names = self.texts(Some(listed), &scope.part(key), "list names of query parameters")?;
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
