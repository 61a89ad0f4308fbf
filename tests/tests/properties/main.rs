//! Input that nobody meant: changed bodies, broken bytes, broken descriptions, broken addresses. The cases are drawn by
//! chance, the same ones in every run, and as many as CI has time for. Nothing panics, and whatever is refused is refused
//! at a place.

mod addresses;
mod bodies;
mod cut;
mod decode;
mod descriptions;
mod mutate;
mod stub;
mod text;
mod webhooks;
