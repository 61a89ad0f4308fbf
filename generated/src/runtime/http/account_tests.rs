use super::*;

fn token(number: usize) -> HeaderValue {
    HeaderValue::from_str(&format!("Bearer token-{number}")).expect("a value")
}

fn family() -> Family {
    Family::new(Some(RateLimiter::with_limit(7)))
}

#[test]
fn a_token_keeps_its_account() {
    let family = family();
    assert!(Arc::ptr_eq(&family.of(&token(1)), &family.of(&token(1))));
    assert!(!Arc::ptr_eq(&family.of(&token(1)), &family.of(&token(2))));
}

#[test]
fn a_token_that_comes_back_without_a_client_keeps_its_account_too() {
    let family = family();
    let first = Arc::downgrade(&family.of(&token(1)));
    let _ = family.of(&token(2));
    assert!(first.upgrade().is_some_and(|first| Arc::ptr_eq(&first, &family.of(&token(1)))));
}

#[test]
fn the_first_tokens_limiter_is_the_one_that_was_given_and_others_begin_anew() {
    let given = RateLimiter::with_limit(7);
    let family = Family::new(Some(given.clone()));
    let limiter = |account: Arc<Account>| account.limiter.clone().expect("a limiter");
    assert!(limiter(family.first(&token(1))).is(&given));
    assert!(!limiter(family.of(&token(2))).is(&given));
    assert!(limiter(family.of(&token(1))).is(&given));
    assert_eq!(format!("{:?}", limiter(family.of(&token(2)))), format!("{:?}", RateLimiter::with_limit(7)));
}

#[test]
fn no_more_than_so_many_are_remembered_and_none_that_is_in_use_is_forgotten() {
    let family = family();
    let in_use = family.of(&token(0));
    for number in 1..REMEMBERED + 100 {
        let _ = family.of(&token(number));
    }
    assert!(family.accounts.lock().expect("accounts").known.len() <= REMEMBERED);
    assert!(Arc::ptr_eq(&in_use, &family.of(&token(0))));
}

#[test]
fn the_latest_tokens_are_remembered_among_any_number() {
    let family = family();
    let accounts: Vec<_> = (0..3 * REMEMBERED).map(|number| Arc::downgrade(&family.of(&token(number)))).collect();
    let is_remembered = |number: usize| accounts[number].upgrade().is_some();
    assert!((5 * REMEMBERED / 2..3 * REMEMBERED).all(is_remembered));
    assert!(!is_remembered(0));
}

#[test]
fn tokens_in_use_may_be_any_number() {
    let family = family();
    let in_use: Vec<_> = (0..5 * REMEMBERED).map(|number| family.of(&token(number))).collect();
    for (number, account) in in_use.iter().enumerate() {
        assert!(Arc::ptr_eq(account, &family.of(&token(number))));
    }
    drop(in_use);
    for number in 0..6 * REMEMBERED {
        let _ = family.of(&token(1_000_000 + number));
    }
    let Accounts { known, in_use, .. } = &*family.accounts.lock().expect("accounts");
    assert!(*in_use == 0 && known.len() <= REMEMBERED, "{in_use} in use of {}", known.len());
}
