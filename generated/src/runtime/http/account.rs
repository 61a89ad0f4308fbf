//! Many workspaces through one client: what belongs to a token, and what all clients share that came from one another.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::{HeaderMap, HeaderValue};

#[cfg(feature = "blocking")]
use super::builder::Connections;
use super::limiter::RateLimiter;
use super::rate_limit::RateLimit;
#[cfg(feature = "blocking")]
use crate::runtime::blocking::PerProcess;

/// Tokens that are remembered beyond those in use. A window of the rate limit is over in seconds, so that one which was
/// forgotten has lost little.
const REMEMBERED: usize = 4_096;

/// What belongs to a token: its share of the rate limit.
#[derive(Default)]
pub(super) struct Account {
    pub(super) limiter: Option<RateLimiter>,
    /// What the last answer said that said anything.
    seen: Mutex<Option<RateLimit>>,
}

impl Account {
    pub(super) fn rate_limit(&self) -> Option<RateLimit> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps what an answer of the API says about the rate limit.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let seen = RateLimit::of(headers);
        if seen == RateLimit::default() {
            return;
        }
        if let Some(limiter) = &self.limiter {
            limiter.learn(&seen, seen.rest(headers));
        }
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }
}

/// The accounts of all clients that came from one another.
#[derive(Default)]
pub(super) struct Family {
    /// What every token's limiter is made like.
    limiter: Option<RateLimiter>,
    /// Tokens are known by a hash with a key of this process, so that none is kept here.
    hasher: RandomState,
    accounts: Mutex<Accounts>,
    /// How blocking calls connect; `None` where the caller has seen to connections.
    #[cfg(feature = "blocking")]
    blocking: Option<(Connections, PerProcess<Option<reqwest::Client>>)>,
}

#[derive(Default)]
struct Accounts {
    known: HashMap<u64, Known>,
    /// Counts calls, to tell who was asked for last.
    clock: u64,
    /// How many of them clients had when it was last looked at.
    in_use: usize,
}

struct Known {
    account: Arc<Account>,
    used: u64,
}

impl Family {
    pub(super) fn new(limiter: Option<RateLimiter>) -> Self {
        Self { limiter, ..Self::default() }
    }

    /// Gives blocking calls connections of their own.
    #[cfg(feature = "blocking")]
    pub(super) fn with_blocking(mut self, connections: Option<Connections>) -> Self {
        self.blocking = connections.map(|connections| (connections, PerProcess::default()));
        self
    }

    /// The connections of blocking calls. A process that was forked off must not share those of its parent.
    #[cfg(feature = "blocking")]
    pub(super) fn blocking_http(&self) -> Option<reqwest::Client> {
        let (connections, client) = self.blocking.as_ref()?;
        client.get(|| connections.client().ok())
    }

    /// The account of the first client, whose limiter is the one that was given.
    pub(super) fn first(&self, authorization: &HeaderValue) -> Arc<Account> {
        self.account(authorization, self.limiter.clone())
    }

    /// The account of a token: the same as long as it is remembered.
    pub(super) fn of(&self, authorization: &HeaderValue) -> Arc<Account> {
        self.account(authorization, self.limiter.as_ref().map(RateLimiter::another))
    }

    fn account(&self, authorization: &HeaderValue, limiter: Option<RateLimiter>) -> Arc<Account> {
        let key = self.hasher.hash_one(authorization.as_bytes());
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let Accounts { known, clock, in_use } = &mut *accounts;
        *clock += 1;
        if known.len() >= *in_use + REMEMBERED && !known.contains_key(&key) {
            *in_use = forget(known, *clock);
        }
        let new = || Known { account: Arc::new(Account { limiter, seen: Mutex::default() }), used: 0 };
        let found = known.entry(key).or_insert_with(new);
        found.used = *clock;
        Arc::clone(&found.account)
    }
}

/// Forgets the accounts that no client has but for those of the latest calls, and gives how many clients have. It looks at
/// all of them, so it makes room for many.
fn forget(known: &mut HashMap<u64, Known>, clock: u64) -> usize {
    let mut in_use = 0;
    known.retain(|_, known| {
        let is_in_use = Arc::strong_count(&known.account) > 1;
        in_use += usize::from(is_in_use);
        is_in_use || clock - known.used < REMEMBERED as u64 / 2
    });
    in_use
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
