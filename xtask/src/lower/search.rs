//! Operations whose body is a search, which callers put together of filters: `x-search` in an overlay says so.
//!
//! A body that looks like one and says nothing is refused, or its callers would have to write it out. In a version that is
//! not released that is a line of the report.

use serde_json::Value;

use super::Lowerer;
use super::scope::Scope;
use crate::api::{Operation, Scalar, TypeRef};
use crate::error::Result;
use crate::openapi::extension::SEARCH;

/// The property of a search that holds its filters.
const FILTERS: &str = "query";

/// The property that tells a search from other bodies with a query.
const SIGN: &str = "pagination";

impl Lowerer<'_> {
    /// Makes `operation` take a search if `declared` says so.
    pub fn search(&mut self, operation: &mut Operation, declared: Option<&Value>, scope: &Scope) -> Result<()> {
        match self.searches(operation, declared, scope) {
            Ok(searches) => operation.searches = searches,
            Err(error) if self.provisional => {
                self.report.extend(error.problems().iter().map(|problem| format!("{}: {}", problem.at, problem.what)));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn searches(&self, operation: &Operation, declared: Option<&Value>, scope: &Scope) -> Result<bool> {
        let body = operation.body.as_ref().and_then(|body| self.structure_of(body));
        let property = |key: &str| body.and_then(|body| body.fields.iter().find(|field| field.wire == key));
        // A text is asked for, not searched by.
        let is_text = |ty: &TypeRef| matches!(self.aliased(ty), TypeRef::Scalar(scalar) if *scalar != Scalar::Json);
        let filters = property(FILTERS).is_some_and(|field| !is_text(&field.ty));
        let place = scope.part(SEARCH);
        match declared {
            Some(Value::Bool(true)) if filters => Ok(true),
            Some(Value::Bool(true)) => Err(self
                .error(&place, format!("the body is no search: it has no property `{FILTERS}` that could hold filters"))
                .hint("a search is an object with filters in `query`; remove the mark from what is none")),
            Some(Value::Bool(false)) => Ok(false),
            Some(other) => Err(self
                .error(&place, format!("`{other}` does not say whether the body is a search"))
                .hint("it is `true` or `false`")),
            None if filters && property(SIGN).is_some() => Err(self
                .error(scope, format!("its body has `{FILTERS}` and `{SIGN}`, as a search has, and no `{SEARCH}`"))
                .hint("say in spec/overlays/operations.yaml whether it is one")),
            None => Ok(false),
        }
    }
}
