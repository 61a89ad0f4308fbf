//! A body of `multipart/form-data` as an object: a text for each part, of files too.

use serde_json::{Map, Value};

/// The parts by name, with the schema's kinds of value; what is wrong with the form if it is none.
pub fn parts(content_type: &str, body: &[u8], schema: &Value) -> Result<Value, String> {
    let boundary = content_type.split("boundary=").nth(1).ok_or("the form names no boundary")?;
    let (text, border) = (String::from_utf8_lossy(body), format!("--{}", boundary.trim_matches('"')));
    let mut sections = text.split(&border);
    if sections.next() != Some("") {
        return Err("something stands before the first part".to_owned());
    }
    let mut found = Map::new();
    for section in sections {
        if section == "--\r\n" {
            return Ok(Value::Object(found));
        }
        let content = section.strip_prefix("\r\n").and_then(|section| section.strip_suffix("\r\n"));
        let (head, value) = content.and_then(|content| content.split_once("\r\n\r\n")).ok_or("a part has no head")?;
        let name =
            head.split("; name=\"").nth(1).and_then(|rest| rest.split('"').next()).ok_or("a part has no name")?;
        let declared = schema.get("properties").and_then(|properties| properties.get(name)).unwrap_or(&Value::Null);
        let is_file = declared.get("format").is_some_and(|format| format == "binary");
        if is_file != head.contains("; filename=\"") {
            return Err(format!("the part {name} is {}a file", if is_file { "not " } else { "" }));
        }
        if found.insert(name.to_owned(), super::query::scalar(value, declared)).is_some() {
            return Err(format!("the part {name} comes twice"));
        }
    }
    Err("the form does not end".to_owned())
}

mod trials {
    use serde_json::json;

    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=x";

    fn schema() -> Value {
        json!({"properties": {"file": {"type": "string", "format": "binary"}, "number": {"type": "integer"}}})
    }

    fn part(head: &str, value: &str) -> String {
        format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n")
    }

    #[test]
    fn parts_are_values_by_name() {
        let form =
            part("name=\"number\"", "7") + &part("name=\"file\"; filename=\"a.csv\"", "a,b\r\n1,2") + "--x--\r\n";
        assert_eq!(parts(TYPE, form.as_bytes(), &schema()), Ok(json!({"number": 7, "file": "a,b\r\n1,2"})));
    }

    #[test]
    fn broken_forms_are_refused() {
        let number = part("name=\"number\"", "7");
        let file_as_text = part("name=\"file\"", "a") + "--x--\r\n";
        for form in [number.clone(), format!("{number}{number}--x--\r\n"), file_as_text, "x".to_owned(), String::new()]
        {
            assert!(parts(TYPE, form.as_bytes(), &schema()).is_err(), "{form}");
        }
        assert!(parts("multipart/form-data", b"--x--\r\n", &schema()).is_err());
    }
}
