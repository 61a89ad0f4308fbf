//! What the server did to each call, and what the call's result has to be for it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use intercom_gen::Error;

use crate::calls::Kind;
use crate::fate::{End, Fate};
use crate::{ATTEMPTS, DEADLINE};

/// The fates of every call's requests, in the order in which they arrived.
pub struct Account {
    calls: Vec<Mutex<Vec<Fate>>>,
    /// Requests that came while the limit was reached.
    late: AtomicUsize,
    /// How often the limit was reached.
    windows: AtomicUsize,
}

impl Account {
    pub fn new(calls: usize) -> Self {
        // Room for every arrival from the start: what grows later is not the account.
        let calls = (0..calls).map(|_| Mutex::new(Vec::with_capacity(ATTEMPTS as usize))).collect();
        Self { calls, late: AtomicUsize::new(0), windows: AtomicUsize::new(0) }
    }

    fn lock(&self, call: usize) -> MutexGuard<'_, Vec<Fate>> {
        self.calls[call].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a request, and says what becomes of it; `limited` if the limit is reached.
    pub fn arrived(&self, call: usize, limited: bool) -> Fate {
        let mut fates = self.lock(call);
        let fate = if limited { Fate::OverLimit } else { Fate::of(call, fates.len()) };
        self.late.fetch_add(usize::from(limited), Ordering::Relaxed);
        fates.push(fate);
        fate
    }

    /// Notes a request that came too late for its connection.
    pub fn lost(&self, call: usize) {
        self.lock(call).push(Fate::Lost);
    }

    pub fn limit_reached(&self) {
        self.windows.fetch_add(1, Ordering::Relaxed);
    }

    pub fn of(&self, call: usize) -> Vec<Fate> {
        self.lock(call).clone()
    }

    pub fn late_requests(&self) -> usize {
        self.late.load(Ordering::Relaxed)
    }

    pub fn windows(&self) -> usize {
        self.windows.load(Ordering::Relaxed)
    }

    fn counted(&self) -> BTreeMap<String, usize> {
        let mut counted = BTreeMap::new();
        for call in 0..self.calls.len() {
            self.of(call).iter().for_each(|fate| *counted.entry(format!("{fate:?}")).or_default() += 1);
        }
        counted
    }

    /// What the server can do and did not.
    pub fn unseen_fates(&self) -> Vec<String> {
        let counted = self.counted();
        Fate::all().map(|fate| format!("{fate:?}")).filter(|fate| !counted.contains_key(fate)).collect()
    }

    pub fn summary(&self) -> String {
        let counted = self.counted();
        let requests: usize = counted.values().sum();
        let (windows, late) = (self.windows(), self.late_requests());
        let lines = counted.iter().map(|(fate, count)| format!("  {fate}: {count}\n"));
        format!(
            "{requests} requests, the limit reached {windows} times with {late} requests too many\n{}",
            lines.collect::<String>()
        )
    }
}

/// What is wrong with the result of a call, going by what happened to its requests.
pub fn fault(kind: Kind, noted: &[Fate], result: &Result<String, Error>, took: Duration) -> Option<String> {
    let told = |what: &str| Some(format!("{what}: {kind:?} after {noted:?} gave {result:?}"));
    if noted.len() > ATTEMPTS as usize {
        return told("too many attempts");
    }
    // What was lost is noted out of its order. It shows in the result where it came last.
    let mut fates: Vec<Fate> = noted.iter().copied().filter(|fate| *fate != Fate::Lost).collect();
    let lost = noted.len() - fates.len();
    let was_last = noted.len() == ATTEMPTS as usize || !kind.idempotent();
    let shows = lost > 0 && was_last && result.as_ref().is_err_and(Error::is_transport);
    fates.extend(shows.then_some(Fate::Lost));
    let Some((last, earlier)) = fates.split_last() else { return told("nothing arrived") };
    if !kind.idempotent() && (lost > usize::from(shows) || !earlier.iter().all(|fate| fate.is_idle())) {
        return told("sent again, though the server may have acted");
    }
    if !earlier.iter().all(|fate| fate.is_tried_again(kind)) {
        return told("sent again in vain");
    }
    if last.is_tried_again(kind) && noted.len() < ATTEMPTS as usize {
        return told("given up too early");
    }
    if took > DEADLINE {
        return told("ended too late");
    }
    let end = match result {
        Ok(_) => End::Value,
        Err(error) => error.status().filter(|_| error.is_api()).map_or(End::Error(error.kind()), End::Status),
    };
    let right = match (end, last.end()) {
        (End::Value, End::Value) => result.as_ref().is_ok_and(|id| *id == kind.id()),
        (end, due) => end == due,
    };
    if right { None } else { told("ended in another way") }
}
