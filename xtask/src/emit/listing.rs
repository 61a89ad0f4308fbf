//! `api/<version>.txt`: one line per public item, the shortest thing to review.

use std::collections::BTreeSet;

use super::Emitter;
use super::choices::is_boolean;
use super::render::type_text;
use super::structs::method_names;
use super::types::Form;
use crate::api::{Answer, Kind, Type};
use crate::error::Result;
use crate::names::ident;

impl Emitter<'_> {
    /// The sorted lines.
    pub fn listing(&self) -> Result<String> {
        let mut lines = BTreeSet::new();
        for ty in self.api.types.values() {
            self.list_type(ty, &mut lines)?;
        }
        for operation in self.api.operations.values() {
            let name = self.names.method(&operation.key);
            let place = format!("{}.{}", name.group, name.method);
            let mut arguments: Vec<String> =
                operation.path_parameters.iter().map(|parameter| ident::snake(&parameter.wire)).collect();
            for parameter in operation.query.iter().chain(&operation.form) {
                let line = format!("{}: {}", parameter.wire, type_text(&self.rust(&parameter.ty, None)));
                if parameter.required {
                    arguments.push(line)
                } else {
                    lines.insert(format!("{place}?{line}"));
                }
            }
            let searched = if operation.searches { "Search | " } else { "" };
            arguments
                .extend(operation.body.iter().map(|body| format!("{searched}{}", type_text(&self.rust(body, None)))));
            if let Some(paging) = &operation.paging {
                let item = type_text(&self.rust(super::paging::item(paging), None));
                let ways: Vec<String> = paging.items.iter().map(|keys| format!("/{}", keys.join("/"))).collect();
                let (style, ways) = (paging.style.name(), ways.join(" or "));
                lines.insert(format!("{place}().items() -> {item} = \"{style} {ways}\""));
            }
            lines.extend(self.job_lines(operation, &place));
            let answer = match &operation.answer {
                Answer::Json(ty) => type_text(&self.rust(ty, None)),
                Answer::Empty => "()".to_owned(),
                Answer::Text => "String".to_owned(),
                Answer::Download => "Download".to_owned(),
            };
            lines.insert(format!("{place}({}) -> {answer} = \"{}\"", arguments.join(", "), operation.key));
        }
        lines.extend(self.list_events());
        Ok(lines.into_iter().map(|line| line + "\n").collect())
    }

    fn list_type(&self, ty: &Type, lines: &mut BTreeSet<String>) -> Result<()> {
        let found = self.names.ty(&ty.id);
        let path = if ty.id.path.is_empty() {
            format!("types::{}", found.name)
        } else {
            format!("types::{}::{}", found.module, found.name)
        };
        let variants = self.names.variants(&ty.id);
        match &ty.kind {
            Kind::Struct(structure) => {
                lines.insert(format!("{path} = \"{}\"", ty.id));
                let members = self.members(ty, structure)?;
                let taken = method_names(&members);
                for member in &members {
                    let wire = &member.field.wire;
                    let text = match &member.form {
                        Form::Constant(value) => format!("{path}::{wire} = \"{value}\" sent by itself"),
                        form => {
                            let rust = form.wrap(&self.rust(&member.field.ty, None));
                            format!("{path}::{}: {} = \"{wire}\"", member.ident, type_text(&rust))
                        }
                    };
                    lines.insert(text);
                    if let Some(adder) = self.added(member, &taken).filter(|_| ty.usage.request) {
                        let value = type_text(&self.rust(&adder.value, None));
                        lines.insert(format!("{path}::{}(name, {value}) adds to \"{wire}\"", adder.name));
                    }
                }
            }
            Kind::OpenEnum(values) => {
                lines.insert(format!("{path} = \"{}\"", ty.id));
                lines.extend(
                    variants.iter().zip(values).map(|(variant, value)| format!("{path}::{variant} = \"{value}\"")),
                );
                lines.extend(is_boolean(values).then(|| format!("{path}::From<bool>")));
            }
            Kind::Union(union) => {
                lines.insert(format!("{path} = \"{}\"", ty.id));
                let arms = variants.iter().zip(&union.arms);
                lines.extend(arms.map(|(variant, arm)| {
                    format!("{path}::{variant}({}) = \"{}\"", type_text(&self.rust(&arm.ty, None)), arm.label)
                }));
                let nested = self.converting(&ty.id);
                lines.extend(nested.map(|ty| format!("{path}::From<{}>", type_text(&self.rust(ty, None)))));
            }
            Kind::Alias(target) => {
                lines.insert(format!("{path} is {} = \"{}\"", type_text(&self.rust(target, None)), ty.id));
            }
        }
        Ok(())
    }
}
