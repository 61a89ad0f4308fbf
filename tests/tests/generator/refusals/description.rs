//! Mistakes in a description.

use tests::scratch::{SPEC, Scratch};

use super::{described, refuses};

/// Checks that a replaced part of the good description is a mistake at a pointer.
#[track_caller]
fn mistake(part: &str, by: &str, at: &str, words: &[&str]) {
    refuses(&described(part, by), SPEC, at, words);
}

/// Checks that a whole text is refused at a place.
#[track_caller]
fn text(text: &str, at: &str, words: &[&str]) {
    refuses(&Scratch::new("tiny", &[]).with(SPEC, text), SPEC, at, words);
}

const SHELF: &str = r##"shelf: {$ref: "#/components/schemas/shelf"}"##;
const QUERY: &str = "{name: shelf, in: query, schema: {type: string}}";
const PLACE: &str = r##"{$ref: "#/components/schemas/place"}"##;

#[test]
fn invalid_yaml_is_named_by_its_line() {
    text("openapi: 3.0.1\ninfo: {title: X\npaths: {}\n", "line 3, column 6", &[]);
}

#[test]
fn a_key_that_is_there_twice_is_named_by_its_line() {
    mistake(
        "        pages: {type: integer}\n",
        "        pages: {type: integer}\n        id: {type: string}\n",
        "line 45, column 9",
        &["`id`", "twice"],
    );
}

#[test]
fn an_unresolved_reference_is_named() {
    let at = "#/components/schemas/book/properties/shelf/$ref";
    mistake(SHELF, r##"shelf: {$ref: "#/components/schemas/shelves"}"##, at, &["#/components/schemas/shelves"]);
    mistake(SHELF, r##"shelf: {$ref: "other.yaml#/shelf"}"##, at, &["other.yaml#/shelf"]);
    mistake(SHELF, r##"shelf: {$ref: "#/components/parameters/shelf"}"##, at, &["#/components/parameters/shelf"]);
}

#[test]
fn a_parameter_that_is_unresolved_is_named() {
    let at = "#/paths/~1books/get/parameters/0/$ref";
    mistake(QUERY, r##"{$ref: "#/components/parameters/shelf"}"##, at, &["#/components/parameters/shelf"]);
}

#[test]
fn a_misspelt_type_is_named() {
    mistake(
        "pages: {type: integer}",
        "pages: {type: strin}",
        "#/components/schemas/book/properties/pages/type",
        &["strin"],
    );
}

#[test]
fn a_list_of_types_is_named() {
    mistake(
        "pages: {type: integer}",
        "pages: {type: [integer, \"null\"]}",
        "#/components/schemas/book/properties/pages/type",
        &["type"],
    );
}

#[test]
fn an_operation_without_responses_is_named() {
    mistake("      responses: {\"204\": {description: No Content}}\n", "", "#/paths/~1books~1{id}/put", &["responses"]);
}

#[test]
fn required_inside_a_property_is_named() {
    mistake(
        "pages: {type: integer}",
        "pages: {type: integer, required: false}",
        "#/components/schemas/book/properties/pages/required",
        &["required"],
    );
}

#[test]
fn a_misspelt_keyword_is_named_with_the_one_that_is_meant() {
    let tree = described("pages: {type: integer}", "pages: {type: integer, nulable: true}");
    refuses(&tree, SPEC, "#/components/schemas/book/properties/pages/nulable", &["nulable"]);
    assert!(tree.generate().is_err_and(|error| error.to_string().contains("`nullable`")));
}

#[test]
fn properties_without_the_word_are_named() {
    mistake(
        "      properties: {room: {type: string}}",
        "      room: {type: string}",
        "#/components/schemas/place/room",
        &["room"],
    );
}

#[test]
fn an_operation_without_an_id_is_named() {
    mistake("      operationId: updateBook\n", "", "#/paths/~1books~1{id}/put", &["operationId"]);
}

#[test]
fn an_operation_id_that_is_there_twice_is_named() {
    mistake(
        "operationId: updateBook",
        "operationId: listBooks",
        "#/paths/~1books~1{id}/put/operationId",
        &["listBooks"],
    );
}

#[test]
fn paths_that_differ_in_the_names_of_variables_only_are_named() {
    let twin = "  /books/{key}:\n    get:\n      operationId: twin\n      tags: [Books]\n      parameters:\n        \
                - {name: key, in: path, required: true, schema: {type: string}}\n      responses: {\"200\": {description: OK}}\ncomponents:\n";
    mistake("components:\n", twin, "#/paths/~1books~1{key}/get", &["#/paths/~1books~1{id}/get"]);
}

#[test]
fn a_variable_of_the_path_that_nothing_declares_is_named() {
    let part = "{name: id, in: path, required: true, schema: {type: string, format: id}}";
    let by = "{name: id, in: query, required: true, schema: {type: string}}";
    mistake(part, by, "#/paths/~1books~1{id}/put", &["{id}"]);
}

#[test]
fn a_parameter_that_the_path_does_not_have_is_named() {
    mistake(QUERY, "{name: key, in: path, required: true, schema: {type: string}}", "#/paths/~1books/get", &["`key`"]);
}

#[test]
fn an_object_in_a_query_is_named() {
    let at = "#/paths/~1books/get/parameters/0";
    mistake(
        QUERY,
        "{name: shelf, in: query, schema: {type: object, properties: {room: {type: string}}}}",
        at,
        &["`shelf`"],
    );
    mistake(
        QUERY,
        "{name: shelf, in: query, schema: {type: object, additionalProperties: {type: string}}}",
        at,
        &["`shelf`"],
    );
    mistake(QUERY, "{name: shelf, in: query, schema: {oneOf: [{type: string}, {type: boolean}]}}", at, &["`shelf`"]);
    mistake(QUERY, r##"{name: shelf, in: query, schema: {$ref: "#/components/schemas/shelf"}}"##, at, &["`shelf`"]);
}

#[test]
fn a_parameter_in_a_header_or_cookie_is_named() {
    let at = "#/paths/~1books/get/parameters/0";
    mistake(QUERY, "{name: X-Shelf, in: header, schema: {type: string}}", at, &["X-Shelf"]);
    mistake(QUERY, "{name: shelf, in: cookie, schema: {type: string}}", at, &["shelf"]);
}

#[test]
fn not_is_named() {
    mistake(
        "pages: {type: integer}",
        "pages: {not: {type: integer}}",
        "#/components/schemas/book/properties/pages",
        &["`not`"],
    );
}

#[test]
fn all_of_that_leads_back_to_itself_is_named() {
    let at = "#/components/schemas/shelf";
    mistake(PLACE, r##"{$ref: "#/components/schemas/shelf"}"##, at, &["shelf"]);
}

#[test]
fn a_circle_of_schemas_is_named() {
    let part = "    place:\n      type: object\n      properties: {room: {type: string}}\n";
    let by = "    place:\n      allOf:\n        - {$ref: \"#/components/schemas/shelf\"}\n        - {type: object, properties: {room: {type: string}}}\n";
    let tree = described(part, by);
    let error = tree.generate().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("spec/description.yaml#/components/schemas/") && error.contains("hint:"), "{error}");
}

#[test]
fn a_circle_through_an_inline_part_is_named() {
    let by = r##"{type: object, allOf: [{properties: {x: {type: string}}, allOf: [{$ref: "#/components/schemas/shelf"}]}]}"##;
    let error = described(PLACE, by).generate().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("spec/description.yaml#/components/schemas/shelf") && error.contains("hint:"), "{error}");
}

#[test]
fn all_of_something_that_is_no_object_is_named() {
    mistake(PLACE, r##"{$ref: "#/components/schemas/word"}"##, "#/components/schemas/shelf/allOf/0", &["`word`"]);
}

#[test]
fn an_inline_part_of_all_of_that_is_no_object_is_named() {
    mistake(PLACE, "{type: string}", "#/components/schemas/shelf/allOf/0", &["object"]);
}

#[test]
fn a_body_that_is_no_json_is_named() {
    let part = r##"content: {application/json: {schema: {$ref: "#/components/schemas/book_request"}}}"##;
    mistake(
        part,
        "content: {text/csv: {schema: {type: string}}}",
        "#/paths/~1books~1{id}/put/requestBody",
        &["text/csv"],
    );
}

#[test]
fn successes_that_differ_in_more_than_the_type_of_an_object_are_named() {
    let by = "{\"200\": {description: OK, content: {application/json: {schema: {type: string}}}}, \
              \"201\": {description: Created, content: {application/json: {schema: {type: integer}}}}}";
    mistake("{\"204\": {description: No Content}}", by, "#/paths/~1books~1{id}/put/responses", &["type"]);
}

#[test]
fn a_json_answer_without_a_schema_is_named() {
    let by = "{\"200\": {description: OK, content: {application/json: {}}}}";
    mistake("{\"204\": {description: No Content}}", by, "#/paths/~1books~1{id}/put/responses/200", &["schema"]);
}

#[test]
fn properties_with_one_name_in_rust_are_named() {
    let at = "#/components/schemas/book_request/properties/pt_br";
    mistake("{title: {type: string}}", "{pt-BR: {type: string}, pt_br: {type: string}}", at, &["`pt-BR`", "`pt_br`"]);
}

#[test]
fn arguments_with_one_name_in_rust_are_named() {
    let part = "{name: id, in: path, required: true, schema: {type: string, format: id}}";
    let by = format!("{part}\n        - {{name: ID, in: query, required: true, schema: {{type: string}}}}");
    mistake(part, &by, "#/paths/~1books~1{id}/put/parameters/1", &["`ID`", "`id`"]);
}

#[test]
fn a_description_of_another_openapi_is_named() {
    mistake("openapi: 3.0.1", "openapi: 3.1.0", "#/openapi", &["3.1.0"]);
}

/// The parameters of `GET /books`, followed by the methods of the operation.
fn methods(methods: &str) -> String {
    format!("- {QUERY}\n      x-methods: {methods}")
}

#[test]
fn a_method_of_an_operation_lists_its_parameters() {
    let parameter = &format!("- {QUERY}");
    let at = "#/paths/~1books/get/x-methods";
    mistake(parameter, &methods("[find]"), at, &["not a map"]);
    mistake(parameter, &methods("{find: {}}"), &format!("{at}/find"), &["no list of `parameters`"]);
    mistake(parameter, &methods("{find: {parameters: [page]}}"), &format!("{at}/find"), &["`page`"]);
    mistake(parameter, &methods("{find: {parameters: []}}"), at, &["`shelf` belongs to no method"]);
    mistake(parameter, &methods("{find: {parameters: [shelf], schema: 5}}"), &format!("{at}/find"), &["no schema"]);
}

#[test]
fn only_a_method_that_promises_nothing_is_said_to_be_idempotent() {
    let parameter = &format!("- {QUERY}");
    let said = |said: &str| format!("- {QUERY}\n      x-idempotent: {said}");
    let at = "#/paths/~1books/get/x-idempotent";
    mistake(parameter, &said("true"), at, &["GET"]);
    mistake(parameter, &said("maybe"), at, &["maybe"]);
}

#[test]
fn aliases_are_a_list_of_words() {
    let said = |said: &str| format!("- {QUERY}\n      x-aliases: {said}");
    for wrong in ["close", "[5]", "[two words]", "[Close]", "['']"] {
        mistake(&format!("- {QUERY}"), &said(wrong), "#/paths/~1books/get/x-aliases", &["list of words"]);
    }
}

#[test]
fn a_property_is_secret_or_nothing_is_said_of_it() {
    let at = "#/components/schemas/book/properties/pages/x-secret";
    mistake("pages: {type: integer}", "pages: {type: integer, x-secret: maybe}", at, &["maybe"]);
}

#[test]
fn a_secret_is_not_said_beside_a_reference() {
    let said = SHELF.replace("}", ", x-secret: true}");
    let at = "#/components/schemas/book/properties/shelf/x-secret";
    mistake(SHELF, &said, at, &["`x-secret`", "$ref"]);
}

#[test]
fn what_is_no_property_is_no_secret() {
    let elements = "pages: {type: array, items: {type: string, x-secret: true}}";
    let at = "#/components/schemas/book/properties/pages/items/x-secret";
    mistake("pages: {type: integer}", elements, at, &["`x-secret` at a schema"]);
}

#[test]
fn a_part_of_a_form_is_no_secret() {
    let request = "        content: {application/json: {schema: {$ref: \"#/components/schemas/book_request\"}}}";
    let form = "        content: {multipart/form-data: {schema: {type: object, properties: \
                {title: {type: string, x-secret: true}}}}}";
    let at = "#/paths/~1books~1{id}/put/requestBody/content/multipart~1form-data/schema/properties/title/x-secret";
    mistake(request, form, at, &["`title`", "form", "secret"]);
}

#[test]
fn unions_that_are_arms_of_each_other_are_named() {
    let word = "    word: {type: string}\n";
    let unions = "    word: {oneOf: [{$ref: '#/components/schemas/text'}, {$ref: '#/components/schemas/list'}]}\n    \
                  text: {oneOf: [{$ref: '#/components/schemas/word'}, {$ref: '#/components/schemas/place'}]}\n";
    let error = described(word, unions).generate().err();
    let told: Vec<(&str, bool)> = error
        .iter()
        .flat_map(|error| error.problems())
        .map(|problem| (problem.at.as_str(), problem.what.contains("refers to itself")))
        .collect();
    assert_eq!(told, [("#/components/schemas/text", true), ("#/components/schemas/word", true)]);
}
