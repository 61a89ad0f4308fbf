//! Structs: a line to declare a field, one to read it, one to write it.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emitter;
use super::render::doc;
use super::types::{Form, raw};
use crate::api::{Field, Scalar, Struct, Type, TypeId, TypeRef};
use crate::error::Result;
use crate::escape::code;
use crate::names::ident;

/// A field with everything that emission decides about it.
pub struct Member<'a> {
    /// What the description says.
    pub field: &'a Field,
    /// How it stands in the struct.
    pub form: Form,
    /// Its name.
    pub ident: Ident,
    /// Its type in the struct.
    pub rust: TokenStream,
}

/// A method that adds an entry to a map.
pub struct Adder {
    /// Its name.
    pub name: Ident,
    /// The type of the map's values, where they are there.
    pub value: TypeRef,
    /// Whether the map may have null for a value.
    pub is_nullable: bool,
}

impl Emitter<'_> {
    /// The members of a struct, in its order.
    pub fn members<'a>(&self, ty: &'a Type, structure: &'a Struct) -> Result<Vec<Member<'a>>> {
        let module = self.names.ty(&ty.id).module;
        let mut taken = std::collections::BTreeMap::from([("extra".to_owned(), "the undeclared keys")]);
        let mut members = Vec::new();
        for field in &structure.fields {
            let name = field_name(&field.wire);
            if let Some(other) = taken.insert(name.clone(), &field.wire) {
                return Err(self
                    .error(&field.pointer, format!("`{}` and `{other}` would both be the field `{name}`", field.wire))
                    .hint(format!(
                        "leave one of them to `extra` by removing it in an overlay; {} has no names of fields",
                        crate::names::REGISTRY
                    )));
            }
            let form = Form::of(field, ty.usage);
            let rust = form.wrap(&self.rust(&field.ty, Some(&module)));
            members.push(Member { field, form, ident: raw(&name), rust });
        }
        Ok(members)
    }

    /// The items of a struct.
    pub fn structure(&self, ty: &Type, structure: &Struct) -> Result<Vec<TokenStream>> {
        let name = format_ident!("{}", self.names.ty(&ty.id).name);
        let members = self.members(ty, structure)?;
        let docs = doc(&self.type_docs(ty, &structure.rules));
        let deprecated = deprecation(ty.deprecated);
        let fields = members.iter().filter(|member| !matches!(member.form, Form::Constant(_))).map(|member| {
            let docs = doc(&field_docs(ty, member));
            let deprecated = deprecation(member.field.deprecated);
            let (ident, rust) = (&member.ident, &member.rust);
            quote! { #docs #deprecated pub #ident: #rust, }
        });
        let debug = self.debug(&name, &members);
        let derives = match debug {
            None => quote!(#[derive(Clone, Debug, Default, PartialEq)]),
            Some(_) => quote!(#[derive(Clone, Default, PartialEq)]),
        };
        let declaration = quote! {
            #docs
            #deprecated
            #derives
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                /// Keys that the description does not declare, and values that did not fit.
                pub extra: Extra,
            }
        };
        let mut items = vec![declaration, self.object_impl(&name, &members)];
        if ty.usage.request {
            items.insert(1, self.constructors(ty, &name, &members));
        }
        items.extend(debug);
        items.push(quote!(object!(#name);));
        if self.is_searched_with(&ty.id) {
            items.push(quote!(searched!(#name);));
        }
        Ok(items)
    }

    /// Whether it is the body of a search.
    fn is_searched_with(&self, id: &TypeId) -> bool {
        let searched = self.lookup.searched.get_or_init(|| {
            let searches = self.api.operations.values().filter(|operation| operation.searches);
            searches.filter_map(|operation| operation.body.as_ref()).map(|body| self.resolved(body)).collect()
        });
        searched.contains(&TypeRef::Named(id.clone()))
    }

    /// `new`, and a setter for each field that `new` does not take.
    fn constructors(&self, ty: &Type, name: &Ident, members: &[Member<'_>]) -> TokenStream {
        let module = self.names.ty(&ty.id).module;
        let is_argument = |member: &&Member<'_>| {
            let is_required = matches!(member.form, Form::Plain | Form::Nullable) && member.field.required.is_some();
            is_required && member.field.constant.is_none()
        };
        let mut required: Vec<&Member<'_>> = members.iter().filter(is_argument).collect();
        required.sort_by_key(|member| member.field.required);
        let arguments = required.iter().map(|member| {
            let ident = &member.ident;
            let (ty, _) = self.setter(member, &module);
            quote!(#ident: #ty)
        });
        let assignments = required.iter().map(|member| {
            let ident = &member.ident;
            let (_, value) = self.setter(member, &module);
            if *ident == value.to_string() { quote!(#ident) } else { quote!(#ident: #value) }
        });
        // A type that the API sends as well has its constants as fields; a request still sends them by itself.
        let constants = members.iter().filter_map(|member| {
            let value = member
                .field
                .constant
                .as_ref()
                .filter(|_| !matches!(member.form, Form::Constant(_)) && member.field.required.is_some())?;
            let ident = &member.ident;
            Some(match member.form {
                Form::Plain => quote!(#ident: #value.to_owned()),
                _ => quote!(#ident: Some(#value.to_owned().into())),
            })
        });
        let given: Vec<TokenStream> = assignments.chain(constants).collect();
        let body =
            if given.is_empty() { quote!(Self::default()) } else { quote!(Self { #(#given,)* ..Self::default() }) };
        let setters = members
            .iter()
            .filter(|member| !matches!(member.form, Form::Constant(_)))
            .filter(|member| !is_argument(member));
        let setters = setters.map(|member| {
            let (ty, value) = self.setter(member, &module);
            let (ident, name) = (&member.ident, setter_name(member));
            let docs = doc(&[format!("Sets [{}](#structfield.{}).", code(&member.field.wire), plain(ident))]);
            let value = if matches!(member.form, Form::Plain | Form::Nullable) { value } else { quote!(Some(#value)) };
            let deprecated = deprecation(member.field.deprecated);
            quote! {
                #docs
                #deprecated
                pub fn #name(mut self, #ident: #ty) -> Self {
                    self.#ident = #value;
                    self
                }
            }
        });
        let taken = method_names(members);
        let adders = members.iter().filter_map(|member| self.adder(member, &taken, &module));
        let docs = doc(&[if required.is_empty() { "With nothing set." } else { "With what the API requires." }]);
        quote! {
            impl #name {
                #docs
                pub fn new(#(#arguments),*) -> Self {
                    #body
                }
                #(#setters)*
                #(#adders)*
            }
        }
    }

    /// The method that adds an entry to a map whose name is a plural: `labels` has `label`, unless that is something
    /// else.
    fn adder(&self, member: &Member<'_>, taken: &HashSet<Ident>, module: &str) -> Option<TokenStream> {
        let Adder { name, value, is_nullable } = self.added(member, taken)?;
        let ident = &member.ident;
        let docs = doc(&[format!("Adds an entry to [{}](#structfield.{}).", code(&member.field.wire), plain(ident))]);
        let deprecated = deprecation(member.field.deprecated);
        let given = if is_nullable { quote!(Some(value.into())) } else { quote!(value.into()) };
        let inner = self.rust(&value, Some(module));
        let map = match member.form {
            Form::Plain | Form::Nullable | Form::Constant(_) => quote!(self.#ident),
            Form::Optional | Form::OptionalNullable => quote!(self.#ident.get_or_insert_default()),
        };
        Some(quote! {
            #docs
            #deprecated
            pub fn #name(mut self, name: impl Into<String>, value: impl Into<#inner>) -> Self {
                #map.insert(name.into(), #given);
                self
            }
        })
    }

    /// The method that [`Self::adder`] makes of a member, where `taken` are the names of the other methods.
    pub fn added(&self, member: &Member<'_>, taken: &HashSet<Ident>) -> Option<Adder> {
        let TypeRef::Map(value) = self.resolved(&member.field.ty) else { return None };
        let name = raw(&field_name(&ident::singular(&member.field.wire)));
        let is_none =
            taken.contains(&name) || OWN.iter().any(|own| name == own) || matches!(member.form, Form::Constant(_));
        let (value, is_nullable) = match value.as_ref() {
            TypeRef::Nullable(inner) => (inner.as_ref().clone(), true),
            value => (value.clone(), false),
        };
        (!is_none).then_some(Adder { name, value, is_nullable })
    }

    fn setter(&self, member: &Member<'_>, module: &str) -> (TokenStream, TokenStream) {
        let ident = &member.ident;
        match member.form {
            Form::Nullable | Form::OptionalNullable => {
                let inner = self.rust(&member.field.ty, Some(module));
                match self.resolved(&member.field.ty) {
                    TypeRef::List(_) | TypeRef::Map(_) => {
                        (quote!(impl IntoNullable<#inner>), quote!(#ident.into_nullable()))
                    }
                    TypeRef::Scalar(Scalar::TimestampText) => {
                        (quote!(impl Into<Nullable<#inner>>), quote!(#ident.into().map(Timestamp::into_text)))
                    }
                    _ => (quote!(impl Into<Nullable<#inner>>), quote!(#ident.into())),
                }
            }
            _ => match self.resolved(&member.field.ty) {
                TypeRef::Map(inner) => {
                    let inner = self.rust(inner, Some(module));
                    (quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#inner>)>), quote!(map_of(#ident)))
                }
                _ => self.argument(&member.field.ty, &quote!(#ident), Some(module)),
            },
        }
    }

    /// `Debug` of a struct with secrets, which says of them no more than that they are there. A secret that does not fit its
    /// field is in `extra`, as is a list of objects with secrets that fits in part, so of that it shows the keys only.
    fn debug(&self, name: &Ident, members: &[Member<'_>]) -> Option<TokenStream> {
        let shown = members.iter().filter(|member| !matches!(member.form, Form::Constant(_))).map(|member| {
            let ident = &member.ident;
            let key = plain(ident);
            let value = match (&member.form, member.field.secret) {
                (_, false) => quote!(self.#ident),
                (Form::Optional, true) => quote!(self.#ident.as_ref().map(|_| format_args!("[secret]"))),
                (_, true) => quote!(format_args!("[secret]")),
            };
            quote!(.field(#key, &#value))
        });
        let text = name.to_string();
        members.iter().any(|member| self.api.hides(member.field)).then(|| {
            quote! {
                impl std::fmt::Debug for #name {
                    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.debug_struct(#text)#(#shown)*.field("extra", &self.extra.keys().collect::<Vec<_>>()).finish()
                    }
                }
            }
        })
    }

    /// The `Object` of a struct.
    fn object_impl(&self, name: &Ident, members: &[Member<'_>]) -> TokenStream {
        let reads = members.iter().map(|member| {
            let (wire, ident) = (&member.field.wire, &member.ident);
            match &member.form {
                Form::Constant(value) => quote!(#wire => r.constant(#value)),
                _ => quote!(#wire => r.get(&mut self.#ident)),
            }
        });
        let writes = members.iter().map(|member| {
            let (wire, ident) = (&member.field.wire, &member.ident);
            match &member.form {
                Form::Constant(value) => quote!(w.constant(#wire, #value);),
                _ => quote!(w.put(#wire, &self.#ident);),
            }
        });
        let mut required: Vec<&Member<'_>> = members
            .iter()
            .filter(|member| member.field.required.is_some() && !matches!(member.form, Form::Constant(_)))
            .collect();
        required.sort_by_key(|member| member.field.required);
        let required = (!required.is_empty()).then(|| {
            let keys = required.iter().map(|member| &member.field.wire);
            quote! {
                fn required(&self) -> &'static [&'static str] {
                    &[#(#keys),*]
                }
            }
        });
        let secrets: Vec<&String> =
            members.iter().filter(|member| self.api.hides(member.field)).map(|member| &member.field.wire).collect();
        let secrets = (!secrets.is_empty()).then(|| {
            quote! {
                fn secrets(&self) -> &'static [&'static str] {
                    &[#(#secrets),*]
                }
            }
        });
        quote! {
            impl Object for #name {
                fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
                    match key {
                        #(#reads,)*
                        _ => r.undeclared(),
                    }
                }
                fn write(&self, w: &mut Writer<'_>) {
                    #(#writes)*
                }
                #required
                #secrets
                fn extra(&self) -> &Extra {
                    &self.extra
                }
                fn extra_mut(&mut self) -> &mut Extra {
                    &mut self.extra
                }
            }
        }
    }
}

/// The names that the fields of a struct and the methods that set them have.
pub(super) fn method_names(members: &[Member<'_>]) -> HashSet<Ident> {
    members.iter().flat_map(|member| [member.ident.clone(), setter_name(member)]).collect()
}

/// The name of a field, which must not be that of what every object has.
pub(crate) fn field_name(wire: &str) -> String {
    match ident::snake(wire) {
        reserved if ["extra", "new"].contains(&reserved.as_str()) => format!("{reserved}_"),
        name => name,
    }
}

/// The name as links and people spell it.
fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// The methods that every object has.
const OWN: [&str; 5] = ["with_extra", "from_json", "to_json", "default", "clone"];

/// The name of a field's setter, which must not hide what every object has.
fn setter_name(member: &Member<'_>) -> Ident {
    if OWN.iter().any(|own| member.ident == own) { format_ident!("{}_", member.ident) } else { member.ident.clone() }
}

fn field_docs(ty: &Type, member: &Member<'_>) -> Vec<String> {
    let field = member.field;
    let mut lines: Vec<String> = field.doc.iter().map(|text| text.trim().to_owned()).collect();
    let or_null = if field.nullable { ", or null" } else { "" };
    let constant = field.constant.as_ref().map(|value| format!("Always {}{or_null}.", code(value)));
    // The description may say so as well.
    lines.extend(constant.filter(|constant| !field.doc.iter().any(|doc| doc.contains(constant))));
    if lines.is_empty() {
        lines.push(format!("{} of {}.", code(&field.wire), code(&ty.id.to_string())));
    } else if member.ident != field.wire && member.ident.to_string().trim_start_matches("r#") != field.wire {
        lines.push(format!("On the wire: {}.", code(&field.wire)));
    }
    if field.secret {
        lines.push("`Debug` does not show it.".to_owned());
    }
    lines
}

/// The attribute of an item that the description advises against.
pub fn deprecation(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated = "Intercom advises against it."]))
}
