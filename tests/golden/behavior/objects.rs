//! Objects: what is there, what is null, what is left out, and what nobody declared.

use golden::{
    Json, Nullable, all_of, arrays, constants, deprecated, inline_names, maps, nullable, one_of_required, recursion,
    reserved_words, scalars,
};

use crate::round_trip;

#[test]
fn leaving_clearing_and_setting_are_three_things() {
    use nullable::types::NoteRequest;
    let note = NoteRequest::new("x", Nullable::Null);
    assert_eq!(note.to_json(), r#"{"author_id":null,"body":"x"}"#);
    assert_eq!(note.clone().title(Nullable::Null).to_json(), r#"{"author_id":null,"body":"x","title":null}"#);
    assert_eq!(note.title("y").to_json(), r#"{"author_id":null,"body":"x","title":"y"}"#);
    assert_eq!(NoteRequest::new("x", "a1").due_at(5).to_json(), r#"{"author_id":"a1","body":"x","due_at":5}"#);
    let lines = NoteRequest::new("x", 1).lines(vec![Some("a".to_owned()), None]);
    assert_eq!(lines.to_json(), r#"{"author_id":1,"body":"x","lines":["a",null]}"#);
}

#[test]
fn what_is_cleared_is_read_as_cleared() {
    use nullable::types::NoteRequest;
    let note = round_trip!(
        NoteRequest,
        r#"{"body": "x", "author_id": null, "title": null, "place": null, "lines": [null, "a"]}"#
    );
    assert_eq!((note.title, note.place, note.due_at), (Some(Nullable::Null), Some(Nullable::Null), None));
}

#[test]
fn null_in_an_answer_is_none() {
    let note =
        nullable::types::Note::from_json(r#"{"id": "1", "title": null, "place": null, "scores": {"a": null, "b": 2}}"#)
            .unwrap();
    assert_eq!((&note.title, &note.place), (&None, &None));
    assert_eq!(
        note.scores.unwrap().into_iter().collect::<Vec<_>>(),
        [("a".to_owned(), None), ("b".to_owned(), Some(2))]
    );
}

#[test]
fn all_of_makes_one_struct() {
    let top = round_trip!(
        all_of::types::Top,
        r#"{"id": 1, "name": "x", "own": true, "size": "large", "label": {"text": "y"}, "more": [1]}"#
    );
    assert_eq!((top.id.as_str(), top.name.as_str(), top.own, top.size.as_deref()), ("1", "x", true, Some("large")));
    assert_eq!(top.label.and_then(|label: all_of::types::middle::Label| label.text).as_deref(), Some("y"));
    let holder = round_trip!(all_of::types::Holder, r#"{"base": {"id": "7"}}"#);
    let base: Option<all_of::types::Wrapper> = holder.base;
    assert_eq!(base.map(|base| base.id), Some("7".into()));
}

#[test]
fn inline_types_live_in_their_parents_module() {
    use inline_names::types::{
        Ticket, TicketType, UpdateTicketRequest, ticket, update_ticket_request, update_ticket_response,
    };
    let ticket = round_trip!(
        Ticket,
        r#"{"type": {"name": "a"}, "ticket": {"name": "b"}, "object": {"name": "c"}, "option": "none",
            "avatar": {"image": {"width": 3}}, "entries": [{"key": "d"}], "by_name": {"e": {"value": 4}}}"#
    );
    assert_eq!(ticket.r#type.as_ref().and_then(|it: &ticket::Type| it.name.as_deref()), Some("a"));
    assert_eq!(ticket.option, Some(ticket::TicketOption::None));
    assert_eq!(
        ticket.avatar.and_then(|avatar| avatar.image).and_then(|image: ticket::AvatarImage| image.width),
        Some(3)
    );
    assert_eq!(ticket.entries.first().and_then(|entry: &ticket::Entry| entry.key.as_deref()), Some("d"));
    assert_eq!(ticket.by_name.and_then(|map| map.get("e").and_then(|it: &ticket::ByName| it.value)), Some(4));
    assert_eq!(round_trip!(TicketType, r#"{"name": "x"}"#).name.as_deref(), Some("x"));
    let request = UpdateTicketRequest::new().assignment(update_ticket_request::Assignment::new().admin_id(5));
    assert_eq!(request.to_json(), r#"{"assignment":{"admin_id":5}}"#);
    assert_eq!(round_trip!(update_ticket_response::Assignment, r#"{"team_id": "6"}"#).team_id, Some("6".into()));
}

#[test]
fn reserved_words_reach_the_wire_as_they_are() {
    use reserved_words::types::{SelfRequest, StringAnswer};
    let request = SelfRequest::new("a")
        .r#type("b")
        .r#async("c")
        .pt_br("d")
        .n3rd_party_error("e")
        .empty("f")
        .extra_("g")
        .new_("h");
    let json = r#"{"self": "a", "type": "b", "async": "c", "pt-BR": "d", "3rd_party_error": "e", "=": "f", "extra": "g", "new": "h"}"#;
    assert_eq!(round_trip!(SelfRequest, json), request);
    let answer = round_trip!(StringAnswer, r#"{"crate": "a", "match": {"fn": "b"}, "default": true}"#);
    assert_eq!((answer.crate_.as_deref(), answer.default), (Some("a"), Some(true)));
}

#[test]
fn maps_hold_keys_that_are_data() {
    use maps::types::Bag;
    let bag = round_trip!(
        Bag,
        r#"{"counters": {"a": 1, "b": 2}, "anything": {"c": [null]}, "open": {}, "untyped": {"d": "e"},
            "lists": {"f": ["g", "h"]}, "objects": {"i": {"name": "j", "k": "l"}}, "json": [1, {"m": 2.50}]}"#
    );
    assert_eq!(bag.counters.as_ref().and_then(|counters| counters.get("b")), Some(&2));
    assert_eq!(
        bag.objects.and_then(|objects| objects.get("i").and_then(|thing| thing.extra.get("k"))),
        Some("l".into())
    );
}

#[test]
fn a_map_is_set_from_names_and_values() {
    use maps::types::BagRequest;
    let bag = BagRequest::new().counters([("a", 1), ("b", 2)]).anything([("plan", "pro")]);
    assert_eq!(bag.to_json(), r#"{"anything":{"plan":"pro"},"counters":{"a":1,"b":2}}"#);
    let mixed = [("seats", Json::from(3)), ("trial", Json::from(true))];
    assert_eq!(BagRequest::new().anything(mixed).to_json(), r#"{"anything":{"seats":3,"trial":true}}"#);
}

#[test]
fn a_map_that_can_be_null_is_set_from_whatever_has_names_and_values() {
    use std::collections::{BTreeMap, HashMap};

    use golden::{IntoNullable, Map};
    let labels = |labels: &dyn Fn(nullable::types::NoteRequest) -> nullable::types::NoteRequest| {
        labels(nullable::types::NoteRequest::new("x", 1)).labels.expect("labels were set")
    };
    let plan = Nullable::Value(Map::from([("plan".to_owned(), Json::from("pro"))]));
    let text = || ("plan".to_owned(), "pro".to_owned());
    assert_eq!(labels(&|note| note.labels([("plan", "pro")])), plan);
    assert_eq!(labels(&|note| note.labels(vec![("plan", "pro")])), plan);
    assert_eq!(labels(&|note| note.labels(HashMap::from([text()]))), plan);
    assert_eq!(labels(&|note| note.labels(&HashMap::from([text()]))), plan);
    assert_eq!(labels(&|note| note.labels(BTreeMap::from([text()]))), plan);
    assert_eq!(labels(&|note| note.labels(plan.clone())), plan);
    assert_eq!(labels(&|note| note.labels(<Map>::new())), [("", ""); 0].into_nullable());
    assert_eq!(labels(&|note| note.labels(Nullable::Null)), Nullable::Null);
}

#[test]
fn a_list_that_can_be_null_is_set_from_whatever_has_elements() {
    use nullable::types::NoteRequest;
    let note = NoteRequest::new("x", 1).reader_ids(vec![5, 6]).lines(Vec::<Option<String>>::new());
    assert_eq!(note.to_json(), r#"{"author_id":1,"body":"x","lines":[],"reader_ids":[5,6]}"#);
    let note = note.reader_ids(["a"].iter().copied()).lines(Nullable::Null);
    assert_eq!(note.to_json(), r#"{"author_id":1,"body":"x","lines":null,"reader_ids":["a"]}"#);
}

#[test]
fn a_map_is_filled_one_entry_after_another() {
    use maps::types::BagRequest;
    let bag = BagRequest::new().counter("a", 1).counter("b", 2).price("c", 2.5);
    assert_eq!(bag.to_json(), r#"{"counters":{"a":1,"b":2},"prices":{"c":2.5}}"#);
    let note = nullable::types::NoteRequest::new("x", 1).labels(Nullable::Null).label("plan", "pro").label("seats", 5);
    assert_eq!(note.to_json(), r#"{"author_id":1,"body":"x","labels":{"plan":"pro","seats":5}}"#);
}

#[test]
fn a_property_that_is_named_like_one_entry_of_a_map_is_itself() {
    let bag = maps::types::BagRequest::new().label("a").labels([("b", true)]);
    assert_eq!(bag.to_json(), r#"{"label":"a","labels":{"b":true}}"#);
}

#[test]
fn a_list_keeps_the_elements_that_fit_and_the_text_of_the_others() {
    let row = round_trip!(
        arrays::types::Row,
        r#"{"cells": ["a", 1, "b"], "grid": [[1], [2, "x"]], "anything": [1, "y", {}]}"#
    );
    assert_eq!(row.cells, ["a", "b"]);
    assert_eq!(row.grid, [vec![1], vec![2]]);
    assert_eq!(row.anything.len(), 3);
}

#[test]
fn a_list_is_sent_where_it_is_required_or_given() {
    use arrays::types::RowRequest;
    assert_eq!(RowRequest::new(["a"]).to_json(), r#"{"cells":["a"]}"#);
    assert_eq!(RowRequest::new(Vec::<String>::new()).to_json(), r#"{"cells":[]}"#);
    assert_eq!(RowRequest::new(["a"]).notes(["b", "c"]).to_json(), r#"{"cells":["a"],"notes":["b","c"]}"#);
    let rows: arrays::types::Rows = vec![arrays::types::Row::from_json(r#"{"cells": []}"#).unwrap()];
    assert_eq!(rows.len(), 1);
}

#[test]
fn recursion_has_no_end_of_its_own() {
    use recursion::types::{Negation, Node, Query, Single};
    let node = round_trip!(
        Node,
        r#"{"name": "a", "parent": {"name": "b", "parent": {"name": "c"}}, "children": [{"name": "d", "children": [{}]}],
            "by_name": {"e": {"name": "f"}}, "ring": {"node": {"ring": {"node": {"name": "g"}}}}}"#
    );
    assert_eq!(node.parent.and_then(|parent| parent.parent).and_then(|parent| parent.name).as_deref(), Some("c"));
    let query = round_trip!(Query, r#"{"all": [{"field": "a"}, {"none_of": {"all": [{"field": "b"}]}}]}"#);
    assert!(
        matches!(query, Query::Multiple(multiple) if matches!(multiple.all.as_slice(), [Query::Single(_), Query::Negation(_)]))
    );
    let query = Query::from(Negation::new(Query::from(Single::new("a"))));
    assert_eq!(query.to_json(), r#"{"none_of":{"field":"a"}}"#);
}

#[test]
fn a_constant_is_sent_by_itself() {
    use constants::types::{Order, OrderRequest, Party};
    let json = r#"{"type":"order","from":{"type":"party","id":"p1"}}"#;
    assert_eq!(OrderRequest::new(Party::new("p1")).to_json(), json);
    assert_eq!(round_trip!(Order, json).from.map(|from| from.id), Some("p1".into()));
    let other = round_trip!(OrderRequest, r#"{"type": "barter", "from": {"type": "party", "id": "p1"}}"#);
    assert_eq!(other.extra.get("type"), Some("barter".into()));
}

#[test]
fn arms_that_only_require_keys_make_one_struct() {
    use one_of_required::types::{CreateContactRequest, ReplaceContactRequest};
    assert_eq!(CreateContactRequest::new().email("a").to_json(), r#"{"email":"a"}"#);
    assert_eq!(ReplaceContactRequest::new(3).phone("b").to_json(), r#"{"id":3,"phone":"b"}"#);
}

#[test]
#[allow(deprecated)]
fn what_is_deprecated_still_works() {
    use deprecated::types::{Old, OldAnswer};
    assert_eq!(Old::new().name("a").to_json(), r#"{"name":"a"}"#);
    assert_eq!(round_trip!(OldAnswer, r#"{"name": "b", "state": "open"}"#).name.as_deref(), Some("b"));
}

#[test]
fn a_secret_is_read_and_written_and_not_shown() {
    use golden::secrets::types::{Key, KeyRequest};
    let key = round_trip!(Key, r#"{"type": "key", "id": "1", "material": "s3cr3t"}"#);
    assert_eq!(key.material.as_deref(), Some("s3cr3t"));
    let shown = r#"Key { type: Some("key"), id: Some("1"), material: Some([secret]), extra: [] }"#;
    assert_eq!(format!("{key:?}"), shown);
    assert_eq!(format!("{:?}", KeyRequest::new("s3cr3t")), "KeyRequest { password: [secret], extra: [] }");
}

#[test]
fn a_secret_that_does_not_fit_is_not_shown_either() {
    let key = round_trip!(golden::secrets::types::Key, r#"{"material": ["s3cr3t"]}"#);
    assert!(key.extra.raw("material").is_some_and(|raw| raw.contains("s3cr3t")));
    assert_eq!(format!("{key:?}"), r#"Key { type: None, id: None, material: None, extra: ["material"] }"#);
}

#[test]
fn what_one_part_or_arm_says_is_secret_stays_so() {
    use golden::secrets::types::{AnyKey, StoredKey};
    let stored = round_trip!(StoredKey, r#"{"material": "s3cr3t"}"#);
    let any = round_trip!(AnyKey, r#"{"code": "s3cr3t", "password": "s3cr3t"}"#);
    let shown = format!("{stored:?} {any:?}");
    assert_eq!((shown.matches("[secret]").count(), shown.contains("s3cr3t")), (3, false), "{shown}");
}

#[test]
fn scalars_keep_their_spelling_and_compare_by_value() {
    use scalars::types::Scalars;
    let scalars = round_trip!(
        Scalars,
        r#"{"id": 5, "admin_id": "6", "tag_ids": [7, "8"], "created_at": 1700000000, "closed_at": "2023-11-14T22:13:20Z",
            "count": 9, "ratio": 1.50, "open": false, "text": "\u00e9\n", "loose": 2, "assignee_id": "x-1"}"#
    );
    assert_eq!((scalars.id, scalars.admin_id), ("5".into(), Some(6.into())));
    assert_eq!(scalars.created_at, scalars.closed_at);
    assert_eq!(scalars.ratio, Some(1.5.into()));
    assert_eq!(scalars.text.as_deref(), Some("é\n"));
}

#[test]
fn a_value_that_does_not_fit_is_written_again_as_it_came() {
    let scalars = round_trip!(scalars::types::Scalars, r#"{"id": [1], "count": "9", "open": "yes", "text": 4}"#);
    assert_eq!((scalars.count, scalars.open, scalars.text), (0, None, None));
}

#[test]
fn a_required_key_that_was_missing_is_not_invented() {
    assert_eq!(scalars::types::Scalars::from_json("{}").map(|it| it.to_json()).ok().as_deref(), Some("{}"));
}
