//! Answers of operations: what a success brings.

use openapiv3::{Operation as Described, ReferenceOr, Response, StatusCode};

use super::Lowerer;
use super::body::JSON;
use super::node::Source;
use super::scope::Scope;
use crate::api::{Answer, Arm, Choice, Kind, OperationKey, Type, TypeId, TypeRef, Union, Usage};
use crate::document;
use crate::error::Result;

impl Lowerer<'_> {
    /// The first answer that means success; a redirect leads to a file, `default` stands in where nothing else does.
    pub fn answer(&mut self, key: &OperationKey, described: &Described, scope: &Scope) -> Result<Answer> {
        let mut found: Vec<(u16, String, &ReferenceOr<Response>)> = Vec::new();
        for (status, response) in &described.responses.responses {
            let (code, text) = match status {
                StatusCode::Code(code) => (*code, code.to_string()),
                StatusCode::Range(range) => (range * 100, format!("{range}XX")),
            };
            found.push((code, text, response));
        }
        found.sort_by_key(|(code, ..)| *code);
        let success = found
            .iter()
            .filter(|(code, ..)| (200..300).contains(code))
            .map(|(_, text, response)| (text.as_str(), *response));
        let otherwise = described.responses.default.iter().map(|response| ("default", response));
        let redirects = found.iter().any(|(code, ..)| (300..400).contains(code));
        let success: Vec<(&str, &ReferenceOr<Response>)> = success.collect();
        if success.is_empty() && redirects {
            return Ok(Answer::Download);
        }
        let candidates: Vec<(&str, &ReferenceOr<Response>)> =
            if success.is_empty() { otherwise.collect() } else { success };
        let mut answers: Vec<Answer> = Vec::new();
        for (status, response) in candidates {
            let next = self.answer_of(key, response, &scope.part(&format!("responses/{status}")))?;
            if next != Answer::Empty && !answers.contains(&next) {
                answers.push(next);
            }
        }
        match answers.as_slice() {
            [] => Ok(Answer::Empty),
            [only] => Ok(only.clone()),
            several => self.one_of(key, several, scope),
        }
    }

    /// The choice between the answers of several statuses.
    fn one_of(&mut self, key: &OperationKey, answers: &[Answer], scope: &Scope) -> Result<Answer> {
        let mut arms = Vec::new();
        for answer in answers {
            let Answer::Json(TypeRef::Named(id)) = answer else {
                return Err(self
                    .error(&scope.part("responses"), "successes that differ in more than the type of an object")
                    .hint("give the operation one type of answer in spec/overlays/errata.yaml"));
            };
            arms.push(Arm { label: id.root.clone(), ty: TypeRef::Named(id.clone()) });
        }
        let id = TypeId::root(format!("{key} response"));
        let ty = Type {
            id: id.clone(),
            pointer: format!("{}/responses", scope.pointer),
            doc: None,
            deprecated: false,
            kind: Kind::Union(Union { arms, choice: Choice::Shape(Vec::new()) }),
            usage: Usage::default(),
        };
        self.types.insert(id.clone(), ty);
        Ok(Answer::Json(TypeRef::Named(id)))
    }

    fn answer_of(&mut self, key: &OperationKey, response: &ReferenceOr<Response>, scope: &Scope) -> Result<Answer> {
        let (response, pointer) = self.response(response, scope)?;
        if let Some(schema) = response.content.get(JSON).and_then(|media| media.schema.as_ref()) {
            let pointer = document::child(&format!("{pointer}/content"), JSON) + "/schema";
            let place = Scope::root(format!("{key} response"), pointer);
            return Ok(Answer::Json(self.lower(Source::from(schema), &place)?.ty));
        }
        match response.content.keys().next().map(String::as_str) {
            None => Ok(Answer::Empty),
            Some(JSON) => Err(self
                .error(scope, "a JSON answer without a schema")
                .hint("give it one in spec/overlays/errata.yaml")),
            Some(text) if text.starts_with("text/") => Ok(Answer::Text),
            Some(_) => Ok(Answer::Download),
        }
    }

    fn response(&self, response: &ReferenceOr<Response>, scope: &Scope) -> Result<(Response, String)> {
        match response {
            ReferenceOr::Item(response) => Ok((response.clone(), scope.pointer.clone())),
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/responses/").unwrap_or_default();
                let target = self.description.components.as_ref().and_then(|components| components.responses.get(name));
                let target = target.and_then(ReferenceOr::as_item).cloned();
                let target = target.ok_or_else(|| self.error(scope, format!("unresolved reference `{reference}`")))?;
                Ok((target, reference.clone()))
            }
        }
    }
}
