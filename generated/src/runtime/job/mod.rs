//! Work that the API does in its own time: started with one request, asked after with others, and perhaps fetched.
//!
//! An emitted request that starts such work has a `job()`, as has the one that asks how far it is. Both lead here: to one
//! loop over a request that can be sent again and the JSON of its answers. What a job has beside its end (a file, a way to
//! cancel it) is part of its type, so that nobody asks for what the API has not.

mod handle;
mod poll;
mod states;

#[cfg(test)]
mod tests;

pub use handle::{Job, WithCancel, WithFile};
pub use poll::Poll;
pub(crate) use states::{States, Watch};
