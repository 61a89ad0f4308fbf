//! How the lists of operations come in pages, which descriptions do not say: `x-pagination` in an overlay does.
//!
//! An operation that looks paged and says nothing is refused, or its callers would get the first page and take it for
//! the list. In a version that is not released that is a line of the report.

use serde_json::Value;

use super::Lowerer;
use super::scope::Scope;
use crate::api::{Answer, Kind, Operation, Paging, PagingStyle, Scalar, Struct, TypeRef};
use crate::error::{Error, Result};
use crate::openapi::extension::PAGINATION;

/// Query parameters that ask for a page.
const PARAMETERS: [&str; 5] = ["page", "per_page", "starting_after", "scroll_param", "cursor"];

/// Properties of a body that ask for a page.
const PROPERTIES: [&str; 4] = ["pagination", "page", "per_page", "starting_after"];

/// Properties of an answer that lead to another page.
const LEADS: [&str; 4] = ["pages", "next_cursor", "scroll_param", "total_pages"];

impl Lowerer<'_> {
    /// Gives `operation` the pages that `declared` says it has.
    pub fn page(&mut self, operation: &mut Operation, declared: Option<&Value>, scope: &Scope) -> Result<()> {
        // A job with an answer of its own has not the pages of the operation.
        let declared = declared.filter(|_| !operation.answers_otherwise);
        match self.paging(operation, declared, &scope.part(PAGINATION), scope) {
            Ok(paging) => operation.paging = paging,
            Err(error) if self.provisional => {
                self.tell(&error, "no stream of pages");
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Reports what a version that is not released leaves open, and what comes of it.
    fn tell(&mut self, error: &Error, comes: &str) {
        let told = error.problems().iter();
        self.report.extend(told.map(|problem| format!("{}: {}; {comes}", problem.at, problem.what)));
    }

    fn paging(
        &mut self,
        operation: &Operation,
        declared: Option<&Value>,
        place: &Scope,
        scope: &Scope,
    ) -> Result<Option<Paging>> {
        let Some(declared) = declared else { return self.unpaged(operation, scope).map(|()| None) };
        let hint = "give `{style: …, items: /data}`, or `{style: none, reason: …}` to an operation that has no pages";
        let text = |key: &str| declared.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let known = |allowed: [&str; 2]| {
            let unknown = declared.as_object().and_then(|map| map.keys().find(|key| !allowed.contains(&key.as_str())));
            unknown.map_or(Ok(()), |key| Err(self.error(place, format!("`{key}` is not known here")).hint(hint)))
        };
        let name = text("style").ok_or_else(|| self.error(place, "there is no `style`").hint(hint))?;
        if name == "none" {
            known(["style", "reason"])?;
            return match text("reason") {
                Some(_) => Ok(None),
                None => Err(self.error(place, "`none` without a `reason`").hint("say why there are no pages")),
            };
        }
        known(["style", "items"])?;
        let Some((_, style)) = PagingStyle::ALL.iter().find(|(other, _)| *other == name) else {
            let all: Vec<&str> = PagingStyle::ALL.iter().map(|(name, _)| *name).collect();
            let error = self.error(&place.part("style"), format!("`{name}` is no style of paging"));
            return Err(error.hint(format!("the styles are {} and none", all.join(", "))));
        };
        let found = self.items(operation, declared.get("items"), &place.part("items"))?;
        let (items, item) = found.ok_or_else(|| self.error(place, "there are no `items`").hint(hint))?;
        self.position(operation, *style, scope)?;
        Ok(Some(Paging { style: *style, items, item }))
    }

    /// The properties that lead to the items of a page, by each of the declared ways, and the type of an item.
    fn items(
        &mut self,
        operation: &Operation,
        declared: Option<&Value>,
        place: &Scope,
    ) -> Result<Option<(Vec<Vec<String>>, TypeRef)>> {
        let pointers: Vec<(&Value, Scope)> = match declared {
            Some(Value::Array(list)) => {
                list.iter().enumerate().map(|(index, one)| (one, place.part(&index.to_string()))).collect()
            }
            one => one.map(|one| (one, place.clone())).into_iter().collect(),
        };
        let mut found: Option<(Vec<Vec<String>>, TypeRef)> = None;
        let mut open = Vec::new();
        for (pointer, place) in pointers {
            let pointer = pointer.as_str().map_or_else(|| pointer.to_string(), str::to_owned);
            let (path, item) = match self.list_at(operation, &pointer, &place) {
                Ok(list) => list,
                Err(error) if self.provisional => {
                    open.push(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let (ways, first) = found.get_or_insert_with(|| (Vec::new(), item.clone()));
            self.stands_in(&pointer, (&path, &item), (ways, first), &place)?;
            ways.push(path);
        }
        if found.is_none() {
            return open.into_iter().next().map_or(Ok(None), Err);
        }
        open.iter().for_each(|error| self.tell(error, "not read"));
        Ok(found)
    }

    /// Refuses a list that cannot stand in for those before it.
    fn stands_in(
        &self,
        pointer: &str,
        (path, item): (&[String], &TypeRef),
        (ways, first): (&[Vec<String>], &TypeRef),
        place: &Scope,
    ) -> Result<()> {
        if self.aliased(item) != self.aliased(first) {
            let what = format!("`{pointer}` leads to items of another type than the pointers before it");
            let hint = "alternatives hold the same: give their items one schema, or leave this pointer out";
            return Err(self.error(place, what).hint(hint));
        }
        // Emitted code takes each list out of the page, which gives a property once.
        if ways.iter().any(|way| way.first() == path.first()) {
            let what = format!("`{pointer}` begins with the same property as a pointer before it");
            return Err(self.error(place, what).hint("give alternatives that stand beside each other"));
        }
        Ok(())
    }

    /// The properties that lead to a list, and the type of its elements.
    fn list_at(&self, operation: &Operation, pointer: &str, place: &Scope) -> Result<(Vec<String>, TypeRef)> {
        let (path, ty) = self.property(operation, pointer, place)?;
        match self.aliased(&ty) {
            TypeRef::List(item) => Ok((path, item.as_ref().clone())),
            _ => Err(self
                .error(place, format!("`{pointer}` leads to something that is no list"))
                .hint("give the JSON pointer of the list in the answer, such as `/data`")),
        }
    }

    /// Whether the operation can be told where a page begins.
    fn position(&self, operation: &Operation, style: PagingStyle, scope: &Scope) -> Result<()> {
        let body = operation.body.as_ref().and_then(|body| self.structure_of(body));
        let inner = |structure: &Struct, key: &str| structure.fields.iter().find(|field| field.wire == key).cloned();
        let in_query = |name: &str| operation.query.iter().any(|parameter| parameter.wire == name);
        let (name, there) = match style {
            PagingStyle::Link => return Ok(()),
            PagingStyle::Cursor => ("starting_after", in_query("starting_after")),
            PagingStyle::Page => ("page", in_query("page")),
            PagingStyle::Scroll => ("scroll_param", in_query("scroll_param")),
            PagingStyle::NextCursor => ("cursor", in_query("cursor")),
            PagingStyle::PageInBody => ("page", body.is_some_and(|body| inner(body, "page").is_some())),
            PagingStyle::CursorInBody => {
                let pagination = body.and_then(|body| inner(body, "pagination"));
                let holder = pagination.as_ref().and_then(|field| self.structure_of(&field.ty));
                ("starting_after", holder.is_some_and(|holder| inner(holder, "starting_after").is_some()))
            }
        };
        if there {
            return Ok(());
        }
        Err(self
            .error(scope, format!("its pages are asked for with `{name}`, which it does not declare"))
            .hint("declare it in spec/overlays/operations.yaml, or correct the style"))
    }

    /// Refuses an operation that looks paged.
    fn unpaged(&self, operation: &Operation, scope: &Scope) -> Result<()> {
        let sign = |what: String| -> Error {
            self.error(scope, format!("{what} and has no `{PAGINATION}`"))
                .hint("say in spec/overlays/operations.yaml how its pages hang together, or `none` with a reason")
        };
        let parameter = operation.query.iter().find(|parameter| PARAMETERS.contains(&parameter.wire.as_str()));
        if let Some(parameter) = parameter {
            return Err(sign(format!("it takes the parameter `{}`", parameter.wire)));
        }
        let body = operation.body.as_ref().and_then(|body| self.structure_of(body));
        let asked = body.and_then(|body| body.fields.iter().find(|field| PROPERTIES.contains(&field.wire.as_str())));
        if let Some(field) = asked {
            return Err(sign(format!("its body has `{}`", field.wire)));
        }
        let Answer::Json(answer) = &operation.answer else { return Ok(()) };
        let answer = self.structure_of(answer);
        let lead = answer.and_then(|answer| answer.fields.iter().find(|field| self.leads(&field.wire, &field.ty)));
        lead.map_or(Ok(()), |field| Err(sign(format!("its answer has `{}`", field.wire))))
    }

    /// Whether a property of an answer leads to other pages. The `pages` of a book are a number.
    fn leads(&self, name: &str, ty: &TypeRef) -> bool {
        let number = matches!(self.aliased(ty), TypeRef::Scalar(scalar) if *scalar != Scalar::Json);
        LEADS.contains(&name) && (name != "pages" || !number)
    }

    /// The struct that a reference stands for.
    pub fn structure_of(&self, ty: &TypeRef) -> Option<&Struct> {
        match self.aliased(ty) {
            TypeRef::Named(id) => match self.types.get(id).map(|ty| &ty.kind) {
                Some(Kind::Struct(structure)) => Some(structure),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type that a reference leads to.
    pub fn aliased<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        self.aliases.resolve(ty)
    }
}
