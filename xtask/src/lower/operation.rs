//! Operations, a method each, or several where an overlay says so.

use std::collections::BTreeMap;

use openapiv3::Operation as Described;
use serde_json::Value;

use super::Lowerer;
use super::scope::Scope;
use crate::api::{Operation, OperationKey};
use crate::document;
use crate::error::{Errors, Result};
use crate::names::ident;
use crate::openapi::extension::{ALIASES, IDEMPOTENT, JOB, METHODS, PAGINATION, SEARCH, STATES};

impl Lowerer<'_> {
    /// Every operation of the description.
    pub fn operations(&mut self) -> Result<BTreeMap<OperationKey, Operation>> {
        let mut found: BTreeMap<OperationKey, Operation> = BTreeMap::new();
        let mut errors = Errors::default();
        let description = self.description;
        for (template, item) in &description.paths.paths {
            let Some(item) = item.as_item() else {
                errors.push(
                    self.error(&Scope::root("", document::pointer(&["paths", template])), "a path that is a reference"),
                );
                continue;
            };
            for (method, described) in item.iter() {
                let scope = Scope::root("", document::pointer(&["paths", template, method]));
                for operation in errors.keep(self.methods(method, template, described, &scope)).unwrap_or_default() {
                    if let Some(other) = found.insert(operation.key.clone(), operation) {
                        errors.push(
                            self.error(&scope, format!("`{}` stands at {} too", other.key, other.pointer))
                                .hint("paths that differ in the names of their variables only are one path"),
                        );
                    }
                }
            }
        }
        errors.into_result()?;
        self.started_jobs(&mut found)?;
        Ok(found)
    }

    /// Joins the operations that start jobs with those that belong to them.
    fn started_jobs(&mut self, operations: &mut BTreeMap<OperationKey, Operation>) -> Result<()> {
        let mut errors = Errors::default();
        let description = self.description;
        for (template, item) in &description.paths.paths {
            for (method, described) in item.as_item().into_iter().flat_map(|item| item.iter()) {
                let Some(declared) = described.extensions.get(JOB) else { continue };
                let scope = Scope::root("", document::pointer(&["paths", template, method]));
                errors.keep(self.start(operations, &OperationKey::new(method, template), declared, &scope));
            }
        }
        errors.into_result()
    }

    /// The operation, once for each of the methods that an overlay gives it.
    fn methods(
        &mut self,
        method: &str,
        template: &str,
        described: &Described,
        scope: &Scope,
    ) -> Result<Vec<Operation>> {
        let operation = self.operation(method, template, described, scope)?;
        let mut operations = match described.extensions.get(METHODS) {
            Some(methods) => match self.split(&operation, methods, &scope.part(METHODS)) {
                // The methods are those of the released descriptions, and an older one may know only one of them.
                Err(error) if self.provisional => {
                    let told = error.problems().iter();
                    self.report
                        .extend(told.map(|problem| format!("{}: {}; it has one method", problem.at, problem.what)));
                    vec![operation]
                }
                split => split?,
            },
            None => vec![operation],
        };
        let declared = described.extensions.get(PAGINATION);
        operations.iter_mut().try_for_each(|operation| self.page(operation, declared, scope))?;
        let declared = described.extensions.get(STATES);
        operations.iter_mut().try_for_each(|operation| self.watch(operation, declared, scope))?;
        let declared = described.extensions.get(SEARCH);
        operations.iter_mut().try_for_each(|operation| self.search(operation, declared, scope))?;
        Ok(operations)
    }

    fn operation(&mut self, method: &str, template: &str, described: &Described, scope: &Scope) -> Result<Operation> {
        let key = OperationKey::new(method, template);
        let id = self.id(method, template, described, scope)?;
        let (path_parameters, query) = self.parameters(&key, template, described, scope)?;
        let (body, form) = self.body(&key, described, &scope.part("requestBody"))?;
        Ok(Operation {
            id,
            method: method.to_uppercase(),
            path: template.to_owned(),
            pointer: scope.pointer.clone(),
            aliases: self.aliases(described, scope)?,
            tags: described.tags.clone(),
            summary: described.summary.clone(),
            doc: described.description.clone(),
            deprecated: described.deprecated,
            path_parameters,
            query,
            body,
            form,
            searches: false,
            states: None,
            job: None,
            idempotent: self.idempotent(method, described, scope)?,
            answer: self.answer(&key, described, scope)?,
            answers_otherwise: false,
            paging: None,
            key,
        })
    }

    /// The operation's id. A provisional version does with one that is made of method and path.
    fn id(&mut self, method: &str, template: &str, described: &Described, scope: &Scope) -> Result<String> {
        if let Some(id) = &described.operation_id {
            return Ok(id.clone());
        }
        let what = "the operation has no `operationId`";
        if !self.provisional {
            return Err(self.error(scope, what).hint("give it one in spec/overlays/operations.yaml"));
        }
        let id = ident::snake(&format!("{method} {template}"));
        self.report.push(format!("{}: {what}; taken for `{id}`", scope.pointer));
        Ok(id)
    }

    /// The words that an overlay gives, in lower case as rustdoc's search has them.
    fn aliases(&self, described: &Described, scope: &Scope) -> Result<Vec<String>> {
        let Some(said) = described.extensions.get(ALIASES) else { return Ok(Vec::new()) };
        let is_word = |word: &&str| word.starts_with(char::is_alphabetic) && **word == ident::snake(word);
        let words = said.as_array().map(|words| words.iter().map(|word| word.as_str().filter(is_word)));
        words.and_then(|words| words.map(|word| word.map(str::to_owned)).collect()).ok_or_else(|| {
            self.error(&scope.part(ALIASES), "not a list of words")
                .hint("each word is in lower case, without spaces: `[close, snooze]`")
        })
    }

    /// What the method promises, or an overlay says of a method that promises nothing.
    fn idempotent(&self, method: &str, described: &Described, scope: &Scope) -> Result<bool> {
        let promised = matches!(method, "get" | "head" | "put" | "delete" | "options" | "trace");
        match described.extensions.get(IDEMPOTENT) {
            None => Ok(promised),
            Some(Value::Bool(true)) if !promised => Ok(true),
            Some(said) => Err(self
                .error(&scope.part(IDEMPOTENT), format!("`{said}` says nothing about {}", method.to_uppercase()))
                .hint("it is `true`, and belongs to a POST or PATCH that may be sent twice")),
        }
    }
}
