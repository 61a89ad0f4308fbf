//! Bodies of requests: JSON, or a form whose parts are like parameters.

use openapiv3::{MediaType, Operation as Described, ReferenceOr, RequestBody, Schema};

use super::Lowerer;
use super::node::{Node, Source};
use super::object::is_struct;
use super::scope::Scope;
use crate::api::{OperationKey, Parameter, Scalar, TypeRef};
use crate::document;
use crate::error::Result;
use crate::openapi::extension::SECRET;

/// The media type of everything but files and plain text.
pub const JSON: &str = "application/json";

/// The media type of uploads.
const FORM: &str = "multipart/form-data";

impl Lowerer<'_> {
    /// The type of the JSON body, or the parts of the form.
    pub fn body(
        &mut self,
        key: &OperationKey,
        described: &Described,
        scope: &Scope,
    ) -> Result<(Option<TypeRef>, Vec<Parameter>)> {
        let Some(body) = self.request_body(described, scope)? else { return Ok((None, Vec::new())) };
        if let Some(schema) = schema(&body, JSON) {
            let pointer = document::child(&format!("{}/content", scope.pointer), JSON) + "/schema";
            let lowered = self.lower(Source::from(schema), &Scope::root(format!("{key} request"), pointer))?;
            return Ok((Some(lowered.ty), Vec::new()));
        }
        if let Some(schema) = schema(&body, FORM) {
            let pointer = document::child(&format!("{}/content", scope.pointer), FORM) + "/schema";
            return Ok((None, self.form(schema, &Scope::root(format!("{key} form"), pointer))?));
        }
        let found: Vec<&str> = body.content.keys().map(String::as_str).collect();
        let found = if found.is_empty() { "no media type".to_owned() } else { found.join(", ") };
        Err(self
            .error(scope, format!("a body of {found} cannot be sent"))
            .hint(format!("bodies are `{JSON}` or `{FORM}`, with a schema")))
    }

    fn request_body(&self, described: &Described, scope: &Scope) -> Result<Option<RequestBody>> {
        match &described.request_body {
            None => Ok(None),
            Some(ReferenceOr::Item(body)) => Ok(Some(body.clone())),
            Some(ReferenceOr::Reference { reference }) => {
                let name = reference.strip_prefix("#/components/requestBodies/").unwrap_or_default();
                let components = self.description.components.as_ref();
                let target = components.and_then(|components| components.request_bodies.get(name));
                let target = target.and_then(ReferenceOr::as_item).cloned();
                target.map(Some).ok_or_else(|| {
                    self.error(scope, format!("unresolved reference `{reference}`")).hint("correct the name")
                })
            }
        }
    }

    fn form(&mut self, schema: &ReferenceOr<Schema>, scope: &Scope) -> Result<Vec<Parameter>> {
        let Some(node) = schema.as_item().map(Node::new).filter(|node| is_struct(node)) else {
            return Err(self.error(scope, "a form that is no inline object").hint("list its parts as `properties`"));
        };
        let mut parts = Vec::new();
        for (name, source) in &node.properties {
            let place = scope.property(name);
            let lowered = self.lower(*source, &place)?;
            if self.is_secret(*source, &place)? {
                return Err(self
                    .error(&place.part(SECRET), format!("the part `{name}` of a form is said to be secret"))
                    .hint("only a property of JSON can be: a form has no fields that would be shown; leave it out"));
            }
            let is_file =
                matches!(source, Source::Inline(schema) if Node::new(schema).format.as_deref() == Some("binary"));
            let ty = if is_file { TypeRef::Scalar(Scalar::Binary) } else { lowered.ty };
            if !is_file && !self.is_text(&ty) {
                return Err(self
                    .error(&place, format!("the part `{name}` is neither text nor a file"))
                    .hint("only texts, numbers and files (`format: binary`) can be parts of a form"));
            }
            parts.push(Parameter {
                wire: (*name).to_owned(),
                pointer: place.pointer,
                ty,
                described: source.described(),
                required: node.required.iter().any(|required| required == name),
                doc: lowered.doc,
                deprecated: lowered.deprecated,
            });
        }
        Ok(parts)
    }
}

fn schema<'b>(body: &'b RequestBody, media: &str) -> Option<&'b ReferenceOr<Schema>> {
    body.content.get(media).and_then(|media: &MediaType| media.schema.as_ref())
}
