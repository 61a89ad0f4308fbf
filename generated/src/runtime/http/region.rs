//! Where a workspace's data lives, and with it the API.

use std::fmt;
use std::str::FromStr;

use crate::runtime::error::{Error, Result};

/// Where a workspace is hosted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// United States.
    #[default]
    Us,
    /// Europe.
    Eu,
    /// Australia.
    Au,
}

impl Region {
    /// Where the region's API is.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::Us => "https://api.intercom.io",
            Self::Eu => "https://api.eu.intercom.io",
            Self::Au => "https://api.au.intercom.io",
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Us => "US",
            Self::Eu => "EU",
            Self::Au => "AU",
        })
    }
}

/// Reads what people and the API write: `EU`, `eu`, `Europe`.
impl FromStr for Region {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "us" | "usa" | "america" | "united states" => Ok(Self::Us),
            "eu" | "europe" => Ok(Self::Eu),
            "au" | "australia" => Ok(Self::Au),
            _ => Err(Error::config(format!("{text:?} is no region: it has to be US, EU or AU"))),
        }
    }
}
