//! What paging reads from a request, and changes in it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::prepared::{Prepared, Query};
use super::query::push_encoded;
use crate::runtime::json::{Json, Map, to_text};

impl Prepared {
    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    pub(crate) fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The query without the order in which it was given.
    pub(crate) fn sorted_query(&self) -> Vec<(&str, &str)> {
        let mut query: Vec<(&str, &str)> = self.query.iter().map(|(name, value)| (&**name, value.as_str())).collect();
        query.sort_unstable();
        query
    }

    /// A parameter of the query, decoded.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let (_, value) = self.query.iter().find(|(other, _)| other == name)?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// The query as it is now.
    pub(crate) fn query(&self) -> Query {
        self.query.clone()
    }

    /// Sets parameters in `base`, which then is the query; those of the same names, and those of the names `gone`, are taken
    /// out of it.
    pub(crate) fn replace_query(&mut self, base: &Query, gone: &[&str], values: Vec<(String, Json)>) {
        let stays = |name: &str| !gone.contains(&name) && !values.iter().any(|(other, _)| other == name);
        self.query = base.iter().filter(|(name, _)| stays(name)).cloned().collect();
        for (name, value) in values {
            let mut text = String::new();
            match value.as_str() {
                Some(value) => push_encoded(&mut text, value),
                None => push_encoded(&mut text, &value.to_string()),
            }
            self.query.push((Cow::Owned(name), text));
        }
    }

    /// A value of the JSON body, in the object to which `keys` lead.
    pub(crate) fn body_value(&self, keys: &[&str], name: &str) -> Option<Json> {
        keys.iter().try_fold(self.json_body(), |json, key| json.get(key))?.get(name)
    }

    /// Sets values of the JSON body, in the object to which `keys` lead; those of the names `gone` are taken out.
    pub(crate) fn set_body_values(&mut self, keys: &[&str], gone: &[&str], values: Vec<(String, Json)>) {
        let body = changed(&self.json_body(), keys, gone, values);
        self.body = Some(to_text(&body));
    }

    fn json_body(&self) -> Json {
        self.body.as_deref().map(Json::from_raw).unwrap_or_default()
    }
}

fn changed(json: &Json, keys: &[&str], gone: &[&str], values: Vec<(String, Json)>) -> Json {
    let mut map: Map<Json> = json.as_map().unwrap_or_default();
    match keys {
        [] => {
            map.retain(|name, _| !gone.contains(&name.as_str()));
            map.extend(values);
        }
        [first, rest @ ..] => {
            let inner = changed(&map.remove(*first).unwrap_or_default(), rest, gone, values);
            map.insert((*first).to_owned(), inner);
        }
    }
    Json::from(map)
}
