//! Properties of generated values: the same values in every run, and the smallest one that fails.

use std::thread;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// Threads that share the cases of [`holds_in_parallel`].
const THREADS: usize = 2;

/// Attempts at making a failing value smaller; each costs what a case does.
const SHRINKS: u32 = 2_000;

/// Checks that `property` holds for `cases` values of `strategy`; a panic is a failure too.
///
/// # Panics
///
/// Panics with the smallest value that fails, and why.
#[track_caller]
pub fn holds<S: Strategy>(seed: u64, cases: usize, strategy: S, property: impl Fn(S::Value) -> Result<(), String>) {
    if let Err(failure) = run(seed, cases, &strategy, property) {
        panic!("{failure}");
    }
}

/// Checks a property as [`holds()`] does, on several threads.
///
/// # Panics
///
/// Panics with the smallest value that fails, and why.
#[track_caller]
pub fn holds_in_parallel<S: Strategy>(
    seed: u64,
    cases: usize,
    strategy: impl Fn() -> S + Sync,
    property: impl Fn(S::Value) -> Result<(), String> + Sync,
) {
    let share = |thread: usize| {
        let cases = (thread..cases).step_by(THREADS).count();
        run(seed.wrapping_add(thread as u64), cases, &strategy(), &property).err()
    };
    let failures: Vec<String> = thread::scope(|scope| {
        let share = &share;
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || share(thread))).collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().unwrap_or_else(|_| Some("a thread panicked".into())))
            .collect()
    });
    if let Some(failure) = failures.first() {
        panic!("{failure}");
    }
}

fn run<S: Strategy>(
    seed: u64,
    cases: usize,
    strategy: &S,
    property: impl Fn(S::Value) -> Result<(), String>,
) -> Result<(), String> {
    let cases = u32::try_from(cases).unwrap_or(u32::MAX);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: SHRINKS, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    runner.run(strategy, |value| property(value).map_err(TestCaseError::fail)).map_err(|failure| failure.to_string())
}

/// `Ok` if there is no fault.
pub fn verdict(fault: Option<String>) -> Result<(), String> {
    fault.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;
    use std::sync::Mutex;

    use super::{holds, holds_in_parallel};

    fn message(property: fn()) -> String {
        let panic = catch_unwind(property).unwrap_err();
        panic.downcast_ref::<String>().cloned().unwrap_or_default()
    }

    #[test]
    fn a_failure_names_the_smallest_value_that_fails() {
        let text = message(|| {
            holds(1, 1_000, 0..100_000_u32, |number| if number < 777 { Ok(()) } else { Err("too large".to_owned()) });
        });
        assert!(text.contains("too large") && text.contains("minimal failing input: 777"), "{text}");
    }

    #[test]
    fn a_panic_is_a_failure() {
        let text = message(|| holds_in_parallel(1, 100, || 0..10_u32, |number| panic!("at {number}")));
        assert!(text.contains("at 0") && text.contains("minimal failing input: 0"), "{text}");
    }

    #[test]
    fn every_run_has_the_same_values_and_all_of_them() {
        let seen = || {
            let seen = Mutex::new(Vec::new());
            holds_in_parallel(
                7,
                101,
                || 0..u64::MAX,
                |number| {
                    seen.lock().unwrap().push(number);
                    Ok(())
                },
            );
            let mut seen = seen.into_inner().unwrap();
            seen.sort_unstable();
            seen
        };
        assert_eq!(seen(), seen());
        assert_eq!(seen().len(), 101);
    }
}
