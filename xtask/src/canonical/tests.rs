use serde_json::json;

use super::*;
use crate::count::count;

const UPSTREAM: &str = "
info: {version: '1', title: API, description: About it., x-logo: {}}
openapi: 3.0.1
x-first: 1
tags: [{name: Zebras, description: About them.}, {name: Ants}]
paths:
  x-note: about the paths
  /b:
    get:
      summary: Get it
      responses:
        default: {description: Whatever}
        x-order: 1
        4XX: {description: Your fault}
        200: {description: It worked., content: {application/json: {schema: {$ref: '#/components/schemas/thing'}, examples: {one: {value: 1}}}}}
      parameters:
      - {in: query, name: summary, schema: {type: string, example: a}, example: b}
  /a:
    post: {responses: {204: {description: ''}}}
components:
  examples: {one: {value: 1}}
  responses: {Missing: {description: Gone}}
  schemas:
    title: {type: string, description: A title}
    thing:
      description: A thing
      title: Thing
      required: [summary, id]
      properties:
        x-tra: {type: string}
        title: {type: string, title: Title}
        description: {type: string, nullable: true, example: ~}
        summary: {type: string, enum: [b, a, b2]}
        example: {type: object, default: {description: kept, x-y: kept}}
        examples: {type: array, items: {$ref: '#/components/schemas/title', description: One}}
      type: object
";

fn upstream() -> Value {
    Document::parse("a.yaml", UPSTREAM).unwrap().root
}

fn text(keep_prose: bool) -> String {
    write("a.yaml", &facts(&upstream(), keep_prose).0).unwrap()
}

#[test]
fn facts_have_one_order_and_no_prose() {
    let expected = "\
openapi: 3.0.1
info:
  title: API
  version: '1'
tags:
- name: Zebras
- name: Ants
paths:
  /a:
    post:
      responses:
        '204':
          description: No Content
  /b:
    get:
      parameters:
      - name: summary
        in: query
        schema:
          type: string
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/thing'
        4XX:
          description: Client Error
        default:
          description: Default
components:
  responses:
    Missing:
      description: Missing
  schemas:
    thing:
      type: object
      required:
      - summary
      - id
      properties:
        description:
          type: string
          nullable: true
        example:
          type: object
          default:
            description: kept
            x-y: kept
        examples:
          type: array
          items:
            $ref: '#/components/schemas/title'
        summary:
          type: string
          enum:
          - b
          - a
          - b2
        title:
          type: string
        x-tra:
          type: string
    title:
      type: string
";
    assert_eq!(text(false), format!("{HEADER}{expected}"));
}

#[test]
fn facts_of_facts_are_the_same_bytes() {
    for keep_prose in [false, true] {
        let once = text(keep_prose);
        let again = facts(&Document::parse("a.yaml", &once).unwrap().root, keep_prose);
        assert_eq!(write("a.yaml", &again.0).unwrap(), once);
        assert_eq!(again.1, Dropped::new());
    }
}

#[test]
fn prose_is_kept_on_demand_and_samples_are_not() {
    let root = facts(&upstream(), true).0;
    assert_eq!(root["paths"]["/b"]["get"]["summary"], json!("Get it"));
    assert_eq!(root["paths"]["/b"]["get"]["responses"]["200"]["description"], json!("It worked."));
    assert_eq!(root["components"]["schemas"]["thing"]["title"], json!("Thing"));
    assert_eq!(root["components"]["responses"]["Missing"]["description"], json!("Gone"));
    assert_eq!(root["paths"]["/a"]["post"]["responses"]["204"]["description"], json!("No Content"));
    assert!(root["components"].get("examples").is_none());
    assert!(root["paths"]["/b"]["get"]["parameters"][0].get("example").is_none());
}

#[test]
fn what_is_dropped_is_counted() {
    let dropped = facts(&upstream(), false).1;
    let counts: Vec<(&str, usize)> = dropped.iter().map(|(keyword, count)| (keyword.as_str(), *count)).collect();
    let expected = [("description", 9), ("example", 3), ("examples", 2), ("summary", 1), ("title", 2), ("x-…", 4)];
    assert_eq!(counts, expected);
}

#[test]
fn nothing_that_is_counted_is_lost() {
    let before = count(&upstream());
    assert_eq!((before.operations, before.parameters), (2, 1));
    assert_eq!((before.schemas, before.properties, before.enum_values), (11, 6, 3));
    assert_eq!(count(&facts(&upstream(), false).0), before);
}

#[test]
fn sorting_alone_loses_nothing() {
    let sorted = sorted(&upstream());
    assert_eq!(sorted, upstream());
    assert_eq!(serde_json::to_string(&super::sorted(&sorted)).unwrap(), serde_json::to_string(&sorted).unwrap());
}

#[test]
fn a_reference_to_a_response_gets_no_description() {
    let root = json!({"paths": {"/a": {"get": {"responses": {"404": {"$ref": "#/components/responses/Missing"}}}}}});
    assert_eq!(facts(&root, false).0, root);
}

#[test]
fn values_that_look_like_others_are_read_back_as_they_were() {
    let odd = [
        "200",
        "1.0",
        "true",
        "no",
        "null",
        "~",
        "",
        " a",
        "a ",
        "a: b",
        "#a",
        "- a",
        "a\nb",
        "\n",
        "\t",
        "!a",
        "&a",
        "*a",
        "'",
        "\"",
        "\\",
        "2026-04-17",
        "0x1f",
        "1e3",
        "=",
        "<<",
        "|",
        ">",
        "%",
        "@",
        "`",
        "{",
        "[",
        "?",
        "é",
        "\u{7f}",
        "\u{85}",
        "\u{feff}",
        "\u{2028}",
        "\0",
        "---",
        "...",
        ".nan",
        "a\r\nb",
        "a \n b\n\n",
    ];
    for text in odd {
        let mut map = Map::new();
        if text != "<<" {
            map.insert(text.into(), json!([text, {"enum": [text]}]));
        }
        map.insert("default".into(), json!({"a": text}));
        let root = Value::Object(map);
        let written = write("a.yaml", &root).unwrap();
        assert_eq!(Document::parse("a.yaml", &written).unwrap().root, root, "{text:?}");
    }
}

/// Texts that YAML 1.1 or 1.2 would read as something else, and texts that look like them.
const AMBIGUOUS: [&str; 42] = [
    "y",
    "Y",
    "n",
    "N",
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",
    "true",
    "False",
    "~",
    "null",
    "Null",
    "=",
    "<<",
    "1",
    "-1",
    "+1",
    "010",
    "0o17",
    "0x1F",
    "0b101",
    "1_000",
    "1.5",
    ".5",
    "1e3",
    "6.8523015e+5",
    "1:30",
    "190:20:30.15",
    ".inf",
    "-.INF",
    ".NaN",
    "2026-01-02",
    "2001-12-14t21:59:43.10-05:00",
];
const PLAIN: [&str; 13] =
    ["yesterday", "ON/OFF", "once", "not", "a=b", "v1", "1st", "1.2.3", "10.0.0.1", "2026-01", "a:1", "x_1", "offline"];

#[test]
fn what_another_version_of_yaml_reads_as_something_else_is_quoted() {
    for text in AMBIGUOUS {
        let yaml = write("a.yaml", &json!({"default": text, "enum": [text]})).unwrap();
        assert_eq!(yaml, format!("{HEADER}default: '{text}'\nenum:\n- '{text}'\n"));
    }
}

#[test]
fn an_ambiguous_key_may_hold_anything() {
    let yaml = write("a.yaml", &json!({"on": {"off": ["no", {"y": 1}]}, "n": []})).unwrap();
    assert_eq!(yaml, format!("{HEADER}'on':\n  'off':\n  - 'no'\n  - 'y': 1\n'n': []\n"));
}

#[test]
fn other_texts_stay_plain() {
    for text in PLAIN {
        let yaml = write("a.yaml", &json!({"enum": [text]})).unwrap();
        assert_eq!(yaml, format!("{HEADER}enum:\n- {text}\n"), "{text}");
    }
}

#[test]
fn a_text_with_the_mark_of_quotes_is_refused_or_kept() {
    for text in ["\u{e000}on", "a \u{e000} b"] {
        let root = json!({"enum": [text]});
        let read = write("a.yaml", &root).map(|yaml| Document::parse("a.yaml", &yaml).unwrap().root);
        assert!(read.is_err() || read.is_ok_and(|read| read == root));
    }
}

#[test]
fn numbers_keep_their_value() {
    let root = json!({"a": [0, -1, 1.0, 1.5, 1e30, 18_446_744_073_709_551_615_u64, i64::MIN, 0.1]});
    write("a.yaml", &root).unwrap();
}
