//! The client of the crate against a server on loopback.

mod dynamic;
mod paging;
mod seeds;
mod webhooks;
mod wire;
