//! What calls and answers are made of is what the description permits, by the validator's word: a server that answers
//! with what its own description forbids would prove nothing.

use serde_json::Value;
use tests::calls::{Extent, instances};

use super::assert_none;
use super::exceptions::{Kind, Used};
use super::verdict::exceptions;
use super::versions::{Version, versions};

/// Makes the instances of a schema, and keeps what the validator says of them.
struct Check {
    problems: Vec<String>,
    used: Used,
}

impl Check {
    fn schema(&mut self, version: &Version, kind: Kind, schema: &Value, pointer: &str) {
        for extent in [Extent::Minimal, Extent::Full, Extent::Nulls, Extent::Unknown] {
            for value in instances(version.corrected, schema, extent) {
                for fault in version.judge.corrected.misfits(pointer, &value) {
                    if exceptions().excuse(kind, &version.name, &fault, false) {
                        self.used.insert((kind, version.name.clone(), fault.place));
                    } else {
                        self.problems.push(format!("{} {pointer}: {fault}", version.name));
                    }
                }
            }
        }
    }
}

#[test]
fn every_instance_is_valid_by_the_description_that_it_is_made_from() {
    let mut check = Check { problems: Vec::new(), used: Used::new() };
    for version in versions() {
        for operation in version.judge.corrected.operations() {
            if let Some(body) = &operation.body {
                check.schema(version, Kind::Contradiction, body.schema, &body.pointer);
            }
            if let Some(answer) = operation.answer()
                && let Some(schema) = answer.schema
            {
                check.schema(version, Kind::Answer, schema, &answer.pointer);
            }
        }
    }
    check.problems.extend(exceptions().unused(&[Kind::Answer], &check.used, false));
    assert_none(&check.problems);
}
