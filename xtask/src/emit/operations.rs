//! Groups of operations: a method each, and a type for those with optional parameters.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;
use super::render::doc;
use super::structs::deprecation;
use super::types::raw;
use crate::api::{Answer, Operation, Parameter, Scalar, TypeRef};
use crate::error::Result;
use crate::escape::code;
use crate::names::{Registry, ident};

impl Emitter<'_> {
    /// The operations of each group, in the order of their methods.
    pub fn groups(&self) -> BTreeMap<String, Vec<&Operation>> {
        let mut groups: BTreeMap<String, BTreeMap<String, &Operation>> = BTreeMap::new();
        for operation in self.api.operations.values() {
            let name = self.names.method(&operation.key);
            groups.entry(name.group).or_default().insert(name.method, operation);
        }
        groups.into_iter().map(|(group, operations)| (group, operations.into_values().collect())).collect()
    }

    /// The items of a group's file.
    pub fn group(&self, group: &str, operations: &[&Operation]) -> Result<Vec<TokenStream>> {
        let name = format_ident!("{}", ident::group(group));
        let docs = doc(&[self.group_docs(group)]);
        let methods = operations.iter().map(|operation| self.method(operation, group)).collect::<Result<Vec<_>>>()?;
        let mut items = Vec::new();
        items.push(quote! {
            #docs
            #[derive(Clone, Copy, Debug)]
            pub struct #name<'c> {
                pub(crate) client: &'c Core,
            }
        });
        items.push(quote!(impl #name<'_> { #(#methods)* }));
        for operation in operations.iter().filter(|operation| has_type(operation)) {
            items.extend(self.builder(operation, group)?);
        }
        Ok(self.imports(&items).into_iter().chain(items).collect())
    }

    /// What is known of a group: the text of the tag of its name, else of the tag that its operations have.
    pub fn group_docs(&self, group: &str) -> String {
        let all = self.lookup.group_docs.get_or_init(|| self.docs_of_groups());
        all.get(group).cloned().unwrap_or_else(|| format!("Operations on {}.", group.replace('_', " ")))
    }

    fn docs_of_groups(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (tag, text) in &self.api.tags {
            found.entry(ident::snake(tag)).or_insert_with(|| text.trim().to_owned());
        }
        for operation in self.api.operations.values() {
            if let Some(text) = operation.tags.first().and_then(|tag| self.api.tags.get(tag)) {
                let group = self.names.method(&operation.key).group;
                found.entry(group).or_insert_with(|| text.trim().to_owned());
            }
        }
        found
    }

    /// A table of the groups, for the documentation of the version.
    pub fn group_table(&self) -> Vec<String> {
        let rows: Vec<String> = self
            .groups()
            .keys()
            .map(|group| {
                let docs = self.group_docs(group).replace('\n', " ");
                let sentence = docs.split_inclusive(". ").next().unwrap_or_default();
                format!("| [`client.{group}()`](Client::{group}) | {} |", sentence.trim())
            })
            .collect();
        let head = ["", "# Groups", "", "| operations | on |", "| --- | --- |"].map(str::to_owned);
        if rows.is_empty() { Vec::new() } else { head.into_iter().chain(rows).collect() }
    }

    fn method(&self, operation: &Operation, group: &str) -> Result<TokenStream> {
        let method = raw(&self.names.method(&operation.key).method);
        let mut docs = vec![operation.summary.clone().unwrap_or_else(|| format!("Calls {}.", code(&operation.id)))];
        if let Some(text) = &operation.doc {
            docs.extend([String::new(), text.trim().to_owned()]);
        }
        docs.extend(search_docs(operation));
        docs.extend(self.paging_docs(operation));
        docs.extend(self.job_docs(operation));
        docs.extend([
            String::new(),
            format!(
                "{}, operation {}.",
                code(&format!("{} {}", operation.method, operation.path)),
                code(&operation.id)
            ),
        ]);
        let parameters: Vec<&Parameter> = operation.path_parameters.iter().chain(required(operation)).collect();
        docs.extend(argument_docs(&parameters));
        let docs = doc(&docs);
        let deprecated = deprecation(operation.deprecated);
        let arguments = self.arguments(operation)?;
        let (answer, call) = self.call(operation);
        let (result, value) = if has_type(operation) {
            let builder = self.builder_name(operation, group)?;
            (quote!(#builder), quote!(#builder(#call)))
        } else {
            (quote!(Request<#answer>), call)
        };
        let conversion = operation.body.as_ref().and_then(|body| {
            let (argument, value) = self.argument(body, &quote!(body), None);
            let rust = self.rust(body, None);
            (argument.to_string() != rust.to_string()).then(|| quote!(let body: #rust = #value;))
        });
        let own = &self.names.method(&operation.key).method;
        let aliases = [&operation.id].into_iter().chain(&operation.aliases).filter(|alias| *alias != own);
        Ok(quote! {
            #docs
            #(#[doc(alias = #aliases)])*
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #result {
                #conversion
                #value
            }
        })
    }

    fn arguments(&self, operation: &Operation) -> Result<Vec<TokenStream>> {
        let mut taken = BTreeMap::new();
        let mut arguments = Vec::new();
        for parameter in operation.path_parameters.iter().chain(required(operation)) {
            let name = argument_name(parameter);
            if let Some(other) = taken.insert(name.clone(), &parameter.wire) {
                return Err(self
                    .error(
                        &parameter.pointer,
                        format!("`{}` and `{other}` would both be the argument `{name}`", parameter.wire),
                    )
                    .hint("rename one of them in spec/overlays/errata.yaml"));
            }
            let ident = raw(&name);
            let (ty, _) = self.argument(&parameter.ty, &quote!(#ident), None);
            arguments.push(quote!(#ident: #ty));
        }
        if let Some(body) = &operation.body {
            let (ty, _) = self.argument(body, &quote!(body), None);
            let ty = if operation.searches { quote!(impl TryInto<#ty, Error: Into<crate::Error>>) } else { ty };
            arguments.push(quote!(body: #ty));
        }
        Ok(arguments)
    }

    /// The type of the answer, and the expression that makes the request.
    fn call(&self, operation: &Operation) -> (TokenStream, TokenStream) {
        let start = format_ident!("{}", operation.method.to_lowercase());
        let (id, path) = (&operation.id, &operation.path);
        let variables = operation.path_parameters.iter().map(|parameter| {
            let (wire, ident) = (&parameter.wire, raw(&argument_name(parameter)));
            quote!(.path(#wire, #ident))
        });
        let given = |parameters: &[Parameter], set: &str, set_file: &str| -> Vec<TokenStream> {
            let required = parameters.iter().filter(|parameter| parameter.required);
            required.map(|parameter| self.given(parameter, set, set_file)).collect()
        };
        let query = given(&operation.query, "query", "query");
        let form = given(&operation.form, "part", "file");
        let body = operation.body.as_ref().map(|body| {
            let rust = self.rust(body, None);
            if operation.searches { quote!(.body_from::<#rust>(body)) } else { quote!(.body(&body)) }
        });
        let promised = !matches!(operation.method.as_str(), "POST" | "PATCH");
        let idempotent = (operation.idempotent && !promised).then(|| quote!(.idempotent()));
        let (answer, end) = match &operation.answer {
            Answer::Json(ty) => (self.rust(ty, None), quote!(.json())),
            Answer::Empty => (quote!(()), quote!(.empty())),
            Answer::Text => (quote!(String), quote!(.text())),
            Answer::Download => (quote!(Download), quote!(.download())),
        };
        (
            answer,
            quote!(Call::#start(self.client, #id, #path) #idempotent #(#variables)* #(.#query)* #(.#form)* #body #end),
        )
    }

    /// The call that hands over a parameter, to `set` or, where it is a file, to `set_file`.
    fn given(&self, parameter: &Parameter, set: &str, set_file: &str) -> TokenStream {
        let (wire, ident) = (&parameter.wire, raw(&argument_name(parameter)));
        let (set, set_file) = (format_ident!("{set}"), format_ident!("{set_file}"));
        let rust = self.rust(&parameter.ty, None);
        match &parameter.ty {
            TypeRef::Scalar(Scalar::Binary) => quote!(#set_file(#wire, #ident)),
            TypeRef::List(inner) => {
                let elements = if self.converts(inner) { quote!(.map(Into::into)) } else { quote!() };
                quote!(#set::<#rust>(#wire, #ident.into_iter()#elements.collect::<#rust>()))
            }
            _ => quote!(#set::<#rust>(#wire, #ident)),
        }
    }

    fn builder_name(&self, operation: &Operation, group: &str) -> Result<proc_macro2::Ident> {
        let name = ident::camel(&self.names.method(&operation.key).method);
        if name == ident::group(group) || ident::is_taken_in_calls(&name) {
            return Err(Registry::collision(
                format!("the request of `{}` would be called `{name}`, which means something else", operation.key),
                "operations",
            ));
        }
        Ok(format_ident!("{name}"))
    }

    fn builder(&self, operation: &Operation, group: &str) -> Result<Vec<TokenStream>> {
        let name = self.builder_name(operation, group)?;
        let (answer, _) = self.call(operation);
        let method = self.names.method(&operation.key).method;
        let docs = doc(&[format!("[`{}::{method}`], ready to send.", ident::group(group))]);
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        let mut setters = Vec::new();
        for (parameter, set) in optional(operation) {
            let ident = setter_name(parameter);
            if let Some(other) = taken.insert(ident.clone(), &parameter.wire) {
                return Err(self
                    .error(
                        &parameter.pointer,
                        format!("the setter of `{}` would be called as `{other}` is", parameter.wire),
                    )
                    .hint("rename the parameter in spec/overlays/errata.yaml"));
            }
            let (setter, ident) = (raw(&ident), raw(&argument_name(parameter)));
            let wire = &parameter.wire;
            let (ty, _) = self.argument(&parameter.ty, &quote!(#ident), None);
            let given = self.given(parameter, set, "set_file");
            let text =
                parameter.doc.as_ref().map_or_else(|| format!("Sets {}.", code(wire)), |text| text.trim().to_owned());
            let docs = doc(&[text]);
            let deprecated = deprecation(parameter.deprecated);
            setters.push(quote! {
                #docs
                #deprecated
                pub fn #setter(mut self, #ident: #ty) -> Self {
                    self.0.#given;
                    self
                }
            });
        }
        let setters = (!setters.is_empty()).then(|| quote!(impl #name { #(#setters)* }));
        let streams = self.streams(operation, &quote!(#name))?;
        let declaration = quote! {
            #docs
            #[must_use = "a request does nothing until it is awaited or sent"]
            #[derive(Debug)]
            pub struct #name(Request<#answer>);
        };
        let request = quote!(request!(#name, #answer););
        let starting = self.starting(operation, &quote!(#name))?;
        let items = [Some(declaration), setters, Some(request), streams, starting].into_iter();
        Ok(items.flatten().chain(self.watching(operation, &quote!(#name))).collect())
    }
}

/// Whether the request of an operation has more to it than every request has.
pub(crate) fn has_type(operation: &Operation) -> bool {
    let more = operation.paging.is_some() || operation.states.is_some() || operation.job.is_some();
    more || optional(operation).next().is_some()
}

/// The parameters that a call can do without, and what sets them.
pub(super) fn optional(operation: &Operation) -> impl Iterator<Item = (&Parameter, &'static str)> {
    let query = operation.query.iter().map(|parameter| (parameter, "set_query"));
    let form = operation.form.iter().map(|parameter| (parameter, "set_part"));
    query.chain(form).filter(|(parameter, _)| !parameter.required)
}

/// The parameters that a call needs beside its path.
pub(super) fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.query.iter().chain(&operation.form).filter(|parameter| parameter.required)
}

pub(super) fn argument_name(parameter: &Parameter) -> String {
    match ident::snake(&parameter.wire) {
        name if name == "body" || name == "extra" => format!("{name}_"),
        name => name,
    }
}

/// The name of a parameter's setter, which must not hide what every request has.
pub(super) fn setter_name(parameter: &Parameter) -> String {
    const OWN: [&str; 14] = [
        "send",
        "send_raw",
        "send_blocking",
        "header",
        "query",
        "timeout",
        "retry",
        "api_version",
        "items",
        "pages",
        "job",
        "watch",
        "clone",
        "into_future",
    ];
    match argument_name(parameter) {
        name if OWN.contains(&name.as_str()) => format!("{name}_"),
        name => name,
    }
}

/// What a search takes.
fn search_docs(operation: &Operation) -> Vec<String> {
    if !operation.searches {
        return Vec::new();
    }
    let text = "Takes a [`Filter`](crate::Filter), made with [`field`](crate::field), a [`Search`](crate::Search), or the \
                body itself.";
    vec![String::new(), text.to_owned()]
}

fn argument_docs(parameters: &[&Parameter]) -> Vec<String> {
    let mut lines: Vec<String> = parameters
        .iter()
        .filter_map(|parameter| Some(format!("- `{}`: {}", argument_name(parameter), parameter.doc.as_ref()?.trim())))
        .collect();
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}
