use super::{Used, used};

#[test]
fn the_last_line_of_time_says_what_was_used() {
    let said = "warning: something\n1000000 10.50 1.25\n";
    assert_eq!(used(said), Some(Used { processor_seconds: 11.75, peak_megabytes: 1024.0 }));
}

#[test]
fn another_program_of_that_name_says_nothing() {
    assert_eq!(used("real 0m1.0s\nuser 0m0.5s\nsys 0m0.1s\n"), None);
    assert_eq!(used("1 2\n"), None);
    assert_eq!(used(""), None);
}
