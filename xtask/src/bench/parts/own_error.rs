//! The error without an answer in it.

use super::json::Broken;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
pub struct Error(Box<(String, Vec<u8>)>);

impl Error {
    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self(Box::new((message.into(), Vec::new())))
    }

    pub(crate) fn unreadable(body: &[u8], broken: Broken) -> Self {
        let message = format!("{}: {} at byte {}", broken.path, broken.what, broken.offset);
        Self(Box::new((message, body.to_owned())))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl std::error::Error for Error {}
