use super::*;
use crate::api::{Field, Scalar, Struct, Type, Usage};

fn structure(name: &str, ty: TypeRef, secret: bool) -> (TypeId, Type) {
    let field = Field {
        wire: "a".to_owned(),
        pointer: String::new(),
        ty,
        described: String::new(),
        required: None,
        nullable: false,
        constant: None,
        doc: None,
        deprecated: false,
        secret,
    };
    let id = TypeId::root(name);
    let kind = Kind::Struct(Struct { fields: vec![field], rules: Vec::new() });
    (id.clone(), Type { id, pointer: String::new(), doc: None, deprecated: false, kind, usage: Usage::default() })
}

#[test]
fn what_holds_a_secret_through_a_list_or_a_box_holds_it_and_what_is_beside_does_not() {
    let text = || TypeRef::Scalar(Scalar::String);
    let named = |name: &str| TypeRef::Named(TypeId::root(name));
    let types = [
        structure("header", text(), true),
        structure("request", TypeRef::List(Box::new(named("header"))), false),
        structure("batch", TypeRef::Boxed(Box::new(named("request"))), false),
        structure("answer", text(), false),
    ];
    let mut api = Api { types: types.into_iter().collect(), ..Api::default() };
    mark(&mut api);
    let found: Vec<&str> = api.secretive.iter().map(|id| id.root.as_str()).collect();
    assert_eq!(found, ["batch", "header", "request"]);
}
