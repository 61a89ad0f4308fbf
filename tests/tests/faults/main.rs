//! A hundred thousand calls to a server that fails in every way it can think of, at random and the same way each time.
//!
//! The server keeps an account of what it did to each call, and each result is held against that account: a call that
//! was answered has the right value, one that was not has the right error, and what must not be sent twice was not.

mod account;
mod calls;
mod fate;
mod memory;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use intercom_gen::unstable::Client;
use intercom_gen::{Error, RateLimiter, RetryPolicy};
use tests::loopback::TOKEN;

use account::{Account, fault};
use calls::{call, kind};
use server::Server;

/// How many calls there are.
const CALLS: usize = 100_000;

/// How many of them are under way at a time.
const WORKERS: usize = 48;

/// Attempts that a call has.
const ATTEMPTS: u32 = 4;

/// What a call may take at most: its attempts, the waits between them that the API asks for, and a machine that is busy.
const DEADLINE: Duration = Duration::from_secs(30);

/// How much the program may grow between the first fifth of the calls and the last one, in bytes.
const GROWTH: usize = 8 << 20;

fn client(server: &Server) -> Client {
    let policy = RetryPolicy::default().attempts(ATTEMPTS).first_delay(Duration::from_millis(2));
    let builder = Client::builder().token(TOKEN).base_url(server.url()).timeout(fate::TIMEOUT);
    let policy = policy.max_delay(Duration::from_secs(5)).total(DEADLINE);
    builder.retry(policy).rate_limiter(RateLimiter::new()).build().expect("a client")
}

/// Makes calls until there are none left; gives what was wrong with them.
async fn work(client: Client, account: Arc<Account>, next: Arc<AtomicUsize>, done: Arc<AtomicUsize>) -> Vec<String> {
    let mut faults = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= CALLS {
            return faults;
        }
        let began = Instant::now();
        match tokio::time::timeout(DEADLINE, call(&client, number)).await {
            Ok(result) => faults.extend(judged(&account, number, &result, began.elapsed()).await),
            Err(_) => faults.push(format!("call {number} hangs after {:?}", account.of(number))),
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
}

/// What is wrong with the result of a call. What was lost may not be noted yet: the server reads it when it gets to it.
async fn judged(account: &Account, number: usize, result: &Result<String, Error>, took: Duration) -> Option<String> {
    for _ in 0..200 {
        fault(kind(number), &account.of(number), result, took)?;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    fault(kind(number), &account.of(number), result, took)
}

/// How much memory the program has at every tenth of the calls.
async fn watch(done: Arc<AtomicUsize>) -> Vec<usize> {
    let mut seen = Vec::new();
    while seen.len() < 10 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if done.load(Ordering::Relaxed) >= (seen.len() + 1) * CALLS / 10 {
            seen.extend(memory::resident());
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the figures are what one runs this test with --nocapture for")]
async fn every_call_ends_with_the_right_value_or_the_right_error() {
    let account = Arc::new(Account::new(CALLS));
    let server = Server::start(Arc::clone(&account)).await;
    let client = client(&server);
    let (next, done, began) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default(), Instant::now());
    let watching = memory::resident().map(|_| tokio::spawn(watch(Arc::clone(&done))));
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| tokio::spawn(work(client.clone(), Arc::clone(&account), Arc::clone(&next), Arc::clone(&done))))
        .collect();
    let mut faults = Vec::new();
    for worker in workers {
        faults.extend(worker.await.expect("a worker"));
    }
    println!("{CALLS} calls in {:?}\n{}", began.elapsed(), account.summary());
    assert!(
        faults.is_empty(),
        "{} faults, of which the first are:\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
    assert_eq!(account.unseen_fates(), [""; 0], "the server did not do all that it can");
    assert!(account.late_requests() <= WORKERS * account.windows(), "the limiter does not hold requests back");
    if let Some(watching) = watching {
        let seen = watching.await.expect("the watch");
        println!("resident bytes at every tenth: {seen:?}");
        assert!(seen[9] < seen[1] + GROWTH, "memory grows: {seen:?}");
    }
}
