//! The parameters of a query, as OpenAPI spells lists and objects in one.

use serde_json::{Map, Value, json};
use tests::description::{entries, list};
use tests::percent::decoded;

use super::fault::Fault;

/// One `name=value`: the name decoded, the value as it came.
type Pair<'q> = (String, &'q str);

/// What a query says: the value of each described parameter, and the faults of those that are not as they should be.
pub fn parameters<'d>(query: &str, described: &[&'d Value]) -> (Vec<(&'d Value, Value)>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match plain(name) {
            Some(name) => pairs.push((name, value)),
            None => faults.push(Fault::new(format!("query {name}"), "is not encoded as it should be")),
        }
    }
    let mut found = Vec::new();
    for parameter in described.iter().filter(|parameter| parameter["in"] == "query") {
        let name = parameter["name"].as_str().unwrap_or_default();
        match value(parameter, &mut pairs) {
            Ok(Some(value)) => found.push((*parameter, value)),
            Ok(None) if parameter["required"] == true => {
                faults.push(Fault::new(format!("query {name}"), "is required, and not there"));
            }
            Ok(None) => {}
            Err(what) => faults.push(Fault::new(format!("query {name}"), what)),
        }
    }
    faults.extend(pairs.iter().map(|(name, _)| Fault::new(format!("query {name}"), "is not described")));
    (found, faults)
}

/// Takes what belongs to a parameter out of the query, and makes a value of it.
fn value(parameter: &Value, pairs: &mut Vec<Pair<'_>>) -> Result<Option<Value>, String> {
    let schema = &parameter["schema"];
    let name = parameter["name"].as_str().unwrap_or_default();
    let style = parameter.get("style").and_then(Value::as_str).unwrap_or("form");
    let explode = parameter.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
    match (style, schema["type"].as_str(), explode) {
        ("form", Some("object"), true) => object(schema, pairs),
        ("form", Some("array"), true) => {
            let values = taken(pairs, name);
            let items: Result<Vec<Value>, String> = values.iter().map(|text| read(text, &schema["items"])).collect();
            Ok(Some(Value::from(items?)).filter(|_| !values.is_empty()))
        }
        ("form", Some("array"), false) => {
            let Some(text) = only(taken(pairs, name))? else { return Ok(None) };
            // Commas part the items, so one that belongs to an item is encoded.
            let items: Result<Vec<Value>, String> = text.split(',').map(|item| read(item, &schema["items"])).collect();
            items.map(|items| Some(Value::from(items)))
        }
        ("form", _, _) => only(taken(pairs, name))?.map(|text| read(text, schema)).transpose(),
        (other, ..) => Err(format!("has a style that this judge does not know: {other}")),
    }
}

/// An exploded object has parameters of the names of its properties.
fn object(schema: &Value, pairs: &mut Vec<Pair<'_>>) -> Result<Option<Value>, String> {
    let mut found = Map::new();
    for part in std::iter::once(schema).chain(list(schema, "oneOf")) {
        for (name, property) in entries(part, "properties") {
            if let Some(text) = only(taken(pairs, name))? {
                found.insert(name.to_owned(), read(text, property)?);
            }
        }
    }
    Ok(Some(Value::Object(found)).filter(|found| found != &json!({})))
}

fn taken<'q>(pairs: &mut Vec<Pair<'q>>, name: &str) -> Vec<&'q str> {
    pairs.extract_if(.., |(other, _)| other == name).map(|(_, value)| value).collect()
}

fn only(values: Vec<&str>) -> Result<Option<&str>, String> {
    match values.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        several => Err(format!("comes {} times", several.len())),
    }
}

fn read(text: &str, schema: &Value) -> Result<Value, String> {
    let text = plain(text).ok_or_else(|| format!("`{text}` is not encoded as it should be"))?;
    Ok(scalar(&text, schema))
}

/// A text as the value that its schema asks for, if it is spelled like one; else as the text that it is.
pub fn scalar(text: &str, schema: &Value) -> Value {
    let spelled = match schema.get("type").and_then(Value::as_str) {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    spelled.unwrap_or_else(|| Value::from(text))
}

/// In a query `+` is a space.
fn plain(text: &str) -> Option<String> {
    decoded(&text.replace('+', "%20"))
}

mod trials {
    use super::*;

    fn read(query: &str, described: &[Value]) -> (Vec<Value>, Vec<String>) {
        let described: Vec<&Value> = described.iter().collect();
        let (found, faults) = parameters(query, &described);
        let faults = faults.into_iter().map(|fault| format!("{} {}", fault.place, fault.what)).collect();
        (found.into_iter().map(|(_, value)| value).collect(), faults)
    }

    fn described(schema: Value) -> Value {
        json!({"name": "it", "in": "query", "schema": schema})
    }

    #[test]
    fn scalars_are_what_their_schemas_say() {
        for (kind, text, value) in [
            ("integer", "7", json!(7)),
            ("integer", "seven", json!("seven")),
            ("boolean", "true", json!(true)),
            ("string", "7", json!("7")),
            ("string", "a%26b+c%2B", json!("a&b c+")),
        ] {
            let (found, faults) = read(&format!("it={text}"), &[described(json!({"type": kind}))]);
            assert_eq!((found, faults), (vec![value], vec![]), "{kind} {text}");
        }
    }

    #[test]
    fn lists_are_parted_by_commas_or_repeated() {
        let mut list = described(json!({"type": "array", "items": {"type": "string"}}));
        let (found, faults) = read("it=a&it=b%2Cc", &[list.clone()]);
        assert_eq!((found, faults), (vec![json!(["a", "b,c"])], vec![]));
        list["explode"] = json!(false);
        let (found, faults) = read("it=a,b%2Cc", &[list.clone()]);
        assert_eq!((found, faults), (vec![json!(["a", "b,c"])], vec![]));
        let (_, faults) = read("it=a&it=b", &[list]);
        assert_eq!(faults, ["query it comes 2 times"]);
    }

    #[test]
    fn an_object_is_spread_over_its_properties() {
        let arms = json!([{"properties": {"a": {"type": "integer"}}}, {"properties": {"b": {"type": "string"}}}]);
        let (found, faults) = read("a=1&c=2", &[described(json!({"type": "object", "oneOf": arms}))]);
        assert_eq!((found, faults), (vec![json!({"a": 1})], vec!["query c is not described".to_owned()]));
    }

    #[test]
    fn what_is_required_has_to_be_there() {
        let mut needed = described(json!({"type": "string"}));
        needed["required"] = json!(true);
        assert_eq!(read("", &[needed]).1, ["query it is required, and not there"]);
    }

    #[test]
    fn what_is_not_described_is_a_fault() {
        assert_eq!(read("other=1", &[]).1, ["query other is not described"]);
    }
}
