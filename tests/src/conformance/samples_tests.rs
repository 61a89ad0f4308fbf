use xtask::document::Document;

use super::{Part, Sample, of};

/// The samples of an operation at `GET /a/{id}`, whose keywords are given as flow YAML.
fn samples(operation: &str) -> Result<Vec<Sample>, String> {
    let text = format!(
        "paths: {{'/a/{{id}}': {{get: {{{operation}}}}}}}
components:
  responses: {{Gone: {{content: {{application/json: {{example: {{gone: true}}}}}}}}}}
  examples: {{shared: {{value: 7}}}}
"
    );
    let document = Document::parse("upstream.yaml", &text).map_err(|error| error.to_string())?;
    of(&document).map_err(|error| error.to_string())
}

fn shown(operation: &str) -> Vec<(Part, String, String)> {
    let samples = samples(operation).unwrap_or_else(|error| panic!("{error}"));
    samples.into_iter().map(|sample| (sample.part, sample.name, sample.value.to_string())).collect()
}

fn error(status: &str) -> Part {
    Part::Error(status.to_owned())
}

#[test]
fn every_entry_of_examples_and_the_single_example_are_samples() {
    let content = "application/json: {example: 1, examples: {one: {value: 2}, other: {value: null}}}";
    let found = shown(&format!("requestBody: {{content: {{{content}}}}}"));
    let entry = |name: &str, value: &str| (Part::Request, name.to_owned(), value.to_owned());
    assert_eq!(found, [entry("example", "1"), entry("one", "2"), entry("other", "null")]);
}

#[test]
fn the_status_says_what_a_sample_shows() {
    let json = "{content: {application/json: {example: 1}}}";
    let parts = |responses: &str| shown(&format!("responses: {{{responses}}}")).into_iter().map(|(part, ..)| part);
    let found: Vec<Part> = parts(&format!("'201': {json}, '404': {json}, default: {json}")).collect();
    assert_eq!(found, [Part::Answer, error("404"), error("default")]);
    let found: Vec<Part> = parts(&format!("'401': {json}, default: {json}")).collect();
    assert_eq!(found, [error("401"), Part::Answer]);
}

#[test]
fn references_to_responses_and_examples_are_followed() {
    let shared = "'200': {content: {application/json: {examples: {s: {$ref: '#/components/examples/shared'}}}}}";
    let found = shown(&format!("responses: {{{shared}, '410': {{$ref: '#/components/responses/Gone'}}}}"));
    let expected = [(Part::Answer, "s", "7"), (error("410"), "example", "{\"gone\":true}")];
    assert_eq!(found, expected.map(|(part, name, value)| (part, name.to_owned(), value.to_owned())));
}

#[test]
fn an_operation_is_known_without_the_names_of_its_variables() {
    let found = samples("requestBody: {content: {text/plain: {example: x}}}").unwrap_or_default();
    let found: Vec<(&str, &str)> =
        found.iter().map(|sample| (sample.operation.as_str(), sample.media.as_str())).collect();
    assert_eq!(found, [("GET /a/{}", "text/plain")]);
}

#[test]
fn an_unresolved_reference_is_named() {
    let error = samples("responses: {'200': {$ref: '#/components/responses/None'}}").err().unwrap_or_default();
    assert!(error.contains("upstream.yaml#/paths/~1a~1{id}/get/responses/200") && error.contains("None"), "{error}");
}

#[test]
fn a_sample_outside_the_file_is_named() {
    let operation = "requestBody: {content: {application/json: {examples: {far: {externalValue: 'x.json'}}}}}";
    let error = samples(operation).err().unwrap_or_default();
    assert!(error.contains("examples/far"), "{error}");
}
