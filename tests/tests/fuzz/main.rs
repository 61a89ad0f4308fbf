//! Input that nobody meant: broken bytes, broken descriptions, broken addresses. The cases are drawn by chance, the same
//! ones in every run, and as many as CI has time for. Nothing panics, and whatever is refused is refused at a place.

mod addresses;
mod cut;
mod decode;
mod descriptions;
mod mutate;
mod stub;
mod text;
mod webhooks;

use std::any::Any;

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// Fails with the first faults, if there are any.
#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults, of which the first are:\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
}
