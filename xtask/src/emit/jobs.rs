//! Requests that start work which the API does in its own time, and those that ask how far it is.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;
use super::operations::argument_name;
use super::render::{self, doc};
use super::types::raw;
use crate::api::{Answer, Ending, Job, Operation, OperationKey, Parameter};
use crate::error::Result;
use crate::escape::code;
use crate::names::ident;

/// The operations of a job.
struct Steps<'a> {
    status: &'a Operation,
    download: Option<&'a Operation>,
    cancel: Option<&'a Operation>,
}

impl<'a> Steps<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Operation> {
        [Some(self.status), self.download, self.cancel].into_iter().flatten()
    }

    /// The parameters that they need beside the job's id, each once.
    fn parameters(&self) -> Vec<&'a Parameter> {
        let mut found: BTreeMap<&str, ()> = BTreeMap::new();
        let needed = self.all().flat_map(|operation| operation.query.iter().filter(|parameter| parameter.required));
        needed.filter(|parameter| found.insert(&parameter.wire, ()).is_none()).collect()
    }
}

impl Emitter<'_> {
    /// What the request of type `name` has for asking how far a job is.
    pub fn watching(&self, operation: &Operation, name: &TokenStream) -> Vec<TokenStream> {
        let (Some(states), Answer::Json(answer)) = (&operation.states, &operation.answer) else { return Vec::new() };
        let (answer, keys, done) = (self.rust(answer, None), &states.keys, &states.done);
        let ended = states.ended.iter().map(|(state, ending)| {
            let outcome = format_ident!("{ending:?}");
            quote!((#state, JobOutcome::#outcome))
        });
        let states = quote! {
            impl #name {
                const STATES: States = States { keys: &[#(#keys),*], done: &[#(#done),*], ended: &[#(#ended),*] };
            }
        };
        vec![states, quote!(watched!(#name, #answer);)]
    }

    /// What the request of type `name` has for starting a job.
    pub fn starting(&self, operation: &Operation, name: &TokenStream) -> Result<Option<TokenStream>> {
        let Some((job, steps)) = self.steps(operation)? else { return Ok(None) };
        let parameters = steps.parameters();
        let arguments = parameters.iter().map(|parameter| {
            let ident = raw(&argument_name(parameter));
            let (ty, _) = self.argument(&parameter.ty, &quote!(#ident), None);
            quote!(#ident: #ty)
        });
        let conversions = parameters.iter().filter_map(|parameter| {
            let ident = raw(&argument_name(parameter));
            let (argument, value) = self.argument(&parameter.ty, &quote!(#ident), None);
            let rust = self.rust(&parameter.ty, None);
            (argument.to_string() != rust.to_string()).then(|| quote!(let #ident: #rust = #value;))
        });
        let ids = job.ids.iter().map(|keys| quote!(&[#(#keys),*]));
        let group = self.names.method(&operation.key).group;
        let made = |operation: &Operation| self.step(operation, &group);
        let (status, file, cancel) = (made(steps.status), steps.download.map(made), steps.cancel.map(made));
        let file = file.map(|file| quote!(.with_file(#file)));
        let cancel = cancel.map(|cancel| quote!(.with_cancel(#cancel)));
        let ty = self.job_type(&steps);
        let docs = doc(&job_method_docs(&steps));
        Ok(Some(quote! {
            impl #name {
                #docs
                pub fn job(self, #(#arguments),*) -> #ty {
                    #(#conversions)*
                    Job::new(self.0, &[#(#ids),*], #status) #file #cancel
                }
            }
        }))
    }

    fn steps<'a>(&'a self, operation: &'a Operation) -> Result<Option<(&'a Job, Steps<'a>)>> {
        let Some(job) = &operation.job else { return Ok(None) };
        let find = |key: &OperationKey| {
            let gone = || self.error(&operation.pointer, format!("`{key}` is gone")).hint("correct its `x-job`");
            self.api.operations.get(key).ok_or_else(gone)
        };
        let steps = Steps {
            status: find(&job.status)?,
            download: job.download.as_ref().map(find).transpose()?,
            cancel: job.cancel.as_ref().map(find).transpose()?,
        };
        Ok(Some((job, steps)))
    }

    /// The closure that makes the request of a step, seen from the file of `home`.
    fn step(&self, operation: &Operation, home: &str) -> TokenStream {
        let name = self.names.method(&operation.key);
        let (group, method) = (format_ident!("{}", ident::group(&name.group)), raw(&name.method));
        let module = raw(&name.group);
        let elsewhere = (name.group != home).then(|| quote!(super::#module::));
        let given = operation.query.iter().filter(|parameter| parameter.required);
        let given: Vec<_> = given.map(|parameter| raw(&argument_name(parameter))).collect();
        let watch = operation.states.as_ref().map(|_| quote!(.watch()));
        let call = quote!(#elsewhere #group { client }.#method(id #(, #given.clone())*) #watch);
        if given.is_empty() {
            return quote!(|client, id| #call);
        }
        quote!({ #(let #given = #given.clone();)* move |client, id| #call })
    }

    fn job_type(&self, steps: &Steps<'_>) -> TokenStream {
        let answer = |operation: &Operation| match &operation.answer {
            Answer::Json(ty) => self.rust(ty, None),
            Answer::Text => quote!(String),
            Answer::Empty => quote!(()),
            Answer::Download => quote!(Download),
        };
        let status = answer(steps.status);
        let cancel = steps.cancel.map(answer).map(|answer| quote!(WithCancel<#answer>));
        match (steps.download, cancel) {
            (None, None) => quote!(Job<#status>),
            (Some(_), None) => quote!(Job<#status, WithFile>),
            (None, Some(cancel)) => quote!(Job<#status, (), #cancel>),
            (Some(_), Some(cancel)) => quote!(Job<#status, WithFile, #cancel>),
        }
    }

    /// What the method's documentation says of jobs.
    pub fn job_docs(&self, operation: &Operation) -> Vec<String> {
        let text = match (&operation.job, &operation.states) {
            (Some(job), _) if job.download.is_some() => "`.job()` sees it through to its end and its file.",
            (Some(_), _) => "`.job()` sees it through to its end.",
            (None, Some(_)) => "`.job()` waits until it is over.",
            (None, None) => return Vec::new(),
        };
        vec![String::new(), text.to_owned()]
    }

    /// The lines of the listing.
    pub fn job_lines(&self, operation: &Operation, place: &str) -> Vec<String> {
        let of = |key: &OperationKey| key.to_string();
        let started = self.steps(operation).ok().flatten().map(|(job, steps)| {
            let ty = render::type_text(&self.job_type(&steps));
            let arguments: Vec<String> = steps.parameters().iter().map(|parameter| argument_name(parameter)).collect();
            let keys = [Some(&job.status), job.download.as_ref(), job.cancel.as_ref()].into_iter().flatten().map(of);
            format!("{place}().job({}) -> {ty} = \"{}\"", arguments.join(", "), keys.collect::<Vec<_>>().join(", "))
        });
        let watched = operation.states.as_ref().map(|states| {
            let ended = Ending::ALL.map(|(name, ending)| {
                let these: Vec<&str> = states
                    .ended
                    .iter()
                    .filter(|(_, other)| *other == ending)
                    .map(|(state, _)| state.as_str())
                    .collect();
                (!these.is_empty()).then(|| format!(", {name}: {}", these.join(" ")))
            });
            let ended: String = ended.into_iter().flatten().collect();
            format!("{place}().job() = \"/{}, done: {}{ended}\"", states.keys.join("/"), states.done.join(" "))
        });
        started.into_iter().chain(watched).collect()
    }
}

fn job_method_docs(steps: &Steps<'_>) -> Vec<String> {
    let mut text =
        format!("The job as a whole: starts it, and asks how far it is ({}) until it is over", code(&steps.status.id));
    text.push_str(
        &steps.download.map_or(String::new(), |download| format!(", then fetches its file ({})", code(&download.id))),
    );
    text.push('.');
    if let Some(cancel) = steps.cancel {
        text.push_str(&format!(" It can be cancelled ({}).", code(&cancel.id)));
    }
    let mut lines = vec![text, String::new()];
    lines.push("What was said of headers, timeout and retries holds for all its requests.".to_owned());
    let described = steps.parameters().into_iter();
    let described: Vec<String> = described
        .filter_map(|parameter| Some(format!("- `{}`: {}", argument_name(parameter), parameter.doc.as_ref()?.trim())))
        .collect();
    if !described.is_empty() {
        lines.push(String::new());
        lines.extend(described);
    }
    lines
}
