//! What a description says, flat: a set of facts, so that two descriptions differ where their sets do.

use std::collections::BTreeSet;

use serde_yaml::Value;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// One fact: of what, about which name in it, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// `GET /contacts/{}`, `GET /contacts/{} request` or the name of a schema.
    pub owner: String,
    /// A parameter, field or value; empty for the owner itself.
    pub name: String,
    /// What is said.
    pub says: String,
}

/// Everything that a description says about operations, parameters, fields and values.
#[derive(Debug, Default)]
pub struct Facts(pub BTreeSet<Fact>);

impl Facts {
    /// The facts of a description.
    pub fn of(root: &Value) -> Self {
        let mut facts = Self::default();
        for (path, item) in entries(&root["paths"]) {
            for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
                facts.operation(&format!("{} {}", method.to_uppercase(), unnamed(path)), item, &item[*method]);
            }
        }
        for (name, schema) in entries(&root["components"]["schemas"]) {
            facts.say(name, "", "schema");
            facts.schema(name, "", schema);
        }
        facts
    }

    fn say(&mut self, owner: &str, name: &str, says: impl Into<String>) {
        self.0.insert(Fact { owner: owner.to_owned(), name: name.to_owned(), says: says.into() });
    }

    fn operation(&mut self, key: &str, item: &Value, operation: &Value) {
        self.say(key, "", "operation");
        self.say(key, "", format!("id {}", text(&operation["operationId"])));
        self.say(key, "", format!("tags {:?}", operation["tags"]));
        for parameter in list(&item["parameters"]).chain(list(&operation["parameters"])) {
            let (name, place) = (text(&parameter["name"]), text(&parameter["in"]));
            if place != "header" {
                self.say(
                    key,
                    name,
                    format!("in {place}, required {:?}", parameter["required"].as_bool().unwrap_or(false)),
                );
                self.say(key, name, shape(&parameter["schema"]));
                self.values(&format!("{key} query"), &parameter["schema"]);
            }
        }
        for (name, media) in entries(&operation["requestBody"]["content"]) {
            let role = if name.starts_with("multipart/") { "form" } else { "request" };
            self.body(key, role, &media["schema"]);
        }
        let success = entries(&operation["responses"]).find(|(status, _)| status.starts_with('2'));
        for (_, media) in success.into_iter().flat_map(|(_, answer)| entries(&answer["content"])) {
            self.body(key, "response", &media["schema"]);
        }
    }

    fn body(&mut self, key: &str, role: &str, schema: &Value) {
        match schema.get("$ref") {
            Some(reference) => self.say(key, "", format!("{role} {}", text(reference))),
            None => self.schema(&format!("{key} {role}"), "", schema),
        }
    }

    /// The fields and values of a schema and of everything in it that has no name of its own.
    fn schema(&mut self, owner: &str, name: &str, schema: &Value) {
        self.listed(owner, name, schema);
        for (field, inner) in entries(&schema["properties"]) {
            self.say(owner, field, shape(inner));
            self.schema(owner, field, inner);
        }
        for required in list(&schema["required"]) {
            self.say(owner, text(required), "required");
        }
        for keyword in ["items", "additionalProperties", "not"] {
            self.schema_if_any(owner, name, &schema[keyword]);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for part in list(&schema[keyword]) {
                self.schema_if_any(owner, name, part);
            }
        }
    }

    fn schema_if_any(&mut self, owner: &str, name: &str, schema: &Value) {
        if schema.is_mapping() {
            self.schema(owner, name, schema);
        }
    }

    fn values(&mut self, owner: &str, schema: &Value) {
        self.listed(owner, "", schema);
        self.listed(owner, "", &schema["items"]);
    }

    fn listed(&mut self, owner: &str, name: &str, schema: &Value) {
        for value in list(&schema["enum"]).filter_map(Value::as_str) {
            self.say(owner, value, format!("value of {name}"));
        }
    }
}

/// What a field or parameter is: its type and what it refers to.
fn shape(schema: &Value) -> String {
    let word = |key: &str| schema.get(key).map_or_else(String::new, |value| format!("{key} {} ", text(value)));
    let mut says = word("type") + &word("format") + &word("$ref");
    if schema["nullable"].as_bool() == Some(true) {
        says += "nullable ";
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for part in list(&schema[keyword]) {
            says += &format!("{keyword} {} ", shape(part));
        }
    }
    if schema["items"].is_mapping() {
        says += &format!("of {}", shape(&schema["items"]));
    }
    says
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_mapping().into_iter().flatten().map(|(key, value)| (text(key), value))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_sequence().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A path without the names of its variables.
fn unnamed(path: &str) -> String {
    let steps = path.split('/').map(|step| if step.starts_with('{') { "{}" } else { step });
    steps.collect::<Vec<_>>().join("/")
}
