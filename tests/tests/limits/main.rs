//! What a server can cost the client: memory is bounded by the size of a body, and time grows with it and not faster,
//! whatever the body holds.

#![allow(unsafe_code, reason = "a global allocator, which counts the bytes that are allocated, cannot be made without")]

mod counter;
mod hostile;
mod memory;
mod probe;
mod real;
mod secrets;
mod sizes;
mod time;
