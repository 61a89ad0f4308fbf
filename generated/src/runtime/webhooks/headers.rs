//! Where the headers of a request come from: frameworks and functions in a cloud have types of their own.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use reqwest::header::HeaderMap;

/// The headers of a request that has come in: `http::HeaderMap`, which `axum`, `hyper` and `reqwest` use, or names and
/// values in an array, a `Vec` or a map.
pub trait Headers {
    /// The first value of the header. `name` is in lower case; headers are found in any case.
    fn value(&self, name: &str) -> Option<&[u8]>;
}

impl Headers for HeaderMap {
    fn value(&self, name: &str) -> Option<&[u8]> {
        self.get(name).map(|value| value.as_bytes())
    }
}

fn find<'h, N: AsRef<str> + 'h, V: AsRef<[u8]> + 'h>(
    mut headers: impl Iterator<Item = (&'h N, &'h V)>,
    name: &str,
) -> Option<&'h [u8]> {
    headers.find(|(other, _)| other.as_ref().eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
}

impl<N: AsRef<str>, V: AsRef<[u8]>, const LENGTH: usize> Headers for [(N, V); LENGTH] {
    fn value(&self, name: &str) -> Option<&[u8]> {
        find(self.iter().map(|(name, value)| (name, value)), name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for Vec<(N, V)> {
    fn value(&self, name: &str) -> Option<&[u8]> {
        find(self.iter().map(|(name, value)| (name, value)), name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, S: BuildHasher> Headers for HashMap<N, V, S> {
    fn value(&self, name: &str) -> Option<&[u8]> {
        find(self.iter(), name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for BTreeMap<N, V> {
    fn value(&self, name: &str) -> Option<&[u8]> {
        find(self.iter(), name)
    }
}
