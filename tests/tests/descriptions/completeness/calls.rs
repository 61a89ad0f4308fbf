//! The emitted operations of one version: a method each, and a type with setters where something is optional.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprMethodCall, FnArg, ImplItemFn, Item, ReturnType, Type};

use super::code::{argument_of, literal, name_of, path_of, type_of};

/// What a method sends.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    pub group: String,
    pub name: String,
    pub id: String,
    pub method: String,
    pub path: String,
    pub path_parameters: Vec<String>,
    pub sent: Sent,
    pub body: Option<Type>,
    /// Whether it may be sent twice.
    pub idempotent: bool,
    /// The type of the request, if it has setters.
    pub returned: String,
    pub answer: Option<Type>,
}

/// What goes by name and type: parameters of the query, and the parts of a form.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub query: Vec<(String, Type)>,
    /// A part without a type is a file.
    pub form: Vec<(String, Option<Type>)>,
}

impl Sent {
    /// Keeps what `call` sends, if its method, but for a `set_`, is called `how`.
    fn keep(&mut self, how: &str, call: &ExprMethodCall) {
        let Some(name) = call.args.first().and_then(literal) else { return };
        let ty = call.turbofish.as_ref().and_then(|generics| generics.args.iter().find_map(type_of)).cloned();
        match (how, ty) {
            ("query", Some(ty)) => self.query.push((name, ty)),
            ("part", Some(ty)) => self.form.push((name, Some(ty))),
            ("file", None) => self.form.push((name, None)),
            _ => {}
        }
    }

    fn extend(&mut self, other: &Self) {
        self.query.extend(other.query.iter().cloned());
        self.form.extend(other.form.iter().cloned());
    }
}

/// The operations that the files of a version's `api` folder make.
pub fn operations(files: &BTreeMap<String, String>) -> Vec<Operation> {
    let mut found = Vec::new();
    for (group, text) in files.iter().filter(|(group, _)| *group != "mod") {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("api/{group}.rs: {error}"));
        let mut optional = Optional::default();
        optional.visit_file(&file);
        for item in &file.items {
            let Item::Impl(item) = item else { continue };
            for function in item
                .items
                .iter()
                .filter_map(|item| if let syn::ImplItem::Fn(function) = item { Some(function) } else { None })
            {
                found.extend(operation(group, function, &optional));
            }
        }
        let idle: Vec<&String> = optional
            .setters
            .keys()
            .filter(|name| !found.iter().any(|operation| operation.returned == **name))
            .collect();
        assert!(idle.is_empty(), "api/{group}.rs: no operation leads to the setters of {idle:?}");
    }
    found
}

/// The rows of `OPERATIONS`: id, method, path, group, name, and whether it may be sent twice.
pub fn rows(text: &str) -> Vec<([String; 5], bool)> {
    let mut rows = Rows(Vec::new());
    rows.visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("operations.rs: {error}")));
    rows.0
}

struct Rows(Vec<([String; 5], bool)>);

impl<'ast> Visit<'ast> for Rows {
    fn visit_expr_struct(&mut self, row: &'ast syn::ExprStruct) {
        if !row.path.is_ident("Operation") {
            return;
        }
        let field = |key: &str| {
            let named = |member: &syn::Member| matches!(member, syn::Member::Named(name) if name == key);
            row.fields.iter().find(|field| named(&field.member)).map(|field| &field.expr)
        };
        let of = |key| field(key).and_then(literal).unwrap_or_default();
        let idempotent = field("idempotent").is_some_and(|value| *value == syn::parse_quote!(true));
        self.0.push((["id", "method", "path", "group", "name"].map(of), idempotent));
    }
}

fn operation(group: &str, function: &ImplItemFn, optional: &Optional) -> Option<Operation> {
    let mut call = Call::default();
    call.visit_impl_item_fn(function);
    let mut operation = call.operation?;
    operation.group = group.to_owned();
    operation.name = name_of(&function.sig.ident);
    operation.path_parameters = call.path;
    operation.sent = call.sent;
    operation.idempotent = call.idempotent || !matches!(operation.method.as_str(), "POST" | "PATCH");
    operation.body = call.sends_body.then(|| argument(function, "body")).flatten();
    let ReturnType::Type(_, returned) = &function.sig.output else { return Some(operation) };
    let name = path_of(returned).unwrap_or_default().join("::");
    optional.setters.get(&name).into_iter().for_each(|setters| operation.sent.extend(setters));
    let request = optional.requests.get(&name).unwrap_or(returned);
    operation.returned = name;
    operation.answer = match request {
        Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Request") => {
            argument_of(&path.path).cloned()
        }
        _ => None,
    };
    Some(operation)
}

/// The type of an argument; of `impl Into<T>` it is `T`.
fn argument(function: &ImplItemFn, name: &str) -> Option<Type> {
    function.sig.inputs.iter().find_map(|input| match input {
        FnArg::Typed(typed) => match typed.pat.as_ref() {
            syn::Pat::Ident(ident) if ident.ident == name => Some(converted(&typed.ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}

fn converted(ty: &Type) -> Type {
    let Type::ImplTrait(implemented) = ty else { return ty.clone() };
    let bound = implemented.bounds.iter().find_map(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    let inner = bound.and_then(|last| match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(type_of),
        _ => None,
    });
    match (bound, inner) {
        (Some(last), Some(inner)) if last.ident == "IntoIterator" => {
            let inner = converted(inner);
            syn::parse_quote!(Vec<#inner>)
        }
        (_, Some(inner)) => converted(inner),
        _ => ty.clone(),
    }
}

/// The chain of calls in a method's body.
#[derive(Default)]
struct Call {
    operation: Option<Operation>,
    path: Vec<String>,
    sent: Sent,
    sends_body: bool,
    idempotent: bool,
}

impl<'ast> Visit<'ast> for Call {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(function) = call.func.as_ref()
            && function.path.segments.len() == 2
            && function.path.segments[0].ident == "Call"
            && let (Some(id), Some(path)) = (call.args.get(1).and_then(literal), call.args.get(2).and_then(literal))
        {
            let method = function.path.segments[1].ident.to_string().to_uppercase();
            self.operation = Some(Operation { id, method, path, ..Operation::default() });
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        match call.method.to_string().as_str() {
            "path" => self.path.extend(call.args.first().and_then(literal)),
            "body" | "body_from" => self.sends_body = true,
            "idempotent" => self.idempotent = true,
            how => self.sent.keep(how, call),
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// The types of a file that hold a request with setters.
#[derive(Default)]
struct Optional {
    requests: BTreeMap<String, Type>,
    setters: BTreeMap<String, Sent>,
    inside: String,
}

impl<'ast> Visit<'ast> for Optional {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if let syn::Fields::Unnamed(fields) = &item.fields {
            self.requests.extend(fields.unnamed.first().map(|field| (item.ident.to_string(), field.ty.clone())));
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.inside = path_of(&item.self_ty).unwrap_or_default().join("::");
        visit::visit_item_impl(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if let Some(how) = call.method.to_string().strip_prefix("set_") {
            self.setters.entry(self.inside.clone()).or_default().keep(how, call);
        }
        visit::visit_expr_method_call(self, call);
    }
}
