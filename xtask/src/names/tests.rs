use super::ident::{camel, escaped, singular, snake, variant};
use super::{Registry, arms};

#[test]
fn a_field_is_the_wire_name_in_snake_case() {
    for (wire, name) in [
        ("created_at", "created_at"),
        ("pt-BR", "pt_br"),
        ("iosDevice", "ios_device"),
        ("2fa", "n2fa"),
        ("...", "empty"),
    ] {
        assert_eq!(snake(wire), name);
    }
}

#[test]
fn a_type_is_the_wire_name_in_upper_camel_case() {
    for (wire, name) in
        [("contact", "Contact"), ("tag.list", "TagList"), ("PUT /admins/{}/away request", "PutAdminsAwayRequest")]
    {
        assert_eq!(camel(wire), name);
    }
}

#[test]
fn search_operators_and_versions_have_names() {
    for (value, name) in [
        ("=", "Equals"),
        ("!~", "NotContains"),
        ("2.14", "V2_14"),
        ("news-item", "NewsItem"),
        ("3rd_party_error", "N3rdPartyError"),
    ] {
        assert_eq!(variant(value), name);
    }
}

#[test]
fn reserved_words_are_written_raw_or_with_a_mark() {
    for (name, code) in [("type", "r#type"), ("self", "self_"), ("crate", "crate_"), ("name", "name")] {
        assert_eq!(escaped(name), code);
    }
}

#[test]
fn an_element_is_named_in_the_singular() {
    for (plural, one) in [
        ("companies", "company"),
        ("tags", "tag"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("news", "news"),
        ("data", "data"),
        ("boxes", "box"),
    ] {
        assert_eq!(singular(plural), one);
    }
}

#[test]
fn arms_drop_the_words_that_all_of_them_share() {
    let labels = ["close_conversation_request", "snooze_conversation_request", "open_conversation_request"];
    assert_eq!(arms(&labels), ["Close", "Snooze", "Open"]);
    assert_eq!(arms(&["recipient", "recipients"]), ["Recipient", "Recipients"]);
    assert_eq!(arms(&["tag_list", "list_of_tag_list"]), ["TagList", "ListOf"]);
}

#[test]
fn the_registry_comes_back_as_it_was_written() {
    let text = "operations:\n  \"GET /contacts/{}\": contacts.get\nschemas:\n  contact: Contact\nvalues:\n  filter/operator:\n    \"=\": Is\n";
    let registry = Registry::parse(Some(text)).unwrap();
    assert_eq!(registry.operations["GET /contacts/{}"], "contacts.get");
    assert_eq!(registry.values["filter/operator"]["="], "Is");
    assert_eq!(Registry::parse(Some(&registry.render().unwrap())).unwrap(), registry);
}

#[test]
fn a_registry_that_does_not_exist_yet_is_empty() {
    assert_eq!(Registry::parse(None).unwrap(), Registry::default());
}

#[test]
fn a_name_that_is_no_name_is_refused_with_its_place() {
    let error = Registry::parse(Some("schemas:\n  contact: 2Contact\n")).unwrap_err().to_string();
    assert!(error.starts_with("spec/names.yaml#/schemas/contact: `2Contact` cannot be a name here"), "{error}");
}
