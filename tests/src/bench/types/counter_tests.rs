use super::Counter::{Callgrind, Perf};

#[test]
fn a_count_is_found_in_what_perf_says() {
    assert_eq!(Perf.parse("1234567,,instructions:u,1000,100.00,,\n"), Some(1_234_567));
}

#[test]
fn a_machine_without_counters_gives_no_count() {
    assert_eq!(Perf.parse("<not supported>,,instructions:u,0,100.00,,\n"), None);
    assert_eq!(Perf.parse("<not counted>,,instructions:u,0,100.00,,\n"), None);
}

#[test]
fn a_count_is_found_in_what_callgrind_says() {
    assert_eq!(Callgrind.parse("==7== Events    : Ir\n==7== Collected : 890\n"), Some(890));
    assert_eq!(Callgrind.parse("==7== no such thing\n"), None);
}
