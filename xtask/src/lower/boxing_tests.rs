use super::*;
use crate::api::{Arm, Choice, Field, Scalar, Struct, Type, Union, Usage};

fn field(wire: &str, ty: TypeRef, required: bool) -> Field {
    Field {
        wire: wire.to_owned(),
        pointer: String::new(),
        ty,
        described: String::new(),
        required: required.then_some(0),
        nullable: false,
        constant: None,
        doc: None,
        deprecated: false,
        secret: false,
    }
}

fn ty(name: &str, kind: Kind) -> (TypeId, Type) {
    let id = TypeId::root(name);
    let usage = Usage { request: false, response: true };
    (id.clone(), Type { id, pointer: String::new(), doc: None, deprecated: false, kind, usage })
}

fn structure(name: &str, fields: Vec<Field>) -> (TypeId, Type) {
    ty(name, Kind::Struct(Struct { fields, rules: Vec::new() }))
}

fn named(name: &str) -> TypeRef {
    TypeRef::Named(TypeId::root(name))
}

/// A struct of as many optional strings, each 24 bytes.
fn strings(name: &str, count: usize) -> (TypeId, Type) {
    let string = |index: usize| field(&format!("s{index}"), TypeRef::Scalar(Scalar::String), false);
    structure(name, (0..count).map(string).collect())
}

fn boxed(types: Vec<(TypeId, Type)>, name: &str) -> Vec<bool> {
    let mut api = Api { types: types.into_iter().collect(), ..Api::default() };
    box_large(&mut api);
    let children = children(&api.types[&TypeId::root(name)].kind);
    children.into_iter().map(|ty| matches!(ty, TypeRef::Boxed(_))).collect()
}

#[test]
fn a_type_that_is_small_stays_in_its_place() {
    let holder = structure("holder", vec![field("a", named("small"), false)]);
    assert_eq!(boxed(vec![strings("small", 50), holder], "holder"), [false]);
}

#[test]
fn a_large_type_is_boxed_where_it_is_optional_and_only_there() {
    let fields = vec![field("a", named("large"), false), field("b", named("large"), true)];
    assert_eq!(boxed(vec![strings("large", 100), structure("holder", fields)], "holder"), [true, false]);
}

#[test]
fn a_small_type_is_boxed_where_a_struct_has_many_of_it() {
    let languages = (0..40).map(|index| field(&format!("l{index}"), named("text"), false)).collect();
    let types = vec![strings("text", 5), structure("languages", languages)];
    assert_eq!(boxed(types, "languages"), [true; 40]);
}

#[test]
fn a_type_that_its_own_boxes_have_made_small_stays_in_its_place() {
    let languages = (0..40).map(|index| field(&format!("l{index}"), named("text"), false)).collect();
    let article = structure("article", vec![field("translated", named("languages"), false)]);
    let types = vec![strings("text", 5), structure("languages", languages), article];
    assert_eq!(boxed(types, "article"), [false]);
}

#[test]
fn a_large_variant_of_a_union_is_boxed_and_a_small_one_is_not() {
    let arm = |name: &str| Arm { label: name.to_owned(), ty: named(name) };
    let union = Union { arms: vec![arm("large"), arm("small")], choice: Choice::Shape(Vec::new()) };
    let types = vec![strings("large", 100), strings("small", 3), ty("union", Kind::Union(union))];
    assert_eq!(boxed(types, "union"), [true, false]);
}
