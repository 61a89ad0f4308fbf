//! Parameters: variables of the path become arguments, those of the query arguments or setters.

use std::collections::BTreeMap;

use openapiv3::{Operation as Described, Parameter as Declared, ParameterData, ParameterSchemaOrContent, ReferenceOr};

use super::Lowerer;
use super::node::{Node, Source};
use super::scope::Scope;
use crate::api::{Kind, OperationKey, Parameter, Scalar, TypeRef};
use crate::error::Result;
use crate::openapi;

/// Headers that the client sends by itself.
const OWN_HEADERS: [&str; 2] = ["Intercom-Version", "Accept"];

impl Lowerer<'_> {
    /// The variables of the path, in its order, and the parameters of the query, by name.
    pub fn parameters(
        &mut self,
        key: &OperationKey,
        template: &str,
        described: &Described,
        scope: &Scope,
    ) -> Result<(Vec<Parameter>, Vec<Parameter>)> {
        let mut in_path = BTreeMap::new();
        let mut query = BTreeMap::new();
        for (index, declared) in described.parameters.iter().enumerate() {
            let place = scope.part(&format!("parameters/{index}"));
            match self.declared(declared, &place)? {
                Declared::Path { parameter_data, .. } => {
                    in_path.insert(parameter_data.name.clone(), argument(parameter_data, &place));
                }
                Declared::Query { parameter_data, .. } => {
                    query.insert(parameter_data.name.clone(), self.query_parameter(key, parameter_data, &place)?);
                }
                Declared::Header { parameter_data, .. } if OWN_HEADERS.contains(&parameter_data.name.as_str()) => {}
                Declared::Header { parameter_data, .. } | Declared::Cookie { parameter_data, .. } => {
                    return Err(self
                        .error(&place, format!("`{}` is a header or cookie of its own", parameter_data.name))
                        .hint("only path and query parameters become arguments; remove it in an overlay"));
                }
            }
        }
        let mut ordered = Vec::new();
        for variable in openapi::variables(template) {
            let Some(parameter) = in_path.remove(variable) else {
                return Err(self
                    .error(scope, format!("the variable `{variable}` of the path is not declared"))
                    .hint("declare it with `in: path` in spec/overlays/errata.yaml"));
            };
            ordered.push(parameter);
        }
        if let Some((name, parameter)) = in_path.pop_first() {
            return Err(self
                .error(&Scope::root("", parameter.pointer), format!("the path has no variable `{name}`"))
                .hint("correct `in` or the name in spec/overlays/errata.yaml"));
        }
        Ok((ordered, query.into_values().collect()))
    }

    fn declared<'p>(&self, declared: &'p ReferenceOr<Declared>, scope: &Scope) -> Result<&'p Declared>
    where
        Self: 'p,
    {
        declared.as_item().ok_or_else(|| {
            self.error(scope, "a parameter that is a reference")
                .hint("references to parameters are resolved before lowering")
        })
    }

    fn query_parameter(&mut self, key: &OperationKey, data: &ParameterData, scope: &Scope) -> Result<Parameter> {
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return Err(self
                .error(scope, "a parameter with `content`")
                .hint("only parameters with a `schema` can be sent"));
        };
        let mut doc = data.description.clone();
        let ty = match schema {
            // Upstream's `external_id` is text that claims to have properties.
            ReferenceOr::Item(schema)
                if Node::new(schema).typ == Some("string") && !Node::new(schema).properties.is_empty() =>
            {
                self.report.push(format!("{}/schema: text with `properties`; sent as text", scope.pointer));
                TypeRef::Scalar(if super::schema::is_id(&data.name) { Scalar::Id } else { Scalar::String })
            }
            _ => {
                let mut place = Scope::root(format!("{key} query"), format!("{}/schema", scope.pointer));
                place.id.path.push(data.name.clone());
                let lowered = self.lower(Source::from(schema), &place)?;
                if let Some(value) = lowered.constant {
                    let text = doc.map_or_else(String::new, |text| format!("{} ", text.trim()));
                    doc = Some(format!("{text}Always {}.", crate::escape::code(&value)));
                }
                lowered.ty
            }
        };
        if !self.is_text(&ty) {
            return Err(self
                .error(scope, format!("`{}` is an object or a choice and cannot stand in a query", data.name))
                .hint("say which plain parameters are meant in spec/overlays/errata.yaml"));
        }
        Ok(Parameter {
            wire: data.name.clone(),
            pointer: scope.pointer.clone(),
            ty,
            described: described(data),
            required: data.required,
            doc,
            deprecated: data.deprecated.unwrap_or_default(),
        })
    }

    /// Whether values of the type are single texts, or lists of them.
    pub fn is_text(&self, ty: &TypeRef) -> bool {
        match self.aliased(ty) {
            TypeRef::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Binary),
            TypeRef::List(item) => {
                matches!(item.as_ref(), TypeRef::Scalar(_) | TypeRef::Named(_)) && self.is_text(item)
            }
            TypeRef::Named(id) => {
                matches!(self.types.get(id).map(|ty| &ty.kind), Some(Kind::OpenEnum(_)))
            }
            _ => false,
        }
    }
}

/// A variable of a path is an id whatever its declared type: the API writes ids as text and as numbers.
fn argument(data: &ParameterData, scope: &Scope) -> Parameter {
    Parameter {
        wire: data.name.clone(),
        pointer: scope.pointer.clone(),
        ty: TypeRef::Scalar(Scalar::Id),
        described: described(data),
        required: true,
        doc: data.description.clone(),
        deprecated: data.deprecated.unwrap_or_default(),
    }
}

fn described(data: &ParameterData) -> String {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Source::from(schema).described(),
        ParameterSchemaOrContent::Content(_) => String::new(),
    }
}
