use super::*;

/// The smallest description that is complete, with `PATHS` and `SCHEMAS` to fill in.
const FRAME: &str = "
openapi: 3.0.1
info: {title: API, version: '1'}
paths:
  /me:
    get:
      responses:
        200: {description: OK}
PATHS
components:
  responses:
    Missing: {description: Missing}
  parameters:
    Page: {name: page, in: query, schema: {type: integer}}
  securitySchemes:
    bearerAuth: {type: http, scheme: bearer}
  schemas:
    contact: {type: object, properties: {id: {type: string}}}
SCHEMAS
";

fn document(paths: &str, schemas: &str) -> Document {
    let indent = |text: &str, by: &str| text.lines().map(|line| format!("{by}{line}\n")).collect::<String>();
    let text = FRAME.replace("PATHS", &indent(paths, "  ")).replace("SCHEMAS", &indent(schemas, "    "));
    Document::parse("a.yaml", &text).unwrap()
}

fn mistakes(document: &Document) -> String {
    check(document, false).unwrap_err().to_string()
}

/// The only mistake of a schema, without the file's name and the pointer of the components.
fn in_schema(schemas: &str) -> String {
    let error = check(&document("", schemas), false).unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
    error.to_string().replace("a.yaml#/components/schemas", "")
}

fn in_paths(paths: &str) -> String {
    let error = check(&document(paths, ""), false).unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
    error.to_string().replace("a.yaml#/paths", "")
}

fn says(message: &str, first: &str, hint: &str) {
    let mut lines = message.lines();
    assert_eq!(lines.next(), Some(first), "{message}");
    assert!(lines.next().is_some_and(|line| line.starts_with("  hint: ") && line.contains(hint)), "{message}");
}

const RESPONSES: &str = "responses: {200: {description: OK}}";

#[test]
fn a_good_description_passes() {
    let good = document(
        "/contacts/{id}:\n  parameters: [{name: id, in: path, schema: {type: string}}]\n  get:\n    x-pagination: 1\n    parameters: [{$ref: '#/components/parameters/Page'}]\n    responses: {404: {$ref: '#/components/responses/Missing'}}\n    security: [{bearerAuth: []}]",
        "a:\n  oneOf: [{$ref: '#/components/schemas/contact'}, {type: string, enum: [a, ~]}]\n  discriminator: {propertyName: type, mapping: {contact: '#/components/schemas/contact', b: contact}}",
    );
    assert_eq!(check(&good, false), Ok(Vec::new()));
}

#[test]
fn what_overlays_say_of_operations_is_refused_anywhere_else() {
    let message = in_paths(&format!("/a:\n  x-search: true\n  get: {{{RESPONSES}}}"));
    says(&message, "/~1a/x-search: `x-search` at a path", "x-operation");
}

#[test]
fn a_misspelt_type_is_named_with_the_one_that_was_meant() {
    let message = in_schema("a: {type: strin}");
    says(&message, "/a/type: `strin` is no `type` of a schema", "did you mean `string`?");
}

#[test]
fn a_list_of_types_is_refused_as_openapi_31() {
    let message = in_schema("a: {type: [string, 'null']}");
    says(&message, "/a/type: `type` is a list, not a string", "nullable: true");
}

#[test]
fn a_misspelt_keyword_is_named_with_the_one_that_was_meant() {
    let message = in_schema("a: {type: object, propertes: {}}");
    says(&message, "/a/propertes: `propertes` is no keyword of a schema", "did you mean `properties`?");
}

#[test]
fn a_property_map_without_properties_is_refused_with_what_to_do() {
    let message = in_schema("a:\n  type: object\n  email: {type: string}");
    says(&message, "/a/email: `email` is no keyword of a schema", "put it under `properties:`");
}

#[test]
fn required_false_in_a_property_is_refused_with_what_to_do() {
    let message = in_schema("a: {properties: {id: {type: string, required: false}}}");
    says(
        &message,
        "/a/properties/id/required: `required` is a boolean, not a list of strings",
        "the object that has the property",
    );
}

#[test]
fn required_among_the_properties_is_refused_with_what_to_do() {
    let message = in_schema("a: {properties: {id: {type: string}, required: [id]}}");
    says(&message, "/a/properties/required: a list where a schema belongs", "stands beside `properties`");
}

#[test]
fn a_property_named_like_a_keyword_passes() {
    let schema = "a: {properties: {required: {type: boolean}, properties: {type: object}, description: {type: string}, x-y: {type: string}}}";
    assert_eq!(check(&document("", schema), false), Ok(Vec::new()));
}

#[test]
fn items_that_are_a_list_are_refused() {
    let message = in_schema("a: {type: array, items: [{type: string}]}");
    says(&message, "/a/items: a list where a schema belongs", "oneOf");
}

#[test]
fn properties_that_are_a_list_are_refused() {
    let message = in_schema("a: {properties: [id]}");
    says(&message, "/a/properties: `properties` is a list, not a map of names to objects", "write a map");
}

#[test]
fn an_empty_enum_is_refused() {
    says(&in_schema("a: {enum: []}"), "/a/enum: `enum` is empty", "list the values");
}

#[test]
fn an_enum_value_twice_is_refused() {
    says(&in_schema("a: {enum: [x, y, x]}"), "/a/enum/2: \"x\" is listed twice", "once");
}

#[test]
fn an_enum_value_of_another_type_is_refused() {
    says(
        &in_schema("a: {type: string, enum: ['1.0', 1.1]}"),
        "/a/enum/1: a number in an enum of type `string`",
        "quote",
    );
}

#[test]
fn numbers_and_flags_have_their_kinds() {
    for (schema, place) in [
        ("a: {minLength: -1}", "/a/minLength"),
        ("a: {minLength: many}", "/a/minLength"),
        ("a: {maximum: '5'}", "/a/maximum"),
        ("a: {nullable: 'true'}", "/a/nullable"),
        ("a: {exclusiveMinimum: 5}", "/a/exclusiveMinimum"),
        ("a: {format: 5}", "/a/format"),
        ("a: {additionalProperties: 5}", "/a/additionalProperties"),
        ("a: {not: 5}", "/a/not"),
        ("a: {allOf: {}}", "/a/allOf"),
        ("a: {oneOf: []}", "/a/oneOf"),
        ("a: {discriminator: type}", "/a/discriminator"),
        ("a: {discriminator: {mapping: {}}}", "/a/discriminator"),
        ("a: text", "/a"),
        ("a:", "/a"),
    ] {
        let message = in_schema(schema);
        assert!(message.starts_with(&format!("{place}: ")), "{message}");
        assert!(message.contains("\n  hint: "), "{message}");
    }
}

#[test]
fn an_operation_without_responses_is_refused() {
    says(&in_paths("/a:\n  get: {operationId: a}"), "/~1a/get: an operation without `responses`", "indentation");
}

#[test]
fn responses_that_are_empty_are_refused() {
    says(&in_paths("/a:\n  get: {responses: {}}"), "/~1a/get/responses: `responses` is empty", "at least one");
}

#[test]
fn responses_one_level_too_deep_are_refused_where_they_are() {
    let paths = "/a:\n  post:\n    requestBody:\n      content: {}\n      responses: {200: {description: OK}}";
    let message = check(&document(paths, ""), false).unwrap_err().to_string();
    assert!(
        message.contains("#/paths/~1a/post/requestBody/responses: `responses` is no keyword of a request body"),
        "{message}"
    );
    assert!(message.contains("#/paths/~1a/post: an operation without `responses`"), "{message}");
}

#[test]
fn an_unknown_method_is_refused() {
    says(
        &in_paths(&format!("/a:\n  gte: {{{RESPONSES}}}")),
        "/~1a/gte: `gte` is no keyword of a path",
        "did you mean `get`?",
    );
    says(
        &in_paths(&format!("/a:\n  connect: {{{RESPONSES}}}")),
        "/~1a/connect: `connect` is no keyword of a path",
        "HTTP methods",
    );
}

#[test]
fn a_key_that_is_no_status_code_is_refused() {
    let paths = "/a:\n  get: {responses: {200: {description: OK}, content: {}, 99: {}, 20: {}}}";
    assert_eq!(check(&document(paths, ""), false).unwrap_err().problems().len(), 3);
}

#[test]
fn a_path_without_slash_or_with_odd_braces_is_refused() {
    for path in ["contacts", "/a/{id", "/a/id}", "/a/{}", "/a/{b{c}}", "/{a}}"] {
        let message = mistakes(&document(&format!("{path:?}:\n  summary: a"), ""));
        assert!(message.contains("is no path") || message.contains("the braces of"), "{message}");
    }
}

#[test]
fn a_path_that_is_a_reference_is_refused() {
    assert!(in_paths("/a: {$ref: '#/paths/~1me'}").contains("a path that is a reference"));
}

#[test]
fn a_parameter_needs_a_name_a_place_and_a_schema() {
    for (parameter, what) in [
        ("{in: query, schema: {}}", "a parameter without `name`"),
        ("{name: a, schema: {}}", "a parameter without `in`"),
        ("{name: a, in: query}", "has either `schema` or `content`"),
        ("{name: a, in: body, schema: {}}", "`body` is no `in` of a parameter"),
        ("{name: a, in: query, type: string, schema: {}}", "`type` is no keyword of a parameter"),
        ("{name: a, in: query, required: 'no', schema: {}}", "`required` is a string, not a boolean"),
    ] {
        let message = in_paths(&format!("/a:\n  get: {{parameters: [{parameter}], {RESPONSES}}}"));
        assert!(message.contains(what), "{message}");
    }
}

#[test]
fn a_parameter_twice_is_refused_even_through_a_reference() {
    let one = "{name: page, in: query, schema: {}}";
    for (first, second) in [(one, one), (one, "{$ref: '#/components/parameters/Page'}")] {
        let message = in_paths(&format!("/a:\n  get: {{parameters: [{first}, {second}], {RESPONSES}}}"));
        says(&message, "/~1a/get/parameters/1: the query parameter `page` is declared twice", "remove one");
    }
}

#[test]
fn an_operation_may_declare_a_parameter_of_its_path_again() {
    let id = "{name: id, in: path, required: true, schema: {}}";
    let paths = format!("/a/{{id}}:\n  parameters: [{id}]\n  get: {{parameters: [{id}], {RESPONSES}}}");
    assert_eq!(check(&document(&paths, ""), false), Ok(Vec::new()));
}

#[test]
fn a_path_variable_without_a_parameter_is_refused() {
    let message =
        in_paths(&format!("/a/{{id}}:\n  get: {{parameters: [{{name: id, in: query, schema: {{}}}}], {RESPONSES}}}"));
    says(&message, "/~1a~1{id}/get: the path has `{id}`, and no parameter declares it", "in: path");
}

#[test]
fn a_path_parameter_that_is_not_in_the_path_is_refused() {
    let message = in_paths(&format!("/a:\n  get: {{parameters: [{{name: id, in: path, schema: {{}}}}], {RESPONSES}}}"));
    assert!(message.contains("the path parameter `id` is not in the path"), "{message}");
}

#[test]
fn two_paths_that_differ_only_in_a_variables_name_are_refused() {
    let operation = |name: &str| {
        format!("/a/{{{name}}}:\n  get: {{parameters: [{{name: {name}, in: path, schema: {{}}}}], {RESPONSES}}}")
    };
    let message = in_paths(&format!("{}\n{}", operation("id"), operation("other")));
    assert!(message.contains("the same operation as #/paths/~1a~1{id}/get"), "{message}");
}

#[test]
fn an_operation_id_twice_is_refused() {
    let message =
        in_paths(&format!("/a:\n  get: {{operationId: a, {RESPONSES}}}\n  put: {{operationId: a, {RESPONSES}}}"));
    says(&message, "/~1a/put/operationId: the operation id `a` is that of #/paths/~1a/get too", "another id");
}

#[test]
fn an_unresolved_reference_is_refused() {
    let message = in_schema("a: {properties: {b: {$ref: '#/components/schemas/nowhere'}}}");
    says(&message, "/a/properties/b/$ref: unresolved reference `#/components/schemas/nowhere`", "by an overlay");
}

#[test]
fn a_reference_to_a_schema_that_is_not_there_is_given_back_in_a_provisional_version() {
    let document = document("", "a: {properties: {b: {$ref: '#/components/schemas/nowhere'}}}");
    assert_eq!(check(&document, true), Ok(vec!["#/components/schemas/a/properties/b".to_owned()]));
}

#[test]
fn a_reference_to_another_response_is_refused_in_a_provisional_version_too() {
    let document = document("/a:\n  get: {responses: {404: {$ref: '#/components/responses/Gone'}}}", "");
    assert!(check(&document, true).is_err());
}

#[test]
fn references_to_other_files_and_into_schemas_are_refused() {
    for reference in [
        "other.yaml#/components/schemas/a",
        "#/components/schemas/contact/properties/id",
        "#/components/responses/Missing",
        "contact",
        "",
    ] {
        let message = in_schema(&format!("a: {{$ref: '{reference}'}}"));
        assert!(message.starts_with("/a/$ref: ") && message.contains("is no reference to a schema"), "{message}");
    }
}

#[test]
fn a_property_named_ref_is_a_property() {
    assert_eq!(check(&document("", "a: {properties: {$ref: {type: string}}}"), false), Ok(Vec::new()));
}

#[test]
fn schemas_that_are_each_other_are_refused() {
    let chain = "a: {$ref: '#/components/schemas/b'}\nb: {allOf: [{$ref: '#/components/schemas/a'}]}";
    let message = mistakes(&document("", chain));
    assert!(message.contains("the schema `a` refers to itself"), "{message}");
}

#[test]
fn schemas_that_hold_themselves_pass() {
    let tree = "a: {properties: {children: {type: array, items: {$ref: '#/components/schemas/a'}}, up: {$ref: '#/components/schemas/a'}}}";
    assert_eq!(check(&document("", tree), false), Ok(Vec::new()));
}

#[test]
fn a_discriminator_that_maps_to_nothing_is_refused() {
    let message = in_schema("a: {discriminator: {propertyName: type, mapping: {b: '#/components/schemas/b'}}}");
    assert!(
        message.starts_with("/a/discriminator/mapping/b: unresolved reference `#/components/schemas/b`"),
        "{message}"
    );
}

#[test]
fn a_security_scheme_that_is_not_there_is_refused() {
    let message = in_paths(&format!("/a:\n  get: {{security: [{{oauth: []}}], {RESPONSES}}}"));
    assert!(message.starts_with("/~1a/get/security/0/oauth: there is no security scheme `oauth`"), "{message}");
}

#[test]
fn a_description_of_another_openapi_is_refused() {
    let text = FRAME.replace("PATHS", "").replace("SCHEMAS", "");
    for version in ["3.1.0", "2.0", "'3'"] {
        let document = Document::parse("a.yaml", &text.replace("3.0.1", version)).unwrap();
        assert!(mistakes(&document).starts_with("a.yaml#/openapi: "));
    }
}

#[test]
fn missing_sections_are_refused() {
    let message = mistakes(&Document::parse("a.yaml", "components: {}").unwrap());
    for section in ["openapi", "info", "paths"] {
        assert!(message.contains(&format!("the description without `{section}`")), "{message}");
    }
}

#[test]
fn only_what_vendor_adds_may_lack_in_an_upstream_description() {
    let document = document("/a:\n  get: {responses: {200: {}}}", "");
    assert_eq!(check_structure(&document), Ok(()));
    assert!(mistakes(&document).contains("a response without `description`"));
}

#[test]
fn every_mistake_is_reported_at_once() {
    let error = check(&document("", "a: {type: strin}\nb: {tpye: string}\nc: {enum: []}"), false).unwrap_err();
    assert_eq!(error.problems().len(), 3);
}

#[test]
fn whatever_stands_anywhere_gives_an_error_and_no_panic() {
    let good = document(
        "",
        "a: {type: object, oneOf: [{enum: [a]}], discriminator: {propertyName: a, mapping: {a: contact}}}",
    );
    let mut pointers = Vec::new();
    collect(&good.root, String::new(), &mut pointers);
    for pointer in pointers {
        for odd in [
            Value::Null,
            Value::from(1),
            Value::from("x"),
            serde_json::json!([]),
            serde_json::json!({}),
            serde_json::json!([[{}], 1]),
        ] {
            let mut document = good.clone();
            if let Some(value) = document.root.pointer_mut(&pointer) {
                *value = odd;
            }
            let _ = check(&document, false);
            let _ = check_links(&document);
            let facts = crate::canonical::facts(&document.root, false).0;
            crate::count::count(&facts);
        }
    }
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| collect(value, child(&pointer, key), pointers)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| collect(value, format!("{pointer}/{index}"), pointers));
        }
        _ => {}
    }
    pointers.push(pointer);
}
