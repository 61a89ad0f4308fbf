//! Operations that are split into several methods, and overlays that say it wrong.

use super::{described, refuses};

const SHOW: &str = "#/paths/~1books~1{id}/get/x-methods";

/// Checks that these methods of `showBook`, which has no query parameters, are refused.
#[track_caller]
fn refused(methods: &str, at: &str, words: &[&str]) {
    let by = format!("operationId: showBook\n      x-methods: {methods}");
    refuses(&described("operationId: showBook", &by), tests::scratch::SPEC, &format!("{SHOW}{at}"), words);
}

#[test]
fn a_misspelt_keyword_of_a_method_is_named() {
    refused("{find: {parameters: [], shema: {}}}", "/find", &["`shema`"]);
    refused("{find: {parametres: []}}", "/find", &["`parametres`"]);
}

#[test]
fn a_method_without_a_list_of_parameters_is_named() {
    refused("{find: {}}", "/find", &["`parameters`"]);
    refused("{find: {parameters: title}}", "/find/parameters", &["list"]);
    refused("{find: {parameters: [], required: true}}", "/find/required", &["list"]);
}

#[test]
fn a_parameter_that_the_operation_does_not_have_is_named() {
    refused("{find: {parameters: [color]}}", "/find", &["`color`"]);
}

#[test]
fn a_text_that_is_none_is_named() {
    refused("{find: {parameters: [], summary: [x]}}", "/find/summary", &["text"]);
}
