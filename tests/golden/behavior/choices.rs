//! Listed values, and one of several types.

use golden::{
    Json, discriminator, enum_registry, enum_signs, open_enum, union_ambiguous, union_by_keys, union_by_kind,
    union_by_tag, union_nested,
};

use crate::round_trip;

#[test]
fn a_listed_value_is_its_variant() {
    use open_enum::types::book::{Binding, Mark, State, Untyped};
    use open_enum::types::{Book, Shelf};
    let book = round_trip!(
        Book,
        r#"{"type": "book", "state": "in-repair", "marks": ["worn", "signed"], "binding": "soft", "untyped": "left", "shelf": "science", "flag": true}"#
    );
    assert_eq!(book.state, State::InRepair);
    assert_eq!(book.marks, [Mark::Worn, Mark::Signed]);
    assert_eq!(book.binding, Some(Binding::Soft));
    assert_eq!(book.untyped, Some(Untyped::Left));
    assert_eq!(book.shelf, Some(Shelf::Science));
    assert_eq!(book.r#type.as_deref(), Some("book"));
    assert!(book.extra.is_empty());
}

#[test]
fn a_value_that_is_not_listed_survives() {
    use open_enum::types::book::{Mark, State};
    let book = round_trip!(open_enum::types::Book, r#"{"type": "tome", "state": "burnt", "marks": ["worn", "wet"]}"#);
    assert_eq!(book.state, State::Unknown("burnt".to_owned()));
    assert_eq!(book.marks, [Mark::Worn, Mark::Unknown("wet".to_owned())]);
    assert_eq!(book.r#type.as_deref(), Some("tome"));
}

#[test]
fn a_null_among_the_values_is_none() {
    let book = open_enum::types::Book::from_json(r#"{"state": "on_loan", "binding": null}"#).unwrap();
    assert_eq!(book.binding, None);
}

#[test]
fn values_are_written_as_they_are_listed() {
    use open_enum::types::book::State;
    assert_eq!(State::ALL.iter().map(State::as_str).collect::<Vec<_>>(), ["on_loan", "in-repair", "lost.forever"]);
    assert_eq!(State::LostForever.to_string(), "lost.forever");
    assert_eq!(State::from("on_loan"), State::OnLoan);
}

#[test]
fn a_value_that_is_true_or_false_in_words_is_made_from_a_boolean() {
    use open_enum::types::list_books_query::Lent;
    assert_eq!([true, false].map(Lent::from), [Lent::True, Lent::False]);
}

#[test]
fn an_arm_of_an_arm_is_made_in_one_step() {
    use union_nested::types::{Call, Comment, NumberMissed, Reply, ReplyByEmail, StaffReply};
    let reply = Reply::from(ReplyByEmail::new("a@b.c"));
    assert_eq!(reply.to_json(), r#"{"type":"reader","email":"a@b.c"}"#);
    assert_eq!(Reply::from(Comment::new("x")), Reply::Staff(StaffReply::Comment(Comment::new("x"))));
    let missed = NumberMissed::new("5");
    assert_eq!(Reply::from(missed.clone()), Reply::Staff(StaffReply::Call(Call::Missed(missed))));
}

#[test]
fn signs_and_numbers_have_names() {
    use enum_signs::types::filter::{Operator, Reason};
    let operators = [
        ("=", Operator::Equals),
        ("!=", Operator::NotEquals),
        ("<", Operator::Less),
        ("<=", Operator::LessOrEqual),
        (">", Operator::Greater),
        (">=", Operator::GreaterOrEqual),
        ("~", Operator::Contains),
        ("!~", Operator::NotContains),
        ("^", Operator::StartsWith),
        ("$", Operator::EndsWith),
        ("IN", Operator::In),
    ];
    for (text, operator) in operators {
        assert_eq!((Operator::from(text), operator.as_str()), (operator.clone(), text));
    }
    let reasons = [
        ("3rd_party_error", Reason::N3rdPartyError),
        ("news-item", Reason::NewsItem),
        ("tag.list", Reason::TagList),
        ("1.0", Reason::V1_0),
        ("2.13", Reason::V2_13),
        ("pt-BR", Reason::PtBr),
        ("type", Reason::Type),
        ("unknown", Reason::UnknownValue),
        ("", Reason::Empty),
    ];
    for (text, reason) in reasons {
        assert_eq!((Reason::from(text), reason.as_str()), (reason.clone(), text));
    }
    assert!(!matches!(Reason::from("self"), Reason::Unknown(_)));
}

#[test]
fn the_registry_names_values() {
    use enum_registry::types::Subject;
    assert_eq!(Subject::from("contact.user.created"), Subject::Dotted);
    assert_eq!(Subject::from("contact_user_created"), Subject::ContactUserCreated);
}

#[test]
fn an_arm_is_found_by_its_tag() {
    use union_by_tag::types::{CreateMessageRequest, Message, create_message_request::Note};
    assert!(
        matches!(round_trip!(Message, r#"{"kind": "text", "body": "x"}"#), Message::Text(text) if text.body.as_deref() == Some("x"))
    );
    assert!(matches!(round_trip!(Message, r#"{"url": "x", "kind": "film"}"#), Message::Media(_)));
    assert!(matches!(round_trip!(Message, r#"{"kind": "smoke", "url": "x"}"#), Message::Other(_)));
    assert!(matches!(round_trip!(Message, r#"{"body": "x"}"#), Message::Other(_)));
    assert!(matches!(round_trip!(Message, "[1]"), Message::Other(_)));
    let request = CreateMessageRequest::from(Note::new("x"));
    assert_eq!(request.to_json(), r#"{"type":"note","text":"x"}"#);
    assert_eq!(round_trip!(CreateMessageRequest, &request.to_json()), request);
}

#[test]
fn an_arm_is_found_by_its_discriminator() {
    use discriminator::types::{Animal, Pet};
    assert!(matches!(round_trip!(Animal, r#"{"species": "felis"}"#), Animal::Cat(_)));
    assert!(matches!(round_trip!(Animal, r#"{"species": "lupus"}"#), Animal::Dog(_)));
    assert!(matches!(round_trip!(Animal, r#"{"species": "cat"}"#), Animal::Other(_)));
    assert!(matches!(round_trip!(Pet, r#"{"sound": "bark"}"#), Pet::Dog(_)));
}

#[test]
fn an_arm_is_found_by_its_kind() {
    use union_by_kind::types::Setting;
    use union_by_kind::types::setting::{Pages, Part, Value};
    let value = |json: &str| round_trip!(Setting, &format!(r#"{{"value": {json}}}"#)).value;
    assert_eq!(value(r#""x""#), Some(Value::Text("x".to_owned())));
    assert_eq!(value("7"), Some(Value::Number(7)));
    assert_eq!(value("true"), Some(Value::Bool(true)));
    assert_eq!(value(r#"["a", "b"]"#), Some(Value::Texts(vec!["a".to_owned(), "b".to_owned()])));
    assert!(matches!(value(r#"{"amount": 3, "unit": "m"}"#), Some(Value::Object(object)) if object.amount == Some(3)));
    assert!(matches!(value("7.5"), Some(Value::Other(_))));
    let setting = round_trip!(Setting, r#"{"parts": ["a", {"name": "b"}, 3], "pages": [{"name": "c"}]}"#);
    assert!(matches!(setting.parts.as_slice(), [Part::Text(_), Part::Part(_), Part::Other(_)]));
    assert!(matches!(setting.pages, Some(Pages::Parts(parts)) if parts.len() == 1));
    assert!(
        matches!(round_trip!(Setting, r#"{"pages": ["c", "d"]}"#).pages, Some(Pages::Texts(texts)) if texts.len() == 2)
    );
}

#[test]
fn an_arm_whose_content_does_not_fit_is_kept_as_it_came() {
    use union_by_kind::types::{Setting, setting::Value};
    let setting = round_trip!(Setting, r#"{"value": ["a", 1, {"b": 2}], "pages": ["c", 4]}"#);
    assert!(matches!(setting.value, Some(Value::Texts(texts)) if texts == ["a"]));
}

#[test]
fn an_arm_is_found_by_its_keys() {
    use union_by_keys::types::{Owner, Paging};
    assert!(matches!(round_trip!(Paging, r#"{"size": 1, "cursor": "x"}"#), Paging::Cursor(_)));
    assert!(matches!(round_trip!(Paging, r#"{"size": 1, "page": 2}"#), Paging::Page(page) if page.page == Some(2)));
    assert!(matches!(round_trip!(Paging, r#"{"size": 1}"#), Paging::Page(_)));
    assert!(matches!(round_trip!(Paging, "3"), Paging::Other(_)));
    assert!(matches!(round_trip!(Owner, r#"{"city": "x", "born": 1}"#), Owner::Person(_)));
    assert!(matches!(round_trip!(Owner, r#"{"city": "x", "register_number": "1"}"#), Owner::Firm(_)));
    assert!(matches!(round_trip!(Owner, r#"{"city": "x"}"#), Owner::Other(_)));
}

#[test]
fn arms_that_nothing_tells_apart_are_any_json() {
    let holder = round_trip!(
        union_ambiguous::types::Holder,
        r#"{"either": {"name": "x"}, "anything": [1, null], "texts": "y"}"#
    );
    assert_eq!(holder.either.and_then(|either: Json| either.get("name")), Some(Json::from("x")));
    assert_eq!(holder.texts, Some(Json::from("y")));
}
