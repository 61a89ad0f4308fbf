//! What a row of the table does with the arguments: it takes each as the type that the method wants.
//!
//! A row has no branches for what is wrong: the first fault is kept, and the call is not made.

use std::borrow::Cow;

use super::arguments::{Arguments, Fault};
use super::call::Made;
use super::fit::{self, Misfit};
use super::{Paged, Typed};
use crate::runtime::error::Result;
use crate::runtime::http::{Download, Erased, Expected, Prepared, Upload};
use crate::runtime::json::{Addition, Field, Json};
use crate::runtime::operation::Place;
use crate::runtime::scalar::Id;

impl Arguments {
    /// An argument of the path.
    pub(crate) fn path_value(&mut self, name: &str) -> Id {
        self.needed(Place::Path, name)
    }

    /// A parameter of the query that may be left out.
    pub(crate) fn query_value<T: Field + Default>(&mut self, name: &str) -> Option<T> {
        self.given(Place::Query, name)
    }

    /// A parameter of the query that is needed.
    pub(crate) fn needed_query_value<T: Field + Default>(&mut self, name: &str) -> T {
        self.needed(Place::Query, name)
    }

    /// A text in the form that may be left out.
    pub(crate) fn form_value<T: Field + Default>(&mut self, name: &str) -> Option<T> {
        self.given(Place::Form, name)
    }

    /// A text in the form that is needed.
    #[allow(dead_code, reason = "emitted for forms that require a part, which no version has now")]
    pub(crate) fn needed_form_value<T: Field + Default>(&mut self, name: &str) -> T {
        self.needed(Place::Form, name)
    }

    fn given<T: Field + Default>(&mut self, place: Place, name: &str) -> Option<T> {
        let mut value = T::default();
        self.fill(place, name, &mut value).then_some(value)
    }

    /// That it is there was checked before.
    fn needed<T: Field + Default>(&mut self, place: Place, name: &str) -> T {
        self.given(place, name).unwrap_or_default()
    }

    /// Reads an argument into `field`, and says whether it was given.
    fn fill(&mut self, place: Place, name: &str, field: &mut dyn Field) -> bool {
        let given = match place {
            Place::Path => &mut self.path,
            Place::Query => &mut self.query,
            Place::Form => &mut self.form,
        };
        let Some(value) = given.remove(name) else { return false };
        let read = fit::read_text(field, &value);
        self.keep(&format!("{}.{name}", place.key()), read);
        true
    }

    /// A file in the form that may be left out.
    pub(crate) fn file_value(&mut self, name: &str) -> Option<Upload> {
        if let Some(file) = self.files.remove(name) {
            return Some(file);
        }
        let given = self.form.remove(name)?;
        let (file, content) = (given.get("name"), given.get("content"));
        match (file.as_ref().and_then(Json::as_str), content) {
            (Some(file), Some(content)) => Some(Upload::bytes(file, text(&content))),
            _ => {
                let why = "expected a file: an object with `name` and `content`".to_owned();
                self.fault.get_or_insert(Fault { path: format!("form.{name}"), why });
                None
            }
        }
    }

    /// A file in the form that is needed.
    #[allow(dead_code, reason = "emitted for forms that require a part, which no version has now")]
    pub(crate) fn needed_file_value(&mut self, name: &str) -> Upload {
        self.file_value(name).unwrap_or_else(|| Upload::bytes(name, ""))
    }

    /// The body.
    pub(crate) fn body_value<T: Field + Default>(&mut self) -> T {
        let mut value = T::default();
        self.fill_body(&mut value);
        value
    }

    fn fill_body(&mut self, field: &mut dyn Field) {
        if let Some(body) = self.body.take() {
            let read = fit::read_whole(field, &body);
            self.keep("body", read);
        }
    }

    fn keep(&mut self, place: &str, read: Result<Vec<Addition>, Misfit>) {
        match read {
            Ok(additions) => self.additions.extend(additions.into_iter().map(|addition| {
                let path = format!("{place}{}", fit::relative(&addition.path));
                Addition { path, ..addition }
            })),
            Err(Misfit { path, why }) => {
                self.fault.get_or_insert(Fault { path: format!("{place}{path}"), why });
            }
        }
    }

    /// Makes a call of a request that is answered with JSON.
    pub(crate) fn json<R: Typed<Answer: Field + Default>>(self, request: R) -> Result<Made> {
        self.made(request.request().into_prepared(), Expected::Json(|| Box::new(R::Answer::default())))
    }

    /// Makes a call, or all items, of a request that is answered with a page of a list.
    pub(crate) fn paged<R: Paged<Answer: Field + Default>>(self, mut request: R) -> Result<Made> {
        if !self.listing {
            return self.json(request);
        }
        self.finish(request.prepared())?;
        Ok(Made::Items(request.all().into_json()))
    }

    /// Makes a call of a request that is answered with nothing.
    pub(crate) fn empty(self, request: impl Typed<Answer = ()>) -> Result<Made> {
        self.made(request.request().into_prepared(), Expected::Nothing)
    }

    /// Makes a call of a request that is answered with text.
    pub(crate) fn text(self, request: impl Typed<Answer = String>) -> Result<Made> {
        self.made(request.request().into_prepared(), Expected::Text)
    }

    /// Makes a call of a request that is answered with a file.
    pub(crate) fn download(self, request: impl Typed<Answer = Download>) -> Result<Made> {
        self.made(request.request().into_prepared(), Expected::Download)
    }

    fn made(self, mut prepared: Box<Prepared>, expected: Expected) -> Result<Made> {
        let additions = self.finish(&mut prepared)?;
        Ok(Made::Call(Erased { prepared, expected }, additions))
    }

    /// Adds what every request takes; gives what the description does not list.
    fn finish(self, prepared: &mut Prepared) -> Result<Vec<Addition>> {
        if let Some(fault) = self.fault {
            return Err(fault.into_error());
        }
        for (name, value) in &self.headers {
            prepared.set_header(name, &text(value));
        }
        for (name, value) in &self.extra {
            prepared.add_query(Cow::Owned(name.clone()), &text(value));
        }
        Ok(self.additions)
    }
}

/// A value as text, without quotes.
fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
