//! The table by which operations are called by name: a row each, which takes the arguments as the method wants them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;
use super::operations::{optional, required, setter_name};
use super::types::raw;
use crate::api::{Answer, Operation, Parameter, Scalar, TypeRef};
use crate::error::Result;
use crate::names::ident;

impl Emitter<'_> {
    /// The files of the folder `by_name`, one per group.
    pub fn by_name_files(&self, files: &mut BTreeMap<String, String>) -> Result<()> {
        let mut index = Vec::new();
        let mut groups = Vec::new();
        for (group, operations) in self.groups() {
            let docs = [format!("Operations of `client.{group}()`, by name.")];
            self.add(files, &format!("by_name/{group}.rs"), &docs, &self.rows(&group, &operations))?;
            let module = raw(&group);
            index.push(quote!(mod #module;));
            groups.push(quote!((#group, #module::ROWS)));
        }
        index.push(quote!(
            use crate::runtime::dynamic::Group;
        ));
        index.push(quote! {
            /// The methods of every group, by name.
            pub(crate) const GROUPS: &[Group] = &[#(#groups),*];
        });
        self.add(files, "by_name/mod.rs", &["Operations by name, a module per group.".to_owned()], &index)
    }

    fn rows(&self, group: &str, operations: &[&Operation]) -> Vec<TokenStream> {
        let version = raw(&self.version.module);
        let functions: Vec<TokenStream> = operations.iter().map(|operation| self.row(operation, group)).collect();
        let rows = operations.iter().map(|operation| {
            let name = self.names.method(&operation.key).method;
            let function = raw(&name);
            quote!((#name, #function))
        });
        let table = quote! {
            pub(super) const ROWS: &[Row] = &[#(#rows),*];
        };
        let own = quote!(
            use crate::runtime::dynamic::{Arguments, Made, Row};
        );
        let mut others = self.imports(&functions);
        others.insert(others.len().min(1), quote!(use crate::#version::api;));
        [own].into_iter().chain(others).chain([table]).chain(functions).collect()
    }

    fn row(&self, operation: &Operation, group: &str) -> TokenStream {
        let name = self.names.method(&operation.key).method;
        let (method, home) = (raw(&name), format_ident!("{}", ident::group(group)));
        let variables = operation.path_parameters.iter().map(|parameter| {
            let wire = &parameter.wire;
            quote!(args.path_value(#wire))
        });
        let needed = required(operation).map(|parameter| self.taken(operation, parameter));
        let body = operation.body.iter().map(|body| {
            let rust = self.rust(body, None);
            quote!(args.body_value::<#rust>())
        });
        let arguments = variables.chain(needed).chain(body);
        let setters: Vec<TokenStream> = optional(operation)
            .map(|(parameter, _)| {
                let (taken, setter) = (self.taken(operation, parameter), raw(&setter_name(parameter)));
                quote! {
                    if let Some(value) = #taken {
                        request = request.#setter(value);
                    }
                }
            })
            .collect();
        let end = match &operation.answer {
            Answer::Json(_) if operation.paging.is_some() => quote!(paged),
            Answer::Json(_) => quote!(json),
            Answer::Empty => quote!(empty),
            Answer::Text => quote!(text),
            Answer::Download => quote!(download),
        };
        let request = if setters.is_empty() { quote!(request) } else { quote!(mut request) };
        let is_plain = operation.path_parameters.is_empty() && operation.body.is_none() && setters.is_empty();
        let args = if is_plain && required(operation).next().is_none() { quote!(args) } else { quote!(mut args) };
        quote! {
            fn #method(core: &Core, #args: Arguments) -> crate::Result<Made> {
                let api = api::#home { client: core };
                let #request = api.#method(#(#arguments),*);
                #(#setters)*
                args.#end(request)
            }
        }
    }

    /// The expression that takes a parameter's value: the value where it is required, else an option.
    fn taken(&self, operation: &Operation, parameter: &Parameter) -> TokenStream {
        let wire = &parameter.wire;
        let in_form = operation.form.iter().any(|part| part.wire == *wire);
        let needed = if parameter.required { "needed_" } else { "" };
        if matches!(parameter.ty, TypeRef::Scalar(Scalar::Binary)) {
            let take = format_ident!("{needed}file_value");
            return quote!(args.#take(#wire));
        }
        let (rust, place) = (self.rust(&parameter.ty, None), if in_form { "form" } else { "query" });
        let take = format_ident!("{needed}{place}_value");
        quote!(args.#take::<#rust>(#wire))
    }

    /// What a row of `OPERATIONS` says of the arguments, the answer and the pages.
    pub fn signature(&self, operation: &Operation) -> TokenStream {
        let path = operation.path_parameters.iter().map(|parameter| {
            let wire = &parameter.wire;
            quote!(Parameter::path(#wire))
        });
        let other = |parameters: &[Parameter], place: &str| -> Vec<TokenStream> {
            let place = format_ident!("{place}");
            let described = parameters.iter().map(|parameter| {
                let (wire, ty) = (&parameter.wire, self.text(&parameter.ty));
                let required = parameter.required.then(|| quote!(.required()));
                quote!(Parameter::#place(#wire, #ty) #required)
            });
            described.collect()
        };
        let (query, form) = (other(&operation.query, "query"), other(&operation.form, "form"));
        let body = match operation.body.as_ref().map(|body| self.text(body)) {
            Some(ty) => quote!(Some(#ty)),
            None => quote!(None),
        };
        let answer = match &operation.answer {
            Answer::Json(ty) => self.text(ty),
            Answer::Empty => "()".to_owned(),
            Answer::Text => "String".to_owned(),
            Answer::Download => "Download".to_owned(),
        };
        let pages = match &operation.paging {
            Some(paging) => {
                let style = paging.style.name();
                let mut ways = paging.items.iter().map(|keys| quote!(&[#(#keys),*]));
                let items = ways.next();
                let others: Vec<_> = ways.collect();
                let or = (!others.is_empty()).then(|| quote!(.or(&[#(#others),*])));
                quote!(Some(Listing::new(#style, #items) #or))
            }
            None => quote!(None),
        };
        quote!(parameters: &[#(#path,)* #(#query,)* #(#form,)*], body: #body, answer: #answer, pages: #pages)
    }
}
