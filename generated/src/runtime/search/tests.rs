//! Filters as the JSON that the API takes, and those that it would refuse.

use std::time::{Duration, UNIX_EPOCH};

use super::{Filter, Order, Search, field};
use crate::{Id, Json, Number, Timestamp};

#[track_caller]
fn query(filter: Filter) -> String {
    let json = Search::new(filter).to_json().unwrap_or_else(|error| panic!("{error}"));
    json.get("query").unwrap_or_default().to_string()
}

#[track_caller]
fn refused(filter: Filter) -> String {
    let error = Search::new(filter).to_json().expect_err("no JSON");
    assert_eq!(error.kind(), crate::ErrorKind::Argument);
    error.to_string()
}

fn named(name: &str) -> Filter {
    field(name).eq(1)
}

fn many(count: usize) -> impl Iterator<Item = Filter> {
    (0..count).map(|index| named(&format!("f{index}")))
}

#[test]
fn a_comparison_is_an_object_of_field_operator_and_value() {
    assert_eq!(query(field("email").eq("a@b.c")), r#"{"field":"email","operator":"=","value":"a@b.c"}"#);
}

#[test]
fn every_operator_has_its_sign() {
    let signs = [
        (field("f").eq(1), "="),
        (field("f").ne(1), "!="),
        (field("f").gt(1), ">"),
        (field("f").gte(1), ">="),
        (field("f").lt(1), "<"),
        (field("f").lte(1), "<="),
        (field("f").contains(1), "~"),
        (field("f").not_contains(1), "!~"),
        (field("f").starts_with(1), "^"),
        (field("f").ends_with(1), "$"),
    ];
    for (filter, sign) in signs {
        assert_eq!(query(filter), format!(r#"{{"field":"f","operator":"{sign}","value":1}}"#));
    }
}

#[test]
fn lists_keep_the_types_of_their_values() {
    let value = |filter| Json::parse(&query(filter)).expect("JSON").get("value").expect("a value").to_string();
    assert_eq!(value(field("id").is_in(["a", "b"])), r#"["a","b"]"#);
    assert_eq!(value(field("owner_id").is_in(vec![7, 8])), "[7,8]");
    assert_eq!(value(field("id").not_in([Id::from("5"), Id::from(5)])), r#"["5",5]"#);
    assert_eq!(query(field("id").is_in(["a"])), r#"{"field":"id","operator":"IN","value":["a"]}"#);
    assert_eq!(query(field("id").not_in([1])), r#"{"field":"id","operator":"NIN","value":[1]}"#);
}

#[test]
fn values_are_sent_in_their_type() {
    let value = |filter| query(filter).split_once(r#""value":"#).expect("a value").1.to_owned();
    assert_eq!(value(field("f").eq("say \"hi\"")), r#""say \"hi\""}"#);
    assert_eq!(value(field("f").eq(String::from("text"))), r#""text"}"#);
    assert_eq!(value(field("f").eq(-3)), "-3}");
    assert_eq!(value(field("f").eq(u64::MAX)), "18446744073709551615}");
    assert_eq!(value(field("f").eq(1.5)), "1.5}");
    assert_eq!(value(field("f").eq(Number::from(2.0))), "2.0}");
    assert_eq!(value(field("f").eq(true)), "true}");
    assert_eq!(value(field("f").eq(Id::from("5"))), "\"5\"}");
    let id = Id::from(5);
    assert_eq!(value(field("f").eq(&id)), format!("{id}}}"));
    assert_eq!(value(field("f").eq(Json::null())), "null}");
}

#[test]
fn moments_are_whole_unix_seconds_however_they_were_spelt() {
    let iso: Timestamp = "2023-11-14T22:13:20.750Z".parse().expect("a moment");
    let milliseconds = Timestamp::from(UNIX_EPOCH + Duration::from_millis(1_700_000_000_750));
    for filter in [field("f").gt(&iso), field("f").gt(milliseconds), field("f").gt(iso.to_system_time().expect("time"))]
    {
        assert_eq!(query(filter), r#"{"field":"f","operator":">","value":1700000000}"#);
    }
}

#[test]
#[cfg(all(feature = "chrono", feature = "jiff", feature = "time"))]
fn moments_of_other_crates_are_unix_seconds_too() {
    let chrono = chrono::DateTime::from_timestamp(1_700_000_000, 750).expect("a moment");
    let jiff = jiff::Timestamp::new(1_700_000_000, 750).expect("a moment");
    let time = time::OffsetDateTime::from_unix_timestamp(1_700_000_000).expect("a moment");
    for filter in [field("f").gt(chrono), field("f").gt(jiff), field("f").gt(time)] {
        assert_eq!(query(filter), r#"{"field":"f","operator":">","value":1700000000}"#);
    }
}

#[test]
fn milliseconds_are_refused_where_a_date_is_compared() {
    let milliseconds = 1_700_000_000_000_i64;
    for name in ["created_at", "waiting_since", "snoozed_until", "statistics.last_close_at"] {
        for filter in [field(name).gt(milliseconds), field(name).is_in([1, milliseconds]), field(name).lt(1.7e12)] {
            let why = refused(named("a") & filter);
            let expected =
                format!("the filter at $.query.value[1] compares `{name}` with milliseconds, which find nothing");
            assert!(why.starts_with(&expected), "{why}");
        }
        assert!(query(field(name).gt(1_700_000_000)).contains("1700000000"));
    }
    for name in ["custom_attributes.seen_at", "ticket_attribute.7_at", "monthly_spend"] {
        assert!(query(field(name).gt(milliseconds)).contains("1700000000000"));
    }
}

#[test]
fn a_list_without_values_is_refused() {
    let nothing = Json::parse("[]").expect("JSON");
    for filter in [field("id").is_in(Vec::<Id>::new()), field("id").not_in([""; 0]), field("id").eq(nothing)] {
        let why = refused(filter);
        assert_eq!(
            why,
            "the filter at $.query compares `id` with none of several values: leave it out, or do not search"
        );
    }
}

#[test]
fn groups_nest_as_they_are_written() {
    let filter = field("email").eq("a@b.c") & (field("role").eq("user") | field("role").eq("lead"));
    assert_eq!(
        query(filter),
        concat!(
            r#"{"operator":"AND","value":[{"field":"email","operator":"=","value":"a@b.c"},{"operator":"OR","value":["#,
            r#"{"field":"role","operator":"=","value":"user"},{"field":"role","operator":"=","value":"lead"}]}]}"#,
        )
    );
}

#[test]
fn and_binds_closer_than_or() {
    let (a, b, c) = (named("a"), named("b"), named("c"));
    assert_eq!(a.clone() | b.clone() & c.clone(), Filter::any([a, Filter::all([b, c])]));
}

#[test]
fn filters_of_one_kind_are_one_group() {
    let abcd = || ["a", "b", "c", "d"].map(named);
    let [a, b, c, d] = abcd();
    assert_eq!(a & b & c & d, Filter::all(abcd()));
    let [a, b, c, d] = abcd();
    assert_eq!((a | b) | (c | d), Filter::any(abcd()));
}

#[test]
fn groups_that_are_made_as_such_stay_apart() {
    let nested = Filter::all([Filter::all([named("a"), named("b")]), named("c")]);
    assert_eq!(query(nested).matches("AND").count(), 2);
}

#[test]
fn a_group_takes_fifteen_filters() {
    assert_eq!(query(Filter::all(many(15))).matches("field").count(), 15);
    let thirty = Filter::all([Filter::all(many(15)), Filter::all(many(15))]);
    assert_eq!(query(thirty).matches("field").count(), 30);
    let sixteen = many(16).reduce(|all, next| all & next).expect("a filter");
    let why = refused(sixteen);
    assert!(why.starts_with("the AND group at $.query has 16 filters, and the API takes 15 in a group"), "{why}");
}

#[test]
fn a_group_that_is_too_large_is_told_by_its_place() {
    let why = refused(named("a") & (named("b") | Filter::any(many(15))));
    assert!(why.starts_with("the OR group at $.query.value[1] has 16 filters"), "{why}");
}

#[test]
fn groups_take_two_levels() {
    let two = named("a") & (named("b") | named("c"));
    assert_eq!(query(two.clone()).matches("operator\":\"AND").count(), 1);
    let why = refused(named("d") | (named("e") & two.clone() & (named("f") | (named("g") & named("h")))));
    assert!(why.contains("is on level 3, and the API takes 2 levels of groups"), "{why}");
    assert!(why.starts_with("the OR group at $.query.value[1].value[2]"), "{why}");
}

#[test]
fn a_group_without_filters_is_refused() {
    assert_eq!(refused(Filter::any([])), "the OR group at $.query is empty: give it a filter");
}

#[test]
fn a_filter_without_a_field_is_refused() {
    assert!(refused(field(" ").eq(1)).starts_with("the filter at $.query has no field"));
}

#[test]
fn a_number_that_json_has_not_is_refused() {
    for filter in [field("f").lt(f64::INFINITY), field("f").is_in([1.0, f64::NAN])] {
        assert_eq!(refused(filter), "the filter at $.query compares `f` with a number that JSON has not");
    }
}

#[test]
fn a_search_has_its_order_and_its_page_beside_the_filter() {
    let search = Search::new(named("a")).sort("created_at", Order::Descending).per_page(150).starting_after("W1=");
    assert_eq!(
        search.to_json().expect("JSON").to_string(),
        concat!(
            r#"{"pagination":{"per_page":150,"starting_after":"W1="},"query":{"field":"a","operator":"=","value":1},"#,
            r#""sort":{"field":"created_at","order":"descending"}}"#,
        )
    );
    assert_eq!(
        Search::from(named("a")).sort("f", Order::Ascending).to_json().expect("JSON").to_string(),
        r#"{"query":{"field":"a","operator":"=","value":1},"sort":{"field":"f","order":"ascending"}}"#
    );
}

#[test]
fn any_number_of_groups_in_each_other_is_an_error_and_does_not_end_the_stack() {
    let deep = |depth: usize| (0..depth).fold(named("f"), |inner, _| Filter::all([inner]));
    let filter = deep(200_000);
    assert_eq!(filter, filter.clone());
    assert!(format!("{filter:?}").len() < 1_000);
    let why = refused(filter);
    assert!(why.contains("$.query has 200000 levels of groups, and the API takes 2"), "{why}");
    let why = refused((0..200_000).fold(named("f"), |inner, _| (inner & named("g")) | named("h")));
    assert!(why.contains("levels of groups"), "{why}");
    assert!(refused(deep(3)).contains("is on level 3"));
    query(deep(2));
}

#[test]
fn what_is_added_to_a_filter_that_is_too_deep_does_not_make_it_fit() {
    let deep = || (0..9).fold(named("f"), |inner, _| Filter::any([inner]));
    refused(deep() & named("g"));
    refused(named("g") | deep());
    refused(Filter::all([named("g"), deep()]));
}
