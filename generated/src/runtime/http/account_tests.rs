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
    assert_eq!(family.accounts.lock().expect("accounts").known.len(), REMEMBERED);
    assert!(Arc::ptr_eq(&in_use, &family.of(&token(0))));
}
