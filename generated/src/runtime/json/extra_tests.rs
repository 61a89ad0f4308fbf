use super::*;

fn filled(keys: usize) -> Extra {
    let mut extra = Extra::default();
    (0..keys).for_each(|index| extra.insert(format!("key{index}"), index as i64));
    extra
}

#[test]
fn keys_come_back_in_the_order_in_which_they_were_set() {
    for keys in [3, 100] {
        let extra = filled(keys);
        assert_eq!(extra.keys().collect::<Vec<_>>(), (0..keys).map(|index| format!("key{index}")).collect::<Vec<_>>());
        assert_eq!(extra.len(), keys);
    }
}

#[test]
fn a_key_that_is_set_again_has_the_last_value_and_moves_to_the_end() {
    for keys in [3, 100] {
        let mut extra = filled(keys);
        extra.insert("key0", "new");
        assert_eq!(extra.len(), keys);
        assert_eq!(extra.get("key0"), Some("new".into()));
        assert_eq!(extra.keys().last().as_deref(), Some("key0"));
    }
}

#[test]
fn a_key_that_is_removed_is_gone_and_the_others_stay() {
    for keys in [3, 100] {
        let mut extra = filled(keys);
        assert_eq!(extra.remove("key1"), Some(1.into()));
        assert_eq!(extra.remove("key1"), None);
        assert_eq!((extra.len(), extra.get("key2")), (keys - 1, Some(2.into())));
        extra.insert("key1", 7);
        assert_eq!(extra.get("key1"), Some(7.into()));
    }
}

#[test]
fn removing_every_key_leaves_nothing() {
    let mut extra = filled(100);
    for index in 0..100 {
        assert!(extra.remove(&format!("key{index}")).is_some());
    }
    assert!(extra.is_empty());
    assert_eq!(extra, Extra::default());
    assert_eq!(extra.text(), "");
}

#[test]
fn a_copy_does_not_see_later_changes() {
    let original = filled(100);
    let mut copy = original.clone();
    copy.remove("key5");
    copy.insert("key6", "new");
    assert_eq!(original, filled(100));
    assert_ne!(original, copy);
}

#[test]
fn two_are_equal_whatever_became_of_them_on_the_way() {
    let mut a = filled(100);
    a.remove("key99");
    a.insert("key0", 0);
    assert_ne!(a, filled(100));
    assert_eq!(a, filled(99));
    let mut b = filled(100);
    b.remove("key50");
    assert_ne!(a, b, "as many keys, but others");
}
