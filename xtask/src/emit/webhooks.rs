//! What the API sends unasked: an enum of topics with a type of the version in each arm.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;
use super::render::doc;
use super::types::raw;
use crate::api::{Content, Event, Scalar, TypeRef};
use crate::escape::code;
use crate::names::ident;

/// What the names of topics are looked up in, and what is said of them.
struct Enum<'a> {
    name: &'static str,
    /// What it comes in.
    envelope: &'static str,
    of_envelope: &'static str,
    docs: &'static str,
    unknown: &'static str,
    events: &'a [Event],
    names: &'a [String],
}

/// What stands for a topic or an event in Rust.
pub(crate) struct EventArm<'a> {
    /// Its place: `Topic::AdminLoggedIn`.
    pub(crate) path: String,
    /// Its name on the wire.
    pub(crate) wire: &'a str,
    /// What comes with it: `(types::Admin)`.
    pub(crate) content: String,
}

impl Emitter<'_> {
    /// In `mod.rs`: the module, and what it offers to the version.
    pub fn webhooks_module(&self) -> (Option<TokenStream>, Option<TokenStream>) {
        let enums = self.enums();
        if enums.is_empty() {
            return (None, None);
        }
        let mut public: Vec<&str> = enums.iter().flat_map(|of| [of.name, of.envelope]).collect();
        public.sort_unstable();
        let public = public.into_iter().map(|name| format_ident!("{name}"));
        let module = quote! {
            #[cfg(feature = "webhooks")]
            mod webhooks;
        };
        let events = quote! {
            #[cfg(feature = "webhooks")]
            pub use webhooks::{#(#public),*};
        };
        (Some(module), Some(events))
    }

    /// The items of `webhooks.rs`.
    pub fn webhooks(&self) -> Vec<TokenStream> {
        let enums = self.enums();
        let items: Vec<TokenStream> = enums.iter().flat_map(|of| self.events(of)).collect();
        let mut imports = self.imports(&items);
        imports.insert(
            imports.len().min(1),
            quote!(
                use crate::runtime::webhooks::{Event, Item};
            ),
        );
        imports.into_iter().chain(items).collect()
    }

    /// Lines for the listing of what is public.
    pub fn list_events(&self) -> Vec<String> {
        let arms = self.event_arms().into_iter();
        arms.map(|arm| format!("{}{} = \"{}\"", arm.path, arm.content, arm.wire)).collect()
    }

    /// The arms of all enums.
    pub(crate) fn event_arms(&self) -> Vec<EventArm<'_>> {
        let mut arms = Vec::new();
        for of in self.enums() {
            arms.extend(of.names.iter().zip(of.events).map(|(name, event)| EventArm {
                path: format!("{}::{name}", of.name),
                wire: &event.wire,
                content: self.content_text(event),
            }));
        }
        arms
    }

    fn content_text(&self, event: &Event) -> String {
        match &event.content {
            Content::Json => "(Json)".to_owned(),
            Content::Item { ty, .. } => format!("({})", self.text(ty)),
            Content::Parts(parts) => {
                let fields: Vec<_> =
                    parts.iter().map(|(key, ty)| format!("{}: {}", ident::snake(key), self.text(ty))).collect();
                format!(" {{ {} }}", fields.join(", "))
            }
        }
    }

    fn enums(&self) -> Vec<Enum<'_>> {
        let topics = Enum {
            name: "Topic",
            envelope: "Notification",
            of_envelope: "A notification, with the types of this version.",
            docs: "What a notification is about.",
            unknown: "A topic that is not listed, or what it is about has another form: kept as it came.",
            events: &self.api.topics,
            names: self.names.topics(),
        };
        let events = Enum {
            name: "FinEvent",
            envelope: "FinNotification",
            of_envelope: "An event of Fin, with the types of this version.",
            docs: "What Fin tells while it works on a conversation.",
            unknown: "An event that is not listed, or has another form: kept as it came.",
            events: &self.api.events,
            names: self.names.events(),
        };
        [topics, events].into_iter().filter(|of| !of.events.is_empty()).collect()
    }

    fn events(&self, of: &Enum<'_>) -> [TokenStream; 3] {
        let (name, envelope) = (format_ident!("{}", of.name), format_ident!("{}", of.envelope));
        let (docs, unknown, of_envelope) = (doc(&[of.docs]), doc(&[of.unknown]), doc(&[of.of_envelope]));
        let arms = of.names.iter().zip(of.events).map(|(name, event)| {
            let (name, docs, content) = (format_ident!("{name}"), doc(&arm_docs(event)), self.content(event));
            let open = matches!(event.content, Content::Parts(_)).then(|| quote!(#[non_exhaustive]));
            quote!(#docs #open #name #content)
        });
        let reads = of.names.iter().zip(of.events).map(|(name, event)| {
            let (name, wire, read) = (format_ident!("{name}"), &event.wire, read(event));
            quote!(#wire => Self::#name #read)
        });
        let wires = of.events.iter().map(|event| &event.wire);
        let alias = quote! {
            #of_envelope
            pub type #envelope = crate::webhooks::#envelope<#name>;
        };
        let declaration = quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#arms,)*
                #unknown
                Unknown {
                    /// Its name on the wire.
                    name: String,
                    /// What came with it.
                    item: Json,
                },
            }
        };
        let implementation = quote! {
            impl Event for #name {
                const NAMES: &'static [&'static str] = &[#(#wires),*];

                fn read(name: &str, item: &mut Item<'_>) -> Option<Self> {
                    Some(match name {
                        #(#reads,)*
                        _ => return None,
                    })
                }

                fn unknown(name: String, item: Json) -> Self {
                    Self::Unknown { name, item }
                }
            }
        };
        [alias, declaration, implementation]
    }

    /// What an arm holds. Types are boxed, so that the enum is no larger than a pointer or two.
    fn content(&self, event: &Event) -> TokenStream {
        match &event.content {
            Content::Json => quote!((Json)),
            Content::Item { ty, .. } => {
                let ty = self.rust(ty, None);
                quote!((Box<#ty>))
            }
            Content::Parts(parts) => {
                let fields = parts.iter().map(|(key, ty)| {
                    let (name, docs) = (raw(&ident::snake(key)), doc(&[format!("{} of the item.", code(key))]));
                    let ty = match ty {
                        TypeRef::Scalar(Scalar::Json) => quote!(Json),
                        ty => {
                            let ty = self.rust(ty, None);
                            quote!(Option<Box<#ty>>)
                        }
                    };
                    quote!(#docs #name: #ty)
                });
                quote!({ #(#fields),* })
            }
        }
    }
}

fn arm_docs(event: &Event) -> Vec<String> {
    let mut lines = vec![code(&event.wire)];
    let identifying = event.identifying.then(|| "Only what identifies it comes.".to_owned());
    for text in identifying.into_iter().chain(event.doc.clone()) {
        lines.push(String::new());
        lines.push(text);
    }
    lines
}

/// How the content of an arm is read.
fn read(event: &Event) -> TokenStream {
    let mut item = quote!(item);
    if let Some(key) = &event.id {
        item = quote!(#item.identified_by(#key));
    }
    if event.identifying {
        item = quote!(#item.identifying());
    }
    match &event.content {
        Content::Json => quote!((item.json())),
        Content::Item { at: Some(key), .. } => quote!((#item.read_at(#key)?)),
        Content::Item { at: None, .. } => quote!((#item.read()?)),
        Content::Parts(parts) => {
            let fields = parts.iter().map(|(key, ty)| {
                let name = raw(&ident::snake(key));
                match ty {
                    TypeRef::Scalar(Scalar::Json) => quote!(#name: item.json_at(#key)),
                    _ => quote!(#name: item.part(#key)),
                }
            });
            quote!({ #(#fields),* })
        }
    }
}
